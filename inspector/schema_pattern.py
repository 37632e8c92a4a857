"""The keyword `pattern` in linear time: a model's text must not hold up the run, whatever pattern its tool has.

Python's `re` may take years for 40 letters, holds on to the interpreter meanwhile, and cannot be stopped.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Any

_READ_OTHERWISE = ("&&", "--", "~~", "\\<", "\\>")  # set operations and word ends in Rust, letters elsewhere


def pattern(validator: Any, wanted: str, instance: Any, schema: Any) -> Iterator[Any]:
    """The keyword for `jsonschema`. A pattern that looks around or back is left to `re`: nothing else here reads it."""
    from jsonschema import ValidationError

    if validator.is_type(instance, "string") and not _finder(wanted)(instance):
        yield ValidationError(f"{instance!r} does not match {wanted!r}")


@lru_cache(maxsize=256)
def _finder(wanted: str) -> Callable[[str], bool]:
    by_re = re.compile(wanted)  # what it cannot read is no pattern here, as everywhere else in `jsonschema`
    linear = None if any(mark in wanted for mark in _READ_OTHERWISE) else _linear(wanted)
    return linear or (lambda text: by_re.search(text) is not None)


def _linear(wanted: str) -> Callable[[str], bool] | None:
    """By the engine in pydantic's core; `None` where it cannot read the pattern."""
    from pydantic_core import SchemaError, SchemaValidator, core_schema

    try:
        matching = SchemaValidator(core_schema.str_schema(pattern=wanted, regex_engine="rust-regex"))
    except SchemaError:
        return None
    return lambda text: matching.isinstance_python(text)
