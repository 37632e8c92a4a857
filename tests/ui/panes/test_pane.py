"""Panes in an app: what keys and clicks lead to, what stays in sight, and what reaches the screen."""

from __future__ import annotations

import unicodedata
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager

import pytest
from textual.app import App, ComposeResult
from textual.geometry import Region
from textual.pilot import Pilot
from textual.strip import Strip

from inspector.transcript import Transcript
from inspector.ui.moment import Moment
from inspector.ui.pane import Pane
from inspector.ui.panes.calls import Calls
from inspector.ui.panes.chunks import Chunks
from inspector.ui.panes.detail import Detail
from inspector.ui.panes.results import Results
from inspector.ui.panes.synthesis import Synthesis
from inspector.ui.panes.timeline import Timeline
from tests.ui.panes.streams import DONE, STREAMS, call, reasoning, sse, text, transcript

PANES: tuple[type[Pane], ...] = (Chunks, Calls, Results, Synthesis, Detail, Timeline)


class PaneApp(App[None]):
    """One pane that fills the screen; a frame that is wanted is shown at once."""

    CSS = "Pane { height: 1fr; }"

    def __init__(self, pane: Pane, made: Transcript, n: int) -> None:
        super().__init__()
        self.pane, self.made, self.n = pane, made, n
        self.wanted: list[int] = []

    def compose(self) -> ComposeResult:
        self.pane.show(Moment(self.made, self.n))  # before it is laid out
        yield self.pane

    def go(self, n: int) -> None:
        self.n = n
        self.pane.show(Moment(self.made, n))

    def on_pane_cursor_wanted(self, message: Pane.CursorWanted) -> None:
        self.wanted.append(message.frame)
        self.go(message.frame)

    def rows(self) -> list[str]:
        strips = self.screen._compositor.render_strips()
        return ["".join(segment.text for segment in strip).rstrip() for strip in strips]


@asynccontextmanager
async def running(
    pane: Pane, stream: bytes, n: int, size: tuple[int, int] = (60, 12)
) -> AsyncIterator[tuple[PaneApp, Pilot[None]]]:
    app = PaneApp(pane, transcript(stream), n)
    async with app.run_test(size=size) as pilot:
        pane.focus()
        await pilot.pause()
        yield app, pilot


MANY = sse(*(text(f"word{n} ") for n in range(500)), DONE)
ONE_CALL = sse(call("", 0, "call_1", "f"), *(call(piece) for piece in ('{"alpha', '": "be', 'ta"', "}")))


async def test_a_click_on_a_character_leads_to_the_frame_that_brought_it() -> None:
    async with running(Calls(), ONE_CALL, 4) as (app, pilot):
        assert app.rows()[1] == '  {"alpha": "beta"}'
        await pilot.click(Calls, offset=(2 + 11, 1))  # the b of beta
        await pilot.pause()
        assert app.wanted == [2]
        assert app.rows()[1] == '  {"alpha": "be▌'


async def test_enter_leads_to_the_frame_of_the_character_under_the_caret() -> None:
    async with running(Calls(), ONE_CALL, 4) as (app, pilot):
        await pilot.press("up", "up", "up", "up", "down", *["shift+left"] * 25, *["shift+right"] * 15, "enter")
        await pilot.pause()
        assert app.wanted == [3]


async def test_a_click_on_where_arguments_broke_leads_to_the_chunk_that_broke_them() -> None:
    stream = sse(call("", 0, "c1", "f"), call('{"a": '), call("Oslo"), call("}"), DONE)
    async with running(Calls(), stream, 4) as (app, pilot):
        assert app.rows()[0] == "0 f  c1  ✗ broken since byte 6, chunk 2"
        await pilot.click(Calls, offset=(20, 0))
        await pilot.pause()
        assert app.wanted == [2]


