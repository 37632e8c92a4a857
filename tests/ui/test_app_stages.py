"""Two stages in one frame, as where a server ends its events with one line end: each of them can be looked at."""

from __future__ import annotations

import pytest
from textual.widgets import Input

from tests.ui.driving import Driven, Recording, driven, frame
from tests.ui.rules import watch

CHUNK = (
    '{"id": "%s", "object": "chat.completion.chunk", "model": "%s", "choices": '
    '[{"index": 0, "delta": %s, "finish_reason": "stop"}]}'
)
CALL = '{"role": "assistant", "tool_calls": [{"index": 0, "id": "c", "function": {"name": "%s", "arguments": "{}"}}]}'
FIRST, SECOND = CHUNK % ("a", "first", CALL % "look"), CHUNK % ("b", "second", CALL % "tell")
STREAM = f"data: {FIRST}\ndata: {SECOND}\n\n".encode() + frame("[DONE]")
WAYS: list[tuple[str, list[str]]] = [
    ("back from the second", ["{"]),
    ("from the list", ["w", "up", "enter"]),
    ("by name", ["colon", "stage 1", "enter"]),
    ("with a finding", ["!", "home", "enter"]),
    ("with the next finding", ["l", "E", "E", "E"]),
]


async def press(run: Driven, keys: list[str]) -> None:
    for key in keys:
        if " " in key:
            run.app.screen.query_one(Input).value = key
        else:
            await run.press(key)


@pytest.mark.parametrize("keys", [keys for _, keys in WAYS], ids=[way for way, _ in WAYS])
async def test_the_first_of_two_stages_in_a_frame_is_shown_when_it_is_wanted(keys: list[str]) -> None:
    async with driven(Recording(STREAM), watch=watch, size=(120, 34)) as run:
        assert "stage 2/2" in run.lines()[0]
        await press(run, keys)
        assert run.cursor == 0
        assert "stage 1/2" in run.lines()[0]
        assert "model first" in run.lines()[0]
        await run.press("2")
        assert "look" in run.text()
        assert "0 tell" not in run.text()
        await run.press("w")
        assert "▶    1" in run.text()
        await run.press("escape", "z", "z", "v")
        assert "stage 1/2" in run.lines()[0]
        await run.press("}")
        assert "stage 2/2" in run.lines()[0]
        assert "0 tell" in run.text()


async def test_a_stage_is_shown_again_as_it_comes_once_the_cursor_moved() -> None:
    async with driven(Recording(STREAM), watch=watch) as run:
        await run.press("{", "l", "h")
        assert "stage 2/2" in run.lines()[0]


async def test_a_frame_of_two_stages_names_both() -> None:
    async with driven(Recording(STREAM), watch=watch) as run:
        assert "0✗ s1 s2 tool 0" in run.text()


async def test_what_was_repaired_in_a_frame_is_said_once() -> None:
    async with driven(Recording(STREAM), watch=watch, size=(120, 34)) as run:
        await run.press("v")
        assert run.text().count("one of several chunks in one frame") == 1
