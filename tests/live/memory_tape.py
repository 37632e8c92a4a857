"""A tape that keeps everything in memory, in the order in which it came."""

from __future__ import annotations

from inspector.asides import Aside


class MemoryTape:
    """Its own store. `lines` are the asides and the remarks, and the size of each read."""

    def __init__(self) -> None:
        self.data = bytearray()
        self.lines: list[Aside | int | str] = []
        self.is_closed = False
        self.says: list[str] = []

    @property
    def store(self) -> MemoryTape:
        return self

    def read(self, start: int, end: int) -> bytes:
        return bytes(self.data[start:end])

    def append(self, data: bytes, at_s: float) -> None:
        assert not self.is_closed
        self.data += data
        self.lines.append(len(data))

    def note(self, aside: Aside) -> None:
        assert not self.is_closed
        self.lines.append(aside)

    def remark(self, sentence: str, at_s: float) -> None:
        assert not self.is_closed
        self.lines.append(sentence)

    def notices(self) -> list[str]:
        says, self.says = self.says, []
        return says

    def close(self) -> None:
        self.is_closed = True

    def release(self) -> None:
        self.close()
