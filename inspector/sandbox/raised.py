"""An exception of a tool in words; must not fail, whatever the exception is."""

from __future__ import annotations

import traceback

_MOST_CHARACTERS = 2000


def told(error: BaseException, path: str) -> str:
    """Type, message, and the last line in the tools file that it came through."""
    lines = [frame.lineno for frame in traceback.extract_tb(error.__traceback__) if frame.filename == path]
    where = f" (line {lines[-1]})" if lines else ""
    return sendable(f"{type(error).__name__}{_message(error)}{where}")


def sendable(text: str) -> str:
    """Cut where it is long, and without lone surrogates."""
    if len(text) > _MOST_CHARACTERS:
        text = text[:_MOST_CHARACTERS] + "…"
    return text.encode("utf-8", "backslashreplace").decode()


def _message(error: BaseException) -> str:
    try:
        message = str(error).strip()
    except BaseException:  # noqa: BLE001 - the tool's own code makes the message
        return ", whose message cannot be made"
    return f": {message}" if message else ""
