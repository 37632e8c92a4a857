"""A tool failed, and its result says so only in words, as any other result.

No client can tell it from a good result, and the model may take it for one.

Give failures a field of their own. Until then, look at the beginning of each result.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from inspector.events import ToolResult
from inspector.findings.moments import EventCame
from inspector.findings.rule import Rule, Sign
from inspector.findings.words import short

_FAILURE = re.compile(
    r"\s*(\[(tool )?error\]|(tool )?error:|error (while|executing|calling|running|invoking)\b|failed to \w|"
    r"traceback \(most recent call last\)|\w*(error|exception): )",
    re.IGNORECASE,
)


def check(moment: EventCame) -> Iterator[Sign]:
    result = moment.event
    if isinstance(result, ToolResult) and _FAILURE.match(result.content):
        path = ("tool_summary", *([result.call_id] if result.call_id is not None else []))
        first = result.content.strip().splitlines()[0]
        yield Sign(f"a result reads like a failure: {short(first, 80)}", path=path, about=result.call_id)


RULE = Rule("TC093", "tool-failure-as-text", "warn", __doc__, {ToolResult: check})
