"""Live and replay are one path: a run as it came, and its recording, give the same state and the same frames."""

import gzip
from collections.abc import Iterable
from pathlib import Path

import pytest

from inspector.asides import (
    Aside,
    ExchangeBegan,
    ExchangeEnded,
    HeadCame,
    RequestSent,
    RunBegan,
    RunEnded,
    StatusSaid,
    ToolAnswered,
)
from inspector.recording.tape import Tape
from inspector.report.frames import frames
from inspector.report.state import states
from inspector.sources.loading import open_source
from inspector.sources.source import Item, Notice, Read, Restart
from inspector.transcript import Transcript
from tests.recording.asides import RUN, play


def chunk(delta: str, finish: str = "null") -> bytes:
    return b'data: {"choices":[{"index":0,"delta":%s,"finish_reason":%s}]}\n\n' % (delta.encode(), finish.encode())


CALL = '{"tool_calls":[{"index":0,"id":"c1","type":"function","function":{"name":"weather","arguments":"{}"}}]}'


def exchange(at_s: float, *data: bytes) -> list[Aside | Read]:
    return [
        ExchangeBegan(at_s, "POST", "http://127.0.0.1:1/v1/chat/completions", (), {"messages": []}),
        RequestSent(at_s + 0.01),
        HeadCame(at_s + 0.02, "1.1", 200, "OK", (("content-type", "text/event-stream"),)),
        *[Read(each, at_s + 0.1 * number) for number, each in enumerate(data, start=1)],
        ExchangeEnded(at_s + 1, None),
    ]


CHAT: list[Aside | Read] = [
    RunBegan(0.0, "chat"),
    *exchange(0.0, chunk(CALL)[:30], chunk(CALL)[30:], chunk("{}", '"tool_calls"') + b"data: [DONE]\n\n"),
    StatusSaid(1.1, "running_tools", {"calls": 1}),
    ToolAnswered(1.2, "c1", "weather", "21", None, 0.1),
    *exchange(2.0, chunk('{"content":"It is 21."}') + chunk("{}", '"stop"') + b"data: [DONE]\n\n"),
    RunEnded(3.0, "end", None),
]
CUT = [*CHAT[:6], ExchangeEnded(0.5, "The server closed the connection."), RunEnded(0.5, "cut", "It broke off.")]
REFUSED: list[Aside | Read] = [
    CHAT[0],
    CHAT[1],
    ExchangeEnded(0.1, "Nobody listens there."),
    RunEnded(0.1, "error", "Nobody listens there."),
]


PACKED = [
    RunBegan(0.0, "attach"),
    *exchange(0.0, gzip.compress(chunk('{"content":"x"}') * 20)),
    RunEnded(3.0, "end", None),
]


def told(items: Iterable[Item], read: Tape) -> list[str]:
    """State and frames of what a transcript makes of it."""
    transcript = Transcript(read.store.read)
    for item in items:
        if isinstance(item, Read):
            transcript.feed(item.data)
        else:
            assert not isinstance(item, Notice | Restart)
            transcript.note(item)
    transcript.finish()
    transcript.decode_all()
    last = transcript.framed - 1
    return [*states(transcript, last, stage=None), *frames(transcript, last, stage=None, dispatched_only=False)]


@pytest.mark.parametrize(
    "run", [CHAT, CUT, REFUSED, PACKED, RUN], ids=["two exchanges", "cut", "refused", "packed", "everything"]
)
def test_a_recording_shows_what_the_run_showed(run: list[Aside | Read], tmp_path: Path) -> None:
    path = tmp_path / "a.sse"
    tape = Tape.create(str(path), "chat")
    play(tape, run)
    tape.close()
    source = open_source(str(path))
    assert told(run, tape) == told(source.reads(), tape)
    source.close()
    tape.release()
