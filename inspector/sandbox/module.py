"""A tools file as a module, and the functions in it that are tools; runs in the host only."""

from __future__ import annotations

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


def functions_of(path: str) -> dict[str, tuple[Function, Mark]]:
    """The tools by name: what `@tool` marks, or else the public functions defined in the file."""
    module = _imported(path)
    found = dict[str, tuple[Function, Mark]]()
    for name, function, mark in list(_marked(module)) or list(_public(module)):
        if name in found and found[name][0] is not function:
            raise InspectorError(f"{path} has two tools named {name}: give each its own name.")
        found[name] = function, mark
    if not found:
        raise InspectorError(f"{path} has no tool: mark a function with @tool, from inspector.tools.")
    return found


def _imported(path: str) -> ModuleType:
    """Executed from the source that was checked: no cached bytecode, and none written beside it."""
    source = read_trusted(path)
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
