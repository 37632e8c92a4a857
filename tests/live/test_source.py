"""The source that a script fills: what it yields, in which order, and what it keeps."""

from __future__ import annotations

import asyncio
from threading import Event

import httpx
import pytest

from inspector.asides import ExchangeBegan, HeadCame, RunBegan, RunEnded, StatusSaid
from inspector.errors import InspectorError
from inspector.live.backlog import Backlog, Spans
from inspector.live.connection import Connection, parse_header, place_of
from inspector.live.desk import Desk
from inspector.live.mask import Mask
from inspector.live.source import LiveSource, Script
from inspector.sources.source import Notice, Read
from tests.live.driving import plain_script, run
from tests.live.memory_tape import MemoryTape
from tests.live.raw_server import LONG_S, RawServer, answer

URLS = [
    ("http://h/", "h:80"),
    ("https://h/", "h:443"),
    ("http://[::1]:8080/", "[::1]:8080"),
    ("http://127.0.0.1:1/", "127.0.0.1:1"),
]


@pytest.mark.parametrize(("url", "place"), URLS)
def test_a_place_is_a_host_and_a_port(url: str, place: str) -> None:
    assert place_of(httpx.URL(url)) == place


def source_of(script: Script, mask: Mask | None = None) -> LiveSource:
    return LiveSource("test", "chat", script, MemoryTape(), mask)


def test_what_a_script_says_and_takes_comes_in_its_order() -> None:
    async def script(desk: Desk) -> None:
        desk.take(b"a")
        desk.take(b"bc")
        desk.say(StatusSaid(desk.now(), "busy", {"n": 1}))
        desk.notice("a word")
        desk.take(b"d")
        desk.say(RunEnded(desk.now(), "end", None))
        desk.take(b"late")
        desk.say(StatusSaid(desk.now(), "late", None))

    outcome = run(source_of(script))
    assert outcome.order == ["RunBegan", "Read", "Read", "StatusSaid", "Notice", "Read", "RunEnded"]
    assert outcome.reads == [b"a", b"bc", b"d"]
    lines = [line if isinstance(line, int) else type(line).__name__ for line in outcome.tape.lines]
    assert lines == ["RunBegan", 1, 2, "StatusSaid", "str", 1, "RunEnded"]
    times = [getattr(item, "at_s", 0.0) for item in outcome.items if not isinstance(item, Notice)]
    assert times == sorted(times)


def test_a_reader_that_lags_gets_every_read_with_its_own_time() -> None:
    done = Event()

    async def script(desk: Desk) -> None:
        for number in range(1000):
            desk.take(b"%d\n" % number)
            if number % 100 == 0:
                await asyncio.sleep(0.001)
        desk.say(RunEnded(desk.now(), "end", None))
        done.set()

    source = source_of(script)
    items = source.reads()
    assert isinstance(next(items), RunBegan)
    assert done.wait(LONG_S)
    reads = [item for item in items if isinstance(item, Read)]
    source.close()
    assert [read.data for read in reads] == [b"%d\n" % number for number in range(1000)]
    assert len({read.at_s for read in reads}) > 10


def test_reads_in_a_row_wait_as_numbers_only() -> None:
    backlog = Backlog()
    for number in range(3):
        backlog.put_read(number, number + 1, number / 10)
    backlog.put(Notice("a"))
    backlog.put_read(3, 4, 0.5)
    backlog.end()
    first, notice, second = backlog
    assert isinstance(first, Spans)
    assert isinstance(second, Spans)
    assert list(first) == [(0, 1, 0.0), (1, 2, 0.1), (2, 3, 0.2)]
    assert notice == Notice("a")
    assert list(second) == [(3, 4, 0.5)]


def test_what_is_told_of_a_run_is_masked_and_recorded_but_not_trouble_with_the_files() -> None:
    async def script(desk: Desk) -> None:
        desk.take(b"a")
        desk.notice("It was top-secret.")
        assert isinstance(source.tape, MemoryTape)
        source.tape.says.append("The disk is full.")
        desk.say(RunEnded(desk.now(), "end", None))

    source = LiveSource("test", "chat", script, MemoryTape(), Mask(["top-secret"]))
    source.tell("It is slowed.")
    outcome = run(source)
    assert outcome.notices == ["It is slowed.", "It was ***.", "The disk is full."]
    assert [line for line in outcome.tape.lines if isinstance(line, str)] == ["It is slowed.", "It was ***."]


def test_trouble_of_the_recording_is_a_notice_at_once() -> None:
    async def script(desk: Desk) -> None:
        desk.take(b"a")
        assert isinstance(source.tape, MemoryTape)
        source.tape.says.append("The disk is full.")
        desk.take(b"b")
        desk.say(RunEnded(desk.now(), "end", None))

    source = source_of(script)
    outcome = run(source)
    assert outcome.order == ["RunBegan", "Read", "Read", "Notice", "RunEnded"]
    assert outcome.notices == ["The disk is full."]


def test_trouble_with_the_end_of_the_recording_is_a_notice_too() -> None:
    class Full(MemoryTape):
        def close(self) -> None:
            super().close()
            self.says = ["The disk of top-secret is full."]

    async def script(desk: Desk) -> None:
        desk.say(RunEnded(desk.now(), "end", None))

    outcome = run(LiveSource("test", "chat", script, Full(), Mask(["top-secret"])))
    assert outcome.order == ["RunBegan", "RunEnded", "Notice"]
    assert outcome.notices == ["The disk of *** is full."]


def test_what_a_script_cannot_do_ends_the_run_in_words() -> None:
    async def script(desk: Desk) -> None:
        raise InspectorError("No.")

    assert run(source_of(script)).end[1:] == ("error", "No.")


def test_a_script_that_forgets_to_end_is_a_bug() -> None:
    async def script(desk: Desk) -> None:
        return

    source = source_of(script)
    with pytest.raises(AssertionError, match="ends with RunEnded"):
        list(source.reads())
    source.close()


def test_everything_a_script_says_is_masked_and_bytes_held_back_come_before_the_end() -> None:
    async def script(desk: Desk) -> None:
        desk.take(b"a top-secret b top-")
        desk.say(StatusSaid(desk.now(), "top-secret", ["top-secret"]))
        desk.say(RunEnded(desk.now(), "error", "top-secret"))

    outcome = run(source_of(script, Mask(["top-secret"])))
    assert outcome.data == b"a ********** b top-"
    assert outcome.order[-2:] == ["Read", "RunEnded"]
    assert outcome.all(StatusSaid)[0][1:] == ("***", ["***"])
    assert outcome.end.message == "***"


def test_a_script_may_make_several_requests() -> None:
    with RawServer([answer(b"one")], [answer(b"two")]) as server:
        connection = Connection(server.url)

        async def script(desk: Desk) -> None:
            once = plain_script(connection)
            held: list[RunEnded] = []
            say = desk.say
            desk.say = lambda aside: held.append(aside) if isinstance(aside, RunEnded) else say(aside)  # type: ignore[method-assign]  # fmt: skip
            await once(desk)
            await once(desk)
            say(held[-1])

        outcome = run(source_of(script))
    assert outcome.reads == [b"one", b"two"]
    assert len(outcome.all(ExchangeBegan)) == len(outcome.all(HeadCame)) == 2


def test_headers_are_read_as_the_command_line_gives_them() -> None:
    assert parse_header("X-A:  b: c ") == ("X-A", "b: c")
    for bad in ("no colon", ": value", "a b: c", "a: \x01"):
        with pytest.raises(InspectorError):
            parse_header(bad)
