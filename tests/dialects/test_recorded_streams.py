"""Every recorded stream of the shared folder is read to its end and tells one story; chat streams are one stage."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.dialects.agreement import check
from tests.dialects.reading import Reading, reading_of
from tests.dialects.recordings import CHAT, OTHER, STREAMS, TWO_COMPLETIONS
from tests.shared import SHARED, needs_shared

pytestmark = needs_shared


@pytest.mark.parametrize("path", STREAMS, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_a_recorded_stream_is_read_to_its_end_and_tells_one_story(path: Path) -> None:
    reading = reading_of(path)
    assert reading.transcript.decoded == reading.transcript.framed
    assert reading.transcript.size == path.stat().st_size
    assert {state["phase"] for state in reading.states()} <= {"done", "cancelled", "error", "cut"}
    reading.completions()
    check(reading)


# Streams that do not end as `done`.
PHASES = {
    "groq-chat-tool-use-failed-error-streaming.sse": "error",
    "groq-chat-tool-use-failed-error-streaming-with-text.sse": "error",
    "openrouter-chat-stream-error.sse": "error",
}


@pytest.mark.parametrize("name", CHAT)
def test_a_chat_stream_of_any_provider_is_one_stage_that_came_to_its_end(name: str) -> None:
    reading = reading_of(SHARED / "corpus" / name)
    states = reading.states()
    assert reading.transcript.dialect == "openai-chat"
    assert len(states) == (2 if name in TWO_COMPLETIONS else 1)
    assert {state["phase"] for state in states} == {PHASES.get(name, "done")}


# Streams of other kinds whose chunks look like those of a dialect, and why that does no harm.
LOOK_ALIKES = {
    "mock-openai-completion-completion-streaming.sse": (
        "openai-chat",
        "its last chunk, with the finish reason, has a delta",
    ),
    "replicate-unknown-llama-stream-legacy-r1.sse": (
        "stage",
        "`event: done` with `{}` is how a plain stage stream ends, too",
    ),
}


@pytest.mark.parametrize("name", OTHER)
def test_a_stream_of_another_kind_is_shown_raw(name: str) -> None:
    dialect, _ = LOOK_ALIKES.get(name, ("raw", ""))
    assert reading_of(SHARED / "corpus" / name).transcript.dialect == dialect


STREAMED = [name for name in OTHER if name not in LOOK_ALIKES and not name.endswith(".json")]
ERROR = b'{"error": {"code": 503, "message": "overloaded"}}'


@pytest.mark.parametrize("name", STREAMED)
def test_an_error_object_makes_no_stream_of_another_kind_a_chat(name: str) -> None:
    path = SHARED / "corpus" / name
    error = b"\n\ndata: " + ERROR + b"\n\n" if path.suffix == ".sse" else b"\n" + ERROR + b"\n"
    reading = Reading(path.read_bytes() + error)
    assert reading.transcript.dialect == "raw"
    assert reading.states()[-1]["error"] == "overloaded"


# What was captured besides chat streams that end well, by parts of the name: (dialect, phase).
CAPTURED = {
    "llamacpp-error-wrong-model": ("openai-chat", "done"),  # llama.cpp serves what it has, whatever the name
    "llamacpppython-error-wrong-model": ("openai-chat", "done"),
    "llamacpppython-error-no-messages": ("openai-chat", "done"),  # an empty prompt is answered
    "llamacpppython-error": ("raw", "cut"),  # nothing at all came
    "llamacpppython-tool-required": ("raw", "cut"),
    "llamacpppython-synthesis": ("raw", "error"),
    "llamacpppython-responses": ("raw", "error"),
    "transformers-error-no-messages": ("raw", "cut"),  # "Internal Server Error" as plain text
    "transformers-error-wrong-model": ("raw", "error"),
    "transformers-error": ("openai-chat", "done"),
    "transformers-messages": ("raw", "error"),
    "llamacpp-error": ("raw", "error"),
    "-messages-": ("raw", "cut"),
    "-responses-": ("raw", "cut"),
    "killed-mid-stream": ("openai-chat", "cut"),
}


@pytest.mark.parametrize(
    "path", [each for each in STREAMS if each.parent.name == "captures"], ids=lambda path: path.stem
)
def test_a_captured_stream_is_what_its_server_sent(path: Path) -> None:
    reading = reading_of(path)
    dialect, phase = next((says for part, says in CAPTURED.items() if part in path.stem), ("openai-chat", "done"))
    assert (reading.transcript.dialect, reading.state["phase"]) == (dialect, phase)


def test_the_exceptions_are_all_of_files_that_are_there() -> None:
    assert set(TWO_COMPLETIONS) | set(PHASES) <= set(CHAT)
    assert set(LOOK_ALIKES) <= set(OTHER)
