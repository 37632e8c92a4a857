"""The compressed forms an input may have: how to tell them by their first bytes, and who unpacks them."""

import zlib
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from importlib import import_module
from typing import Any, NamedTuple, Protocol

from inspector.errors import InspectorError


class Member(Protocol):
    """One gzip member or zstd frame being unpacked, in the shape of `compression.zstd.ZstdDecompressor`."""

    @property
    def eof(self) -> bool: ...

    @property
    def needs_input(self) -> bool: ...

    @property
    def unused_data(self) -> bytes: ...

    def decompress(self, data: bytes, max_length: int, /) -> bytes: ...


class Codec(NamedTuple):
    begin: Callable[[], Member]
    damage: type[Exception]  # what `decompress` raises for bad data
    bite_bytes: int  # how much to feed in one call


class Packing(NamedTuple):
    name: str
    magic: bytes  # what the input begins with
    magics: tuple[bytes, ...]  # what a further member may begin with
    padding: bytes  # bytes that may stand between members
    command: str  # what unpacks it outside
    load: Callable[[], Codec | None]  # `None`: nothing here can unpack it


class _GzipMember:
    def __init__(self) -> None:
        self._zlib = zlib.decompressobj(wbits=31)
        self._error: zlib.error | None = None
        self.needs_input = True

    @property
    def eof(self) -> bool:
        return self._zlib.eof

    @property
    def unused_data(self) -> bytes:
        return self._zlib.unused_data

    def decompress(self, data: bytes, max_length: int, /) -> bytes:
        if self._error:
            raise self._error
        data = self._zlib.unconsumed_tail + data
        before = self._zlib.copy()
        try:
            out = self._zlib.decompress(data, max_length)
        except zlib.error as error:
            self._error = error
            self.needs_input = False
            return _up_to_the_damage(before, data)
        self.needs_input = not self._zlib.unconsumed_tail and len(out) < max_length
        return out


def _up_to_the_damage(unpacker: Any, data: bytes) -> bytes:
    """Unpack byte by byte: zlib gives nothing of a call that meets bad data, not even what came before it."""
    out = bytearray()
    with suppress(zlib.error):
        for at in range(len(data)):
            out += unpacker.decompress(data[at : at + 1])
    return bytes(out)


class _ZstandardMember:
    """The package `zstandard`, which does not know `max_length`."""

    needs_input = True

    def __init__(self, zstandard: Any) -> None:
        self._unpacker = zstandard.ZstdDecompressor().decompressobj()

    @property
    def eof(self) -> bool:
        return bool(self._unpacker.eof)

    @property
    def unused_data(self) -> bytes:
        return bytes(self._unpacker.unused_data)

    def decompress(self, data: bytes, max_length: int, /) -> bytes:
        return bytes(self._unpacker.decompress(data))


def _gzip() -> Codec:
    return Codec(_GzipMember, zlib.error, 64 << 10)


_ZSTD_BITE_BYTES = 4096  # a call that meets bad data gives nothing, not even what came before it
_UNLIMITED_BITE_BYTES = 256  # 64 blocks at most, of up to 128 KiB each
# Python 3.14 has the first; the others are packages, alike but for zstandard.
_ZSTD_MODULES = ("compression.zstd", "backports.zstd", "zstandard", "pyzstd")


def _zstd() -> Codec | None:
    for module_name in _ZSTD_MODULES:
        try:
            module: Any = import_module(module_name)
        except ImportError:
            continue
        if module_name == "zstandard":
            return Codec(partial(_ZstandardMember, module), module.ZstdError, _UNLIMITED_BITE_BYTES)
        return Codec(module.ZstdDecompressor, module.ZstdError, _ZSTD_BITE_BYTES)
    return None


_ZSTD_MAGIC = b"\x28\xb5\x2f\xfd"
_ZSTD_SKIPPABLE = tuple(bytes([0x50 + low]) + b"\x2a\x4d\x18" for low in range(16))

PACKINGS = (
    Packing("gzip", b"\x1f\x8b\x08", (b"\x1f\x8b\x08",), b"\0", "gzip -dc", _gzip),
    Packing("zstd", _ZSTD_MAGIC, (_ZSTD_MAGIC, *_ZSTD_SKIPPABLE), b"", "zstd -dc", _zstd),
)
HEAD_BYTES = max(len(packing.magic) for packing in PACKINGS)


def packing_of(head: bytes) -> Packing | None:
    """Tell the packing of an input by its first bytes; `None` for one that is not compressed."""
    return next((packing for packing in PACKINGS if head.startswith(packing.magic)), None)


def may_become_packed(head: bytes) -> bool:
    """Say whether more bytes are needed to tell."""
    return any(len(head) < len(packing.magic) and packing.magic.startswith(head) for packing in PACKINGS)


def codec_of(packing: Packing, name: str) -> Codec:
    if (codec := packing.load()) is None:
        raise InspectorError(
            f"{name} is compressed with {packing.name}, which this Python cannot unpack: "
            f"install the package zstandard, or unpack it first ({packing.command})."
        )
    return codec
