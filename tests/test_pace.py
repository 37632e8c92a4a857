"""How a live run gets on, told of any frame of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from inspector import pace
from inspector.asides import (
    Aside,
    CallRecovered,
    ExchangeBegan,
    ExchangeEnded,
    HeadCame,
    RequestSent,
    RunBegan,
    RunEnded,
    StatusSaid,
    ToolAnswered,
    ToolBegan,
)  # fmt: skip
from inspector.pace import Rate, Silence
from inspector.sources.times import Times
from inspector.transcript import Transcript

_CHUNK = b'data: {"object": "chat.completion.chunk", "id": "a", "choices": [%s]%s}\n\n'


def chunk(delta: bytes, more: bytes = b"", finish: bytes = b"null") -> bytes:
    return _CHUNK % (b'{"index": 0, "delta": %s, "finish_reason": %s}' % (delta, finish), more)


ROLE = chunk(b'{"role": "assistant"}')
TEXT = chunk(b'{"content": "word "}')
CALL = chunk(b'{"tool_calls": [{"index": 0, "id": "c1", "function": {"name": "f", "arguments": "{}"}}]}')
STOP = chunk(b"{}", finish=b'"stop"')
TIMED = chunk(b"{}", b', "timings": {"predicted_per_second": 71.5}', b'"stop"')
USAGE = _CHUNK % (b"", b', "usage": {"completion_tokens": 9}')
DONE = b"data: [DONE]\n\n"
ALIVE = b": keep-alive\n\n"

BEGAN: list[Any] = [RunBegan(0.0, "chat"), ExchangeBegan(0.5, "POST", "http://127.0.0.1:1/v1/chat/completions", (), {})]
SENT: list[Any] = [*BEGAN, RequestSent(0.75)]
HEAD: list[Any] = [*SENT, HeadCame(1.0, "1.1", 200, "OK", ())]
ANSWERED: list[Any] = [*HEAD, (1.5, ROLE), (2.0, CALL), (2.5, DONE), ExchangeEnded(2.5, None)]
RUNNING: list[Any] = [*ANSWERED, StatusSaid(2.5, "running_tools", {"calls": 1})]
TOLD: list[Any] = [*RUNNING, ToolAnswered(3.0, "c1", "f", "1", None, 0.5)]
AGAIN: list[Any] = [*TOLD, ExchangeBegan(3.0, "POST", "http://127.0.0.1:1/", (), {"messages": [{"role": "tool"}]})]
SYNTHESIS: list[Any] = [*AGAIN, RequestSent(3.25), HeadCame(3.5, "1.1", 200, "OK", ()), (4.0, ROLE), (4.5, TEXT)]
END: list[Any] = [*SYNTHESIS, (5.0, STOP), ExchangeEnded(5.0, None), RunEnded(5.0, "end", None)]

Said = Sequence["Aside | tuple[float, bytes]"]


def transcript_of(said: Said) -> Transcript:
    data, times = bytearray(), Times()
    transcript = Transcript(lambda start, end: bytes(data[start:end]))
    transcript.times = times.at
    for each in said:
        match each:
            case (float(at_s), bytes(block)):
                data += block
                times.add(len(block), at_s)
                transcript.feed(block)
            case _:
                transcript.note(each)
    transcript.decode_all()
    return transcript


ACTIVITIES: list[tuple[str, Said, str | None]] = [
    ("a plain recording", [(0.0, TEXT)], None),
    ("a run that began", BEGAN[:1], "connecting"),
    ("a request begun", BEGAN, "connecting"),
    ("a request sent", SENT, "waiting for the first token"),
    ("a head", HEAD, "waiting for the first token"),
    ("a role alone", [*HEAD, (1.5, ROLE)], "waiting for the first token"),
    ("a text", [*HEAD, (1.5, ROLE), (2.0, TEXT)], "streaming"),
    ("an answer that ended", ANSWERED, "answered"),
    ("tools that run", RUNNING, "running tools"),
    ("a call from text", [*ANSWERED, CallRecovered(2.5, "r1", "f", "{}", "generic-json")], "running tools"),
    ("a tool that began", [*RUNNING, ToolBegan(2.5, "c1", "f", 30.0)], "running tools"),
    ("a result", TOLD, "running tools"),
    ("the next request", AGAIN, "connecting"),
    ("the answer from the results", SYNTHESIS, "synthesising"),
    ("a run at its end", END, "done"),
    ("a run at its end, in an answer that was not whole", [*SYNTHESIS, RunEnded(5.0, "end", None)], "cut"),
    ("a run that was cancelled", [*SYNTHESIS, RunEnded(5.0, "cancelled", None)], "cancelled"),
    ("a server that refused", [*SENT, ExchangeEnded(1.0, "x"), RunEnded(1.0, "error", "Refused.")], "error"),
    ("a connection that broke", [*SYNTHESIS, RunEnded(5.0, "cut", "Reset.")], "cut"),
    ("one round too many", [*TOLD, StatusSaid(3.0, "max_depth", None)], "too many rounds"),
    ("a status of another kind", [*TOLD, StatusSaid(3.0, "model_loading", None)], "busy"),
]


@pytest.mark.parametrize(("said", "activity"), [pytest.param(*each[1:], id=each[0]) for each in ACTIVITIES])
def test_what_a_run_does_is_told(said: Said, activity: str | None) -> None:
    transcript = transcript_of(said)
    assert pace.activity(transcript, transcript.decoded - 1) == activity


def test_an_earlier_frame_tells_what_the_run_did_then() -> None:
    transcript = transcript_of(END)
    waiting = "waiting for the first token"  # also after the end of an answer, when the next request is on its way
    assert [pace.activity(transcript, n) for n in range(5)] == [waiting, "streaming", waiting, waiting, "synthesising"]


def test_the_first_token_is_counted_from_its_own_request_and_is_no_role() -> None:
    transcript = transcript_of(END)
    assert [pace.first_token_s(transcript, n) for n in range(5)] == [None, 1.5, 1.5, None, 1.5]


def test_a_plain_recording_has_no_request_to_count_from() -> None:
    transcript = transcript_of([(0.0, TEXT), (1.0, TEXT)])
    assert pace.first_token_s(transcript, 1) is None
    assert pace.silence(transcript, 9.0) is None
    assert pace.latest_s(transcript) is None


WORDS: list[Any] = [(2.0 + n / 4, TEXT) for n in range(5)]  # five words in a second
RATES: list[tuple[str, Said, Rate | None]] = [
    ("one token", [*HEAD, (2.0, TEXT)], None),
    ("deltas", [*HEAD, *WORDS], Rate(4.0, is_estimated=True)),
    ("usage", [*HEAD, *WORDS, (3.5, STOP), (3.5, USAGE), (3.5, DONE)], Rate(8.0, is_estimated=False)),
    ("timings", [*HEAD, *WORDS, (3.5, TIMED), (3.5, DONE)], Rate(71.5, is_estimated=False, is_told=True)),
    ("all in one read", [*HEAD, (2.0, TEXT), (2.0, TEXT)], None),
    ("a plain recording", WORDS, Rate(4.0, is_estimated=True)),
]


@pytest.mark.parametrize(("said", "rate"), [pytest.param(*each[1:], id=each[0]) for each in RATES])
def test_tokens_a_second_are_measured_counted_or_estimated(said: Said, rate: Rate | None) -> None:
    transcript = transcript_of(said)
    assert pace.rate(transcript, transcript.decoded - 1) == rate


SILENCES: list[tuple[str, Said, Silence | None]] = [
    ("nothing but a request", SENT, Silence(9.25, 9.25)),
    ("a text", [*HEAD, (2.0, TEXT)], Silence(8.0, 8.0)),
    ("keep-alives after a text", [*HEAD, (2.0, TEXT), (3.0, ALIVE), (6.0, ALIVE)], Silence(4.0, 8.0)),
    ("keep-alives alone", [*HEAD, (6.0, ALIVE)], Silence(4.0, 9.0)),
    ("half an event after a text", [*HEAD, (2.0, TEXT), (6.0, TEXT[:9])], Silence(4.0, 8.0)),
    ("the server owes nothing while tools run", RUNNING, None),
    ("the next request", AGAIN, Silence(7.0, 7.0)),
    ("a run at its end", END, None),
]


@pytest.mark.parametrize(("said", "silence"), [pytest.param(*each[1:], id=each[0]) for each in SILENCES])
def test_silence_is_counted_while_the_server_owes_something(said: Said, silence: Silence | None) -> None:
    assert pace.silence(transcript_of(said), 10.0) == silence


@pytest.mark.parametrize(("said", "at_s"), [(BEGAN[:1], 0.0), (SENT, 0.75), (TOLD, 3.0), (SYNTHESIS, 4.5)])
def test_the_latest_thing_known_has_a_time(said: Said, at_s: float) -> None:
    assert pace.latest_s(transcript_of(said)) == at_s
