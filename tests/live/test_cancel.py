"""A cancel at any moment: the server is left at once, what came stays, and nothing is left behind here."""

from __future__ import annotations

import asyncio
import os
import sys
import threading
import time
from collections.abc import Callable
from threading import Event

import pytest

from inspector.asides import ExchangeBegan, HeadCame, RequestSent, RunBegan, RunEnded
from inspector.live.connection import Connection
from inspector.live.desk import Desk
from inspector.live.source import LiveSource
from inspector.sources.source import Item, Read
from tests.live.driving import Running, plain_source
from tests.live.memory_tape import MemoryTape
from tests.live.raw_server import LONG_S, Do, RawServer, Script, head
from tests.live.test_trouble import full_port  # noqa: F401 - a fixture

EVENT = b"data: 1\n\n"
SOON_S = 1.0  # the goal is 0.25; a machine with all cores taken may be slower, one that waits for a time-out is not

MOMENTS: list[tuple[str, Script, type[object], str]] = [
    ("in TLS", [Do.AT_ONCE, Do.WAIT], ExchangeBegan, "https"),
    ("waiting for the head", [Do.WAIT], RequestSent, "http"),
    ("waiting for the first byte", [head(), Do.WAIT], HeadCame, "http"),
    ("in the stream", [head(), EVENT, Do.WAIT], Read, "http"),
]


@pytest.mark.parametrize(("script", "moment", "scheme"), [pytest.param(*case[1:], id=case[0]) for case in MOMENTS])
def test_the_server_is_left_at_once(script: Script, moment: type[object], scheme: str) -> None:
    with RawServer(script) as server:
        source = plain_source(Connection(server.url.replace("http:", f"{scheme}:")))
        reached = Event()
        running = Running(source, lambda item: reached.set() if isinstance(item, moment) else None)
        assert reached.wait(LONG_S)
        assert server.connected.wait(LONG_S)
        cancelled_at_s = time.monotonic()
        source.cancel()
        outcome = running.join()
        (visit,) = server.visits
        assert visit.left.wait(LONG_S)
    assert visit.left_at_s - cancelled_at_s < SOON_S
    assert outcome.end[1:] == ("cancelled", None)
    assert outcome.order[-2:] == ["ExchangeEnded", "RunEnded"]
    assert outcome.data == (EVENT if moment is Read else b"")
    assert outcome.tape.is_closed


def test_a_connection_that_is_being_made_is_given_up(full_port: int) -> None:  # noqa: F811 - the fixture
    source = plain_source(Connection(f"http://127.0.0.1:{full_port}/"))
    began = Event()
    running = Running(source, lambda item: began.set() if isinstance(item, ExchangeBegan) else None)
    assert began.wait(LONG_S)
    cancelled_at_s = time.monotonic()
    source.cancel()
    assert running.join().end.how == "cancelled"
    assert time.monotonic() - cancelled_at_s < SOON_S


def test_a_name_that_is_looked_up_for_ever_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    asked, answered = Event(), Event()

    def slow(*_: object, **__: object) -> list[object]:
        asked.set()
        answered.wait(LONG_S)
        return []

    monkeypatch.setattr("socket.getaddrinfo", slow)
    source = plain_source(Connection("http://slow.example/"))
    running = Running(source)
    assert asked.wait(LONG_S)
    source.cancel()
    assert running.join().end.how == "cancelled"
    answered.set()


def scripted(script: Callable[[Desk], object]) -> LiveSource:
    return LiveSource("test", "chat", script, MemoryTape())  # type: ignore[arg-type]  # each is a coroutine function


def test_what_the_script_waits_for_is_cancelled_with_it() -> None:
    waiting, undone = Event(), Event()

    async def tool(desk: Desk) -> None:
        waiting.set()
        try:
            await asyncio.Event().wait()
        finally:
            undone.set()

    source = scripted(tool)
    running = Running(source)
    assert waiting.wait(LONG_S)
    source.cancel()
    outcome = running.join()
    assert undone.is_set()
    assert outcome.order == ["RunBegan", "RunEnded"]
    assert outcome.end.how == "cancelled"


def test_tasks_that_a_script_leaves_behind_are_cancelled() -> None:
    undone = Event()

    async def left_behind() -> None:
        try:
            await asyncio.Event().wait()
        finally:
            undone.set()

    async def script(desk: Desk) -> None:
        task = asyncio.create_task(left_behind())
        await asyncio.sleep(0)
        assert not task.done()
        desk.say(RunEnded(desk.now(), "end", None))

    assert Running(scripted(script)).join().end.how == "end"
    assert undone.is_set()


def test_a_cancel_before_the_start_and_after_the_end_is_one_too() -> None:
    with RawServer([head(), Do.CLOSE]) as server:
        source = plain_source(Connection(server.url))
        source.cancel()
        outcome = Running(source).join()
        assert outcome.order == ["RunBegan", "RunEnded"]
        assert outcome.end.how == "cancelled"
        source = plain_source(Connection(server.url))
        outcome = Running(source).join()
        source.cancel()
        assert outcome.end.how == "end"


def test_a_reader_that_stops_reading_ends_the_run() -> None:
    with RawServer([head(), EVENT, Do.WAIT]) as server:
        source = plain_source(Connection(server.url))
        items = source.reads()
        assert isinstance(next(items), RunBegan)
        items.close()
        source.close()
        assert isinstance(source.tape, MemoryTape)
        assert source.tape.lines[-1][1:] == ("cancelled", None)  # type: ignore[index]  # it is an aside


def test_a_bug_in_a_script_is_raised_after_the_run_was_ended() -> None:
    async def buggy(desk: Desk) -> None:
        desk.take(EVENT)
        raise ZeroDivisionError

    source, items = scripted(buggy), list[Item]()
    with pytest.raises(ZeroDivisionError):
        items.extend(source.reads())
    source.close()
    assert isinstance(source.tape, MemoryTape)
    assert bytes(source.tape.data) == EVENT
    assert source.tape.lines[-1][1:] == ("error", "A bug of this program ended the run (ZeroDivisionError).")  # type: ignore[index]  # fmt: skip
    assert source.tape.is_closed


def _open_files() -> int:
    return len(os.listdir("/proc/self/fd"))


@pytest.mark.skipif(sys.platform != "linux", reason="counts what /proc shows")
def test_a_hundred_cancels_leave_no_thread_and_no_descriptor() -> None:
    with RawServer([head(), EVENT, Do.WAIT]) as server:
        slowness_s: list[float] = []
        _cancel_once(server, slowness_s)
        threads, files = threading.active_count(), _open_files()
        for _ in range(100):
            _cancel_once(server, slowness_s)
        assert _soon(lambda: threading.active_count() <= threads)
        assert _soon(lambda: _open_files() <= files + 1)
    assert sorted(slowness_s)[50] < 0.25


def _soon(is_so: Callable[[], bool]) -> bool:
    """Whether it is so, once the server's own thread for the last visit is done too."""
    until_s = time.monotonic() + LONG_S
    while not is_so() and time.monotonic() < until_s:
        time.sleep(0.01)
    return is_so()


def _cancel_once(server: RawServer, slowness_s: list[float]) -> None:
    source = plain_source(Connection(server.url))
    cancelled_at_s = 0.0
    for item in source.reads():
        if isinstance(item, Read):
            cancelled_at_s = time.monotonic()
            source.cancel()
    source.close()
    assert server.visits[-1].left.wait(LONG_S)
    slowness_s.append(server.visits[-1].left_at_s - cancelled_at_s)
