"""The recorded stage and agent servers: everything that their sidecars expect and the wire carries is read."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.dialects.reading import Json, reading_of
from tests.dialects.sidecars import SIDECARS, Expected, Sidecar
from tests.shared import needs_shared

pytestmark = needs_shared
every_recording = pytest.mark.parametrize("sidecar", SIDECARS, ids=lambda sidecar: sidecar.name)

# Stages that the wire opens besides those that were meant: a `stage_id` with line ends forges whole frames (quirk 8).
FORGED_STAGES = {"ta-chat-stageid-forged-done": ["x"]}

# What the wire tells of the calls where that is not what the model asked for, and why.
CALLS_ON_THE_WIRE: dict[str, list[tuple[str | None, str, str]]] = {
    # The agent server runs parallel calls together: the last name, the arguments in a row (quirk 15).
    "fx-parallel-two": [
        (None, "get_time", json.dumps({"_malformed": '{"city": "Oslo", "unit": "celsius"}{"city": "Lima"}'})),
    ],
    # One detector serves all requests: another request's name, and arguments mixed of both (quirk 20).
    "fx-race-mixed-call": [
        (None, "get_time", json.dumps({"_malformed": ' "un{"ciit":ty": "ce "Lilsiuma, s"}the '})),
    ],
    "fx-race-mixed-other": [],
    # The call is JSON text in the content; nothing on the wire is a structured call (quirk 9).
    "ta-tool-qwen": [],
}


def stages_of(sidecar: Sidecar) -> list[tuple[Json, Expected]]:
    forged = FORGED_STAGES.get(sidecar.name, [])
    states = [state for state in reading_of(sidecar.path).states() if state["stage"] not in forged]
    return list(zip(states, sidecar.stages, strict=True))


def choice(state: Json) -> Json:
    nothing = {"content": "", "reasoning": "", "tool_calls": []}
    return next((each for each in state["choices"] if each["index"] == 0), nothing)


@every_recording
def test_the_stages_are_those_that_were_asked_for(sidecar: Sidecar) -> None:
    meant = sidecar.expected["stage_ids"] or ["s1"]
    forged = FORGED_STAGES.get(sidecar.name, [])
    assert [state["stage"] for state in reading_of(sidecar.path).states()] == forged + meant


@every_recording
def test_the_dialect_is_that_of_the_server(sidecar: Sidecar) -> None:
    dialect = "agent" if sidecar.name.startswith("fx-") else "stage"
    no_stream = sidecar.expected["terminal"] == "http-error"
    assert reading_of(sidecar.path).transcript.dialect == ("raw" if no_stream else dialect)


@every_recording
def test_a_stage_ends_as_its_server_ended_it(sidecar: Sidecar) -> None:
    for state, expected in stages_of(sidecar):
        assert state["phase"] == expected.phase
        failed = expected.phase == "error"
        assert (state["error"] is not None) == failed
        assert expected.own.get("error_contains", "") in (state["error"] or "")


@every_recording
def test_the_calls_are_those_the_model_made(sidecar: Sidecar) -> None:
    for state, expected in stages_of(sidecar):
        found = [(each["id"], each["name"], each["arguments"]) for each in choice(state)["tool_calls"]]
        assert found == CALLS_ON_THE_WIRE.get(sidecar.name, expected.calls)


@every_recording
def test_the_texts_are_those_the_model_wrote(sidecar: Sidecar) -> None:
    for state, expected in stages_of(sidecar):
        content, synthesis = choice(state)["content"], state["synthesis"] or ""
        if expected.is_agent:  # there `text` is the text of all turns, `synthesis_text` only that of the last
            assert expected.holds("text", content + synthesis)
            assert content == "".join(expected.own["texts"][:1] if synthesis else expected.own["texts"])[: len(content)]
            assert synthesis.endswith(expected.own["synthesis_text"])
        else:
            assert expected.holds("text", content)
            assert expected.holds("synthesis_text", synthesis)
        assert expected.holds("reasoning", choice(state)["reasoning"])


@every_recording
def test_the_results_are_those_that_the_wire_carries(sidecar: Sidecar) -> None:
    for state, expected in stages_of(sidecar):
        found: dict[str, str] = {each["call_id"]: each["content"] for each in state["tool_results"]}
        assert list(found) == list(expected.results)
        for call, result in expected.results.items():
            whole = not expected.own.get("tool_results_are_prefixes")
            assert found[call] == result if whole else found[call].startswith(result)


@every_recording
def test_the_statuses_are_those_the_agent_sent(sidecar: Sidecar) -> None:
    for state, expected in stages_of(sidecar):
        assert [each["status"] for each in state["statuses"]] == expected.own.get("statuses", [])


@every_recording
def test_the_frames_that_a_separator_broke_are_read_and_marked(sidecar: Sidecar) -> None:
    transcript = reading_of(sidecar.path).transcript
    repairs = [[getattr(each, "repaired", None) for each in transcript.events(n)] for n in range(transcript.framed)]
    broken = [
        n for n, reasons in enumerate(repairs) if any("line end inside a string" in (each or "") for each in reasons)
    ]
    assert len(broken) == sidecar.expected["broken_frames"]


# What is not whole on the wire, and so cannot be read: (undecoded frames, why).
UNDECODED = {
    "ta-chat-cancel-mid-frame": (1, "the client left in the middle of a frame"),
    "ta-session-cut-then-retry-a": (1, "the frame that was cut runs on into the first one of the retry"),
    "ta-http-422": (1, "a JSON body"),
    "fx-http-422": (1, "a JSON body"),
}


@every_recording
def test_nothing_is_undecoded_but_what_was_cut(sidecar: Sidecar) -> None:
    count, _ = UNDECODED.get(sidecar.name, (0, ""))
    assert len(reading_of(sidecar.path).said("undecoded")) == count


def test_the_exceptions_are_all_of_recordings_that_are_there() -> None:
    exceptions: list[dict[str, Any]] = [FORGED_STAGES, CALLS_ON_THE_WIRE, UNDECODED]
    assert {name for table in exceptions for name in table} <= {sidecar.name for sidecar in SIDECARS}
