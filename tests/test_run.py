"""A live run folded: asides between the bytes, each answer framed on its own, a chat run as one stage."""

from __future__ import annotations

import json
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from inspector.asides import (
    Aside,
    CallRecovered,
    ExchangeBegan,
    ExchangeEnded,
    HeadCame,
    RequestSent,
    RunBegan,
    RunEnded,
    RunKind,
    StatusSaid,
    ToolAnswered,
    ToolBegan,
)
from inspector.completion import completions
from inspector.report.events import EventLines
from inspector.report.messages import message_lines
from inspector.report.state import states
from inspector.run import running, seconds
from inspector.transcript import Transcript

Step = bytes | Aside


def chunk(delta: str, finish: str = "null", id: str = "a") -> bytes:
    return (
        f'data: {{"id":"{id}","object":"chat.completion.chunk","model":"tiny",'
        f'"choices":[{{"index":0,"delta":{delta},"finish_reason":{finish}}}]}}\n\n'
    ).encode()


CALL = chunk('{"tool_calls":[{"index":0,"id":"c1","function":{"name":"get_time","arguments":"{}"}}]}')
CALLS_END = chunk("{}", '"tool_calls"')
TEXT = chunk('{"content":"It is noon."}', id="b")
STOP = chunk("{}", '"stop"', id="b")
DONE = b"data: [DONE]\n\n"
ASKED = [{"role": "user", "content": "What time is it?"}]
TOLD = [*ASKED, {"role": "assistant"}, {"role": "tool", "tool_call_id": "c1", "content": "noon"}]
RESULT = ToolAnswered(1.5, "c1", "get_time", "noon", None, 0.1)


def request(messages: list[dict[str, Any]] = ASKED) -> ExchangeBegan:
    return ExchangeBegan(0.0, "POST", "http://127.0.0.1/v1/chat/completions", (), {"messages": messages})


HEAD = HeadCame(0.2, "1.1", 200, "OK", (("content-type", "text/event-stream"),))
ENDED = ExchangeEnded(1.0, None)
END = RunEnded(2.0, "end", None)
CHAT: list[Step] = [RunBegan(0.0, "chat")]
ROUND = [*CHAT, request(), RequestSent(0.1), HEAD, CALL, CALLS_END, DONE, ENDED, RESULT, request(TOLD), HEAD]


class Run:
    """Steps taken as a live front end takes them: each decoded as it comes."""

    def __init__(self, steps: Sequence[Step], *, dialect: str | None = None, at_once: bool = False) -> None:
        self.bytes = b"".join(step for step in steps if isinstance(step, bytes))
        self.lines: list[str] = []
        self.transcript = Transcript(
            lambda start, end: self.bytes[start:end], dialect=dialect, listener=EventLines(self.lines.append)
        )
        for step in steps:
            self.transcript.feed(step) if isinstance(step, bytes) else self.transcript.note(step)
            if not at_once:
                self.transcript.decode_all()
        self.transcript.finish()
        self.transcript.decode_all()

    @property
    def events(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.lines]

    def state(self, n: int | None = None) -> list[dict[str, Any]]:
        last = self.transcript.framed - 1 if n is None else n
        return [json.loads(line) for line in states(self.transcript, last, stage=None)]


def test_a_chat_run_is_one_stage_however_many_requests_it_makes() -> None:
    run = Run([*ROUND, TEXT, STOP, DONE, ENDED, END])
    (stage,) = run.state()
    assert (stage["stage"], stage["phase"], stage["synthesis"]) == ("s1", "done", "It is noon.")
    assert stage["tool_results"] == [{"call_id": "c1", "name": "get_time", "content": "noon"}]
    assert [call["turn"] for call in stage["choices"][0]["tool_calls"]] == [0]


