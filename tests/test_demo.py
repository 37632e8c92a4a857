"""The bundled transcripts are whole, timed, and accounted for; how they are read is tested elsewhere."""

import json
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

from inspector.demo import DEFAULT, NAMES, transcripts
from tests.tiny_stage_server import calls_of, payloads

PROVENANCE = files("inspector.demo").joinpath("README.md").read_text(encoding="utf-8")


def body_of(name: str) -> bytes:
    return transcripts()[name].read_bytes()


def reads_of(name: str) -> list[dict[str, float]]:
    times = transcripts()[name].with_suffix(".times.jsonl").read_text(encoding="ascii")
    return [json.loads(line) for line in times.splitlines()]


def requests_of(name: str) -> list[Any]:
    lines = files("inspector.demo").joinpath("requests.jsonl").read_text(encoding="ascii").splitlines()
    return [request["body"] for request in map(json.loads, lines) if request["transcript"] == name]


def test_every_transcript_in_the_folder_has_a_name_and_the_default_is_one_of_them() -> None:
    folder = Path(str(files("inspector.demo")))
    assert {path.stem for path in folder.glob("*.sse")} == set(NAMES)
    assert DEFAULT in NAMES


@pytest.mark.parametrize("name", NAMES)
def test_the_reads_add_up_to_the_bytes(name: str) -> None:
    assert sum(read["bytes"] for read in reads_of(name)) == len(body_of(name))


@pytest.mark.parametrize("name", NAMES)
def test_the_recorded_times_rise_at_a_pace_for_the_eye(name: str) -> None:
    times = [read["t_s"] for read in reads_of(name)]
    assert times == sorted(times)
    assert 10 < len(times) / times[-1] < 25


@pytest.mark.parametrize("name", NAMES)
def test_the_provenance_has_a_row_with_the_frames_of_each_transcript(name: str) -> None:
    *frames, rest = body_of(name).split(b"\n\n")
    assert rest == b""
    assert f"| `{name}.sse` | {len(frames)} |" in PROVENANCE


@pytest.mark.parametrize("name", NAMES)
def test_the_provenance_has_what_each_transcript_was_asked(name: str) -> None:
    for request in requests_of(name):
        assert request["messages"][0]["content"] in PROVENANCE


@pytest.mark.parametrize("name", ["parallel", "weather"])
def test_the_second_request_answers_the_calls_of_the_first_by_their_ids(name: str) -> None:
    *_, question, results = requests_of(name)
    ids = [message["tool_call_id"] for message in results["messages"] if message["role"] == "tool"]
    assert len(question["messages"]) == 1
    assert len(ids) == 2
    assert all(f'"id":"{call_id}"'.encode() in body_of(name) for call_id in ids)


NOTE = '{"title": "From Rome to Lima", "text": "Dear reader,\\n\\tI saw Rome today. They call it \\"the caf'
CALLS = {
    "parallel": ['{"city": "Oslo", "unit": "celsius"}', '{"city": "Cairo", "unit": "celsius"}'],
    "cut": [NOTE],
    "reasoning": ['{"city": "Kyiv", "unit": "celsius"}'],
}


@pytest.mark.parametrize(("name", "arguments"), CALLS.items(), ids=CALLS)
def test_the_calls_in_the_bare_streams_are_the_ones_asked_for(name: str, arguments: list[str]) -> None:
    first_completion = body_of(name).decode().split("data: [DONE]")[0]
    calls = calls_of(payloads(first_completion.splitlines()))
    assert [call["function"]["arguments"] for call in calls] == arguments


def test_the_default_transcript_runs_through_every_phase_of_a_stage() -> None:
    names = [line[7:] for line in body_of(DEFAULT).decode().splitlines() if line.startswith("event: ")]
    assert list(dict.fromkeys(names)) == ["tool_completion_chunk", "tool_summary", "done"]
    assert names[names.index("tool_summary") + 1] == "tool_completion_chunk"
    assert names[-1] == "done"
