"""The words of an error object, in the shapes that servers give it."""

from __future__ import annotations

import json
from typing import Any


def message_of(error: Any) -> str:
    """One text for a person: OpenAI's `{"message"}`, FastAPI's `{"detail"}`, plain text, or the JSON itself."""
    if isinstance(error, str):
        return error
    if isinstance(error, dict):
        for key in ("message", "error", "detail"):
            if found := error.get(key):
                return message_of(found)
    return json.dumps(error, ensure_ascii=False)
