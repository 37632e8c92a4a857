"""Keys move the cursor, and every pane goes with it."""

from __future__ import annotations

import pytest

from inspector.ui.pane import Pane
from tests.ui.driving import Recording, driven

MOVES: list[tuple[str, list[str], int]] = [
    ("starts at the first frame", [], 0),
    ("l steps forward", ["l"], 1),
    ("right steps forward", ["right"], 1),
    ("full stop steps forward", ["."], 1),
    ("h steps back", ["l", "l", "h"], 1),
    ("left steps back", ["l", "l", "left"], 1),
    ("comma steps back", ["l", "l", ","], 1),
    ("no step leads before the first frame", ["h"], 0),
    ("G goes to the end", ["G"], 8),
    ("end goes to the end", ["end"], 8),
    ("no step leads past the last frame", ["G", "l"], 8),
    ("g goes to the start", ["G", "g"], 0),
    ("home goes to the start", ["G", "home"], 0),
    ("] goes to the next boundary", ["]"], 1),
    ("] goes to the one after it", ["]", "]"], 3),
    ("[ goes back to the boundary before", ["]", "]", "["], 1),
    ("t goes to the next piece of a call", ["t", "t"], 2),
    ("T goes to the piece before", ["t", "t", "T"], 1),
    ("} goes to the next stage", ["}"], 5),
    ("{ goes to the stage before", ["G", "{"], 0),
    ("{ in the first stage stays", ["l", "{"], 1),
]


@pytest.mark.parametrize(("keys", "frame"), [case[1:] for case in MOVES], ids=[case[0] for case in MOVES])
async def test_a_key_moves_the_cursor(keys: list[str], frame: int) -> None:
    async with driven() as run:
        await run.press(*keys)
        assert run.cursor == frame


NOWHERE: list[tuple[list[str], str]] = [
    (["G", "]"], "No call, result, phase or stage begins after this."),
    (["["], "No call, result, phase or stage begins before this."),
    (["G", "}"], "There is no stage after this."),
    (["{"], "There is no stage before this."),
    (["G", "t"], "There is no piece of a tool call after this."),
    (["T"], "There is no piece of a tool call before this."),
    ([">"], "No other file or run is open."),
    (["<"], "No other file or run is open."),
]


@pytest.mark.parametrize(("keys", "said"), NOWHERE, ids=["".join(keys) for keys, _ in NOWHERE])
async def test_a_key_that_leads_nowhere_says_why(keys: list[str], said: str) -> None:
    async with driven() as run:
        await run.press(*keys)
        assert said in run.text()


async def test_all_panes_that_are_seen_show_the_same_moment() -> None:
    async with driven() as run:
        await run.press("l", "l")
        moments = {pane.moment for pane in run.app.main.query(Pane) if pane.region}
        assert {moment.n for moment in moments if moment} == {2}


async def test_a_pane_that_wants_a_frame_gets_the_cursor_there() -> None:
    async with driven() as run:
        run.app.main.query_one("#calls", Pane).post_message(Pane.CursorWanted(3))
        await run.pilot.pause()
        assert run.cursor == 3
        assert "frame 3/9" in run.lines()[-1]


async def test_keys_can_be_given_to_other_commands() -> None:
    async with driven(keymap={"step.forward": "j,down"}) as run:
        await run.press("j")
        assert run.cursor == 1
        await run.press("l")
        assert run.cursor == 1


async def test_an_empty_file_has_a_screen_that_says_so_and_bears_every_key() -> None:
    async with driven(Recording(b"")) as run:
        await run.press("l", "h", "]", "[", "t", "T", "}", "{", "g", "G", "space", "v", "v", "a", "y", "Y", "z", "w")
        assert run.cursor == -1


async def test_another_choice_is_shown_when_there_is_one() -> None:
    async with driven() as run:
        await run.press("G", "a")
        assert run.document.choice == 1
        assert "choice 1" in run.lines()[0]
        await run.press("a")
        assert run.document.choice == 0
