"""Chat runs against a real llama.cpp server with the tiny model: what it calls, what ran, what it made of it.

Asserted is what calls add up to, never ids, times or the number of chunks.
"""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from importlib.resources import files
from threading import Event
from typing import Any

import pytest

from inspector.asides import ExchangeBegan, HeadCame, RequestSent
from inspector.demo.server import FOLDER, MODEL, TinyServer, is_installed
from inspector.live import waiting
from inspector.live.chat import chat_source
from inspector.live.connection import Connection
from inspector.report.messages import message_lines
from inspector.report.state import states
from inspector.sandbox.loading import load_tools
from inspector.sources.source import Item, Notice, Read, Restart
from inspector.toolchain.options import ChatOptions
from inspector.toolchain.questions import Question, WaitForModel, headless
from inspector.toolchain.specs import Tools
from inspector.transcript import Transcript
from tests.live.driving import Run, Running, run
from tests.live.memory_tape import MemoryTape
from tests.live.raw_server import LONG_S, free_port

MOST_CATCHES = 10
YES = headless(yes=True, recover=True)
OSLO, PARIS, LIMA = '{"temp": -3, "sky": "snowy"}', '{"temp": 12, "sky": "rainy"}', '{"temp": 24, "sky": "sunny"}'


@pytest.fixture(scope="module")
def tools() -> Tools:
    return load_tools(str(files("inspector.demo") / "weather_tools.py"))


Ask = Callable[..., Run]


@pytest.fixture
def ask(tiny_server: str, tools: Tools) -> Ask:
    def played(prompt: str, **more: Any) -> Run:
        messages = ({"role": "user", "content": prompt},)
        given: dict[str, Any] = {"model": "tiny", "messages": messages, "temperature": 0.0, "max_tokens": 300}
        options = ChatOptions(f"{tiny_server}/v1", **(given | more))
        return run(chat_source(options, tools, YES, MemoryTape()))

    return played


def transcript_of(outcome: Run) -> Transcript:
    transcript = Transcript(outcome.tape.read)
    for item in outcome.items:
        if isinstance(item, Read):
            transcript.feed(item.data)
        elif not isinstance(item, Notice | Restart):
            transcript.note(item)
    transcript.finish()
    transcript.decode_all()
    return transcript


def state_of(outcome: Run) -> Any:
    transcript = transcript_of(outcome)
    (state,) = states(transcript, transcript.framed - 1, stage=None)
    return json.loads(state)


def calls_of(state: Any) -> list[tuple[str, Any]]:
    return [(call["name"], json.loads(call["arguments"])) for call in state["choices"][0]["tool_calls"]]


def weather(city: str) -> tuple[str, Any]:
    return "get_weather", {"city": city, "unit": "celsius"}


RUNS: dict[str, tuple[str, list[tuple[str, Any]], list[str], str]] = {
    "a single call": ("What is the weather in Oslo?", [weather("Oslo")], [OSLO], "snowy in Oslo."),
    "parallel calls": (
        "Compare the weather in Paris and Lima.",
        [weather("Paris"), weather("Lima")],
        [PARIS, LIMA],
        "sunny in Lima.",
    ),
    "calls of two kinds": (
        "What is the weather and the time in Bern?",
        [weather("Bern"), ("get_time", {"city": "Bern"})],
        ['{"temp": 9, "sky": "foggy"}', '{"time": "13:05"}'],
        "Bern",
    ),
    "a preamble, then a call": (
        "Say what you do. What is the weather in Kyiv?",
        [weather("Kyiv")],
        ['{"temp": 4, "sky": "cloudy"}'],
        "Kyiv",
    ),
    "reasoning, then a call": (
        "Think first. What is the weather in Kyiv?",
        [weather("Kyiv")],
        ['{"temp": 4, "sky": "cloudy"}'],
        "Kyiv",
    ),
}


@pytest.mark.parametrize(("prompt", "calls", "results", "synthesis"), RUNS.values(), ids=RUNS)
def test_both_phases(ask: Ask, prompt: str, calls: list[Any], results: list[str], synthesis: str) -> None:
    outcome = ask(prompt)
    state = state_of(outcome)
    assert calls_of(state) == calls
    ids = [call["id"] for call in state["choices"][0]["tool_calls"]]
    found = {result["call_id"]: result["content"] for result in state["tool_results"]}
    assert [found[each] for each in ids] == results
    assert synthesis in state["synthesis"]
    assert (state["phase"], outcome.end.how) == ("done", "end")
    assert len(outcome.all(ExchangeBegan)) == 2


