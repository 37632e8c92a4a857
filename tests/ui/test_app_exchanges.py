"""What a run sent and got, in the panes and in full: requests, results of its own tools, calls written as text."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import pytest
from textual.widgets import Input

from inspector.asides import CallRecovered, ExchangeEnded, HeadCame, RunEnded, ToolAnswered
from inspector.recording.tape import Tape
from inspector.sources.source import Read
from inspector.ui.screens.keep import Keep
from inspector.ui.screens.messages import Messages
from tests.ui.driving import STREAM, Driven, Live, Recording, chunk, driven
from tests.ui.runs import AGAIN, ANSWERED, BEGAN, RESULT, STREAMING, SYNTHESIS, URL, Said, asked, came, head

WRITTEN = json.dumps({"name": "get_weather", "arguments": {"city": "Oslo"}})
AS_TEXT: list[Said] = [
    *BEGAN,
    head(0.2),
    came(0.3, chunk(json.dumps({"content": WRITTEN[:20]}))),
    came(0.4, chunk(json.dumps({"content": WRITTEN[20:]}))),
]
TAKEN = CallRecovered(0.5, "r1", "get_weather", '{"city": "Oslo"}', "generic_json")


async def told(run: Driven, source: Live, said: Sequence[Said], frames: int) -> None:
    source.run(*said)
    await run.until(lambda: run.document.last == frames - 1 and run.document.transcript.noted == _asides(said))


def _asides(said: Sequence[Said]) -> int:
    return sum(not isinstance(each, Read) for each in said)


RESULTS: list[tuple[str, list[Said], list[str], list[str]]] = [
    ("before the tools run", STREAMING, ["No tool results yet"], ["do not send them"]),
    ("while they run", [*STREAMING, *ANSWERED], ["no result yet", "running_tools"], ["do not send them"]),
    ("with a result", [*STREAMING, *ANSWERED, RESULT], ['→ {"temp": 17}'], ["do not send them", "no result yet"]),
    (
        "with a failure",
        [*STREAMING, *ANSWERED, RESULT._replace(failure="it ran longer than 30 s")],
        ["✗ failed: it ran longer than 30 s"],
        ["do not send them"],
    ),
    (
        "with the result of a recovered call",
        [*AS_TEXT[len(BEGAN) :], ExchangeEnded(0.5, None), TAKEN, ToolAnswered(0.6, "r1", "get_weather", "1", None, 0)],
        ["the call was written as text, format generic_json"],
        ["no call has this id"],
    ),
]


@pytest.mark.parametrize(("said", "there", "not_there"), [pytest.param(*each[1:], id=each[0]) for each in RESULTS])
async def test_results_of_our_own_tools_are_told(said: list[Said], there: list[str], not_there: list[str]) -> None:
    source = Live(is_live=True)
    async with driven(source, size=(160, 40)) as run:
        source.run(*BEGAN, *said)
        await run.until(lambda: all(each in run.text() for each in there))
        assert not any(each in run.text() for each in not_there)


@pytest.mark.parametrize("failure", [None, "it ran longer than 30 s"], ids=["none", "one"])
async def test_the_tab_of_the_results_says_that_a_tool_failed(failure: str | None) -> None:
    source = Live(is_live=True)
    async with driven(source, size=(80, 24)) as run:
        source.run(*BEGAN, *STREAMING, *ANSWERED, RESULT._replace(failure=failure))
        await run.until(lambda: any(stage.results for stage in run.document.transcript.stages))
        assert ("3 ⚠ Tool results" in run.text()) == (failure is not None)


async def test_a_call_written_as_text_stands_under_a_heading_of_its_own_once_it_is_whole() -> None:
    source = Live(is_live=True)
    async with driven(source, size=(160, 40)) as run:
        await told(run, source, AS_TEXT, 2)
        assert "written as text  not the server's calls" in run.text()
        assert "⚠ get_weather  format generic_json · not run" in run.text()
        await run.press("h")
        assert "written as text" not in run.text()
        assert "No tool calls yet" in run.text()


async def test_a_call_of_a_tool_that_was_not_offered_is_none() -> None:
    source = Live(is_live=True)
    async with driven(source, size=(160, 40)) as run:
        await told(run, source, [BEGAN[0], *asked(0.0, {"tools": []}), *AS_TEXT[len(BEGAN) :]], 2)
        assert "written as text" not in run.text()


async def test_a_call_that_the_run_took_up_is_told_once_with_its_id() -> None:
    source = Live(is_live=True)
    async with driven(source, size=(160, 40)) as run:
        await told(run, source, [*AS_TEXT, ExchangeEnded(0.5, None), TAKEN], 2)
        assert "taken as call r1" in run.text()
        assert "not run" not in run.text()


async def test_calls_of_the_server_and_those_written_as_text_are_never_mixed() -> None:
    source = Live(is_live=True)
    said = [*BEGAN, *STREAMING, *ANSWERED, RESULT, *asked(1.1), *AS_TEXT[len(BEGAN) :]]
    async with driven(source, size=(160, 50)) as run:
        await told(run, source, said, 7)
        text = run.text()
        assert text.index("✓ valid") < text.index("written as text") < text.index("format generic_json")


async def test_a_plain_recording_shows_what_can_hardly_be_anything_but_a_call() -> None:
    async with driven(Recording(b"".join(each.data for each in AS_TEXT if isinstance(each, Read)))) as run:
        await run.press("G")
        assert "format generic_json · not run" in run.text()


async def test_the_fields_of_a_frame_tell_of_its_exchange() -> None:
    source = Live(is_live=True)
    async with driven(source, size=(160, 50)) as run:
        await told(run, source, [*BEGAN, *STREAMING, *ANSWERED, RESULT, *AGAIN, *SYNTHESIS], 8)
        await run.press("5")
        assert "2  began +1.100 s" in run.text()
        assert f"POST {URL}" in run.text()
        assert "✓ 200 OK  HTTP/1.1" in run.text()
        assert "text/event-stream" in run.text()
        await run.press("g")
        assert "1  began +0.000 s" in run.text()


async def test_the_messages_sent_are_shown_in_full_and_copied() -> None:
    source = Live(is_live=True)
    async with driven(source, size=(120, 50)) as run:
        await told(run, source, [*BEGAN, *STREAMING], 4)
        await run.press("M")
        assert isinstance(run.app.screen, Messages)
        for said in (
            f"POST {URL}",
            "authorization: ***",
            '"content": "What is the weather in Oslo?"',
            "HTTP/1.1 200 OK",
        ):
            assert said in run.text()
        await run.press("pagedown", "down", "up", "pageup", "G", "g", "y")
        assert "What is the weather in Oslo?" in run.app.clipboard
        await run.press("escape")
        assert len(run.app.screen_stack) == 1


async def test_the_ends_of_the_messages_are_a_key_away() -> None:
    source = Live(is_live=True)
    async with driven(source, size=(80, 24)) as run:
        await told(run, source, [*BEGAN, *STREAMING], 4)
        await run.press("M", "end")
        assert "HTTP/1.1 200 OK" in run.text()
        await run.press("home")
        assert f"POST {URL}" in run.text()


async def test_the_list_of_stages_has_a_run_begin_with_its_first_frame() -> None:
    source = Live(is_live=True)
    async with driven(source) as run:
        await told(run, source, [*BEGAN, *STREAMING], 4)
        await run.press("w")
        assert "frame 0 " in run.text()


async def test_with_ascii_a_run_and_its_messages_are_ascii() -> None:
    source = Live(is_live=True)
    async with driven(source, size=(120, 50), ascii_only=True) as run:
        said = [*BEGAN, *STREAMING, *ANSWERED, RESULT._replace(failure="it was stopped"), *asked(1.1), *AS_TEXT[3:]]
        await told(run, source, said, 7)
        assert "written as text" in run.text()
        assert run.text().isascii()
        await run.press("M")
        assert run.text().isascii()


async def test_what_a_server_that_refused_said_is_shown_clean() -> None:
    source = Live(is_live=True)
    refused = HeadCame(0.2, "1.1", 503, "[bold]\x1b[2Jloading", (("x-evil", "\u202e[/]"),))
    async with driven(source, size=(120, 50)) as run:
        source.run(*BEGAN, refused, ExchangeEnded(0.2, "x"), RunEnded(0.2, "error", "It \x1b[2J is loading."))
        await run.until(lambda: "✗ error" in run.lines()[0])
        await run.press("M")
        assert "503 [bold]␛[2Jloading" in run.text()
        assert "\u202e" not in run.text()


async def test_where_no_request_is_known_it_is_said() -> None:
    async with driven() as run:
        await run.press("M")
        assert "No request is known here" in run.text()


async def test_the_path_of_the_recording_is_copied(tmp_path: Path) -> None:
    tape = Tape.create(str(tmp_path / "run.sse"), "chat")
    source = Live(is_live=True, tape=tape)
    async with driven(source) as run:
        source.run(*BEGAN)
        await run.app.run_action("copy_path", run.app.main)
        assert run.app.clipboard == str(tmp_path / "run.sse")
    tape.release()


async def test_a_copy_of_the_recording_is_kept_and_nothing_is_replaced(tmp_path: Path) -> None:
    (tmp_path / "there.sse").write_bytes(b"")
    tape = Tape.create(str(tmp_path / "run.sse"), "chat")
    tape.append(STREAM, 0.5)
    source = Live(is_live=True, tape=tape)
    async with driven(source) as run:
        source.run(*BEGAN)
        await run.app.run_action("keep", run.app.main)
        await run.until(lambda: isinstance(run.app.screen, Keep))
        assert run.app.screen.query_one(Input).value == "run.sse"
        run.app.screen.query_one(Input).value = str(tmp_path / "there.sse")
        await run.press("enter")
        await run.until(lambda: str(run.app.screen.query_one("#keep-answer").render()) not in ("", "copying"))
        said = str(run.app.screen.query_one("#keep-answer").render())
        assert said.split()[-1] in run.text()  # all of it, over as many lines as that takes
        run.app.screen.query_one(Input).value = str(tmp_path / "kept.sse")
        await run.press("enter")
        await run.until(lambda: len(run.app.screen_stack) == 1)
        assert "A copy of the recording is in" in run.text()
    assert (tmp_path / "kept.sse").read_bytes() == STREAM
    assert (tmp_path / "there.sse").read_bytes() == b""
    tape.release()
