"""Laws that hold for any stream: seeks, cuts and the story of the events, over random streams of every dialect."""

from __future__ import annotations

import random
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from inspector.completion import completions, last_completion
from inspector.report.state import states
from inspector.transcript import Transcript
from tests.dialects.agreement import check
from tests.dialects.random_streams import streams
from tests.dialects.reading import Json, Reading, reading_of
from tests.dialects.recordings import STREAMS
from tests.shared import needs_shared

DIALECTS = ["openai-chat", "stage", "agent"]
SEEKS = st.lists(st.integers(0, 40), min_size=1, max_size=6)
CUTS = st.lists(st.integers(0, 4000), max_size=8)

any_dialect = pytest.mark.parametrize("dialect", DIALECTS)
# The same examples in every run: what a search finds is a bug to fix, not a run to repeat.
quickly = settings(max_examples=80, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])


def fold_up_to(reading: Reading, data: bytes, n: int) -> Transcript:
    """A transcript that has only the bytes up to the end of frame `n`, still open."""
    end = reading.transcript.span(n)[1]
    fold = Transcript(lambda start, stop: data[start:stop], framing="sse", dialect=reading.transcript.dialect)
    fold.feed(data[:end])
    fold.decode_all()
    return fold


def seeks_agree(reading: Reading, data: bytes, frames: list[int]) -> None:
    for n in frames:
        if n < reading.last:
            fold = fold_up_to(reading, data, n)
            assert fold.framed == n + 1
            assert reading.states(n) == Reading.read(states(fold, n, stage=None))


@any_dialect
@quickly
@given(st.data())
def test_the_state_at_a_frame_is_that_of_a_fold_that_ends_there_whatever_was_looked_at_before(
    dialect: str, data: st.DataObject
) -> None:
    stream = data.draw(streams(dialect))
    seeks_agree(Reading(stream, dialect=dialect), stream, data.draw(SEEKS))


def texts_of(state: Json) -> dict[tuple[object, ...], str]:
    texts: dict[tuple[object, ...], str] = {(state["stage"], "synthesis"): state["synthesis"] or ""}
    for choice in state["choices"]:
        for name in ("content", "reasoning", "refusal"):
            texts[state["stage"], choice["index"], name] = choice[name]
        for call in choice["tool_calls"]:
            texts[state["stage"], choice["index"], call["slot"]] = call["arguments"]
    return texts


@any_dialect
@quickly
@given(st.data())
def test_every_text_at_a_frame_is_a_prefix_of_itself_at_the_next(dialect: str, data: st.DataObject) -> None:
    reading = Reading(data.draw(streams(dialect)), dialect=dialect)
    before: dict[tuple[object, ...], str] = {}
    for n in range(reading.last + 1):
        now = {key: text for state in reading.states(n) for key, text in texts_of(state).items()}
        assert all(now.get(key, "").startswith(text) for key, text in before.items())
        before = now


@any_dialect
@quickly
@given(st.data())
def test_cutting_the_input_anywhere_gives_equal_events(dialect: str, data: st.DataObject) -> None:
    stream = data.draw(streams(dialect))
    bounds = [0, *sorted({cut % (len(stream) + 1) for cut in data.draw(CUTS)}), len(stream)]
    pieces = [stream[start:end] for start, end in pairwise(bounds)]
    whole, cut = Reading(stream), Reading(stream, pieces=pieces)
    assert cut.events == whole.events
    assert (cut.transcript.dialect, cut.states()) == (whole.transcript.dialect, whole.states())
    assert cut.transcript.boundaries == whole.transcript.boundaries


@any_dialect
@quickly
@given(st.data())
def test_events_tracks_and_state_tell_one_story(dialect: str, data: st.DataObject) -> None:
    check(Reading(data.draw(streams(dialect)), dialect=dialect))


@any_dialect
@quickly
@given(st.data())
def test_a_completion_can_be_had_at_any_frame(dialect: str, data: st.DataObject) -> None:
    reading = Reading(data.draw(streams(dialect)), dialect=dialect)
    for n in range(reading.last + 1):
        completions = reading.completions(n)
        assert [each["stage"] for each in completions] == sorted(
            (each["stage"] for each in completions), key=[each["stage"] for each in reading.states()].index
        )


@any_dialect
@quickly
@given(st.data())
def test_the_last_completion_can_be_had_without_those_before(dialect: str, data: st.DataObject) -> None:
    transcript = Reading(data.draw(streams(dialect)), dialect=dialect).transcript
    for stage in transcript.stages:
        for n in range(transcript.framed):
            assert last_completion(transcript, stage, n) == next(reversed(completions(transcript, stage, n)), None)


@needs_shared
@pytest.mark.parametrize(
    "path", [path for path in STREAMS if path.suffix == ".sse"], ids=lambda path: f"{path.parent.name}/{path.name}"
)
def test_seeks_in_a_recorded_stream_agree_with_folds_that_end_there(path: Path) -> None:
    reading, data = reading_of(path), path.read_bytes()
    if reading.transcript.framing == "sse" and reading.last > 0:
        chance = random.Random(path.name)
        seeks_agree(reading, data, [chance.randrange(reading.last) for _ in range(2)])
