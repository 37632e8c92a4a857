"""A line of any length takes time in proportion, and memory only up to the cap (RELIABILITY S6)."""

from __future__ import annotations

import time
import tracemalloc
from collections.abc import Callable
from functools import partial
from typing import Any

import pytest

from inspector.events import Undecoded
from inspector.transcript import Transcript
from inspector.wire.framing import FramingName

MIB = 1 << 20
LONG_LINES: list[tuple[str, FramingName, bytes]] = [
    ("an event stream", "sse", b"data: "),
    ("an event stream with CR", "sse", b": a\r\ndata: "),
    ("JSON lines", "jsonl", b'{"a":1}\n{"b":"'),
]


def seconds(work: Callable[[], Any], times: int = 5) -> float:
    """The least of several, in processor time: what others do on this machine does not count."""
    taken = []
    for _ in range(times):
        started = time.process_time()
        work()
        taken.append(time.process_time() - started)
    return min(taken)


def feed(framing: FramingName, head: bytes, size: int, read: int) -> Transcript:
    transcript = Transcript(lambda start, end: b"x" * (end - start), framing=framing)
    transcript.feed(head)
    for _ in range(size // read):
        transcript.feed(b"x" * read)
    return transcript


@pytest.mark.parametrize("read", [1400, 256 * 1024])
@pytest.mark.parametrize(("framing", "head"), [pytest.param(*case, id=id) for id, *case in LONG_LINES])
def test_a_line_of_twice_the_length_takes_twice_the_time(framing: FramingName, head: bytes, read: int) -> None:
    size = 2 * MIB if read < MIB // 8 else 32 * MIB
    once, twice = (seconds(partial(feed, framing, head, each, read)) for each in (size, 2 * size))
    assert twice < 3 * max(once, 0.002)
    assert twice < 0.5


@pytest.mark.parametrize(
    "begin", [b"x", b"\n", b"{", b'{"a":1}\n{"a', b": ", b"HTTP/1.1 200 OK\r\na", b"HTTP/1.1 200 OK\r\n\r\n"]
)
def test_an_input_that_comes_by_bytes_is_not_looked_at_anew_for_each(begin: bytes) -> None:
    """The framing is looked for in the first 64 KiB: a look at all of them after each byte would take minutes."""
    transcript = Transcript(lambda start, end: b"")
    started = time.process_time()
    for n in range(48 * 1024):
        transcript.feed(begin[n % len(begin) :][:1])
    assert time.process_time() - started < 2


def test_memory_does_not_grow_with_a_line_over_the_cap() -> None:
    cap = MIB
    read = b"x" * 65536

    def excerpt(start: int, end: int) -> bytes:
        assert end - start <= cap
        return b"data: " + b"x" * (end - start - 6)

    tracemalloc.start()
    try:
        transcript = Transcript(excerpt, line_cap=cap)
        transcript.feed(b"data: ")
        for _ in range(16 * cap // len(read)):
            transcript.feed(read)
        transcript.feed(b"\n\n")
        transcript.finish()
        transcript.decode_all()
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < cap
    (event,) = transcript.events(0)
    assert isinstance(event, Undecoded)
    assert event.reason.startswith("line-too-long")
