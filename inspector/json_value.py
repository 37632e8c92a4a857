"""JSON text made values, as strictly as the standard has it. Must not know whose text it is."""

from __future__ import annotations

import json
import math
from typing import Any, NoReturn


def load_json(text: str | bytes) -> Any:
    """JSON as the standard has it; `ValueError` for NaN, infinity, lone surrogates, and nesting too deep."""
    try:
        value = json.loads(text, parse_constant=_refuse_constant, parse_float=_finite)
        json.dumps(value, ensure_ascii=False).encode()  # finds what could not be sent on
    except RecursionError:
        raise ValueError("nested too deeply") from None
    except UnicodeError:
        raise ValueError("not Unicode text that can be sent (bad UTF-8, or half a surrogate pair)") from None
    return value


def kind_of(value: Any) -> str:
    """The name that JSON has for the type of a value."""
    kinds = {bool: "a boolean", int: "a number", float: "a number", str: "a string", list: "a list", dict: "an object"}
    return kinds.get(type(value), "null")


def _refuse_constant(constant: str) -> NoReturn:
    raise ValueError(f"{constant} is no JSON number")


def _finite(digits: str) -> float:
    """Python reads `1e999` as infinity, which it then writes as no JSON has it."""
    if math.isinf(number := float(digits)):
        raise ValueError(f"the number {digits[:40]} is too large")
    return number
