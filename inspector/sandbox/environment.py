"""The environment of a tool: the user's without what looks like a secret (E7), and where it may put files."""

from __future__ import annotations

from collections.abc import Mapping

_SECRET_PARTS = ("KEY", "TOKEN", "SECRET", "PASSWORD", "PASSWD", "CREDENTIAL", "AUTH", "COOKIE")
_SECRET_PREFIX = "OPENAI_"
MARK = "STAGE_INSPECTOR_RUN"
"""Its value, the run's folder, is in the environment of every process that a tool starts."""


def environment_of(own: Mapping[str, str], folder: str) -> dict[str, str]:
    kept = {name: value for name, value in own.items() if not _is_secret(name)}
    return kept | {"TMPDIR": folder, MARK: folder}


def _is_secret(name: str) -> bool:
    name = name.upper()
    return name.startswith(_SECRET_PREFIX) or any(part in name for part in _SECRET_PARTS)
