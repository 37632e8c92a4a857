"""A chat run against a server that answers by script: the loop, the tools, the messages, and every way to end."""

from __future__ import annotations

import json
from threading import Event
from typing import Any

import httpx
import pytest

from inspector.asides import ExchangeBegan, ExchangeEnded, RunEnded, ToolAnswered
from inspector.live import waiting
from inspector.live.chat import NO_RESULT, chat_source
from inspector.live.connection import Connection
from inspector.live.exchange import Exchange
from inspector.sources.source import Item
from inspector.toolchain.hearing import Heard
from inspector.toolchain.options import ChatOptions
from inspector.toolchain.questions import GoDeeper, RecoveredCall, RunRecovered, TypeResult, WaitForModel
from inspector.wire.framing import FramingName
from tests.live.chatting import (
    CALLS_END,
    DONE,
    PROMPT,
    TEXT,
    TYPED,
    Answering,
    answers,
    call,
    chunk,
    options,
    played,
    recovered,
    results,
    sent,
    statuses,
)
from tests.live.driving import Running, run
from tests.live.memory_tape import MemoryTape
from tests.live.raw_server import LONG_S, Do, RawServer, Script, answer, free_port, head

BARE = '{"name": "get_weather", "arguments": {"city": "Oslo"}}'
LOADING = b'{"error":{"message":"Loading model","type":"unavailable_error","code":503}}'
LONG_HEAD = head("200 OK", "text/event-stream", "Content-Length: 999")
ONE_CALL = call(0, "a") + CALLS_END


def typing(text: str | None = "17") -> Answering:
    return Answering({TypeResult: text, GoDeeper: False})


def test_an_answer_without_calls_is_the_whole_run() -> None:
    with RawServer(*answers(TEXT)) as server:
        outcome = played(server)
    assert outcome.data == TEXT
    assert outcome.order[:2] == ["RunBegan", "ExchangeBegan"]
    assert outcome.end.how == "end"
    assert len(sent(server)) == 1


def test_the_messages_of_the_second_request_are_standard() -> None:
    with RawServer(*answers(chunk(content="I look.") + ONE_CALL, TEXT)) as server:
        outcome = played(server, ask=typing())
    first, second = sent(server)
    assert first["messages"] == list(PROMPT)
    function = {"name": "get_weather", "arguments": '{"city": "Oslo"}'}
    calls = [{"id": "a", "type": "function", "function": function}]
    assert second["messages"] == [
        *PROMPT,
        {"role": "assistant", "content": "I look.", "tool_calls": calls},
        {"role": "tool", "tool_call_id": "a", "content": "17"},
    ]
    assert outcome.data == chunk(content="I look.") + ONE_CALL + TEXT
    assert [each.body for each in outcome.all(ExchangeBegan)] == [first, second]


def test_without_synthesis_the_run_ends_with_the_results() -> None:
    with RawServer(*answers(ONE_CALL)) as server:
        outcome = played(server, ask=typing(), synthesis=False)
    assert results(outcome) == [("a", "17", None)]
    assert (outcome.end.how, len(server.visits)) == ("end", 1)


def test_headless_a_tools_json_ends_the_run_with_the_calls() -> None:
    with RawServer(*answers(ONE_CALL)) as server:
        outcome = played(server)
    assert (results(outcome), outcome.end.how, len(server.visits)) == ([], "end", 1)
    assert outcome.notices == [NO_RESULT]


def test_without_tools_calls_are_only_shown() -> None:
    with RawServer(*answers(ONE_CALL)) as server:
        outcome = played(server, tools=None)
    assert (results(outcome), outcome.end.how, len(server.visits)) == ([], "end", 1)


def test_a_model_that_calls_for_ever_is_stopped_at_the_depth_and_the_user_may_let_it_go_on() -> None:
    for more, visits in ((False, 3), (True, 5)):
        ask = Answering({TypeResult: "17", GoDeeper: lambda question, more=more: more and question.depth < 4})
        with RawServer(*answers(ONE_CALL)) as server:
            outcome = played(server, ask=ask, max_depth=2)
        assert (outcome.end.how, len(server.visits)) == ("end", visits)
        assert [each.depth for each in ask.asked if isinstance(each, GoDeeper)] == ([2, 4] if more else [2])
        assert "max_depth" in statuses(outcome)


