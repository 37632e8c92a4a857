"""What is seen at which size, and that nothing of it is cut off."""

from __future__ import annotations

import pytest

from inspector.ui.layout import layout_for, shown
from tests.ui.driving import FRAMES, Recording, driven

BESIDE = {"chunks", "calls", "results", "synthesis", "timeline"}
SIZES: list[tuple[tuple[int, int], set[str]]] = [
    ((60, 15), {"chunks", "calls", "timeline"}),
    ((80, 24), {"chunks", "calls", "timeline"}),
    ((99, 50), {"chunks", "calls", "timeline"}),
    ((100, 23), {"chunks", "calls", "timeline"}),
    ((100, 24), BESIDE),
    ((100, 30), BESIDE),
    ((120, 34), BESIDE),
    ((140, 40), BESIDE | {"detail"}),
    ((200, 50), BESIDE | {"detail"}),
    ((59, 14), set()),
    ((59, 40), set()),
    ((200, 14), set()),
]
IDS = [f"{width}x{height}" for (width, height), _ in SIZES]


@pytest.mark.parametrize(("size", "panes"), SIZES, ids=IDS)
async def test_a_size_shows_its_panes_and_nothing_sticks_out(size: tuple[int, int], panes: set[str]) -> None:
    async with driven(size=size) as run:
        assert run.shown_panes() == panes
        for widget in run.app.main.query("*"):
            if widget.region and widget.display:
                assert run.app.main.region.contains_region(widget.region), widget
        lines = run.lines()
        assert len(lines) == size[1]
        assert {len(line) for line in lines} == {size[0]}


@pytest.mark.parametrize("size", [size for size, panes in SIZES if panes], ids=lambda size: f"{size[0]}x{size[1]}")
async def test_the_first_and_the_last_line_are_whole_at_every_size(size: tuple[int, int]) -> None:
    name = f"{'long/' * 30}weather.sse"
    async with driven(Recording(name=name), size=size) as run:
        first, last = run.lines()[0], run.lines()[-1]
        assert " weather.sse" in first
        assert "stage 1/2" in first
        assert last.startswith(" frame 0/9 ")
        assert last.endswith("? help  ^p palette ")


@pytest.mark.parametrize("size", [(59, 14), (30, 3), (1, 1)], ids=lambda size: f"{size[0]}x{size[1]}")
async def test_a_terminal_that_is_too_small_says_so(size: tuple[int, int]) -> None:
    async with driven(size=size) as run:
        said = f"This terminal is {size[0]}x{size[1]}; 60x15 is the least."
        assert run.lines()[0].rstrip() == said[: size[0]].rstrip()
        await run.press("l", "z", "v", "2", "tab")
        assert run.cursor == 1


async def test_a_terminal_may_become_any_size_and_come_back() -> None:
    async with driven(size=(140, 40)) as run:
        for size in [(1, 1), (400, 200), (80, 24), (59, 14), (100, 30)]:
            await run.pilot.resize_terminal(*size)
            await run.pilot.pause()
        assert run.shown_panes() == BESIDE
        assert run.lines()[-1].endswith("^p palette ")


TABS = [("2", "calls"), ("3", "results"), ("4", "synthesis"), ("5", "detail")]


@pytest.mark.parametrize(("key", "pane"), TABS, ids=[pane for _, pane in TABS])
async def test_a_number_brings_a_tab_to_sight_and_focuses_it(key: str, pane: str) -> None:
    async with driven(size=(80, 24)) as run:
        await run.press(key)
        assert run.shown_panes() == {"chunks", pane, "timeline"}
        assert run.app.focused is run.app.main.query_one(f"#{pane}")


async def test_a_click_on_a_tab_brings_it_to_sight() -> None:
    async with driven(size=(80, 24)) as run:
        at = run.lines()[1].index("Synthesis")
        await run.pilot.click("#tabs", offset=(at, 0))
        await run.pilot.pause()
        assert "synthesis" in run.shown_panes()


