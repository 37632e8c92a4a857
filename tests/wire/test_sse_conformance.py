"""The conformance suite of the shared folder: exactly the standard's event stream, in every way of cutting."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator
from functools import cache

import pytest

from tests.shared import SHARED, needs_shared
from tests.wire import standard
from tests.wire.cuts import by, bytewise, in_two
from tests.wire.reading import dispatched, frames_of, opened, sse_ends, sse_frames, tiles
from tests.wire.standard import StandardEvent

pytestmark = needs_shared

# Cut in two at every point up to this size, else at about 400 points and near both ends.
CUT_EVERYWHERE = 10_000
BYTEWISE = 150_000  # up to this size; the one case above it goes by 1400 and 4095 bytes instead
FRAMINGS = [pytest.param(None, id="auto"), pytest.param("sse", id="forced")]


@cache
def cases() -> dict[str, tuple[bytes, list[StandardEvent], int | None]]:
    path = SHARED / "conformance" / "sse_cases.jsonl"
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()] if path.is_file() else []
    return {
        row["name"]: (
            base64.b64decode(row["input_b64"]),
            [StandardEvent(**event) for event in row["expected_events"]],
            row["final_retry"],
        )
        for row in rows
    }


def small(most: int) -> list[str]:
    return [name for name, (data, _, _) in cases().items() if len(data) <= most]


def cuts(data: bytes) -> Iterator[list[bytes]]:
    if len(data) <= BYTEWISE:
        yield bytewise(data)
    yield by(data, 1400)
    yield by(data, 4095)
    if len(data) <= CUT_EVERYWHERE:
        yield from in_two(data)
        return
    yield from in_two(data, every=len(data) // 400)
    yield from ([data[:n], data[n:]] for n in (*range(1, 20), *range(len(data) - 20, len(data))))


def test_the_suite_is_there() -> None:
    assert len(cases()) >= 100


@pytest.mark.parametrize("name", cases())
def test_the_frames_give_the_events_of_the_standard(name: str) -> None:
    data, expected, _ = cases()[name]
    assert dispatched(sse_frames(data, sse_ends([data]))) == expected


@pytest.mark.parametrize("name", cases())
def test_no_cut_changes_the_frames(name: str) -> None:
    data = cases()[name][0]
    whole = sse_ends([data])
    for pieces in cuts(data):
        assert sse_ends(pieces) == whole, [len(piece) for piece in pieces[:2]]


@pytest.mark.parametrize("framing", FRAMINGS)
@pytest.mark.parametrize("name", cases())
def test_a_transcript_gives_the_events_of_the_standard(name: str, framing: None) -> None:
    data, expected, final_retry = cases()[name]
    transcript = opened(data, framing=framing)
    frames = frames_of(transcript)
    assert dispatched(frames) == expected
    assert tiles(transcript, len(data))
    if expected:
        assert next((f.retry for f in reversed(frames) if f.retry is not None), None) == final_retry


@pytest.mark.parametrize("framing", FRAMINGS)
@pytest.mark.parametrize("name", small(400))
def test_no_cut_changes_what_a_transcript_gives(name: str, framing: None) -> None:
    data = cases()[name][0]
    frames = frames_of(opened(data, framing=framing))
    for pieces in [bytewise(data), *in_two(data)]:
        assert frames_of(opened(data, pieces, framing=framing)) == frames


@pytest.mark.parametrize("name", small(CUT_EVERYWHERE))
def test_the_reference_of_our_laws_agrees_with_the_suite(name: str) -> None:
    data, expected, _ = cases()[name]
    assert standard.read(data) == expected