def test_a_depth_of_nothing_runs_nothing() -> None:
    with RawServer(*answers(ONE_CALL)) as server:
        outcome = played(server, ask=typing(), max_depth=0)
    assert (results(outcome), statuses(outcome)) == ([], ["max_depth"])


IDS: dict[str, tuple[bytes, list[str], list[str]]] = {
    "parallel": (call(0, "a") + call(1, "b", "get_time"), ["a", "b"], []),
    "index gaps": (call(3, "a") + call(7, "b"), ["a", "b"], []),
    "missing ids": (call(0, None) + call(1, None), ["call_1_0", "call_1_1"], ["call_id_mended"] * 2),
    "the same id twice": (call(0, "a") + call(1, "a"), ["a", "call_1_1"], ["call_id_mended"]),
}


@pytest.mark.parametrize(("calls", "ids", "said"), IDS.values(), ids=IDS)
def test_each_call_is_answered_under_an_id_of_its_own(calls: bytes, ids: list[str], said: list[str]) -> None:
    ask = Answering({TypeResult: lambda question: f"to {question.call_id}"})
    with RawServer(*answers(calls + CALLS_END, TEXT)) as server:
        outcome = played(server, ask=ask)
    messages = sent(server)[1]["messages"]
    assert [each["id"] for each in messages[1]["tool_calls"]] == ids
    assert [(each["tool_call_id"], each["content"]) for each in messages[2:]] == [(n, f"to {n}") for n in ids]
    assert [status for status in statuses(outcome) if "mended" in status] == said


UNFIT: dict[str, tuple[bytes, str]] = {
    "a tool that was not offered": (call(0, "a", "get_news"), 'no tool "get_news"'),
    "no name": (call(0, "a", ""), 'no tool ""'),
    "arguments that are cut": (call(0, "a", city=None), "not JSON"),
    "arguments of a wrong type": (call(0, "a", city=17), "expected string, got 17"),  # type: ignore[arg-type]  # a city is a text
}


@pytest.mark.parametrize(("calls", "why"), UNFIT.values(), ids=UNFIT)
def test_a_call_that_does_not_fit_is_not_asked_about_and_the_model_is_told(calls: bytes, why: str) -> None:
    ask = typing()
    with RawServer(*answers(calls + CALLS_END, TEXT)) as server:
        outcome = played(server, ask=ask)
    ((_, content, failure),) = results(outcome)
    assert failure is not None
    assert why in failure
    assert why in json.loads(content)["error"]
    assert sent(server)[1]["messages"][-1]["content"] == content
    assert (ask.asked, outcome.end.how) == ([], "end")


def test_a_canned_result_is_offered() -> None:
    ask = Answering({TypeResult: lambda question: question.canned})
    with RawServer(*answers(call(0, "a", "get_time") + CALLS_END, TEXT)) as server:
        assert results(played(server, ask=ask)) == [("a", "12:00", None)]


# -- calls that were written as text ------------------------------------------------------------------------------


@pytest.mark.parametrize("runs", [True, False])
def test_a_call_written_as_text_is_shown_and_run_only_where_the_user_says_so(runs: bool) -> None:
    ask = Answering({RunRecovered: runs, TypeResult: "17"})
    with RawServer(*answers(chunk(content=BARE) + chunk("stop") + DONE, TEXT)) as server:
        outcome = played(server, ask=ask)
    (found,) = recovered(outcome)
    assert (found.name, found.arguments, found.tool_format) == ("get_weather", '{"city": "Oslo"}', "generic_json")
    assert ask.asked[0] == RunRecovered((RecoveredCall("get_weather", '{"city": "Oslo"}', "generic_json"),))
    assert len(server.visits) == (2 if runs else 1)
    if runs:
        assert sent(server)[1]["messages"][1]["tool_calls"][0]["id"] == found.call_id
        assert results(outcome) == [(found.call_id, "17", None)]