async def test_the_caret_begins_at_the_newest_character_even_where_a_tree_stands_under_it() -> None:
    async with running(Calls(), ONE_CALL, 4) as (app, pilot):
        assert app.pane.view.follow == 2  # the tree
        await pilot.press("down")
        assert app.pane.caret == (1, 2 + len('{"alpha": "beta"'))
        await pilot.press("shift+left", "shift+left", "enter")
        await pilot.pause()
        assert app.wanted == [3]


TREE = sse(call("", 0, "c1", "f"), *map(call, ('{"a": ', '"x", "b": ["', 'y", 12', '3], "', 'c": tr')))
TREE_ROWS = [(2, 2), (3, 2), (4, 2), (5, 3)]  # a: "x" · b: 2 items · "y" · 123


@pytest.mark.parametrize(("row", "frame"), TREE_ROWS, ids=[f"row {row}" for row, _ in TREE_ROWS])
async def test_a_row_of_the_tree_leads_to_the_frame_in_which_its_value_began(row: int, frame: int) -> None:
    async with running(Calls(), TREE, 5) as (app, pilot):
        await pilot.press(*["up"] * 5, *["down"] * row, "enter")
        await pilot.pause()
        assert app.wanted == [frame]


async def test_a_tree_of_which_not_all_is_shown_leads_nowhere() -> None:
    async with running(Calls(), sse(call('{"a": 1, "a": 2}', 0, "c1", "f")), 0) as (app, pilot):
        assert "comes twice" in "".join(app.rows())
        await pilot.press(*["up"] * 5, "down", "down", "enter")
        await pilot.pause()
        assert app.wanted == []


async def test_a_click_beside_a_text_leads_to_its_last_frame_in_that_row_and_below_it_nowhere() -> None:
    async with running(Calls(), ONE_CALL, 4) as (app, pilot):
        await pilot.click(Calls, offset=(40, 1))
        await pilot.click(Calls, offset=(10, 10))
        await pilot.pause()
        assert app.wanted == [4]


async def test_up_and_down_in_the_list_of_frames_move_the_cursor() -> None:
    async with running(Chunks(), MANY, 100) as (app, pilot):
        await pilot.press("down", "down", "up")
        await pilot.press("pagedown")
        await pilot.pause()
        assert app.wanted == [101, 102, 101, 112]


async def test_the_cursor_stops_at_both_ends_of_the_list() -> None:
    async with running(Chunks(), sse(text("a"), text("b")), 0) as (app, pilot):
        await pilot.press("up", "pagedown", "down")
        await pilot.pause()
        assert app.wanted == [0, 1, 1]


async def test_the_row_of_the_cursor_is_in_sight_after_any_jump() -> None:
    async with running(Chunks(), MANY, 0) as (app, pilot):
        for n in (499, 0, 250, 251, 240, 3):
            app.go(n)
            await pilot.pause()
            assert sum(row.startswith("▶") for row in app.rows()) == 1
            assert f"▶ {n:>3}  text" in "\n".join(app.rows())


async def test_the_newest_text_stays_in_sight_as_the_cursor_moves() -> None:
    async with running(Synthesis(), MANY, 0) as (app, pilot):
        for n in (10, 499, 200, 400):
            app.go(n)
            await pilot.pause()
            assert any(f"word{n} " in row + " " for row in app.rows())


async def test_the_wheel_looks_elsewhere_until_the_cursor_moves() -> None:
    async with running(Synthesis(), MANY, 499) as (app, pilot):
        app.pane.scroll_to(y=0, animate=False, force=True)
        await pilot.pause()
        app.go(499)
        await pilot.pause()
        assert app.rows()[0].startswith("word0 ")
        app.go(498)
        await pilot.pause()
        assert any("word498" in row for row in app.rows())


THOUGHT = sse(reasoning("Let me think."), text("It is cold."), DONE)


async def test_enter_unfolds_the_reasoning_and_folds_it_again_as_long_as_there_is_no_caret() -> None:
    async with running(Synthesis(), THOUGHT, 1) as (app, pilot):
        folded = app.rows()
        await pilot.press("enter")
        assert "Let me think." in "".join(app.rows())
        await pilot.press("enter")
        assert app.rows() == folded
        await pilot.press("down", "enter")
        await pilot.pause()
        assert app.wanted == [1]


