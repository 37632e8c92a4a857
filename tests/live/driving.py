"""Runs a live source to its end, and gives what came of it in the shape that tests ask for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Thread
from typing import TypeVar

from inspector.asides import Aside, RunEnded
from inspector.live.client import open_line
from inspector.live.connection import Connection
from inspector.live.desk import Desk
from inspector.live.source import LiveSource, Script
from inspector.sources.source import Item, Notice, Read
from tests.live.memory_tape import MemoryTape

T = TypeVar("T")


@dataclass
class Run:
    tape: MemoryTape
    items: list[Item] = field(default_factory=list)

    @property
    def data(self) -> bytes:
        return b"".join(item.data for item in self.items if isinstance(item, Read))

    @property
    def reads(self) -> list[bytes]:
        return [item.data for item in self.items if isinstance(item, Read)]

    @property
    def notices(self) -> list[str]:
        return [item.sentence for item in self.items if isinstance(item, Notice)]

    @property
    def end(self) -> RunEnded:
        return self.all(RunEnded)[-1]

    @property
    def order(self) -> list[str]:
        return [type(item).__name__ for item in self.items]

    def all(self, kind: type[T]) -> list[T]:
        return [item for item in self.items if isinstance(item, kind)]

    def asides(self) -> list[Aside]:
        return [item for item in self.items if not isinstance(item, Read | Notice)]  # type: ignore[misc]  # no Restart


def run(source: LiveSource) -> Run:
    assert isinstance(source.tape, MemoryTape)
    outcome = Run(source.tape)
    outcome.items.extend(source.reads())
    source.close()
    assert outcome.data == bytes(source.tape.data)
    return outcome


class Running:
    """A run in a thread of its own; `on_item` is called for each item there."""

    def __init__(self, source: LiveSource, on_item: Callable[[Item], None] = lambda item: None) -> None:
        assert isinstance(source.tape, MemoryTape)
        self.outcome = Run(source.tape)
        self._source = source
        self._on_item = on_item
        self._thread = Thread(target=self._read, name="reader")
        self._thread.start()

    def _read(self) -> None:
        for item in self._source.reads():
            self.outcome.items.append(item)
            self._on_item(item)

    def join(self) -> Run:
        self._thread.join(10)
        assert not self._thread.is_alive()
        self._source.close()
        return self.outcome


def plain_script(connection: Connection, method: str = "GET") -> Script:
    """Ask once, take everything, and say how it went."""

    async def script(desk: Desk) -> None:
        async with open_line(connection, desk) as line:
            try:
                async with line.http.stream(method, connection.url) as response:
                    async for _ in response.aiter_raw():
                        pass
            except Exception:  # noqa: BLE001 - what it was stands in the exchange
                assert line.tee.last
                assert line.tee.last.trouble
            assert line.tee.last
            trouble = line.tee.last.trouble
            desk.say(RunEnded(desk.now(), *(trouble or ("end", None))))

    return script


def plain_source(connection: Connection) -> LiveSource:
    return LiveSource("test", "attach", plain_script(connection), MemoryTape(), connection.mask())
