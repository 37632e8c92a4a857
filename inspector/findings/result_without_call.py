"""A result on the wire names a call that is not in the stage.

The model is told of a result that it did not ask for; what the screen shows does not say what was run, and with
which arguments. A server does so where it read the call out of text, or answers under an id of its own.

Look at the text for a call that the model wrote there. A server must send the calls it runs, and answer under their
ids.
"""

from __future__ import annotations

import json
from collections.abc import Iterator

from inspector.events import ToolResult
from inspector.findings.moments import EventCame
from inspector.findings.rule import Rule, Sign
from inspector.stage import Stage


def check(moment: EventCame) -> Iterator[Sign]:
    call_id = moment.event.call_id  # type: ignore[union-attr]  # it is a ToolResult
    stage = moment.stage
    if stage is None or (known := _ids(stage)) is None or call_id in known or (call_id is None and known):
        return
    what = "a result that names no call" if call_id is None else f"a result for the call {call_id!r:.80}"
    has = f"the ids of its calls are {', '.join(sorted(known)):.200}" if known else "it has no call"
    needle = None if call_id is None else json.dumps(call_id, ensure_ascii=False).encode("utf-8", "replace")
    yield Sign(f"{what}, which is not in the stage: {has}", needle=needle, about=call_id)


def _ids(stage: Stage) -> set[str] | None:
    """The ids of its calls; `None` where one has none, which may be any."""
    calls = [call for choice in stage.choices.values() for call in choice.calls]
    ids = {call_id for call in calls for _, call_id in call.id.history()}
    return None if any(call.id.last is None for call in calls) else ids


RULE = Rule("TC073", "result-without-call", "warn", __doc__, {ToolResult: check})
