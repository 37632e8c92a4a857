"""A compressed answer unpacked as it comes: we ask for none, but servers and proxies compress all the same."""

import zlib
from collections.abc import Iterator
from contextlib import suppress
from typing import Any, Protocol

from inspector.live.trouble import BadEncoding

BOMB_BYTES = 64 << 20  # an answer that unpacks to more than this, and
BOMB_RATIO = 200  # to more than this many times its size, is taken for a bomb
_SLICE_BYTES = 1 << 20

_GZIP, _ZLIB = b"\x1f\x8b", b"\x78"  # how they begin (RFC 1952, 2.3.1; RFC 1950, 2.2)
_UNKNOWN = (
    "it is in the content-encoding {!r}, though we asked for none and this program reads only gzip and deflate; "
    "it was kept as it came: switch compression off in the server or proxy"
)
_MISLABELLED = (
    "it is called {} in its Content-Encoding, but is not; it was kept as it came: correct that in the server or proxy"
)


class Decoder(Protocol):
    def feed(self, data: bytes) -> Iterator[bytes]:
        """Give what came out, all that can be known so far; `BadEncoding` after what came before the damage."""

    def end(self) -> None:
        """`BadEncoding` where more had to come."""


class Identity:
    def feed(self, data: bytes) -> Iterator[bytes]:
        yield data

    def end(self) -> None:
        return


class AsItCame:
    """Bytes that cannot be unpacked: they are taken as they are, and it is said at the end why."""

    def __init__(self, why: str) -> None:
        self._why = why

    def feed(self, data: bytes) -> Iterator[bytes]:
        yield data

    def end(self) -> None:
        raise BadEncoding(self._why)


class Gzip:
    """What is said to be gzip is unpacked if it begins as gzip does, or as zlib: some mistake one for the other."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._head = b""
        self._decoder: Decoder | None = None

    def feed(self, data: bytes) -> Iterator[bytes]:
        if self._decoder is None:
            data = self._head = self._head + data
            if len(data) < 2 and data[:1] in (_GZIP[:1], _ZLIB):
                return
            self._decoder = Inflated(self._name) if _is_packed(data) else AsItCame(_MISLABELLED.format(self._name))
        yield from self._decoder.feed(data)

    def end(self) -> None:
        if self._decoder is not None:
            self._decoder.end()
        elif self._head:
            raise BadEncoding(f"its {self._name} data ends after 1 byte")


class Inflated:
    """Gzip and deflate, several gzip members in a row; a sync flush of the server's comes out at once."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._zlib: Any = None
        self._packed_bytes = 0
        self._bytes = 0

    def feed(self, data: bytes) -> Iterator[bytes]:
        self._packed_bytes += len(data)
        while data:
            if self._zlib is None:
                self._zlib = zlib.decompressobj(self._wbits(data))
            yield from self._unpacked(data)
            data = b""
            if self._zlib.eof:
                data, self._zlib = self._zlib.unused_data, None

    def _wbits(self, head: bytes) -> int:
        """Many send raw deflate where the standard wants zlib around it (RFC 9110, 8.4.1.2)."""
        is_zlib = head[0] & 0x0F == 8 and head[0] >> 4 <= 7
        return -15 if self._name == "deflate" and not is_zlib else 47

    def _unpacked(self, data: bytes) -> Iterator[bytes]:
        while True:
            before = self._zlib.copy()
            try:
                piece = self._zlib.decompress(data, _SLICE_BYTES)
            except zlib.error as error:
                yield from self._up_to_the_damage(before, data)
                raise BadEncoding(f"its {self._name} data is damaged after {self._bytes} bytes ({error})") from error
            if piece:
                self._count(piece)
                yield piece
            data = self._zlib.unconsumed_tail
            if not data and len(piece) < _SLICE_BYTES:
                return

    def _up_to_the_damage(self, unpacker: Any, data: bytes) -> Iterator[bytes]:
        """Unpack byte by byte: zlib gives nothing of a call that meets bad data, not even what came before it."""
        out = bytearray()
        with suppress(zlib.error):
            for at in range(len(data)):
                out += unpacker.decompress(data[at : at + 1])
        if out:
            self._count(out)
            yield bytes(out)

    def _count(self, piece: bytes | bytearray) -> None:
        self._bytes += len(piece)
        if self._bytes > BOMB_BYTES and self._bytes > BOMB_RATIO * self._packed_bytes:
            raise BadEncoding(
                f"it unpacks to more than {BOMB_BYTES >> 20} MiB and {BOMB_RATIO} times its size, "
                "as a decompression bomb does"
            )

    def end(self) -> None:
        if self._zlib is not None:
            raise BadEncoding(f"its {self._name} data ends in the middle, after {self._bytes} bytes")


def decoder_of(content_encoding: str) -> Decoder:
    """Choose by the header's value; empty where there is none."""
    name = content_encoding.strip().lower()
    match name:
        case "" | "identity":
            return Identity()
        case "gzip" | "x-gzip":
            return Gzip(name)
        case "deflate":
            return Inflated(name)
    return AsItCame(_UNKNOWN.format(name))


def _is_packed(head: bytes) -> bool:
    return head[:2] == _GZIP or (head[:1] == _ZLIB and int.from_bytes(head[:2], "big") % 31 == 0)
