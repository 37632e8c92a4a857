"""The screens over the main one, the palette, several files, and copying."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.command import CommandList
from textual.widgets import Input

from inspector.ui import clipboard
from inspector.ui.keys import COMMANDS, commands_of
from inspector.ui.pane import Pane
from inspector.ui.screens.go_to import GoTo
from inspector.ui.screens.help import Help
from tests.ui.driving import FRAMES, STREAM, Driven, Recording, driven

WENT = [
    ("42", None),
    ("3", 3),
    ("50%", 4),
    ("200%", None),
    ("call 1", 3),
    ("stage 2", 5),
    ("nowhere", None),
    ("1s", None),
    ("1,5s", None),
]


@pytest.mark.parametrize(("typed", "frame"), WENT, ids=[typed for typed, _ in WENT])
async def test_what_is_typed_leads_there_or_says_why_not(typed: str, frame: int | None) -> None:
    async with driven() as run:
        await run.press("colon")
        run.app.screen.query_one(Input).value = typed
        await run.press("enter")
        if frame is None:
            assert isinstance(run.app.screen, GoTo)
            assert "." in str(run.app.screen.query_one("#go-to-answer").render())
            await run.press("escape")
            assert run.cursor == 0
        else:
            assert run.cursor == frame
        assert len(run.app.screen_stack) == 1


@pytest.mark.parametrize("size", [(60, 15), (80, 24), (200, 50)], ids=lambda size: f"{size[0]}x{size[1]}")
async def test_help_tells_of_the_focused_pane_and_of_every_key(size: tuple[int, int]) -> None:
    async with driven(size=size) as run:
        await run.press("2", "question_mark")
        assert isinstance(run.app.screen, Help)
        assert "Tool calls" in run.text()
        said = "".join(str(each.render()) for each in run.app.screen.query(".help-text"))
        assert all(command.title in said for command in [*COMMANDS, *commands_of(Pane.BINDINGS)])
        await run.press("q")
        assert len(run.app.screen_stack) == 1


async def test_the_list_of_stages_leads_to_one() -> None:
    async with driven() as run:
        await run.press("w")
        assert "2" in run.text()
        assert "s2" in run.text()
        await run.press("down", "down", "enter")
        assert len(run.app.screen_stack) == 1
        assert run.cursor == 5


async def search(run: Driven, words: str, command: str) -> None:
    """Open the palette and type, until this command is the first in it and enter would run it."""
    await run.press("ctrl+p", *("space" if key == " " else key for key in words))
    commands = run.app.screen.query_one(CommandList)
    await run.until(lambda: commands.highlighted == 0 and command in str(commands.options[0].prompt))


async def test_every_command_stands_in_the_palette_and_runs_from_there() -> None:
    async with driven(size=(120, 60)) as run:
        await search(run, "end of the stream", "End of the stream")
        await run.press("enter")
        await run.until(lambda: run.cursor == 8)


async def test_a_picture_of_the_screen_is_saved_in_the_working_directory_and_said_where(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    async with driven(size=(120, 60)) as run:
        await search(run, "picture", "Save a picture")
        await run.press("enter")
        await run.until(lambda: "A picture of the screen is in" in run.text())
    (picture,) = tmp_path.iterdir()
    assert picture.suffix == ".svg"
    assert "get_weather" in picture.read_text("utf-8")
    assert "Search" not in picture.read_text("utf-8")


async def test_the_keys_of_the_focused_pane_stand_in_the_palette_too() -> None:
    async with driven(size=(120, 60)) as run:
        await run.press("2")
        await search(run, "to the frame that brought", "Unfold, fold, or go to the frame that brought this  enter")


async def test_several_files_are_gone_through_and_each_keeps_its_place() -> None:
    first, second = Recording(name="first.sse"), Recording(b"".join(FRAMES[:3]), name="second.sse")
    async with driven(first, second) as run:
        assert "file 1/2" in run.lines()[0]
        await run.press("l", "l", "greater_than_sign")
        await run.until(lambda: run.document.is_over)
        assert "second.sse" in run.lines()[0]
        assert "frame 0/3" in run.lines()[-1]
        await run.press("greater_than_sign")
        assert run.cursor == 2
        await run.press("f2", "down", "enter")
        assert "second.sse" in run.lines()[0]
        await run.press("less_than_sign")
        assert "first.sse" in run.lines()[0]
    assert first.closed
    assert second.closed


async def test_the_focused_pane_is_copied() -> None:
    async with driven() as run:
        await run.press("]", "]", "2", "y")
        assert "get_weather" in run.app.clipboard
        assert "Copied" in run.text()


async def test_what_is_told_takes_the_place_of_what_was_told_before() -> None:
    async with driven() as run:
        await run.press("y", "y", "y")
        assert len(run.app.screen.query("Toast")) == 1


async def test_the_frame_is_copied_as_it_came() -> None:
    async with driven() as run:
        await run.press("l", "Y")
        assert run.app.clipboard == FRAMES[1].decode()


async def test_ctrl_c_leaves_with_the_code_of_an_interrupt_and_ctrl_q_does_nothing() -> None:
    async with driven() as run:
        await run.press("ctrl+q")
        assert run.app.return_code is None
        await run.press("ctrl+c")
        assert run.app.return_code == 130


async def test_q_leaves() -> None:
    async with driven() as run:
        await run.press("q")
        assert run.app.return_code == 0


COPIED = [("a short text", "clipboard"), ("lone \ud800 surrogates", "clipboard"), ("long " * 20_000, "file")]


@pytest.mark.parametrize(("text", "where"), COPIED, ids=["short", "a lone surrogate", "long"])
def test_a_text_is_copied_to_where_it_fits(
    text: str, where: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    monkeypatch.setattr(clipboard, "_to_system", lambda text: False)
    given: list[str] = []
    said = clipboard.copy(text, given.append)
    clean = text.replace("\ud800", "�")
    if where == "clipboard":
        assert [each.replace("���", "�") for each in given] == [clean]
    else:
        (file,) = tmp_path.iterdir()
        assert file.read_text(encoding="utf-8") == clean
        assert file.stat().st_mode & 0o777 == 0o600
        assert said.endswith(str(file))


async def test_two_colour_schemes_of_our_own_can_be_chosen() -> None:
    async with driven(Recording(STREAM)) as run:
        for theme in ("colour-blind-safe", "high-contrast", "textual-light", "textual-dark"):
            run.app.theme = theme
            await run.pilot.pause()
            assert "frame 0/9" in run.lines()[-1]
