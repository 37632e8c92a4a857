"""Nothing came: the body of the response is empty.

Comments and `[DONE]` are nothing too. The official SDK gives an empty answer and says nothing;
llama-cpp-python does this where the request has an error.

Look at the server's log. Send the same request without `stream`: its error then has a status and words.
"""

from __future__ import annotations

from collections.abc import Iterator

from inspector.findings.moments import InputDone
from inspector.findings.rule import Rule, Sign
from inspector.wire.frame import HTTP_HEAD, Frame

_NO_DATA = "has no data that says anything, and lines that no client reads"


def check(moment: InputDone) -> Iterator[Sign]:
    transcript = moment.ledger.transcript
    exchanges = transcript.exchanges.all
    if exchanges and all(each.head is None for each in exchanges):
        return  # no server answered, which is another trouble
    body = other = False
    for n in range(transcript.framed):
        frame = transcript.frame(n)
        if _says_something(frame):
            return
        body = body or frame.note != HTTP_HEAD
        other = other or bool(frame.unknown)
    said = "has nothing but blanks, comments or [DONE]" if body else "is empty"
    yield Sign(f"the body {_NO_DATA if other else said}", span=(0, transcript.size))


def _says_something(frame: Frame) -> bool:
    """A comment keeps a connection open and `[DONE]` ends a stream: neither is a word of an answer, nor is any line
    that no client reads, but for an error's.
    """
    if frame.note is not None:
        return frame.note != HTTP_HEAD and bool(frame.block.strip())
    if any(line.startswith("error:") for line in frame.unknown):
        return True
    return frame.data is not None and frame.data.strip() not in (b"", b"[DONE]")


RULE = Rule("TS110", "empty-body", "error", __doc__, {InputDone: check})