def test_a_preamble_and_reasoning_stay_beside_the_synthesis(ask: Ask) -> None:
    preamble = state_of(ask("Say what you do. What is the weather in Kyiv?"))["choices"][0]
    assert preamble["content"]
    thoughts = state_of(ask("Think first. What is the weather in Kyiv?"))["choices"][0]
    assert "get_weather" in thoughts["reasoning"]


def test_arguments_with_escapes_and_emoji_reach_the_tool_as_they_are(ask: Ask) -> None:
    state = state_of(ask("Write a note about Rome and Lima."))
    ((name, arguments),) = calls_of(state)
    assert name == "write_note"
    assert all(mark in arguments["text"] for mark in '\n\t"\\é☀')
    assert any(ord(character) > 0xFFFF for character in arguments["text"])
    (result,) = state["tool_results"]
    assert "failure" not in result
    assert state["phase"] == "done"


def test_a_call_that_the_token_limit_cut_is_not_run_and_the_model_is_told(ask: Ask) -> None:
    outcome = ask("What is the weather in Oslo?", max_tokens=25, synthesis_max_tokens=60)
    state = state_of(outcome)
    assert state["choices"][0]["tool_calls"][0]["json"] == "partial"
    assert "not JSON" in state["tool_results"][0]["failure"]
    second = outcome.all(ExchangeBegan)[1].body["messages"]
    assert "not JSON" in second[-1]["content"]
    assert outcome.end.how == "end"  # the server takes the message with the call as it is sent back


def test_plain_content_is_one_answer(ask: Ask) -> None:
    state = state_of(ask("Hello"))
    assert (state["phase"], calls_of(state), state["synthesis"]) == ("done", [], None)
    assert state["usage"]["total_tokens"] > 0


def test_without_synthesis_it_stops_after_the_results(ask: Ask) -> None:
    outcome = ask("What is the weather in Oslo?", synthesis=False)
    state = state_of(outcome)
    assert (state["phase"], state["synthesis"], len(outcome.all(ExchangeBegan))) == ("done", "", 1)
    transcript = transcript_of(outcome)
    (line,) = message_lines(transcript, transcript.framed - 1, stage=None)
    assert [each["role"] for each in json.loads(line)["messages"]] == ["user", "assistant", "tool"]


def test_the_server_takes_the_conversation_of_a_run_and_more(ask: Ask) -> None:
    transcript = transcript_of(ask("What is the weather in Oslo?"))
    (line,) = message_lines(transcript, transcript.framed - 1, stage=None)
    messages = json.loads(line)["messages"]
    more = ask("", messages=(*messages, {"role": "user", "content": "What time is it in Rome?"}))
    assert more.end.how == "end"
    assert [each["role"] for each in messages] == ["user", "assistant", "tool", "assistant"]
    assert state_of(more)["phase"] == "done"


def test_a_model_that_is_not_there_is_answered_all_the_same_by_this_server(ask: Ask) -> None:
    outcome = ask("Hello", model="no-such-model")
    assert (outcome.end.how, outcome.all(ExchangeBegan)[0].body["model"]) == ("end", "no-such-model")


@pytest.fixture
def own_server() -> TinyServer:
    if not is_installed():
        pytest.skip("xllamacpp, which brings llama.cpp, is not installed: there may be no wheel for this machine")
    return TinyServer(api_key="canary-key-123456")


def test_a_wrong_key_is_said_in_words_and_the_right_one_is_never_shown(own_server: TinyServer, tools: Tools) -> None:
    with own_server as url:
        options = ChatOptions(f"{url}/v1", "tiny", ({"role": "user", "content": "Hello"},))
        sources = [
            chat_source(options, tools, YES, MemoryTape(), Connection(options.base_url, api_key=key))
            for key in ("canary-key-of-nobody", "canary-key-123456")
        ]
        wrong, right = map(run, sources)
    assert (wrong.end.how, right.end.how) == ("error", "end")
    assert "401" in str(wrong.end.message)
    assert "canary" not in repr(wrong.items) + repr(right.items)


