"""zstd input is unpacked by whatever module is there, and the input says which to get where none is."""

import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from inspector.errors import InspectorError
from inspector.sources import packing
from inspector.sources.opening import open_path
from tests.sources.reading import data_of, notices_of

RAW, RUN = 0, 1


def frame(*blocks: tuple[int, int, bytes]) -> bytes:
    """A frame of blocks (kind, size, content) with a window of 1 MiB and no content size, as in RFC 8878."""
    body = b""
    for at, (kind, size, content) in enumerate(blocks):
        is_last = at == len(blocks) - 1
        body += (is_last | kind << 1 | size << 3).to_bytes(3, "little") + content
    return b"\x28\xb5\x2f\xfd" + b"\0" + bytes([10 << 3]) + body


def text_frame(text: bytes) -> bytes:
    return frame((RAW, len(text), text))


SKIPPABLE = b"\x50\x2a\x4d\x18" + (5).to_bytes(4, "little") + b"notes"
TEXTS = b"data: 1\n\n" * 1000, b"data: 2\n\n"


class StoredOnly:
    """What `compression.zstd.ZstdDecompressor` does for frames of one raw block, so that it is always tested."""

    def __init__(self) -> None:
        self.eof = False
        self.needs_input = True
        self.unused_data = b""
        self._data = b""

    def decompress(self, data: bytes, max_length: int) -> bytes:
        self._data += data
        if len(self._data) < 9:
            return b""
        if self._data[6] & 6:
            raise ZeroDivisionError("no raw block")
        end = 9 + (int.from_bytes(self._data[6:9], "little") >> 3)
        if len(self._data) < end:
            return b""
        self.eof, self.unused_data = True, self._data[end:]
        return self._data[9:end]


class OldStyle:
    """The same in the shape of `zstandard.ZstdDecompressor().decompressobj()`, which knows no limit."""

    def __init__(self) -> None:
        self._inner = StoredOnly()

    def decompressobj(self) -> "OldStyle":
        return self

    @property
    def eof(self) -> bool:
        return self._inner.eof

    @property
    def unused_data(self) -> bytes:
        return self._inner.unused_data

    def decompress(self, data: bytes) -> bytes:
        return self._inner.decompress(data, -1)


STAND_INS: dict[str, Any] = {
    "compression.zstd": StoredOnly,
    "backports.zstd": StoredOnly,
    "zstandard": OldStyle,
    "pyzstd": StoredOnly,
}


@pytest.fixture
def opened(tmp_path: Path) -> Any:
    """Write bytes to a file, open it, and give its content and notices."""

    def read(content: bytes) -> tuple[bytes, list[str]]:
        path = tmp_path / "a.sse.zst"
        path.write_bytes(content)
        source = open_path(path)
        items = list(source.reads())
        source.close()
        return data_of(items), [notice.replace(str(path), "FILE") for notice in notices_of(items)]

    return read


@pytest.fixture(params=STAND_INS)
def stand_in(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in STAND_INS:
        monkeypatch.setitem(sys.modules, name, None)
    module = SimpleNamespace(ZstdDecompressor=STAND_INS[request.param], ZstdError=ZeroDivisionError)
    monkeypatch.setitem(sys.modules, request.param.partition(".")[0], SimpleNamespace())
    monkeypatch.setitem(sys.modules, request.param, module)


@pytest.mark.usefixtures("stand_in")
def test_every_module_for_zstd_is_used_alike(opened: Any) -> None:
    whole = b"".join(text_frame(text) for text in TEXTS)
    assert opened(whole) == (b"".join(TEXTS), [])
    text, notices = opened(whole + frame((RUN, 9, b"x")))
    assert text == b"".join(TEXTS)
    assert notices == [
        "FILE has damaged zstd data after 9009 unpacked bytes (no raw block): what came before is shown."
    ]
    _, notices = opened(whole[:-1])
    assert "FILE ends in the middle of its zstd data" in notices[0]
    _, notices = opened(whole + b"junk")
    assert notices == ["FILE has 4 bytes after its zstd data, which were left out."]


def test_without_a_module_the_opening_says_which_to_get(opened: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in STAND_INS:
        monkeypatch.setitem(sys.modules, name, None)
    with pytest.raises(InspectorError) as caught:
        opened(text_frame(b"x"))
    assert str(caught.value).endswith(
        "a.sse.zst is compressed with zstd, which this Python cannot unpack: "
        "install the package zstandard, or unpack it first (zstd -dc)."
    )


needs_zstd = pytest.mark.skipif(packing._zstd() is None, reason="no module for zstd is installed")


@needs_zstd
def test_a_real_module_unpacks_frames_in_a_row_and_skips_what_is_to_be_skipped(opened: Any) -> None:
    first, second = map(text_frame, TEXTS)
    assert opened(first + SKIPPABLE + second) == (b"".join(TEXTS), [])
    text, notices = opened(first + second[:-3])
    assert b"".join(TEXTS).startswith(text)
    assert "FILE ends in the middle of its zstd data" in notices[0]


@needs_zstd
def test_a_real_module_tells_damaged_data(opened: Any) -> None:
    reserved_block = 3
    text, notices = opened(text_frame(TEXTS[0]) + frame((reserved_block, 9, b"x" * 9)))
    assert TEXTS[0].startswith(text)
    assert "FILE has damaged zstd data" in notices[0]


@needs_zstd
def test_a_real_module_refuses_a_bomb(opened: Any) -> None:
    with pytest.raises(InspectorError, match="as a decompression bomb does"):
        opened(frame(*[(RUN, 128 << 10, b"\n")] * 4000))