def test_which_tools_run_is_known_at_each_frame() -> None:
    begun = [ToolBegan(0.6, each, "get_time", 30.0) for each in ("c1", "c2")]
    run = Run([*CHAT, request(), HEAD, CALL, CALLS_END, DONE, ENDED, *begun, RESULT, request(TOLD), HEAD, TEXT])
    (stage,) = run.transcript.stages
    assert [[each.call_id for each in running(stage, n)] for n in range(4)] == [[], [], ["c2"], ["c2"]]
    assert [seconds(begun[0], now_s) for now_s in (0.5, 1.5, 2.6)] == [0, 0, 2]


@pytest.mark.parametrize(
    ("n", "phase", "results"),
    [(-1, "waiting", 0), (0, "calls", 0), (1, "calls", 0), (2, "results", 1), (3, "synthesis", 1), (5, "done", 1)],
)
def test_the_phase_of_a_run_at_each_frame(n: int, phase: str, results: int) -> None:
    (stage,) = Run([*ROUND, TEXT, STOP, DONE, ENDED, END]).state(n)
    assert (stage["phase"], len(stage["tool_results"])) == (phase, results)


@pytest.mark.parametrize(
    ("steps", "phase"),
    [
        ([*CHAT, request(), HEAD, TEXT, STOP, DONE, ENDED, END], "done"),
        ([*CHAT, request(), HEAD, TEXT, STOP, ENDED, END], "done"),
        ([*CHAT, request(), HEAD, TEXT, DONE, ENDED, END], "done"),
        ([*CHAT, request(), HEAD, TEXT, ENDED, END], "cut"),
        ([*CHAT, request(), HEAD, ENDED, END], "cut"),
        ([*ROUND, ENDED, END], "cut"),
        ([*CHAT, request(), HEAD, CALL, CALLS_END, ENDED, RESULT, END], "done"),
        ([*CHAT, request(), HEAD, TEXT, ENDED, RunEnded(1.0, "cut", "The connection broke.")], "cut"),
        ([*CHAT, request(), HEAD, TEXT, ENDED, RunEnded(1.0, "cancelled", None)], "cancelled"),
        ([*CHAT, request(), ENDED, RunEnded(1.0, "error", "Refused.")], "error"),
        ([*ROUND, b'data: {"error":{"message":"no"}}\n\n', ENDED, END], "error"),
        ([*CHAT, request(), HEAD, TEXT, STOP, DONE], "done"),
        ([*CHAT, request(), HEAD, TEXT], "cut"),
    ],
    ids=[
        "whole", "no DONE", "no finish reason", "neither", "an empty answer", "an empty answer after the results",
        "stopped after the results", "broken off", "cancelled", "refused", "an error on the wire",
        "the recorder was killed after the end", "the recorder was killed before",
    ],
)  # fmt: skip
def test_what_a_chat_run_ends_as(steps: list[Step], phase: str) -> None:
    run = Run(steps)
    (stage,) = run.state()
    assert stage["phase"] == phase
    assert [event["type"] for event in run.events if event["type"].startswith("stage.")][-1] == f"stage.{phase}"


def test_a_refusal_that_another_request_follows_is_not_the_end_of_the_run() -> None:
    refused: list[Step] = [request(), HEAD, b'{"error": {"message": "Loading model", "code": 503}}', ENDED]
    run = Run([*CHAT, *refused, request(), HEAD, TEXT, STOP, DONE, ENDED, END])
    (state,) = run.state()
    assert (state["phase"], state["error"], state["choices"][0]["content"]) == ("done", None, "It is noon.")
    assert run.state(1)[0]["phase"] == "text"
    assert [event["type"] for event in run.events if event["type"].startswith("stage.")] == ["stage.done"]


@pytest.mark.parametrize("end", [END, RunEnded(2.0, "error", "127.0.0.1:1 answered 401: no.")], ids=["end", "error"])
def test_an_error_that_an_answer_has_is_told_once_in_the_words_of_the_run_where_it_has_any(end: RunEnded) -> None:
    run = Run([*CHAT, request(), HEAD, TEXT, b'data: {"error": {"message": "no"}}\n\n', ENDED, end])
    (state,) = run.state()
    assert (state["phase"], state["error"]) == ("error", end.message or "no")
    told = [event for event in run.events if event["type"].startswith("stage.")]
    assert [(event["type"], event["message"]) for event in told] == [("stage.error", end.message or "no")]