def test_a_server_that_is_killed_mid_stream_leaves_what_came(own_server: TinyServer, tools: Tools) -> None:
    with own_server as url:
        source, came = endless(url, tools)
        running = Running(source, came.see)
        assert came.event.wait(LONG_S)
        own_server._process.kill()
        outcome = running.join()
    assert outcome.end.how == "cut"
    assert "broke off" in str(outcome.end.message)
    assert state_of(outcome)["phase"] == "cut"
    assert outcome.data


class Came:
    """Is told of each item, and knows when the first bytes are there."""

    def __init__(self) -> None:
        self.event = Event()

    def see(self, item: Item) -> None:
        if isinstance(item, Read):
            self.event.set()


def endless(url: str, tools: Tools, **more: Any) -> tuple[Any, Came]:
    """A run whose answer takes so long that nobody need hurry."""
    options = ChatOptions(
        f"{url}/v1",
        "tiny",
        ({"role": "user", "content": "Tell me a story."},),
        max_tokens=7000,
        params={"ignore_eos": True},
        **more,
    )
    connection = Connection(options.base_url, api_key="canary-key-123456")
    return chat_source(options, tools, YES, MemoryTape(), connection), Came()


def test_a_cancel_stops_the_server_and_keeps_what_came(tiny_server: str, tools: Tools) -> None:
    source, came = endless(tiny_server, tools)
    running = Running(source, came.see)
    assert came.event.wait(LONG_S)
    source.cancel()
    outcome = running.join()
    assert outcome.end.how == "cancelled"
    assert state_of(outcome)["phase"] == "cancelled"
    assert b"[DONE]" not in outcome.data


def test_a_host_that_is_not_there_is_said_in_words(tools: Tools) -> None:
    options = ChatOptions("http://no-such-host.invalid/v1", "tiny", ({"role": "user", "content": "Hello"},))
    outcome = run(chat_source(options, tools, YES, MemoryTape()))
    assert outcome.end.how == "error"
    assert "no-such-host.invalid" in str(outcome.end.message)


@contextmanager
def loading_server() -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    """A server that was stopped in the ten milliseconds in which its port is open and its model not yet loaded."""
    if not is_installed():
        pytest.skip("xllamacpp, which brings llama.cpp, is not installed: there may be no wheel for this machine")
    port = free_port()
    command = [sys.executable, "-P", str(FOLDER / "serve.py"), str(MODEL), "--port", str(port)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as process:
        try:
            until_s = time.monotonic() + LONG_S
            while status_of(port) is None and time.monotonic() < until_s:
                pass
            process.send_signal(signal.SIGSTOP)
            yield f"http://127.0.0.1:{port}", process
        finally:
            process.send_signal(signal.SIGCONT)
            process.terminate()


def status_of(port: int) -> int | None:
    connection = HTTPConnection("127.0.0.1", port, timeout=LONG_S)
    try:
        connection.request("GET", "/v1/models")
        return connection.getresponse().status
    except OSError:
        return None
    finally:
        connection.close()


def test_while_the_real_server_loads_its_model_it_can_be_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(waiting, "RETRY_S", 0.05)
    for _ in range(MOST_CATCHES):
        outcome = waited_for()
        if 503 in [each.status for each in outcome.all(HeadCame)]:
            break
    else:
        pytest.skip("the server had its model loaded each time before it could be asked")
    state = state_of(outcome)
    assert {each["status"] for each in state["statuses"]} == {"waiting_for_model"}
    assert (state["phase"], state["error"], outcome.end.how) == ("done", None, "end")
    assert b"Loading model" in outcome.data


def waited_for() -> Run:
    """A run that is sent while the server stands still, and answered when it goes on."""
    sent = Event()

    async def yes(question: Question) -> bool:
        assert isinstance(question, WaitForModel)
        assert "503" in question.sentence
        return True

    with loading_server() as (url, process):
        options = ChatOptions(f"{url}/v1", "tiny", ({"role": "user", "content": "Hello"},), max_tokens=20)
        running = Running(
            chat_source(options, None, yes, MemoryTape()),
            lambda item: sent.set() if isinstance(item, RequestSent) else None,
        )
        assert sent.wait(LONG_S)
        process.send_signal(signal.SIGCONT)
        return running.join()
