"""A compressed input shows what it unpacks to, as far as that goes, and no more than one level of it."""

import gzip
import os
import random
import zlib
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from inspector.errors import InspectorError
from inspector.sources.file import SLICE_BYTES
from inspector.sources.opening import open_path
from inspector.sources.packing import PACKINGS
from inspector.sources.source import Item, Notice, Read, Restart
from inspector.sources.spooled import Spooled
from inspector.sources.store import Spool
from inspector.sources.unpacker import Unpacker
from tests.sources.reading import Pump, data_of, notices_of, until

TEXT = b"".join(b"id: %d\ndata: %x\n\n" % (n, n * 2654435761) for n in range(20_000))
PACKED = gzip.compress(TEXT, mtime=0)


class Given:
    """An inlet that gives the items it was made with."""

    name = "given"

    def __init__(self, *items: Item) -> None:
        self._items = items
        self.was_cancelled = False
        self.was_closed = False

    def reads(self) -> Iterator[Item]:
        yield from self._items

    def cancel(self) -> None:
        self.was_cancelled = True

    def changed(self) -> str | None:
        return "given has changed."

    def close(self) -> None:
        self.was_closed = True


def unpack(*parts: bytes) -> tuple[bytes, list[str]]:
    """What a spooled source makes of these reads; its store must hold the same."""
    source = Spooled(Given(*(Read(part, None) for part in parts)), may_unpack=True)
    items = list(source.reads())
    data = data_of(items)
    assert source.store.read(0, len(data) + 1) == data
    source.close()
    return data, notices_of(items)