def test_a_whole_answer_is_done_once_also_where_the_connection_broke_behind_it() -> None:
    run = Run([*CHAT, request(), HEAD, TEXT, STOP, DONE, ENDED, RunEnded(2.0, "cut", "No last chunk.")])
    told = [event for event in run.events if event["type"].startswith("stage.")]
    assert [(event["type"], event["message"]) for event in told] == [("stage.done", "No last chunk.")]
    assert (run.state()[0]["phase"], run.state()[0]["error"]) == ("done", "No last chunk.")


def test_a_run_that_got_no_byte_says_why_in_an_event_without_a_frame() -> None:
    run = Run([*CHAT, request(), ENDED, RunEnded(1.0, "error", "Refused.")])
    told = {"n": 0, "frame": None, "stage": "s1", "choice": None, "type": "stage.error", "message": "Refused."}
    assert run.events == [told]
    assert run.state()[0]["error"] == "Refused."


@pytest.mark.parametrize(
    ("first", "second", "frames"),
    [
        (b"data: [DONE]\n", TEXT, 2),
        (CALL[:20], TEXT, 2),
        (CALL + b"data: [DONE]", b'{"error": {"message": "no"}}', 3),
        (b"", TEXT, 1),
        (CALL, b"\xef\xbb\xbf" + TEXT, 2),
    ],
    ids=["no empty line", "cut inside a frame", "an error body", "nothing", "a byte order mark"],
)
@pytest.mark.parametrize("at_once", [True, False])
def test_each_answer_is_framed_on_its_own(first: bytes, second: bytes, frames: int, at_once: bool) -> None:
    run = Run([*CHAT, request(), HEAD, first, ENDED, request(), HEAD, second, ENDED, END], at_once=at_once)
    transcript = run.transcript
    assert transcript.framed == frames
    assert transcript.span(frames - 1) == (len(first), len(first) + len(second))
    assert (
        not any(event["type"] == "undecoded" for event in run.events if event["frame"] == frames - 1)
        or b"err" in second
    )
    assert [each.first_frame for each in transcript.exchanges.all] == [0, frames - 1]


@pytest.mark.parametrize("kind", ["chat", "attach"])
def test_events_are_the_same_as_they_happen_and_afterwards(kind: RunKind) -> None:
    steps: list[Step] = [RunBegan(0.0, kind), *ROUND[1:], TEXT, STOP, DONE, ENDED, END]
    assert Run(steps).lines == Run(steps, at_once=True).lines


def test_results_of_a_request_from_a_file_make_the_answer_synthesis() -> None:
    (stage,) = Run([*CHAT, request(TOLD), HEAD, TEXT, STOP, ENDED, END]).state()
    assert (stage["synthesis"], stage["choices"][0]["content"]) == ("It is noon.", "")


def test_a_run_tells_its_statuses_failures_and_recovered_calls() -> None:
    failed = RESULT._replace(content='{"error": "no"}', failure="declined")
    taken_up = CallRecovered(1.0, "t1", "get_time", "{}", "generic_json")
    said: list[Step] = [taken_up, StatusSaid(1.1, "running_tools", {"calls": 1})]
    run = Run([*CHAT, request(), HEAD, TEXT, STOP, ENDED, *said, failed, END])
    (stage,) = run.state()
    assert [each["status"] for each in stage["statuses"]] == ["call_recovered", "running_tools"]
    assert stage["tool_results"][0]["failure"] == "declined"
    assert run.transcript.exchanges.doing == said[1]


