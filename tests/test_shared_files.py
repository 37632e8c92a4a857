"""Every recording of the shared folder opens, with each byte in one frame and the framing that is known of it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.shared import SHARED, needs_shared
from tests.wire.cuts import by
from tests.wire.reading import frames_of, opened, tiles

pytestmark = needs_shared

FOLDERS = ("corpus", "captures", "stages")


def files(folder: str) -> list[Path]:
    return sorted(path for path in (SHARED / folder).rglob("*") if path.is_file())


@pytest.mark.parametrize("folder", FOLDERS)
def test_every_shared_file_opens_with_each_byte_in_one_frame(folder: str) -> None:
    assert files(folder)
    for path in files(folder):
        data = path.read_bytes()
        transcript = opened(data)
        transcript.decode_all()
        assert tiles(transcript, len(data)), path.name
        assert transcript.decoded == transcript.framed == len(transcript.kinds), path.name


@pytest.mark.parametrize("folder", FOLDERS)
def test_every_shared_file_frames_the_same_in_reads_of_any_size(folder: str) -> None:
    for path in files(folder):
        data = path.read_bytes()
        whole = opened(data)
        for size in (1400, 61):
            cut_up = opened(data, by(data, size))
            assert cut_up.framing_evidence == whole.framing_evidence, path.name
            assert [cut_up.span(n) for n in range(cut_up.framed)] == [whole.span(n) for n in range(whole.framed)]


def test_every_corpus_file_gets_the_framing_that_its_manifest_knows() -> None:
    manifest = [json.loads(line) for line in (SHARED / "corpus" / "manifest.jsonl").read_text().splitlines()]
    assert len(manifest) > 400
    wrong: dict[str, str] = {}
    for row in manifest:
        transcript = opened((SHARED / "corpus" / row["file"]).read_bytes())
        if transcript.framing != {"raw": "json"}.get(row["framing"], row["framing"]):
            wrong[row["file"]] = f"{transcript.framing}: {transcript.framing_evidence}"
    assert wrong == {}


def test_every_corpus_file_holds_as_many_events_as_its_manifest_counts() -> None:
    """Frames with data; or data lines, since one server ends its chunks with one line end and they share a frame."""
    manifest = [json.loads(line) for line in (SHARED / "corpus" / "manifest.jsonl").read_text().splitlines()]
    wrong: dict[str, tuple[int, int, int]] = {}
    for row in manifest:
        frames = frames_of(opened((SHARED / "corpus" / row["file"]).read_bytes()))
        data = [frame.data for frame in frames if frame.data is not None]
        data_lines = sum(each.count(b"\n") + 1 for each in data)
        if row["events"] not in (len(data), data_lines):
            wrong[row["file"]] = (row["events"], len(data), data_lines)
    assert wrong == {}


@pytest.mark.parametrize("folder", ["captures", "stages"])
def test_a_recorded_body_gets_the_framing_that_can_be_seen_in_it(folder: str) -> None:
    """These folders have no manifest: a body is a stream, a JSON body, an error in words, or empty."""
    for path in files(folder):
        if path.suffix == ".sse":
            data = path.read_bytes()
            body = data.partition(b"\r\n\r\n")[2] if data.startswith(b"HTTP/") else data
            expected = "json" if body[:1] == b"{" else "sse" if b"data: " in body else "raw"
            assert opened(data).framing == expected, path.name
