"""A call with long arguments comes whole in one chunk.

The server does not stream calls: nothing shows until all of it is made, which looks like a stall. By design in Ollama
and in the parsers for some models.

Nothing to mend in the client. Where it takes long, look for a parser that streams the arguments.
"""

from __future__ import annotations

from collections.abc import Iterator

from inspector.findings.moments import CallDone
from inspector.findings.rule import Rule, Sign

LONG = 200  # bytes of arguments; shorter ones may well be made in one go (TC095)


def check(moment: CallDone) -> Iterator[Sign]:
    call = moment.call.call
    track = call.arguments
    if call.origin == "wire" and track.size > LONG and track.first_frame == track.last_frame == call.opened:
        yield moment.sign(f"all {track.size} bytes of the arguments of {moment.call.title} came in one chunk")


RULE = Rule("TC043", "call-in-one-chunk", "info", __doc__, {CallDone: check})
