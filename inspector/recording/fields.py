"""JSON values read back as the annotated fields of a tuple; it knows neither the tuples nor a file."""

from __future__ import annotations

import math
from collections.abc import Callable
from types import NoneType, UnionType
from typing import Any, Literal, TypeAlias, Union, get_args, get_origin

Reader: TypeAlias = Callable[[Any], Any]
"""Give the value of a field for its JSON; `ValueError` where it is not what the annotation says."""


def reader_of(annotation: Any) -> Reader:
    """Make the reader of `Any`, `str`, `int` (from 0), `float` (finite), a `Literal`, tuples of them, or `None`."""
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin is Literal:
        return lambda value: _only(value, isinstance(value, str) and value in arguments)
    if origin in (Union, UnionType):
        (other,) = (each for each in arguments if each is not NoneType)
        read = reader_of(other)
        return lambda value: None if value is None else read(value)
    if origin is tuple:
        return _tuple_reader(arguments)
    return _READERS[annotation]


def _tuple_reader(arguments: tuple[Any, ...]) -> Reader:
    if arguments[-1] is Ellipsis:
        read = reader_of(arguments[0])
        return lambda value: tuple(map(read, _list(value)))
    readers = tuple(map(reader_of, arguments))
    return lambda value: tuple(read(each) for read, each in zip(readers, _list(value), strict=True))


def _only(value: Any, is_right: bool) -> Any:
    if not is_right:
        raise ValueError
    return value


def _list(value: Any) -> list[Any]:
    values: list[Any] = _only(value, type(value) is list)
    return values


def _number(value: Any) -> float:
    return float(_only(value, type(value) in (int, float) and math.isfinite(value)))


_READERS: dict[Any, Reader] = {
    Any: lambda value: value,
    str: lambda value: _only(value, type(value) is str),
    int: lambda value: _only(value, type(value) is int and value >= 0),
    float: _number,
}