DAMAGED = bytearray(PACKED)
DAMAGED[len(PACKED) // 2] ^= 0xFF
WRONG_SUM = PACKED[:-8] + b"\0\0\0\0" + PACKED[-4:]

WHOLE: list[tuple[str, bytes, bytes]] = [
    ("one member", PACKED, TEXT),
    ("an empty one", gzip.compress(b""), b""),
    ("members in a row", PACKED + gzip.compress(b"") + gzip.compress(b"end"), TEXT + b"end"),
    ("zeros after it", PACKED + bytes(600), TEXT),
    ("zeros between members", PACKED + bytes(3) + gzip.compress(b"end"), TEXT + b"end"),
]


@pytest.mark.parametrize(("packed", "text"), [case[1:] for case in WHOLE], ids=[case[0] for case in WHOLE])
def test_a_whole_gzip_input_is_unpacked(packed: bytes, text: bytes) -> None:
    assert unpack(packed) == (text, [])


@pytest.mark.parametrize(("packed", "text"), [case[1:] for case in WHOLE], ids=[case[0] for case in WHOLE])
def test_reads_may_cut_it_anywhere(packed: bytes, text: bytes) -> None:
    ends = sorted({1, 2, *random.Random(0).choices(range(1, len(packed)), k=50), len(packed)})
    parts = [packed[start:end] for start, end in zip([0, *ends], ends, strict=False)]
    assert unpack(*parts) == (text, [])


def test_byte_by_byte_is_the_same() -> None:
    packed = gzip.compress(b"data: 1\n\n") + bytes(2) + gzip.compress(b"data: 2\n\n") + b"\x1f"
    text, notices = unpack(*(packed[at : at + 1] for at in range(len(packed))))
    assert text == b"data: 1\n\ndata: 2\n\n"
    assert notices == ["given has 1 bytes after its gzip data, which were left out."]


BROKEN: list[tuple[str, bytes, int, str]] = [
    ("cut", PACKED[:-20_000], 100_000, "given ends in the middle of its gzip data, after"),
    ("cut in its head", PACKED[:5], 0, "given ends in the middle of its gzip data, after 0 unpacked bytes"),
    ("cut in its sum", PACKED[:-1], len(TEXT), "given ends in the middle of its gzip data"),
    ("a wrong sum", WRONG_SUM, len(TEXT), "incorrect data check): what came before is shown."),
    ("bad head", b"\x1f\x8b\x08\xff rubbish", 0, "given has damaged gzip data after 0 unpacked bytes"),
    ("junk after it", PACKED + b"\n<html>", len(TEXT), "given has 7 bytes after its gzip data, which were"),
    ("a member after junk", PACKED + b"junk" + PACKED, len(TEXT), f"has {len(PACKED) + 4} bytes after"),
]


@pytest.mark.parametrize(("packed", "least", "notice"), [case[1:] for case in BROKEN], ids=[case[0] for case in BROKEN])
@pytest.mark.parametrize("part_bytes", [1000, 1 << 20], ids=["small reads", "one read"])
def test_a_broken_gzip_input_keeps_what_was_unpacked_and_says_what_is_wrong(
    packed: bytes, least: int, notice: str, part_bytes: int
) -> None:
    parts = [packed[start : start + part_bytes] for start in range(0, len(packed), part_bytes)]
    text, notices = unpack(*parts)
    assert TEXT.startswith(text)
    assert len(text) >= least
    assert len(notices) == 1
    assert notice in notices[0]


def test_damaged_data_keeps_all_that_zlib_can_unpack() -> None:
    text, notices = unpack(bytes(DAMAGED))
    unpacker = zlib.decompressobj(wbits=31)
    best = bytearray()
    with suppress(zlib.error):
        for byte in DAMAGED:
            best += unpacker.decompress(bytes([byte]))
    assert text == best
    assert len(text) > len(TEXT) // 3
    assert "damaged gzip data" in notices[0]


@pytest.mark.parametrize("at", range(len(gzip.compress(b"data: 1\n\n", mtime=0))))
def test_a_gzip_input_cut_at_any_byte_opens(at: int) -> None:
    text, _ = unpack(*filter(None, [gzip.compress(b"data: 1\n\n", mtime=0)[:at]]))
    assert b"data: 1\n\n".startswith(text) or at < 3


def test_one_level_is_unpacked_and_the_rest_is_told() -> None:
    text, notices = unpack(gzip.compress(PACKED))
    assert text == PACKED
    assert notices == ["given was compressed twice: unpack it once, and open what comes out."]


def test_a_read_is_unpacked_in_slices() -> None:
    source = Spooled(Given(Read(gzip.compress(bytes(5 * SLICE_BYTES)), 1.5)), may_unpack=True)
    reads = [item for item in source.reads() if isinstance(item, Read)]
    assert sum(len(read.data) for read in reads) == 5 * SLICE_BYTES
    assert max(len(read.data) for read in reads) <= 2 * SLICE_BYTES
    assert {read.at_s for read in reads} == {1.5}


@pytest.mark.parametrize("head", [b"(", b"\x1f", b"\x28\xb5"], ids=["paren", "like gzip", "like zstd"])
def test_a_first_byte_that_may_begin_a_packing_is_held_and_keeps_its_time(head: bytes) -> None:
    source = Spooled(Given(Read(head, 1.0), Read(b"text", 2.0)), may_unpack=True)
    assert list(source.reads()) == [Read(head, 1.0), Read(b"text", 2.0)]
    source = Spooled(Given(Read(head, 1.0)), may_unpack=True)
    assert list(source.reads()) == [Read(head, 1.0)]


def test_a_restart_gets_a_fresh_spool_and_notices_pass() -> None:
    inlet = Given(Read(PACKED[:99], None), Restart(Spool()), Notice("It was cut."), Read(b"plain", None))
    source = Spooled(inlet, may_unpack=True)
    old_store = source.store
    items = list(source.reads())
    assert items[-3:] == [Restart(source.store), Notice("It was cut."), Read(b"plain", None)]
    assert source.store is not old_store
    assert source.store.read(0, 99) == b"plain"


def test_a_cancelled_input_stops_between_slices_without_a_notice() -> None:
    inlet = Given(Read(gzip.compress(bytes(5 * SLICE_BYTES))[:-9], None))
    source = Spooled(inlet, may_unpack=True)
    reads = source.reads()
    assert isinstance(next(reads), Read)
    source.cancel()
    assert list(reads) == []
    assert inlet.was_cancelled


def test_a_spooled_source_passes_on_what_concerns_its_inlet() -> None:
    inlet = Given()
    source = Spooled(inlet, may_unpack=True)
    assert (source.name, source.size_hint, source.changed()) == ("given", None, "given has changed.")
    source.close()
    assert inlet.was_closed


def test_a_gzip_file_opens_unpacked_unless_its_framing_is_forced(tmp_path: Path) -> None:
    path = tmp_path / "a.sse.gz"
    path.write_bytes(PACKED)
    for forced, content in ((False, TEXT), (True, PACKED)):
        source = open_path(path, forced_framing=forced)
        assert data_of(list(source.reads())) == content
        assert source.store.read(1000, 1100) == content[1000:1100]
        assert source.changed() is None
        source.close()


def test_a_gzip_file_that_grows_can_be_followed(tmp_path: Path) -> None:
    path = tmp_path / "a.sse.gz"
    packer = zlib.compressobj(wbits=31)
    path.write_bytes(packer.compress(b"data: 1\n\n") + packer.flush(zlib.Z_SYNC_FLUSH))
    with Pump(open_path(path, follow=True)) as pump:
        until(lambda: pump.data == b"data: 1\n\n")
        with path.open("ab") as file:
            file.write(packer.compress(b"data: 2\n\n") + packer.flush(zlib.Z_SYNC_FLUSH))
        until(lambda: pump.data == b"data: 1\n\ndata: 2\n\n")
        os.truncate(path, 0)
        until(lambda: pump.notices)
    assert pump.notices == [f"{path} was cut short: it is shown anew from its start."]


def test_a_full_disk_ends_the_reads_with_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> int:
        raise OSError(28, "No space left on device")

    source = Spooled(Given(Read(b"data: 1\n\n", None)), may_unpack=True)
    monkeypatch.setattr("inspector.sources.store._append", fail)
    with pytest.raises(InspectorError, match="free some space"):
        list(source.reads())


def test_a_log_that_packs_well_is_no_bomb() -> None:
    packer = zlib.compressobj(1, zlib.DEFLATED, -15)
    content = random.Random(0).randbytes(8000) + bytes((1 << 20) - 8000)  # packs to 1/80
    stretch = packer.compress(content) + packer.flush(zlib.Z_FULL_FLUSH)
    unpacker = Unpacker("a.gz", PACKINGS[0])
    size = sum(len(piece) for piece in unpacker.feed(b"\x1f\x8b\x08" + bytes(7) + stretch * 80))
    assert size == 80 << 20
