"""The arguments of a call come once more, or begin to: a whole JSON value, and behind it the same or its beginning.

The server sent at its end again what it had sent, or an empty object (`{…}{…}`, `{…}{}`). Clients that join the
fragments cannot read it.

The first value is what was meant, where the rest only repeats it. Look first whether two calls share one index
(TC002).
"""

from __future__ import annotations

from collections.abc import Iterator

from inspector.findings.ledger import CallFacts
from inspector.findings.moments import CallDone
from inspector.findings.rule import Rule, Sign


def fits(call: CallFacts) -> int | None:
    """The byte at which they come again."""
    end = call.json.complete_at
    if call.worth != "invalid" or end is None:
        return None
    track = call.call.arguments
    first, rest = track.slice(0, end).strip(), track.slice(end, track.size)
    *repeated, left = (each.strip() for each in rest.split(first))
    repeats = not any(repeated) and (first.startswith(left) or left == b"{}")
    return end + len(rest) - len(rest.lstrip()) if repeats and first[:1] in b'{["' else None


def check(moment: CallDone) -> Iterator[Sign]:
    begin = fits(moment.call)
    if begin is not None:
        size = moment.call.call.arguments.size
        message = f"the arguments of {moment.call.title} are whole after {moment.call.json.complete_at} bytes"
        yield moment.sign(f"{message}, and {size - begin} more bytes repeat them", begin)


RULE = Rule("TC035", "arguments-duplicated", "error", __doc__, {CallDone: check})
