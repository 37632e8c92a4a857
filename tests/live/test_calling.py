"""The tools of a chat run, run for real: consent, results in the order of the calls, failures that are results."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from inspector.asides import StatusSaid, ToolAnswered, ToolBegan
from inspector.sandbox.loading import load_tools
from inspector.toolchain.questions import MayRun, RunRecovered, headless
from inspector.toolchain.specs import Tools
from tests.live.chatting import CALLS_END, DONE, TEXT, Answering, answers, call, chunk, played, results, sent, statuses
from tests.live.raw_server import RawServer

MODULE = '''
"""Tools of a test."""
import time


def get_weather(city: str) -> dict:
    """The weather."""
    if city == "Slow":
        time.sleep(0.3)
    return {"city": city}


def get_time(city: str) -> str:
    """The time."""
    raise ValueError("no clock in " + city)
'''
SLOW_THEN_QUICK = call(0, "a", city="Slow") + call(1, "b", city="Oslo") + CALLS_END
ALWAYS = headless(yes=True, recover=True)


@pytest.fixture(scope="module")
def tools(tmp_path_factory: pytest.TempPathFactory) -> Tools:
    path: Path = tmp_path_factory.mktemp("tools") / "weather.py"
    path.write_text(MODULE, encoding="utf-8")
    return load_tools(str(path))


def test_calls_run_at_the_same_time_and_results_are_sent_in_the_order_of_the_calls(tools: Tools) -> None:
    with RawServer(*answers(SLOW_THEN_QUICK, TEXT)) as server:
        outcome = played(server, tools, ALWAYS)
    assert [each.call_id for each in outcome.all(ToolAnswered)] == ["b", "a"]  # as they were done
    assert [each["content"] for each in sent(server)[1]["messages"][2:]] == ['{"city": "Slow"}', '{"city": "Oslo"}']
    assert outcome.all(StatusSaid)[0][1:] == ("running_tools", {"calls": 2})


def test_a_tool_that_raises_gives_a_result_that_says_so_and_the_run_goes_on(tools: Tools) -> None:
    with RawServer(*answers(call(0, "a", "get_time") + CALLS_END, TEXT)) as server:
        outcome = played(server, tools, ALWAYS)
    ((_, content, failure),) = results(outcome)
    assert "no clock in Oslo" in json.loads(content)["error"]
    assert failure is not None
    assert outcome.end.how == "end"


CONSENTS: dict[str, tuple[Any, int, list[bool]]] = {
    "no": ("no", 3, [False, False, False]),
    "once": ("once", 3, [True, True, True]),
    "always": ("always", 1, [True, True, True]),
}


@pytest.mark.parametrize(("consent", "asked", "ran"), CONSENTS.values(), ids=CONSENTS)
def test_the_user_is_asked_before_a_tool_runs(tools: Tools, consent: str, asked: int, ran: list[bool]) -> None:
    ask = Answering({MayRun: consent})
    with RawServer(*answers(call(0, "a") + call(1, "b") + CALLS_END, call(0, "c") + CALLS_END, TEXT)) as server:
        outcome = played(server, tools, ask)
    assert len(ask.asked) == asked
    assert ask.asked[0] == MayRun("a", "get_weather", '{"city": "Oslo"}', str(tools.module), None, 1, 2)
    assert [failure is None for _, _, failure in results(outcome)] == ran
    declined = [content for _, content, failure in results(outcome) if failure]
    assert all("declined" in json.loads(content)["error"] for content in declined)


@pytest.mark.parametrize("answer", [None, False, True, "", "yes"])
def test_what_is_no_consent_runs_nothing(tools: Tools, answer: Any) -> None:
    with RawServer(*answers(call(0, "a") + CALLS_END, TEXT)) as server:
        outcome = played(server, tools, Answering({MayRun: answer}))
    assert [failure for _, _, failure in results(outcome)] == ["The user declined to run it."]


def test_consent_is_for_the_file_as_it_was_loaded(tmp_path: Path) -> None:
    path = tmp_path / "weather.py"
    path.write_text(MODULE, encoding="utf-8")
    tools = load_tools(str(path))

    def change(question: MayRun) -> str:
        path.write_text(MODULE.replace('{"city": city}', '"stolen"'), encoding="utf-8")
        return "always"

    with RawServer(*answers(call(0, "a") + CALLS_END, TEXT)) as server:
        outcome = played(server, tools, Answering({MayRun: change}))
    ((_, content, failure),) = results(outcome)
    assert "was changed since its tools were loaded" in str(failure)
    assert "stolen" not in content


def test_what_does_not_fit_is_not_asked_about_and_never_run(tools: Tools) -> None:
    ask = Answering({})
    with RawServer(*answers(call(0, "a", city=None) + call(1, "b", "rm") + CALLS_END, TEXT)) as server:
        outcome = played(server, tools, ask)
    assert ask.asked == []
    assert [failure is None for _, _, failure in results(outcome)] == [False, False]


BEGUN: dict[str, tuple[Any, bytes, list[str]]] = {
    "tools that run": ("once", call(0, "a") + call(1, "b"), ["a", "b"]),
    "a tool that is declined": ("no", call(0, "a"), []),
    "arguments that do not fit": ("once", call(0, "a", city=None), []),
    "an unknown tool beside one that runs": ("once", call(0, "a", "rm") + call(1, "b"), ["b"]),
}


@pytest.mark.parametrize(("consent", "calls", "begun"), BEGUN.values(), ids=BEGUN)
def test_when_a_tool_begins_is_said_before_its_result(
    tools: Tools, consent: Any, calls: bytes, begun: list[str]
) -> None:
    with RawServer(*answers(calls + CALLS_END, TEXT)) as server:
        outcome = played(server, tools, Answering({MayRun: consent}))
    said = outcome.all(ToolBegan)
    assert sorted(each.call_id for each in said) == begun
    assert all((each.name, each.limit_s) == ("get_weather", 30) for each in said)
    for each in said:
        (answered,) = [other for other in outcome.all(ToolAnswered) if other.call_id == each.call_id]
        assert outcome.items.index(each) < outcome.items.index(answered)


def test_a_recovered_call_is_asked_about_as_such(tools: Tools) -> None:
    ask = Answering({RunRecovered: True, MayRun: "once"})
    bare = '{"name": "get_weather", "arguments": {"city": "Oslo"}}'
    with RawServer(*answers(chunk(content=bare) + chunk("stop") + DONE, TEXT)) as server:
        outcome = played(server, tools, ask)
    assert ask.asked[1] == MayRun("call_1_0", "get_weather", '{"city": "Oslo"}', str(tools.module), "generic_json")
    assert results(outcome) == [("call_1_0", '{"city": "Oslo"}', None)]
    assert statuses(outcome) == ["running_tools"]
