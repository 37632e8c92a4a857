"""The body is one JSON value, as of an answer that was asked for without `stream`, and no stream.

A client that reads a stream finds no event in it and gives an empty answer; the official SDK says nothing.

Look whether the request has `"stream": true`, and whether a proxy takes it out. Read the answer as a whole.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from inspector.events import Undecoded
from inspector.findings.moments import EventCame
from inspector.findings.rule import Rule, Sign
from inspector.findings.words import short
from inspector.json_value import load_json

_MOST = 300  # characters of the server's words
_OTHERWISE = "Mend what the server's words name. A client should look at the content type before it reads a stream."


def check(moment: EventCame) -> Iterator[Sign]:
    if not isinstance(moment.event, Undecoded) or not moment.event.reason.startswith("one JSON value, not a stream"):
        return
    body = moment.event.raw
    refusal = next(filter(None, map(_refusal, _choices(body))), None)
    if refusal is not None:
        yield Sign(f"the body is one JSON value; the server says: {short(refusal, _MOST)}", advice=_OTHERWISE)
    else:
        is_answer = '"chat.completion"' in body
        yield Sign("the body is a whole answer, not streamed" if is_answer else "the body is one JSON value")


def _choices(body: str) -> list[Any]:
    try:
        value = load_json(body)
    except ValueError:
        return []
    choices = value.get("choices") if isinstance(value, dict) else None
    return choices if isinstance(choices, list) else []


def _refusal(choice: Any) -> str | None:
    """Why it is no answer, where an agent server says so in the place of one (IBM/flexo, for a 422)."""
    for part in ("delta", "message"):
        said = choice.get(part) if isinstance(choice, dict) else None
        refusal = said.get("refusal") if isinstance(said, dict) else None
        if refusal and isinstance(refusal, str):
            return refusal
    return None


RULE = Rule("TS113", "not-streamed", "error", __doc__, {Undecoded: check})