async def test_tab_goes_round_through_all_tabs_and_back() -> None:
    async with driven(size=(80, 24)) as run:
        seen = []
        for _ in range(7):
            seen.append(run.app.focused.id if run.app.focused else None)
            await run.press("tab")
        assert seen == ["chunks", "calls", "results", "synthesis", "detail", "timeline", "chunks"]
        await run.press("shift+tab")
        assert run.app.focused is run.app.main.query_one("#chunks")


@pytest.mark.parametrize("size", [(80, 24), (120, 34)], ids=["tabbed", "stacked"])
async def test_the_focused_pane_is_maximised_and_restored(size: tuple[int, int]) -> None:
    async with driven(size=size) as run:
        before = run.shown_panes()
        await run.press("2", "z")
        assert run.shown_panes() == {"calls", "timeline"}
        assert run.app.main.query_one("#calls").region.width == size[0]
        await run.press("4")
        assert run.shown_panes() == {"synthesis", "timeline"}
        await run.press("2", "escape")
        assert run.shown_panes() == before
        await run.press("z", "z")
        assert run.shown_panes() == before


@pytest.mark.parametrize("key", ["1", "2", "5"])
@pytest.mark.parametrize("size", [(80, 24), (100, 24), (120, 34), (200, 50)], ids=lambda size: f"{size[0]}x{size[1]}")
async def test_a_maximised_pane_fills_the_body_beside_an_open_detail_too(size: tuple[int, int], key: str) -> None:
    async with driven(size=size) as run:
        await run.press("5", key, "z")
        body, pane = run.app.main.body, run.app.focused
        assert pane is not None
        assert pane.region == body.region
        assert body.region.width == size[0]
        assert body.region.height >= size[1] - 4


@pytest.mark.parametrize("size", [(80, 24), (100, 30), (140, 40)], ids=["tabbed", "stacked", "tall"])
async def test_the_detail_comes_goes_and_changes_its_mode(size: tuple[int, int]) -> None:
    async with driven(size=size) as run:
        await run.press("V") if "detail" in run.shown_panes() else None
        assert "detail" not in run.shown_panes()
        await run.press("v")
        assert "detail" in run.shown_panes()
        first = run.text()
        await run.press("v")
        assert run.text() != first
        await run.press("V")
        assert "detail" not in run.shown_panes()


async def test_the_focus_is_seen_without_colours() -> None:
    async with driven(size=(120, 34)) as run:
        chunks = run.text()
        await run.press("2")
        calls = run.text()
        assert chunks.index("┏") < chunks.index("╭")
        assert calls.index("╭") < calls.index("┏")


async def test_ascii_only_draws_nothing_else() -> None:
    async with driven(Recording(b"".join(FRAMES)), size=(140, 40), ascii_only=True) as run:
        for key in ["l", "]", "G", "space", "v", "v", "v", "z", "question_mark"]:
            await run.press(key)
            assert run.text().isascii(), sorted(set(run.text()) - set(map(chr, range(128))))


def test_a_layout_is_chosen_by_width_and_height() -> None:
    assert [layout_for(*size) for size in [(59, 99), (99, 14), (60, 15), (99, 99), (100, 23), (100, 24)]] == [
        "small",
        "small",
        "tabbed",
        "tabbed",
        "tabbed",
        "stacked",
    ]


def test_a_maximised_pane_is_alone_in_every_layout() -> None:
    assert shown("stacked", tab="calls", maximised="results", with_detail=True) == {"results"}
    assert shown("tabbed", tab="calls", maximised="results", with_detail=True) == {"results"}
    assert shown("small", tab="calls", maximised="results", with_detail=True) == set()


async def test_in_ascii_the_focused_pane_has_a_mark_of_its_own() -> None:
    async with driven(ascii_only=True) as run:
        assert "> 1 Chunks" in run.text()
        await run.press("2")
        assert "> 2 Tool calls" in run.text()
        assert "> 1 Chunks" not in run.text()
