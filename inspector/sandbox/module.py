"""A tools file as a module, and the functions in it that are tools; runs in the host only."""

from __future__ import annotations

import hashlib
import inspect
import sys
from collections.abc import Callable, Iterator
from types import ModuleType
from typing import Any, TypeAlias

from inspector.errors import InspectorError
from inspector.sandbox.raised import told
from inspector.sandbox.trusted import read_trusted
from inspector.tools import MARK, Mark

_NAME = "stage_inspector_tools"  # not the file's: one named json.py must shadow nothing

Function: TypeAlias = Callable[..., Any]
Functions: TypeAlias = dict[str, tuple[Function, Mark]]


def functions_of(path: str, sha256: str | None) -> Functions:
    """The tools by name: what `@tool` marks, or else the public functions defined in the file.

    Nothing of it runs where it is not the file of this sum: what was offered to the model, and consented to.
    """
    module = _imported(path, sha256)
    found = dict[str, tuple[Function, Mark]]()
    for name, function, mark in list(_marked(module)) or list(_public(module)):
        if name in found and found[name][0] is not function:
            raise InspectorError(f"{path} has two tools named {name}: give each its own name.")
        found[name] = function, mark
    if not found:
        raise InspectorError(f"{path} has no tool: mark a function with @tool, from inspector.tools.")
    return found


def _imported(path: str, sha256: str | None) -> ModuleType:
    """Executed from the source that was checked: no cached bytecode, and none written beside it."""
    source = read_trusted(path)
    if sha256 is not None and hashlib.sha256(source).hexdigest() != sha256:
        raise InspectorError(f"{path} was changed since its tools were loaded, so nothing of it runs: send anew.")
    module = sys.modules[_NAME] = ModuleType(_NAME)  # dataclasses and type hints look their module up by name
    module.__file__ = path
    try:
        exec(compile(source, path, "exec"), module.__dict__)
    except ModuleNotFoundError as error:
        raise InspectorError(
            f"{path} cannot be imported, since it needs {error.name}, which is not installed here "
            "(files beside it are not searched): install it, or put its code into the file."
        ) from error
    except BaseException as error:  # also SystemExit
        raise InspectorError(f"{path} cannot be imported: it raised {told(error, path)}.") from error
    return module


def _marked(module: ModuleType) -> Iterator[tuple[str, Function, Mark]]:
    for value in list(vars(module).values()):
        mark = getattr(value, MARK, None) if callable(value) else None
        if isinstance(mark, Mark):
            yield mark.name or value.__name__, value, mark


def _public(module: ModuleType) -> Iterator[tuple[str, Function, Mark]]:
    for name, value in list(vars(module).items()):
        is_own = inspect.isfunction(inspect.unwrap(value)) and value.__module__ == _NAME if callable(value) else False
        if is_own and not name.startswith("_"):
            yield name, value, Mark(None, None)
