"""`export --to messages`: a run's conversation as it was sent, and one made from what a stage said."""

from __future__ import annotations

import json
from typing import Any

import pytest

from inspector.asides import CallRecovered, RunEnded
from inspector.events import Event
from inspector.report.messages import message_lines
from tests.test_run import (
    ASKED,
    CALL,
    CALLS_END,
    CHAT,
    DONE,
    END,
    ENDED,
    HEAD,
    RESULT,
    ROUND,
    STOP,
    TEXT,
    TOLD,
    Run,
    Step,
    chunk,
    request,
)

CALLS = [{"id": "c1", "type": "function", "function": {"name": "get_time", "arguments": "{}"}}]
CALLING = {"role": "assistant", "content": None, "tool_calls": CALLS}
TOOL = {"role": "tool", "tool_call_id": "c1", "content": "noon"}
SAID = {"role": "assistant", "content": "It is noon."}
BARE = chunk(json.dumps({"content": '{"name": "get_time", "arguments": {}}'}))
TAKEN_UP = CallRecovered(1.1, "call_1_0", "get_time", "{}", "generic_json")
OURS = "call_1_0"

RUNS: dict[str, tuple[list[Step], list[Any]]] = {
    "one answer": ([*CHAT, request(), HEAD, TEXT, STOP, DONE, ENDED, END], [*ASKED, SAID]),
    "both phases": ([*ROUND, TEXT, STOP, DONE, ENDED, END], [*TOLD, SAID]),
    "stopped after the results": (
        [*CHAT, request(), HEAD, CALL, CALLS_END, DONE, ENDED, RESULT, END],
        [*ASKED, CALLING, TOOL],
    ),
    "stopped after the calls": ([*CHAT, request(), HEAD, CALL, CALLS_END, DONE, ENDED, END], [*ASKED, CALLING]),
    "refused": ([*CHAT, request(), ENDED, RunEnded(1.0, "error", "Refused.")], ASKED),
    "refused the second time": (
        [*ROUND, b'{"error": {"message": "no"}}', ENDED, RunEnded(2.0, "error", "no")],
        TOLD,
    ),
    "refused at first": (
        [*CHAT, request(), HEAD, b'{"error": {"message": "no"}}', ENDED, request(), HEAD, TEXT, STOP, DONE, ENDED, END],
        [*ASKED, SAID],
    ),
    "a recovered call": (
        [*CHAT, request(), HEAD, BARE, STOP, DONE, ENDED, TAKEN_UP, RESULT._replace(call_id=OURS), END],
        [*ASKED, CALLING | {"tool_calls": [CALLS[0] | {"id": OURS}]}, TOOL | {"tool_call_id": OURS}],
    ),
    "a recovered call that was not run": (
        [*CHAT, request(), HEAD, BARE, STOP, DONE, ENDED, TAKEN_UP, END],
        [*ASKED, {"role": "assistant", "content": '{"name": "get_time", "arguments": {}}'}],
    ),
    "no run": ([TEXT, STOP, DONE], [SAID]),
    "no run, with calls": ([CALL, CALLS_END, DONE], [CALLING]),
}


def messages(run: Run, n: int | None = None) -> list[Any]:
    last = run.transcript.framed - 1 if n is None else n
    (line,) = message_lines(run.transcript, last, stage=None)
    body = json.loads(line)
    assert body["stage"] == "s1"
    found: list[Any] = body["messages"]
    return found


@pytest.mark.parametrize(("steps", "expected"), RUNS.values(), ids=RUNS)
def test_the_conversation_of_a_stage(steps: list[Step], expected: list[Any]) -> None:
    assert messages(Run(steps)) == expected


def test_the_conversation_at_a_frame_is_the_one_after_it() -> None:
    run = Run([*ROUND, TEXT, STOP, DONE, ENDED, END])
    assert messages(run, 1) == [*ASKED, CALLING]
    assert messages(run, 2) == [*ASKED, CALLING, TOOL]
    assert messages(run, 3) == [*TOLD, SAID]


def test_a_stage_can_be_asked_for() -> None:
    run = Run([TEXT, STOP, DONE])
    assert [len(list(message_lines(run.transcript, 2, stage=name))) for name in ("s1", "s2")] == [1, 0]


def test_only_the_last_turn_of_a_long_run_is_read_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    a_round: list[Step] = [request(), HEAD, CALL, CALLS_END, DONE, ENDED, RESULT]
    run = Run([*CHAT, *a_round * 50])
    events, read = run.transcript.events, []

    def counted(n: int) -> list[Event]:
        read.append(n)
        return events(n)

    monkeypatch.setattr(run.transcript, "events", counted)
    messages(run)
    assert read == [147, 148, 149]
