"""Smallest streams for the rules about the arguments of calls, TC030 to TC044."""

from __future__ import annotations

from tests.dialects.reading import calls, chunk, fragment, sse
from tests.findings.case import Case

CALLED = (chunk(finish="tool_calls"), "[DONE]")
WHOLE = calls(fragment(0, "a", "f", '{"b": 1}'))

CASES: dict[str, Case] = {
    "TC036": Case(
        fires=sse(calls(fragment(0, "a", "f", '{"b"')), calls(fragment(0, arguments=": 1")), *CALLED),
        quiet=sse(WHOLE, *CALLED),
        at='"arguments": ": 1"',
    ),
}

# Errors that these rules raise over real streams (`*` for any text in a name), and why each is a true one.
TRUE: dict[str, dict[str, str]] = {
    "TC036": {
        "llamacpp-tool-cut-by-max-tokens.sse": "`max_tokens` cut the call",
        "ta-tool-malformed.sse": "the scripted model stops midway, with the finish reason `length`",
    },
}
