"""JSON lines that nothing on the way can harm: pure ASCII, one object a line."""

from __future__ import annotations

import json
import math
from typing import Any


def line(value: dict[str, Any]) -> str:
    """One object as one line with its LF. Numbers that JSON has no form for (a sent `1e400`) become text."""
    try:
        return json.dumps(value, ensure_ascii=True, allow_nan=False) + "\n"
    except ValueError:
        return json.dumps(_finite(value), ensure_ascii=True) + "\n"


def _finite(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _finite(each) for key, each in value.items()}
    if isinstance(value, list):
        return [_finite(each) for each in value]
    return str(value) if isinstance(value, float) and not math.isfinite(value) else value
