"""The host's job `call`: one tool with one call's arguments."""

from __future__ import annotations

import inspect
from collections.abc import Awaitable
from typing import Any

from inspector.errors import InspectorError
from inspector.sandbox.module import Function, Functions
from inspector.sandbox.raised import sendable, told
from inspector.sandbox.results import Unsendable, content_of
from inspector.sandbox.signature import taken


def call(path: str, functions: Functions, name: str, arguments: str, most_bytes: int) -> str:
    """The result as text for the model; `InspectorError` says why there is none."""
    found = functions.get(name)
    if found is None:
        raise InspectorError(f"{path} has no tool {name} any more: load it again.")
    try:
        args, kwargs = taken(found[0], arguments)
    except InspectorError as error:
        raise InspectorError(f"The arguments do not fit {name}: {error}.") from error
    try:
        value = _result(found[0], args, kwargs)
    except BaseException as error:  # also SystemExit and KeyboardInterrupt
        raise InspectorError(f"{name} raised {told(error, path)}.") from error
    try:
        return content_of(value, most_bytes)
    except Unsendable as error:
        raise InspectorError(f"{name} returned {sendable(str(error))}.") from error
    except BaseException as error:  # a value's own code may run while it is made JSON
        raise InspectorError(f"{name} returned what cannot be made JSON: {told(error, path)}.") from error


def _result(function: Function, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
    value = function(*args, **kwargs)
    if not inspect.isawaitable(value):
        return value
    import asyncio

    return asyncio.run(_awaited(value))


async def _awaited(value: Awaitable[Any]) -> Any:
    return await value
