"""Smallest streams for the rules about what clients make of a stream, from TC110 on."""

from __future__ import annotations

from tests.dialects.reading import calls, chunk, fragment, sse
from tests.findings.case import Case

CALLED = (chunk(finish="tool_calls"), "[DONE]")

CASES: dict[str, Case] = {
    "TC110": Case(
        fires=sse(calls(fragment(1, "a", "f", "{}")), *CALLED),
        quiet=sse(calls(fragment(0, "a", "f", "{}")), *CALLED),
        at='"delta": {"tool_calls": [{"index": 1, "id": "a", "function": {"name": "f", "arguments": "{}"}}]}',
    ),
}

# Errors that these rules raise over real streams (`*` for any text in a name), and why each is a true one.
_NULL_TYPE = "the stage server writes every null of its chunks out: a call's type turns to null"
TRUE: dict[str, dict[str, str]] = {
    "TC110": {
        "writer-chat-async-*-request*-legacy.sse": "every null is written out: a call's type turns to null",
        "llamacpppython-tool-named.sse": "the id of the call comes in every chunk, and is appended to itself",
        "ta-legacy-toolchain-real.sse": _NULL_TYPE,
        "ta-logic-fragments.sse": _NULL_TYPE,
        "ta-session-*-a.sse": _NULL_TYPE,
        "ta-synth-fragments.sse": _NULL_TYPE,
        "ta-tool-llamacpp-fragments.sse": _NULL_TYPE,
        "ta-tool-one-dribble.sse": _NULL_TYPE,
        "ta-tool-parallel-ids-first.sse": _NULL_TYPE,
        "ta-tool-parallel-real.sse": _NULL_TYPE,
    },
}