@pytest.mark.parametrize("text", [f"Like {BARE}?", '{"name": "get_news", "arguments": {}}', BARE[:-1]])
def test_text_that_is_no_call_ends_the_run(text: str) -> None:
    with RawServer(*answers(chunk(content=text) + chunk("stop") + DONE)) as server:
        outcome = played(server)
    assert (list(recovered(outcome)), outcome.end.how) == ([], "end")


# -- how it ends otherwise ----------------------------------------------------------------------------------------

FAILURES: dict[str, tuple[Script, str, str]] = {
    "401": ([answer(b'{"error": {"message": "Bad key"}}', "401 Unauthorized")], "error", "Bad key"),
    "404 of HTML": ([answer(b"<html><title>No</title></html>", "404 Not Found", "text/html")], "error", "404"),
    "503": ([answer(LOADING, "503 Service Unavailable")], "error", "Loading model"),
    "a redirect": ([answer(b"", "307 Moved", "", "Location: http://127.0.0.1:1/x")], "error", "not followed"),
    "200 with an error": ([answer(LOADING, content_type="application/json")], "error", "Loading model"),
    "200 with a page": (
        [answer(b"<html>Log in</html>", content_type="text/html")],
        "error",
        "is the URL the one of the API?",
    ),
    "200 with nothing": ([answer(b"")], "cut", "answered 200 with an empty body"),
    "an error in the stream": (
        [answer(chunk(content="Hi") + b'data: {"error": "oops"}\n\n')],
        "error",
        " sent an error in its answer: “oops”; the server failed: look at its log.",
    ),
    "no answer": ([Do.CLOSE], "error", "closed the connection without an answer"),
    "a cut": (
        [head("200 OK", "text/event-stream", "Content-Length: 999"), chunk(content="Hi"), Do.CLOSE],
        "cut",
        "broke off",
    ),
    "a reset": ([head(), chunk(content="Hi"), Do.RESET], "cut", "broke off"),
}


@pytest.mark.parametrize(("script", "how", "words"), FAILURES.values(), ids=FAILURES)
def test_a_failure_ends_the_run_in_words(script: Script, how: str, words: str) -> None:
    with RawServer(script) as server:
        outcome = played(server)
    assert (outcome.end.how, len(server.visits)) == (how, 1)
    assert words in str(outcome.end.message)


def test_no_server_at_all_is_said_in_words() -> None:
    source = chat_source(
        ChatOptions(f"http://127.0.0.1:{free_port()}/v1", "tiny", PROMPT), None, typing(), MemoryTape()
    )
    items = list(source.reads())
    source.close()
    assert [type(item).__name__ for item in items] == ["RunBegan", "ExchangeBegan", "ExchangeEnded", "RunEnded"]
    assert isinstance(items[-1], RunEnded)
    assert items[-1].how == "error"
    assert "Nothing listens" in str(items[-1].message)


@pytest.mark.parametrize("body", [call(0, "a"), chunk(content="Hi")], ids=["a call", "text"])
def test_an_answer_that_was_cut_without_trouble_runs_no_tool(body: bytes) -> None:
    ask = typing()
    with RawServer(*answers(body)) as server:
        outcome = played(server, ask=ask)
    assert (ask.asked, results(outcome), outcome.end.how) == ([], [], "end")


def test_an_error_in_the_second_answer_keeps_all_of_the_first() -> None:
    with RawServer([answer(ONE_CALL)], [answer(b'{"detail": "no"}', "422 Unprocessable Entity")]) as server:
        outcome = played(server, ask=typing())
    assert (results(outcome), outcome.end.how) == ([("a", "17", None)], "error")
    assert outcome.data == ONE_CALL + b'{"detail": "no"}'


# -- a model that is being loaded ---------------------------------------------------------------------------------


