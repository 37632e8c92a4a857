"""An input that cannot be read back as it comes, a pipe or a compressed file, kept decoded in a spool."""

from collections.abc import Iterator

from inspector.sources.packing import HEAD_BYTES, may_become_packed, packing_of
from inspector.sources.source import Inlet, Item, Notice, Read, Restart
from inspector.sources.store import Spool
from inspector.sources.unpacker import Plain, Unpacker


class Spooled:
    """A source made of an inlet, which it owns; `may_unpack` false takes its bytes as they are."""

    size_hint = None
    is_live = False
    recorded_at = None

    def __init__(self, inlet: Inlet, *, may_unpack: bool) -> None:
        self.name = inlet.name
        self._inlet = inlet
        self._may_unpack = may_unpack
        self._cancelled = False
        self._begin()

    def _begin(self) -> None:
        self.store = Spool()
        self._decoder: Plain | Unpacker | None = None  # `None` while the bytes so far do not tell which
        self._held: list[Read] = []

    def reads(self) -> Iterator[Item]:
        for item in self._inlet.reads():
            match item:
                case Read():
                    self._held.append(item)
                    yield from self._decoded(at_end=False)
                case Restart():
                    self._begin()
                    yield Restart(self.store)
                case Notice():
                    yield item
            if self._cancelled:
                return
        if not self._cancelled:
            yield from self._decoded(at_end=True)
            yield from self._closing_notices()

    def _decoded(self, at_end: bool) -> Iterator[Read]:
        decoder = self._decoder = self._decoder or self._choose(at_end)
        while decoder and self._held:
            data, at_s = self._held.pop(0)
            for piece in decoder.feed(data):
                self.store.append(piece)
                yield Read(piece, at_s)
                if self._cancelled:
                    return

    def _choose(self, at_end: bool) -> Plain | Unpacker | None:
        if not self._may_unpack:
            return Plain()
        head = b"".join(read.data for read in self._held)
        if not at_end and may_become_packed(head):
            return None
        packing = packing_of(head)
        return Unpacker(self.name, packing) if packing else Plain()

    def _closing_notices(self) -> Iterator[Notice]:
        if self._decoder:
            yield from map(Notice, self._decoder.end())
        if isinstance(self._decoder, Unpacker) and packing_of(self.store.read(0, HEAD_BYTES)):
            yield Notice(f"{self.name} was compressed twice: unpack it once, and open what comes out.")

    def cancel(self) -> None:
        self._cancelled = True
        self._inlet.cancel()

    def changed(self) -> str | None:
        return self._inlet.changed()

    def close(self) -> None:
        self._inlet.close()
        self.store.close()