async def test_a_click_on_the_heading_unfolds_the_reasoning_and_folds_it_again() -> None:
    async with running(Synthesis(), STREAMS["thinking"], 4) as (app, pilot):
        folded = app.rows()
        await pilot.click(Synthesis, offset=(3, 0))
        await pilot.pause()
        assert app.rows()[:2] == ["▾ reasoning  36 bytes", "  The user greets me, so I greet back."]
        await pilot.click(Synthesis, offset=(3, 0))
        await pilot.pause()
        assert app.rows() == folded


async def test_a_resize_wraps_anew() -> None:
    async with running(Synthesis(), MANY, 499) as (app, pilot):
        before = app.pane.view.height
        await pilot.resize_terminal(30, 12)
        await pilot.pause()
        assert app.pane.view.height > 1.8 * before
        assert any("word499" in row for row in app.rows())


async def test_a_pane_says_why_it_is_empty() -> None:
    async with running(Results(), STREAMS["parallel"], 3) as (app, _):
        assert app.pane.empty_reason is not None
        assert app.pane.empty_reason.startswith("No tool results on this wire: chat servers do not send them.")
        assert app.rows()[0].startswith("No tool results on this wire")


async def test_a_pane_with_something_in_it_gives_no_reason() -> None:
    async with running(Calls(), STREAMS["parallel"], 3) as (app, _):
        assert app.pane.empty_reason is None


async def test_copying_gives_clean_text_without_the_line_ends_of_wrapping() -> None:
    async with running(Synthesis(), MANY, 499, (30, 8)) as (app, _):
        assert app.pane.copy_text() == "".join(f"word{n} " for n in range(500))


async def test_the_detail_goes_through_its_modes_and_round() -> None:
    async with running(Detail(), STREAMS["parallel"], 3) as (app, pilot):
        detail = app.pane
        assert isinstance(detail, Detail)
        first_words = []
        for _ in range(5):
            first_words.append(app.rows()[0].split()[0])
            detail.next_mode()
            await pilot.pause()
        assert first_words == ["frame", "{", f"{app.made.span(3)[0]:x}", "data:", "frame"]


async def test_a_click_on_the_timeline_leads_there() -> None:
    async with running(Timeline(), MANY, 0, (50, 1)) as (app, pilot):
        await pilot.click(Timeline, offset=(25, 0))
        await pilot.pause()
        assert app.wanted == [251]
        assert app.rows()[0][25] == "┃"


@pytest.mark.parametrize("kind", PANES, ids=lambda kind: kind.ID)
async def test_nothing_that_acts_reaches_the_screen(kind: type[Pane]) -> None:
    pane = kind()
    async with running(pane, STREAMS["hostile"], 0) as (app, pilot):
        for n in range(app.made.framed):
            app.go(n)
            await pilot.pause()
            for strip in app.screen._compositor.render_strips():
                for segment in strip:
                    assert not list(acting(segment.text)), segment.text
                    assert segment.style is None or (segment.style.link is None and "@click" not in segment.style.meta)
            assert not list(acting(pane.copy_text().replace("\n", "")))


def acting(drawn: str) -> Iterator[str]:
    """Characters that do something to a terminal; a joiner within an emoji may stay."""
    for char in drawn:
        if unicodedata.category(char) in ("Cc", "Cf", "Cs") and char != "\u200d":
            yield f"U+{ord(char):04X}"


@pytest.mark.parametrize("kind", PANES, ids=lambda kind: kind.ID)
async def test_a_pane_draws_at_every_size(kind: type[Pane]) -> None:
    async with running(kind(), STREAMS["stages"], 6) as (app, pilot):
        for size in ((1, 1), (3, 2), (400, 100), (20, 5), (80, 24)):
            await pilot.resize_terminal(*size)
            await pilot.pause()
            assert len(app.rows()) == size[1]


