"""What a person types to go somewhere."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspector.transcript import Transcript
from inspector.ui.goto import Place, Target, ToCall, ToFrame, ToShare, ToStage, ToTime, find, parse, unread

PARSED: list[tuple[str, Target | None]] = [
    ("42", ToFrame(42)),
    (" 0 ", ToFrame(0)),
    ("1.5s", ToTime(1.5)),
    ("2 s", ToTime(2.0)),
    (".5s", ToTime(0.5)),
    ("250ms", ToTime(0.25)),
    ("2m", ToTime(120.0)),
    ("50%", ToShare(0.5)),
    ("12.5 %", ToShare(0.125)),
    ("900%", ToShare(9.0)),
    ("call 1", ToCall(1)),
    ("call1", ToCall(1)),
    ("stage 2", ToStage("2")),
    ("stage run-7 b", ToStage("run-7 b")),
    ("", None),
    ("-3", None),
    ("1.5", None),
    ("call", None),
    ("call one", None),
    ("stage", None),
    ("stages", None),
    ("1,5s", None),
    ("12,345", None),
    ("stage a,b", ToStage("a,b")),
    ("somewhere", None),
]


@pytest.mark.parametrize(("text", "target"), PARSED, ids=[text or "nothing" for text, _ in PARSED])
def test_a_target_is_read_in_each_of_its_forms(text: str, target: Target | None) -> None:
    assert parse(text) == target


@given(st.text(max_size=30))
def test_no_text_is_too_odd_to_be_refused(text: str) -> None:
    target = parse(text)
    if target is not None:
        assert isinstance(find(target, Transcript(lambda start, end: b""), None), Place | str)


CHUNK = b'data: {"object": "chat.completion.chunk", "id": "%s", "choices": [{"index": 0, "delta": %s}]}\n\n'
CALL = b'{"tool_calls": [{"index": %d, "id": "c%d", "function": {"name": "f", "arguments": "{}"}}]}'
STREAM = b"".join(
    [
        CHUNK % (b"a", b'{"role": "assistant"}'),
        CHUNK % (b"a", CALL % (0, 0)),
        CHUNK % (b"a", CALL % (1, 1)),
        b"data: [DONE]\n\n",
        CHUNK % (b"b", b'{"role": "assistant", "content": "Hi"}'),
        b"data: [DONE]\n\n",
    ]
)


def transcript_of(stream: bytes, decode: int | None = None) -> Transcript:
    transcript = Transcript(lambda start, end: stream[start:end])
    transcript.feed(stream)
    transcript.finish()
    transcript.decode(decode if decode is not None else transcript.framed)
    return transcript


def timed(transcript: Transcript) -> Transcript:
    """Frame n came at n seconds, the first two were there before."""
    transcript.times = lambda byte: None if (n := transcript.frame_at(byte)) < 2 else float(n)
    return transcript


FOUND = [
    ("5", -1, 5),
    ("0%", 3, 0),
    ("50%", 0, 2),
    ("100%", 0, 5),
    ("0s", 4, 1),
    ("3.5s", 0, 3),
    ("99s", 0, 5),
    ("call 1", 0, 2),
    ("call 0", 3, 1),
    ("stage 1", 5, 0),
    ("stage 2", 0, 4),
    ("stage s2", 0, 4),
]


@pytest.mark.parametrize(("text", "n", "frame"), FOUND, ids=[f"{text} from {n}" for text, n, _ in FOUND])
def test_a_target_leads_to_its_frame(text: str, n: int, frame: int) -> None:
    target = parse(text)
    assert target is not None
    transcript = timed(transcript_of(STREAM))
    found = find(target, transcript, transcript.stage_at(n))
    assert isinstance(found, Place)
    assert found.frame == frame
    is_of_a_stage = isinstance(target, ToCall | ToStage)
    assert (found.stage is not None and transcript.stage_at(frame) is found.stage) is is_of_a_stage


REFUSED = [
    ("6", "There is no frame 6: the stream has 6 frames, the first one is 0."),
    ("call 2", "There is no call 2 in this stage: it has 2 calls, the first one is 0."),
    ("stage 3", "There is no stage 3: the stream has 2 stages, the first one is 1."),
    ("stage 0", "There is no stage 0: the stream has 2 stages, the first one is 1."),
    ("200%", "There is no 200%: the last frame is at 100%."),
    ("100.5%", "There is no 100.5%: the last frame is at 100%."),
    ("1s", "No times were recorded with this stream: go by frame (42) or by share (50%)."),
]


@pytest.mark.parametrize(("text", "sentence"), REFUSED, ids=[text for text, _ in REFUSED])
def test_a_target_that_is_not_there_is_refused_with_a_remedy(text: str, sentence: str) -> None:
    target = parse(text)
    assert target is not None
    transcript = transcript_of(STREAM)
    assert find(target, transcript, transcript.stage_at(0)) == sentence


@pytest.mark.parametrize("text", ["1,5s", "12,345", "50,5%"])
def test_a_comma_is_refused_since_it_may_mean_two_things(text: str) -> None:
    assert unread(text) == "A comma may be a point or nothing: write 1.5s, or 12000."


def test_what_has_none_of_the_forms_is_told_all_of_them() -> None:
    assert unread("somewhere") == "Where is that? One of: 42, 1.5s, 50%, call 1, stage 2"


def test_a_frame_that_is_framed_only_is_refused_for_now() -> None:
    assert find(ToFrame(5), transcript_of(STREAM, decode=3), None) == (
        "Frame 5 is not decoded yet, only 3 are: wait, or go to an earlier one."
    )
