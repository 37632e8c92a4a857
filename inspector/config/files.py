"""Which files are looked at, and what a TOML file holds. Must not know which settings there are."""

from __future__ import annotations

import os
import stat
from typing import Any, Literal, NamedTuple, TypeAlias

from inspector.errors import InspectorError

Whose: TypeAlias = Literal["project", "variable", "user"]

APPLICATION = "stage-inspector"
VARIABLE = "STAGE_INSPECTOR_CONFIG"  # another file in the place of the user's
PROJECT_FILES = (".stage-inspector.toml", "stage-inspector.toml")  # of the working directory; the first there is
_TWICE = "Cannot overwrite a value", "a key comes a second time"  # what tomllib says of it, and what it means
MOST_BYTES = 32 * 1024  # a project may be anybody's, and 50,000 dotted parts of one key take tomllib 12 s


class Place(NamedTuple):
    whose: Whose
    path: str
    is_there: bool


def places() -> tuple[Place, ...]:
    """What is looked at, the strongest first. A folder that a recording comes from is none of them."""
    project = [Place("project", name, _is_there(name)) for name in PROJECT_FILES]
    return (*project, _users())


def in_use(places: tuple[Place, ...]) -> list[Place]:
    """Those that are read: one of the project, and the user's; one that the variable names is to be there."""
    of_project = [place for place in places if place.whose == "project" and place.is_there]
    others = [place for place in places if place.whose == "variable" or (place.whose == "user" and place.is_there)]
    return [*of_project[:1], *others]


def read(path: str) -> dict[str, Any]:
    """What a file says; `InspectorError`, in one sentence, where it says nothing that can be read."""
    try:
        return _parsed(_contents(path))
    except OSError as error:
        raise InspectorError(f"{path} cannot be read: {error.strerror}; nothing of it is used.") from None
    except UnicodeDecodeError:
        raise InspectorError(f"{path} is not UTF-8; nothing of it is used.") from None
    except (ValueError, RecursionError) as error:
        why = "it nests too deep" if isinstance(error, RecursionError) else str(error).replace(*_TWICE)
        raise InspectorError(f"{path} is no TOML: {why}; nothing of it is used.") from None


def _contents(path: str) -> bytes:
    if not stat.S_ISREG(os.stat(path).st_mode) and path != os.devnull:  # a pipe would be waited for
        raise OSError(None, "it is no file")
    with open(path, "rb") as file:
        data = file.read(MOST_BYTES + 1)
    if len(data) > MOST_BYTES:
        raise OSError(None, "it is larger than 32 KiB")
    return data


def _parsed(data: bytes) -> dict[str, Any]:
    import tomllib  # 10 ms, for those who have a file

    return tomllib.loads(data.decode("utf-8-sig"))


def _users() -> Place:
    if path := os.environ.get(VARIABLE):
        return Place("variable", path, _is_there(path))
    import platformdirs  # 5 ms, but for the app, which has it by Textual

    path = os.path.join(platformdirs.user_config_dir(APPLICATION, appauthor=False), "config.toml")
    return Place("user", path, _is_there(path))


def _is_there(path: str) -> bool:
    """Also where it cannot be looked at: that is said when it is read."""
    try:
        os.stat(path)
    except (FileNotFoundError, NotADirectoryError):
        return False
    except (OSError, ValueError):
        return True
    return True
