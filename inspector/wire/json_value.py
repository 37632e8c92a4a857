"""JSON as far as framing needs it: whether a text is a whole value. Knows nothing of what values mean."""

from __future__ import annotations

import json


def value_of(text: bytes) -> object | None:
    """The value, read leniently; `None` for what is no JSON, is nested too deep to read, or is `null`."""
    try:
        value: object = json.loads(text.decode("utf-8", "replace"), strict=False)
    except (ValueError, RecursionError):
        return None
    return value