@pytest.mark.parametrize("kind", PANES, ids=lambda kind: kind.ID)
async def test_a_pane_without_a_transcript_takes_keys_and_clicks(kind: type[Pane]) -> None:
    class Bare(App[None]):
        def compose(self) -> ComposeResult:
            yield kind()

    async with Bare().run_test(size=(40, 5)) as pilot:
        pilot.app.query_one(Pane).focus()
        await pilot.press("up", "down", "enter", "pageup", "pagedown", "shift+left", "shift+right")
        await pilot.click(Pane)


@pytest.mark.parametrize("kind", PANES, ids=lambda kind: kind.ID)
async def test_keys_of_the_app_are_not_taken_by_a_pane(kind: type[Pane]) -> None:
    taken = {key for binding in kind.BINDINGS for key in binding.key.split(",")}  # type: ignore[union-attr]
    assert not taken & {"left", "right", "home", "end", "space", "tab", "escape", "h", "l", "g", "G", "z", "v", "y"}
    async with running(kind(), STREAMS["parallel"], 3) as (app, pilot):
        await pilot.press("left", "right", "home", "end")
        assert app.wanted == []


async def test_the_first_picture_of_a_pane_has_its_content() -> None:
    pictures: list[str] = []

    class Watched(Synthesis):
        def render_lines(self, crop: Region) -> list[Strip]:
            strips = super().render_lines(crop)
            pictures.append("".join(strip.text for strip in strips))
            return strips

    async with running(Watched(), sse(text("sunny"), DONE), 0):
        assert "sunny" in pictures[0]


async def test_a_wide_character_under_the_caret_is_drawn_whole() -> None:
    async with running(Synthesis(), sse(text("数据 x"), DONE), 0) as (app, pilot):
        await pilot.press("down", "shift+right")
        await pilot.pause()
        assert app.rows()[0] == "数据 x▌"


async def test_a_grown_transcript_lists_its_new_frames() -> None:
    stream = MANY
    made = Transcript(lambda start, end: stream[start:end])
    made.feed(stream[:2000])
    made.decode_all()
    app = PaneApp(Chunks(), made, 0)
    async with app.run_test(size=(60, 12)) as pilot:
        await pilot.pause()
        before = app.pane.view.height
        made.feed(stream[2000:])
        app.go(0)
        await pilot.pause()
        assert app.pane.view.height == made.framed > before
        assert app.rows()[0].startswith("▶")


async def test_of_what_came_at_once_the_beginning_is_in_sight() -> None:
    lines = "\n".join(f"line {n}" for n in range(40))
    async with running(Synthesis(), sse(text("short\n"), text(lines), text(" end")), 0) as (app, pilot):
        app.go(1)
        await pilot.pause()
        assert app.rows()[0] == "line 0↵"
        app.go(2)
        await pilot.pause()
        assert any(row.startswith("line 39 end") for row in app.rows())


async def test_copying_the_list_gives_the_chunk_under_the_cursor() -> None:
    async with running(Chunks(), MANY, 250) as (app, _):
        copied = app.pane.copy_text()
        assert copied.startswith("data: {")
        assert "word250 " in copied
        assert "\n" not in copied


async def test_what_is_selected_with_the_mouse_is_copied_and_moves_no_cursor() -> None:
    async with running(Calls(), ONE_CALL, 4) as (app, pilot):
        await pilot.mouse_down(Calls, offset=(3, 1))
        await pilot.hover(Calls, offset=(9, 1))
        await pilot.mouse_up(Calls, offset=(9, 1))
        await pilot.pause()
        assert app.pane.copy_text() == '"alpha"'
        assert app.wanted == []


async def test_a_selection_over_several_rows_has_their_line_ends() -> None:
    async with running(Calls(), ONE_CALL, 4) as (app, pilot):
        await pilot.mouse_down(Calls, offset=(2, 0))
        await pilot.hover(Calls, offset=(9, 1))
        await pilot.mouse_up(Calls, offset=(9, 1))
        await pilot.pause()
        assert app.pane.copy_text() == 'f  call_1  ✓ valid\n  {"alpha"'