SAID = b'{"choices":[{"index":0,"delta":{"content":"a"}}]}'
ENVELOPE = b'event: chat_completion_chunk\ndata: {"stage_id":"x","chunk":%b}\n\n' % SAID
OTHER = ENVELOPE.replace(b'"x"', b'"y"')
FINISHED = b'event: done\ndata: {"stage_id":"x"}\n\n'


@pytest.mark.parametrize(
    ("steps", "phases"),
    [
        ([ENVELOPE, ENDED, RunEnded(1.0, "cancelled", None)], ["cancelled"]),
        ([ENVELOPE, ENDED, RunEnded(1.0, "cut", "reset")], ["cut"]),
        ([ENVELOPE, FINISHED, ENDED, RunEnded(1.0, "cut", "reset")], ["done"]),
        ([ENVELOPE, FINISHED, ENDED, END], ["done"]),
        ([ENVELOPE, ENDED, END], ["cut"]),
        ([ENVELOPE, FINISHED, OTHER, ENDED, RunEnded(1.0, "cancelled", None)], ["done", "cancelled"]),
        ([ENDED, RunEnded(1.0, "error", "refused")], ["error"]),
        ([ENDED, RunEnded(1.0, "cancelled", None)], ["cancelled"]),
        ([b'{"detail": "no such route"}', ENDED, RunEnded(1.0, "error", "404")], ["error"]),
    ],
)  # fmt: skip
def test_stages_that_a_server_streams_end_with_their_own_events_or_with_the_run(
    steps: list[Step], phases: list[str]
) -> None:
    run = Run([RunBegan(0.0, "attach"), request(), *steps])
    assert [stage["phase"] for stage in run.state()] == phases


def test_a_dialect_chosen_late_tells_nothing_twice() -> None:
    late = [b'data: {"ping": 1}\n\n', TEXT, STOP]
    events = Run([RunBegan(0.0, "attach"), request(), *late, ENDED, END]).events
    assert [event["n"] for event in events] == list(range(len(events)))
    assert [event["frame"] for event in events if event["type"] == "chunk"] == [0, 1, 2]


def test_chunks_of_several_answers_in_one_frame_of_a_run_are_all_of_it() -> None:
    both = STOP[:-1] + chunk('{"content":"More."}', id="c")
    run = Run([*CHAT, request(), HEAD, TEXT, both, DONE, ENDED, END])
    (found,) = completions(run.transcript, run.transcript.stages[0], run.transcript.framed - 1)
    assert found.body["choices"][0]["message"]["content"] == "It is noon.More."


ASIDES: list[Aside] = [
    RunBegan(0.0, "chat"), RunBegan(0.0, "attach"), request(), request(TOLD), RequestSent(0.1), HEAD, ENDED, RESULT,
    CallRecovered(1.0, "t1", "get_time", "{}", "generic_json"), StatusSaid(1.1, "running_tools", None),
    ToolBegan(1.2, "c1", "get_time", 30.0), END,
    RunEnded(1.0, "cut", "reset"), RunEnded(1.0, "cancelled", None), RunEnded(1.0, "error", "no"),
]  # fmt: skip
BYTES = [CALL, CALLS_END, TEXT, STOP, DONE, b"{", b"data", b"\r", b"\n\n", b"<p>", b"event: done\ndata: {}\n\n"]


@settings(max_examples=300, deadline=None)
@given(steps=st.lists(st.sampled_from([*ASIDES, *BYTES])))
def test_whatever_order_a_sidecar_tells_every_byte_is_in_one_frame(steps: list[Step]) -> None:
    run = Run(steps)
    transcript = run.transcript
    ends = [0, *(transcript.span(n)[1] for n in range(transcript.framed))]
    assert [transcript.span(n) for n in range(transcript.framed)] == list(pairwise(ends))
    assert ends[-1] == len(run.bytes)
    assert list(transcript.boundaries) == sorted(set(transcript.boundaries))
    for n in range(-1, transcript.framed):
        run.state(n)
        list(message_lines(transcript, n, stage=None))
