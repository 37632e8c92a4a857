"""A compressed input unpacked slice by slice, members in a row and one level deep, with a limit on bombs."""

from collections.abc import Iterator

from inspector.errors import InspectorError
from inspector.sources.packing import Member, Packing, codec_of

SLICE_BYTES = 1 << 20
BOMB_BYTES = 64 << 20  # an input that unpacks to more than this, and
BOMB_RATIO = 200  # to more than this many times its size, is refused


class Plain:
    """An input that is not compressed, in the shape of `Unpacker`."""

    def feed(self, data: bytes) -> Iterator[bytes]:
        yield data

    def end(self) -> Iterator[str]:
        return iter(())


class Unpacker:
    """`InspectorError` when made: nothing here can unpack it; from `feed`: it is a bomb."""

    def __init__(self, name: str, packing: Packing) -> None:
        self._name = name
        self._packing = packing
        self._codec = codec_of(packing, name)
        self._member: Member | None = None
        self._rest = b""  # given to no member yet
        self._packed_bytes = 0
        self._bytes = 0
        self._left_out_bytes = 0
        self._damage: Exception | None = None

    def feed(self, data: bytes) -> Iterator[bytes]:
        """Give what `data` unpacks to, in slices of about `SLICE_BYTES` at most."""
        pieces: list[bytes] = []
        gathered_bytes = 0
        for piece in self._pieces(data):
            pieces.append(piece)
            gathered_bytes += len(piece)
            if gathered_bytes >= SLICE_BYTES:
                yield b"".join(pieces)
                pieces, gathered_bytes = [], 0
        if pieces:
            yield b"".join(pieces)

    def _pieces(self, data: bytes) -> Iterator[bytes]:
        bite_bytes = self._codec.bite_bytes
        for start in range(0, len(data), bite_bytes):
            bite = data[start : start + bite_bytes]
            self._packed_bytes += len(bite)
            self._rest += bite
            while self._rest and (member := self._open_member()):
                yield from self._unpack(member)
            if self._damage:
                return

    def _open_member(self) -> Member | None:
        """Give the member that `_rest` is for: the open one, or one that begins there."""
        if self._member is None and not self._damage:
            if not self._left_out_bytes:
                self._rest = self._rest.lstrip(self._packing.padding)
            if self._left_out_bytes or not self._rest.startswith(self._packing.magics):
                self._leave_out()
            else:
                self._member = self._codec.begin()
        return self._member

    def _leave_out(self) -> None:
        may_become_one = any(magic.startswith(self._rest) for magic in self._packing.magics)
        if self._left_out_bytes or not may_become_one:
            self._left_out_bytes += len(self._rest)
            self._rest = b""

    def _unpack(self, member: Member) -> Iterator[bytes]:
        data, self._rest = self._rest, b""
        while True:
            try:
                piece = member.decompress(data, SLICE_BYTES)
            except self._codec.damage as error:
                self._member, self._damage = None, error
                return
            if piece:
                self._count(len(piece))
                yield piece
            if member.eof:
                self._member, self._rest = None, member.unused_data
            if member.eof or member.needs_input:
                return
            data = b""

    def _count(self, piece_bytes: int) -> None:
        self._bytes += piece_bytes
        if self._bytes > BOMB_BYTES and self._bytes > BOMB_RATIO * self._packed_bytes:
            raise InspectorError(
                f"{self._name} unpacks to more than {BOMB_BYTES >> 20} MiB and {BOMB_RATIO} times its size, "
                f"as a decompression bomb does: if you trust it, unpack it ({self._packing.command}) "
                "and open what comes out."
            )

    def end(self) -> Iterator[str]:
        """Say what was wrong with the input, once it has ended."""
        kind = self._packing.name
        if self._damage:
            yield (
                f"{self._name} has damaged {kind} data after {self._bytes} unpacked bytes ({self._damage}): "
                "what came before is shown."
            )
        if self._member:
            yield (
                f"{self._name} ends in the middle of its {kind} data, after {self._bytes} unpacked bytes: "
                "it was cut, or is still being written."
            )
        if left_out_bytes := self._left_out_bytes + len(self._rest):
            yield f"{self._name} has {left_out_bytes} bytes after its {kind} data, which were left out."
