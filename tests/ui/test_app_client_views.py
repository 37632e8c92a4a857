"""The screen of client views: what stands in it, where it leads, and that it leaves nothing running."""

from __future__ import annotations

import pytest

from inspector.ui.panes.client_views import ClientViews
from inspector.ui.screens.client_views import ClientViewsScreen
from tests.dialects.reading import calls, chunk, fragment, sse
from tests.ui.driving import Driven, Recording, driven

ROLE = chunk({"role": "assistant"})
STREAM = sse(
    ROLE,
    calls(fragment(0, "call_1", "get_weather", "")),
    calls(fragment(0, arguments='{"city":')),
    calls(fragment(0, arguments='"Oslo"}')),
    chunk(finish="tool_calls"),
    "[DONE]",
)
NO_INDEX = sse(ROLE, calls(fragment(None, "[bold]a[/]", "f\x1b[31m", "{}")), chunk(finish="tool_calls"), "[DONE]")


async def compared(run: Driven) -> str:
    """Open the screen and wait until all clients are through."""
    await run.press("A")
    screen = run.app.screen
    assert isinstance(screen, ClientViewsScreen)
    await run.until(lambda: screen._comparing.is_done and "%" not in run.text())
    return run.text()


def told(run: Driven) -> str:
    """What stands in the pane, however it is wrapped."""
    return " ".join(run.app.screen.query_one(ClientViews).view.text().split())


@pytest.mark.parametrize("size", [(80, 24), (120, 34)], ids=lambda size: f"{size[0]}x{size[1]}")
async def test_each_client_says_whether_it_sees_what_we_see(size: tuple[int, int]) -> None:
    async with driven(Recording(STREAM), size=size) as run:
        text = await compared(run)
        assert "✓ by index same as ours" in told(run)
        assert "i by id raised KeyError at frame 2: a fragment has no id; it loses the arguments: OpenAI" in told(run)
        assert "i whole call in one chunk raised JSONDecodeError at frame 1" in told(run)
        assert "✗" not in told(run)
        assert '{"city":"Oslo"}' in text
        assert "✓ official openai SDK 3" in text


async def test_what_a_client_raises_leads_to_its_frame_and_is_drawn_clean() -> None:
    async with driven(Recording(NO_INDEX), size=(100, 40), ascii_only=True) as run:
        text = await compared(run)
        assert "x by index raised TypeError at frame 1: a fragment has no index" in told(run)
        assert "raised TypeError at frame 1: list indices must be integers or slices" in told(run)
        assert "[bold]a[/]" in text
        assert "\x1b" not in text
        await run.press("down", "down", "down", "enter")
        assert len(run.app.screen_stack) == 1
        assert run.cursor == 1


async def test_it_can_be_left_while_the_sdk_runs() -> None:
    async with driven(Recording(STREAM)) as run:
        await run.press("A")
        screen = run.app.screen
        assert isinstance(screen, ClientViewsScreen)
        await run.press("escape")
        assert len(run.app.screen_stack) == 1
        await run.until(lambda: screen._comparing.is_done)
        assert screen._comparing.is_stopped


async def test_it_says_where_no_answer_has_begun() -> None:
    async with driven(Recording(b"")) as run:
        await run.press("A")
        assert len(run.app.screen_stack) == 1
        assert "No answer has begun here" in run.text()


async def test_all_that_is_seen_is_copied() -> None:
    async with driven(Recording(STREAM)) as run:
        await compared(run)
        await run.press("y")
        assert "whole call in one chunk" in run.app.clipboard


NO_CALLS = sse(ROLE, calls(fragment(None, None, None, None)), chunk(finish="stop"), "[DONE]")


async def test_clients_without_calls_are_not_likened_to_each_other() -> None:
    async with driven(Recording(NO_CALLS), size=(120, 34)) as run:
        await compared(run)
        assert "same calls as" not in told(run)


async def test_calls_that_no_client_adds_up_are_told() -> None:
    function_call = sse(ROLE, chunk({"function_call": {"name": "f", "arguments": "{}"}}), "[DONE]")
    async with driven(Recording(function_call), size=(120, 34)) as run:
        await compared(run)
        assert "1 of the pane's calls stand in no `tool_calls`: no client adds these up" in told(run)


async def test_calls_that_stand_in_the_text_are_told() -> None:
    leaked = sse(ROLE, chunk({"content": '<tool_call>\n{"name": "f", "arguments": {}}\n</tool_call>'}), "[DONE]")
    async with driven(Recording(leaked), size=(120, 34)) as run:
        await compared(run)
        assert "no calls a call stands in the text: no client reads it" in told(run)
