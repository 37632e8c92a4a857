"""The append-only tracks: every look back agrees with what was appended."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspector.tracks import ScalarTrack, TextTrack, decode
from tests.dialects.agreement import check_track

PIECES = [(2, "Grüß "), (2, "dich, "), (5, ""), (7, "Welt 😀")]


@pytest.fixture
def track() -> TextTrack:
    track = TextTrack()
    for frame, text in PIECES:
        track.append(frame, text)
    return track


AT = {
    -1: "",
    0: "",
    1: "",
    2: "Grüß dich, ",
    3: "Grüß dich, ",
    6: "Grüß dich, ",
    7: "Grüß dich, Welt 😀",
    99: "Grüß dich, Welt 😀",
}


@pytest.mark.parametrize(("n", "text"), AT.items())
def test_the_text_at_a_frame_is_what_had_come_by_then(track: TextTrack, n: int, text: str) -> None:
    assert track.text_at(n) == text
    assert track.size_at(n) == len(text.encode())


def test_sizes_and_offsets_count_utf8_bytes(track: TextTrack) -> None:
    assert track.size == len("Grüß dich, Welt 😀".encode())
    assert track.slice(2, 4) == "ü".encode()
    assert (track.first_frame, track.last_frame) == (2, 7)


BROUGHT_BY = {"the first byte": (0, 2), "the second piece of a frame": (7, 2), "the last byte": (-1, 7)}


@pytest.mark.parametrize(("byte", "frame"), BROUGHT_BY.values(), ids=BROUGHT_BY)
def test_a_byte_knows_the_frame_that_brought_it(track: TextTrack, byte: int, frame: int) -> None:
    assert track.frame_of(byte % track.size) == frame


SPANS = {0: (0, 0), 2: (0, 13), 5: (13, 13), 6: (13, 13), 7: (13, 22), 8: (22, 22)}


@pytest.mark.parametrize(("frame", "span"), SPANS.items())
def test_a_frame_knows_the_bytes_it_brought(track: TextTrack, frame: int, span: tuple[int, int]) -> None:
    assert track.span_of(frame) == span


def test_an_empty_track_is_empty_everywhere() -> None:
    track = TextTrack()
    assert (track.size, track.text_at(9), track.span_of(3)) == (0, "", (0, 0))
    assert (track.first_frame, track.last_frame) == (None, None)


def test_a_lone_surrogate_is_kept_and_half_a_character_is_shown_as_replaced() -> None:
    track = TextTrack()
    track.append(0, "a\ud83d")
    track.append(1, "é")
    assert track.text_at(0) == "a\ud83d"
    assert decode(track.slice(4, 5)) == "�"


def test_a_scalar_knows_every_value_it_had() -> None:
    track: ScalarTrack[str] = ScalarTrack()
    for frame, value in ((1, "a"), (4, "b"), (4, "c")):
        track.set(frame, value)
    assert [track.at(n) for n in range(-1, 6)] == [None, None, "a", "a", "a", "c", "c"]
    assert [track.first_at(n) for n in range(6)] == [None, "a", "a", "a", "a", "a"]
    assert list(track.history()) == [(1, "a"), (4, "b"), (4, "c")]
    assert track.last == "c"


def test_a_scalar_that_was_never_set_has_no_value() -> None:
    track: ScalarTrack[str] = ScalarTrack()
    assert (track.at(9), track.first_at(9), track.last, list(track.history())) == (None, None, None, [])


APPENDS = st.lists(st.tuples(st.integers(0, 3), st.text(max_size=5)), max_size=30)


@given(APPENDS)
def test_every_look_back_agrees_with_what_was_appended(appends: list[tuple[int, str]]) -> None:
    track, frame, brought = TextTrack(), 0, dict[int, str]()
    for step, text in appends:
        frame += step
        if text:
            track.append(frame, text)
            brought[frame] = brought.get(frame, "") + text
    check_track(track, brought)


@given(APPENDS, st.integers(-1, 100))
def test_the_text_at_a_frame_is_a_prefix_of_the_text_at_the_next(appends: list[tuple[int, str]], n: int) -> None:
    track, frame = TextTrack(), 0
    for step, text in appends:
        frame += step
        track.append(frame, text)
    assert track.text_at(n + 1).startswith(track.text_at(n))
    assert track.size_at(n) <= track.size_at(n + 1) <= track.size