def test_while_the_model_loads_the_user_may_wait_and_every_try_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(waiting, "RETRY_S", 0.0)
    ask = Answering({WaitForModel: True})
    busy = [answer(LOADING, "503 Service Unavailable", "application/json")]
    with RawServer(busy, busy, [answer(TEXT)]) as server:
        outcome = played(server, ask=ask)
    assert (len(ask.asked), statuses(outcome)) == (1, 2 * ["waiting_for_model"])
    assert len(outcome.all(ExchangeEnded)) == len(server.visits) == 3
    assert (outcome.data, outcome.end.how) == (LOADING + LOADING + TEXT, "end")


def test_a_model_that_never_comes_is_not_waited_for_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(waiting, "RETRY_S", 0.02)
    monkeypatch.setattr("inspector.live.chat.PATIENCE_S", 0.1)
    with RawServer([answer(LOADING, "503 Service Unavailable", "application/json")]) as server:
        outcome = played(server, ask=Answering({WaitForModel: True}))
        assert 1 < len(server.visits) < 8
    assert outcome.end.how == "error"
    assert "was waited for, but was not there after 10 minutes: 127.0.0.1" in str(outcome.end.message)


RETRIES = {
    "nothing": ({}, 1.0),
    "some seconds": ({"Retry-After": "7"}, 7.0),
    "none": ({"Retry-After": "0"}, 1.0),
    "an hour": ({"Retry-After": "3600"}, 30.0),
    "for ever": ({"Retry-After": "9" * 400}, 30.0),
    "a date": ({"Retry-After": "Wed, 21 Oct 2026 07:28:00 GMT"}, 1.0),
    "no number": ({"Retry-After": "²"}, 1.0),
}


@pytest.mark.parametrize(("headers", "pause_s"), RETRIES.values(), ids=RETRIES)
def test_the_server_says_when_to_ask_again(headers: dict[str, str], pause_s: float) -> None:
    exchange = Exchange("GET", httpx.URL("http://h/"), headers=httpx.Headers(headers, encoding="latin-1"))
    assert waiting.retry_s(exchange) == pause_s


@pytest.mark.parametrize(("framing", "requests"), [("sse", 1), ("ndjson", 2), (None, 2)])
def test_an_answer_is_framed_as_the_user_says(framing: FramingName | None, requests: int) -> None:
    lines = ONE_CALL.replace(DONE, b"").replace(b"data: ", b"").replace(b"\n\n", b"\n")
    with RawServer(*answers(lines, TEXT)) as server:
        run(chat_source(options(server), TYPED, typing(), MemoryTape(), None, framing))
        assert len(server.visits) == requests


THOUGHT = {
    "a long answer": ("inspector.live.listening.hear", Heard(None, False, None)),
    "long arguments": ("inspector.live.calling.misfit", None),
}


