"""Smallest streams for the rules about the fragments of calls, TC001 to TC024."""

from __future__ import annotations

from tests.dialects.reading import calls, chunk, fragment, sse
from tests.findings.case import Case

CALLED = (chunk(finish="tool_calls"), "[DONE]")

CASES: dict[str, Case] = {
    "TC001": Case(
        fires=sse(calls(fragment(None, "a", "f", "{}")), *CALLED),
        quiet=sse(calls(fragment(0, "a", "f", "{}")), *CALLED),
        at='{"id": "a", "function": {"name": "f", "arguments": "{}"}}',
    ),
}

# Errors that these rules raise over real streams (`*` for any text in a name), and why each is a true one.
TRUE: dict[str, dict[str, str]] = {}
