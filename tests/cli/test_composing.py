"""Chat runs in the app: what the request form sends, again with changes, and both phases with a real server."""

from __future__ import annotations

import json
import re
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

from inspector.cli.composing import Composing
from inspector.cli.live import say_recorded
from inspector.errors import InspectorError
from inspector.live.connection import Connection
from inspector.live.source import LiveSource
from inspector.sources.source import Notice
from inspector.toolchain.options import ChatOptions
from inspector.ui.app import InspectorApp
from inspector.ui.composing import RequestForm
from inspector.ui.screens.question import DEAF_S, QuestionScreen
from tests.live.chatting import CALLS_END, TEXT, answers, call
from tests.live.raw_server import RawServer, answer
from tests.ui.driving import Clock, Driven

FORM = RequestForm(prompt="Hi", model="tiny")
TOOLS = str(files("inspector.demo") / "weather_tools.py")


@pytest.fixture(autouse=True)
def _own_state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))


def composing(url: str, form: RequestForm = FORM, record: str | None = None, **given: Any) -> Composing:
    connection = Connection(f"{url}/v1")
    options = ChatOptions(connection.url, **given)
    return Composing(connection, options, form, record, yes=False, recover=False)


def played(source: LiveSource) -> None:
    for _ in source.reads():
        pass
    source.close()


def bodies(server: RawServer) -> list[Any]:
    return [json.loads(visit.body) for visit in server.visits]


def test_a_notice_is_said_in_the_first_run_alone() -> None:
    connection = Connection("http://127.0.0.1:9/v1")
    asking = Composing(connection, ChatOptions(connection.url), FORM, None, "Slowed.", yes=False, recover=False)
    runs = [list(asking.send(FORM).reads()) for _ in range(2)]
    assert [[item.sentence for item in run if isinstance(item, Notice)] for run in runs] == [["Slowed."], []]


def test_the_form_becomes_the_request() -> None:
    form = FORM._replace(
        system="Be brief.", tools=TOOLS, tool_choice="required", max_tokens="9", temperature="0.5", params="top_p=0.9\n"
    )
    with RawServer(*answers(TEXT)) as server:
        played(composing(server.url, messages=({"role": "user", "content": "before"},)).send(form))
        (body,) = bodies(server)
    assert [each["content"] for each in body["messages"]] == ["Be brief.", "before", "Hi"]
    assert len(body["tools"]) == 3
    assert (body["tool_choice"], body["max_tokens"], body["temperature"], body["top_p"]) == ("required", 9, 0.5, 0.9)


def test_it_is_filled_as_it_was_sent_last_and_each_run_is_recorded_by_itself(tmp_path: Path) -> None:
    record = tmp_path / "first.sse"
    with RawServer(*answers(TEXT)) as server:
        composer = composing(server.url, record=str(record))
        assert composer.form() == FORM._replace(base_url=f"{server.url}/v1")
        for prompt in ("one", "two"):
            form = composer.form()._replace(prompt=prompt)
            played(composer.send(form))
            assert composer.form() == form
    assert [body["messages"][0]["content"] for body in bodies(server)] == ["one", "two"]
    assert record.read_bytes() == TEXT
    assert len(list(tmp_path.glob("state/**/*.sse"))) == 1


def test_once_the_app_has_left_every_recording_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with RawServer(*answers(TEXT)) as server:
        composer = composing(server.url, record=str(tmp_path / "first.sse"))
        for _ in range(2):
            played(composer.send(composer.form()))
    say_recorded(composer.tapes)
    said = capsys.readouterr().err.splitlines()
    assert said[0] == f"stage-inspector: recorded in {tmp_path / 'first.sse'}"
    assert re.fullmatch(r"stage-inspector: recorded in .*-chat\.sse", said[1])


BAD: dict[str, tuple[RequestForm, str]] = {
    "nothing to say": (FORM._replace(prompt=""), "write a prompt"),
    "a number that is none": (FORM._replace(max_tokens="many"), "Max tokens cannot be 'many'"),
    "a temperature that is none": (FORM._replace(temperature="warm"), "The temperature cannot be 'warm'"),
    "a parameter without a value": (FORM._replace(params="top_p"), "NAME=VALUE"),
    "a tool choice that is no tool": (
        FORM._replace(tools=TOOLS, tool_choice="get_wether"),
        "'get_wether' is none of the tools: write auto, none, required, or one of get_weather, get_time, write_note",
    ),
    "tools that are not there": (FORM._replace(tools="none.json"), "none.json"),
}


@pytest.mark.parametrize(("form", "words"), BAD.values(), ids=BAD)
def test_what_cannot_be_sent_is_said_in_words(form: RequestForm, words: str) -> None:
    with RawServer(*answers(TEXT)) as server:
        composer = composing(server.url)
        with pytest.raises(InspectorError, match=words):
            composer.send(form)
        assert server.visits == []
        assert composer.form() == FORM._replace(base_url=f"{server.url}/v1")


def test_the_models_are_those_of_the_server() -> None:
    with RawServer([answer(b'{"data": [{"id": "tiny"}]}', content_type="application/json")]) as server:
        assert composing(server.url).models() == ["tiny"]


def test_a_key_in_the_url_is_not_shown_in_the_form() -> None:
    connection = Connection("http://127.0.0.1:1/v1?key=canary-key-123456")
    composer = Composing(connection, ChatOptions(connection.url), FORM, None, yes=False, recover=False)
    assert "canary" not in repr(composer.form())


async def consent(run: Driven, clock: Clock, key: str) -> None:
    await run.until(lambda: isinstance(run.app.screen, QuestionScreen))
    clock.now_s += DEAF_S
    await run.press(key)


@pytest.mark.parametrize(("key", "result"), [("a", "sunny"), ("n", "declined")])
async def test_both_phases_in_the_app_with_a_real_server(tiny_server: str, key: str, result: str) -> None:
    form = FORM._replace(prompt="What is the weather in Lima?", tools=TOOLS, temperature="0", max_tokens="300")
    composer, clock = composing(tiny_server, form), Clock()
    app = InspectorApp([composer.send(form)], follow=True, asking=composer.asking, composer=composer, clock=clock)
    try:
        async with app.run_test(size=(140, 34)) as pilot:
            run = Driven(app, pilot)
            await consent(run, clock, key)
            await run.until(lambda: run.document.is_over)
            (stage,) = run.document.transcript.stages
            assert stage.phase.last == "done"
            assert result in stage.results[0].content
            assert result in run.text()
            if key == "a":  # what the little model makes of a tool that did not run is another matter
                assert "Lima" in stage.synthesis.text_at(run.document.last)
    finally:
        app.close_feeds()


async def test_a_run_that_is_left_while_it_asks_ends_without_a_tool_having_run(tmp_path: Path) -> None:
    with RawServer(*answers(call(0, "a", "get_time") + CALLS_END)) as server:
        composer = composing(server.url)
        source = composer.send(FORM._replace(tools=TOOLS))
        app = InspectorApp([source], follow=True, asking=composer.asking, composer=composer)
        try:
            async with app.run_test() as pilot:
                run = Driven(app, pilot)
                await run.until(lambda: run.document.last > 0)
        finally:
            app.close_feeds()
    (meta,) = tmp_path.glob("state/**/*.meta.jsonl")
    kinds = [json.loads(line)["type"] for line in meta.read_text(encoding="utf-8").splitlines()]
    assert "tool_result" not in kinds
    assert kinds[-1] == "closed"