@pytest.mark.parametrize(("name", "result"), THOUGHT.values(), ids=THOUGHT)
def test_a_cancel_does_not_wait_for_what_takes_long_to_think_about(
    name: str, result: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    thinking, released = Event(), Event()

    def slow(*_: object, **__: object) -> object:
        thinking.set()
        released.wait(LONG_S)
        return result

    monkeypatch.setattr(name, slow)
    with RawServer(*answers(ONE_CALL)) as server:
        source = chat_source(options(server), TYPED, typing(), MemoryTape())
        running = Running(source)
        assert thinking.wait(LONG_S)
        source.cancel()
        assert running.join().end.how == "cancelled"
        assert not released.is_set()
    released.set()


# -- what goes over the wire --------------------------------------------------------------------------------------


def test_nothing_is_sent_but_what_was_asked_for() -> None:
    with RawServer(*answers(TEXT)) as server:
        played(server, tools=None, connection=Connection(f"{server.url}/v1", headers=(("X-Mine", "1"),)))
        (visit,) = server.visits
    names = {line.partition(":")[0].lower() for line in visit.head.splitlines()[1:]}
    common = {"host", "connection", "accept", "accept-encoding", "content-type", "content-length", "user-agent"}
    assert names == common | {"x-mine"}
    assert visit.head.startswith("POST /v1/chat/completions HTTP/1.1")
    assert str(visit.header("user-agent")).startswith("stage-inspector/")


def test_the_environment_of_the_sdk_is_not_sent(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("OPENAI_API_KEY", "OPENAI_ORG_ID", "OPENAI_PROJECT_ID", "OPENAI_ADMIN_KEY"):
        monkeypatch.setenv(name, "canary-of-the-environment")
    with RawServer(*answers(TEXT)) as server:
        played(server, tools=None)
    assert b"canary" not in server.visits[0].request


def test_a_key_is_sent_and_shown_nowhere() -> None:
    with RawServer(*answers(TEXT)) as server:
        connection = Connection(f"{server.url}/v1", api_key="canary-key-123456")
        outcome = played(server, connection=connection)
    assert server.visits[0].header("authorization") == "Bearer canary-key-123456"
    assert "canary" not in repr(outcome.items) + repr(outcome.tape.lines)


def test_the_query_of_a_base_url_stays() -> None:
    with RawServer(*answers(TEXT)) as server:
        played(server, connection=Connection(f"{server.url}/openai?api-version=2&b=%20"))
    assert server.visits[0].head.startswith("POST /openai/chat/completions?api-version=2&b=")


MODELS: dict[str, tuple[bytes, str | None, str]] = {
    "one": (b'{"data": [{"id": "only"}]}', "only", ""),
    "two": (b'{"data": [{"id": "first"}, {"id": "second"}]}', "first", "the first of 2"),
    "none": (b'{"data": []}', None, ""),
    "no list": (b"Hi", None, ""),
}


@pytest.mark.parametrize(("body", "model", "words"), MODELS.values(), ids=MODELS)
def test_where_no_model_is_named_the_servers_first_is_asked(body: bytes, model: str | None, words: str) -> None:
    with RawServer([answer(body, content_type="application/json")], [answer(TEXT)]) as server:
        outcome = played(server, model=None)
        asked, said = server.visits
    assert asked.head.startswith("GET /v1/models")
    assert (b'"model"' in said.body) == (model is not None)
    assert [each.body.get("model") for each in outcome.all(ExchangeBegan)] == [model]
    assert all(words in notice for notice in outcome.notices)
    assert len(outcome.notices) == (1 if words else 0)


# -- cancel -------------------------------------------------------------------------------------------------------


def test_a_cancel_mid_stream_is_seen_by_the_server_and_keeps_what_came() -> None:
    came = Event()

    def on_item(item: Item) -> None:
        if type(item).__name__ == "Read":
            came.set()

    with RawServer([head(), chunk(content="Hi"), Do.WAIT]) as server:
        source = chat_source(options(server), TYPED, typing(), MemoryTape())
        running = Running(source, on_item)
        assert came.wait(LONG_S)
        source.cancel()
        outcome = running.join()
        assert server.visits[0].left.wait(LONG_S)
    assert (outcome.end.how, outcome.data) == ("cancelled", chunk(content="Hi"))


def test_a_cancel_while_the_user_is_asked_takes_the_question_back() -> None:
    import asyncio

    asked, taken_back = Event(), Event()

    async def ask(question: Any) -> Any:
        asked.set()
        try:
            await asyncio.Event().wait()
        finally:
            taken_back.set()

    with RawServer(*answers(ONE_CALL)) as server:
        source = chat_source(options(server), TYPED, ask, MemoryTape())
        running = Running(source)
        assert asked.wait(LONG_S)
        source.cancel()
        outcome = running.join()
    assert taken_back.is_set()
    assert (outcome.end.how, outcome.all(ToolAnswered)) == ("cancelled", [])


def test_options_are_those_that_were_given() -> None:
    with RawServer(*answers(ONE_CALL, TEXT)) as server:
        given: dict[str, Any] = {"max_tokens": 9, "synthesis_max_tokens": 99, "tool_choice": "required"}
        played(server, ask=typing(), **given, params={"options": {"num_predict": 4}})
    first, second = sent(server)
    assert [body["max_tokens"] for body in (first, second)] == [9, 99]
    assert [body["tool_choice"] for body in (first, second)] == ["required", "auto"]
    assert [body["options"] for body in (first, second)] == [{"num_predict": 4}] * 2
    assert first["stream_options"] == {"include_usage": True}
