"""`@tool`, for tools files: marks a function as a tool; knows nothing of schemas or of running it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple, TypeVar, overload

MARK = "__stage_inspector_tool__"
_F = TypeVar("_F", bound=Callable[..., Any])


class Mark(NamedTuple):
    """What a decorated function carries as its attribute `MARK`; `None`: its own name, its own docstring."""

    name: str | None
    description: str | None


@overload
def tool(function: _F, /) -> _F: ...
@overload
def tool(*, name: str | None = None, description: str | None = None) -> Callable[[_F], _F]: ...
def tool(
    function: _F | None = None, /, *, name: str | None = None, description: str | None = None
) -> _F | Callable[[_F], _F]:
    """Offer a function to the model, as `@tool` or `@tool(name=..., description=...)`; it comes back unchanged.

    Its type hints make the schema of the arguments, its docstring the descriptions; see `--tools` in the README.
    """

    def marked(function: _F) -> _F:
        setattr(function, MARK, Mark(name, description))
        return function

    return marked if function is None else marked(function)
