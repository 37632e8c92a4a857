"""What the rule foretells of each answer of a stream, and what the official SDK does; judges nothing."""

from __future__ import annotations

import json
import re
import warnings
from collections.abc import Iterator
from typing import Any, NamedTuple

from inspector.client_views.answer import Answer, answers
from inspector.client_views.ours import our_view
from inspector.client_views.view import Change, View, parting
from inspector.findings.breaks_openai_sdk import RULE
from inspector.findings.rule import Finding
from inspector.findings.watch import findings_of, watching
from inspector.official_sdk.host import replay
from inspector.official_sdk.pieces import pieces
from inspector.transcript import Transcript

# How the SDK says on purpose what the server said: an error, or an answer that is not whole.
MEANT = frozenset({"APIError", "LengthFinishReasonError", "ContentFilterFinishReasonError"})
GARBLED = "garbled"


class Judged(NamedTuple):
    """Each is what goes wrong, an exception or `GARBLED`, and its frame; `None` where nothing does.

    That all chunks were passed over is known to the SDK at its end only; the finding stands at the first of them.
    """

    foretold: tuple[str, int] | None
    happened: tuple[str, int] | None
    message: str


def watched(data: bytes) -> Transcript:
    transcript = Transcript(lambda start, end: data[start:end], watch=watching([RULE]))
    transcript.feed(data)
    transcript.finish()
    transcript.decode_all()
    return transcript


def judged(transcript: Transcript) -> Iterator[Judged]:
    """Each answer of a transcript that is watched."""
    found = findings_of(transcript)
    assert not [each.message for each in found if each.code != RULE.code]
    for stage in transcript.stages:
        for answer in answers(transcript, stage):
            if given := [(piece.frame, piece.data) for piece in pieces(transcript, answer)]:
                its = [each for each in found if each.stage in (stage.key, None) and _is_in(each, answer)]
                happened, message = _happened(given, answer)
                yield Judged(_foretold(its, given[-1][0]), happened, message)


def _is_in(finding: Finding, answer: Answer) -> bool:
    return answer.start <= finding.frame < answer.end


def _foretold(found: list[Finding], last: int) -> tuple[str, int] | None:
    for each in found:
        if " raises " in each.message:
            return re.split(r"\W", each.message.split(" raises ")[1])[0], each.frame
        if "ends with AssertionError" in each.message:
            return "AssertionError", last
    return (GARBLED, found[0].frame) if found else None


def _happened(given: list[tuple[int, bytes]], answer: Answer) -> tuple[tuple[str, int] | None, str]:
    view, end = View(), dict[str, Any]()

    def hear(said: dict[str, Any]) -> None:
        for choice, slot, call_id, name, arguments, anew in said.get("calls", ()):
            view.note(said["frame"], (choice, slot), Change(call_id or None, name or None, arguments, anew))
        end.update(said)

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # pydantic's, about fields of other types than declared
        replay((json.dumps([frame, data.decode("latin-1")]) for frame, data in given), hear)
    if "raised" in end:
        return ((end["raised"], end["frame"]) if end["raised"] not in MEANT else None), end["message"]
    parted = parting(our_view(answer), view)
    return ((GARBLED, parted) if parted is not None else None), ""
