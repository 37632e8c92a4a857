"""The bundled transcripts are read as what they are; that they are whole and timed is tested in `test_demo.py`."""

from __future__ import annotations

from typing import NamedTuple

import pytest

from inspector.demo import transcripts
from tests.dialects.agreement import check
from tests.dialects.reading import Json, Reading


class Expected(NamedTuple):
    dialect: str
    phases: list[str]
    arguments: list[str]
    worth: str
    answer: str


WEATHER = '{{"city": "{}", "unit": "celsius"}}'
EXPECTED = {
    "weather": Expected(
        "stage",
        ["done"],
        [WEATHER.format("Paris"), WEATHER.format("Lima")],
        "valid",
        "It is 12 degrees and rainy in Paris. It is 24 degrees and sunny in Lima.",
    ),
    "parallel": Expected(
        "openai-chat",
        ["done", "done"],
        [WEATHER.format("Oslo"), WEATHER.format("Cairo")],
        "valid",
        "It is -3 degrees and snowy in Oslo. It is 31 degrees and windy in Cairo.",
    ),
    "cut": Expected(
        "openai-chat",
        ["done"],
        ['{"title": "From Rome to Lima", "text": "Dear reader,\\n\\tI saw Rome today. They call it \\"the caf'],
        "partial",
        "",
    ),
    "reasoning": Expected("openai-chat", ["done"], [WEATHER.format("Kyiv")], "valid", ""),
}


@pytest.mark.parametrize(("name", "expected"), EXPECTED.items(), ids=EXPECTED)
def test_a_bundled_transcript_is_read_as_what_it_is(name: str, expected: Expected) -> None:
    reading = Reading(transcripts()[name].read_bytes())
    check(reading)
    states = reading.states()
    calls: list[Json] = [call for state in states for choice in state["choices"] for call in choice["tool_calls"]]
    answer = "".join(state["choices"][0]["content"] + (state["synthesis"] or "") for state in states)
    assert (
        Expected(
            reading.transcript.dialect,
            [state["phase"] for state in states],
            [call["arguments"] for call in calls],
            " ".join({call["json"] for call in calls}),
            answer,
        )
        == expected
    )


def test_the_default_one_goes_through_every_phase() -> None:
    reading = Reading(transcripts()["weather"].read_bytes())
    phases = [reading.states(n)[0]["phase"] for n in range(reading.last + 1)]
    assert list(dict.fromkeys(phases)) == ["waiting", "calls", "results", "synthesis", "done"]
    ids = [result["call_id"] for result in reading.state["tool_results"]]
    assert ids == [call["id"] for call in reading.calls]


def test_every_bundled_transcript_is_expected() -> None:
    assert set(transcripts()) == set(EXPECTED)
