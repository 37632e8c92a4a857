"""Whole small streams of our own beside what is made of them, to be read by a person.

`UPDATE_GOLDENS=1 pytest tests/dialects/test_goldens.py` writes the goldens anew; look at the difference before it is
committed.
"""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from tests.dialects.agreement import check
from tests.dialects.reading import Json, Reading

FOLDER = Path(__file__).parents[1] / "fixtures" / "streams"
STREAMS = sorted(path for path in FOLDER.iterdir() if path.suffix in (".sse", ".jsonl"))
every_stream = pytest.mark.parametrize("path", STREAMS, ids=lambda path: path.stem)


def event_line(event: Json) -> str:
    """`n @frame stage/choice type`, then the fields of that type as they are."""
    who = "-" if event["stage"] is None else event["stage"] + ("" if event["choice"] is None else f"/{event['choice']}")
    fields = [(key, value) for key, value in event.items() if key not in ("n", "frame", "stage", "choice", "type")]
    told = " ".join(f"{key}={json.dumps(value)}" for key, value in fields)
    return f"{event['n']:3} @{event['frame']:<3} {who:12} {event['type']:16} {told}".rstrip() + "\n"


def events_of(reading: Reading) -> str:
    transcript = reading.transcript
    head = f"# {transcript.framed} frames of {transcript.framing}, {transcript.dialect}: {transcript.evidence}\n"
    return head + "".join(map(event_line, reading.events))


def state_of(reading: Reading) -> str:
    whole = {"states": reading.states(), "completions": reading.completions()}
    return json.dumps(whole, indent=1) + "\n"


def hold(golden: Path, found: str) -> None:
    if os.environ.get("UPDATE_GOLDENS"):
        golden.write_text(found, encoding="ascii", newline="\n")
    assert found == golden.read_text(encoding="ascii"), f"{golden.name}: see the docstring of this test"


@every_stream
def test_the_events_are_those_of_the_golden(path: Path) -> None:
    hold(path.with_suffix(".events.txt"), events_of(Reading(path.read_bytes())))


@every_stream
def test_the_state_and_the_completions_are_those_of_the_golden(path: Path) -> None:
    hold(path.with_suffix(".state.json"), state_of(Reading(path.read_bytes())))


@every_stream
def test_the_stream_tells_one_story_byte_by_byte_too(path: Path) -> None:
    data = path.read_bytes()
    whole = Reading(data)
    check(whole)
    assert Reading(data, pieces=[data[n : n + 1] for n in range(len(data))]).events == whole.events


@every_stream
def test_the_stream_cut_at_any_byte_is_read_without_trouble(path: Path) -> None:
    data = path.read_bytes()
    for end in range(0, len(data), 7):
        check(Reading(data[:end]))


def test_every_golden_belongs_to_a_stream_that_the_readme_names() -> None:
    readme = (FOLDER / "README.md").read_text(encoding="utf-8")
    goldens = {path.name for path in FOLDER.iterdir()} - {path.name for path in STREAMS} - {"README.md"}
    assert goldens == {path.with_suffix(suffix).name for path in STREAMS for suffix in (".events.txt", ".state.json")}
    assert all(f"`{path.name}`" in readme for path in STREAMS)
