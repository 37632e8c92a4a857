"""JSON as far as framing needs it: whether a text is a whole value. Knows nothing of what values mean."""

from __future__ import annotations

import json


def value_of(text: bytes) -> object | None:
    """The value, read leniently; `None` for what is no JSON, is nested too deep to read, or is `null`."""
    try:
        # Numbers as floats: Python refuses an integer of more than 4300 digits, which is JSON all the same.
        value: object = json.loads(text.decode("utf-8", "replace"), strict=False, parse_int=float)
    except (ValueError, RecursionError):
        return None
    return value
