"""Nothing came: the body of the response is empty.

The official SDK gives an empty answer and says nothing; llama-cpp-python does this where the request has an error.

Look at the server's log. Send the same request without `stream`: its error then has a status and words.
"""

from __future__ import annotations

from collections.abc import Iterator

from inspector.findings.moments import InputDone
from inspector.findings.rule import Rule, Sign
from inspector.wire.frame import HTTP_HEAD


def check(moment: InputDone) -> Iterator[Sign]:
    transcript = moment.ledger.transcript
    exchanges = transcript.exchanges.all
    if exchanges and all(each.head is None for each in exchanges):
        return  # no server answered, which is another trouble
    if transcript.framed > 2:
        return
    frames = [transcript.frame(n) for n in range(transcript.framed)]
    body = [frame for frame in frames if frame.note != HTTP_HEAD]
    if not any(frame.block.strip() for frame in body):
        yield Sign("the body is empty" if not body else "the body has nothing but blanks", span=(0, transcript.size))


RULE = Rule("TS110", "empty-body", "error", __doc__, {InputDone: check})
