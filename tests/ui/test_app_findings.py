"""What was found, on the screen: counts, marks, the list with its explanations, and the way to the bytes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from textual.widgets import Input

from inspector.findings.moments import InputDone
from inspector.findings.registry import RULES
from inspector.findings.rule import Finding, Rule, Sign
from inspector.findings.tally import MOST
from inspector.findings.watch import watching
from inspector.transcript import Transcript
from inspector.ui.glyphs import UNICODE
from inspector.ui.lines import wrapped
from inspector.ui.moment import Canvas
from inspector.ui.panes.detail import Detail
from inspector.ui.panes.explanation import explained
from inspector.ui.panes.finding_list import FindingRows
from inspector.ui.panes.source import as_hex, as_json
from inspector.ui.screens.findings import FindingList
from inspector.wire.frame import Frame
from tests.ui.driving import FRAMES, Bytes, Driven, Live, Recording, chunk, driven, frame
from tests.ui.rules import watch, watch_for_ends

STEPS: list[tuple[str, list[str], int, str]] = [
    ("e goes to the first", ["e"], 1, "XX001"),
    ("e lights what is at the cursor first", ["l", "e"], 1, "XX001"),
    ("e goes on", ["e", "e"], 3, "XX002"),
    ("e goes through all of a frame", ["e", "e", "e"], 3, "XX001"),
    ("e passes over infos", ["e", "e", "e", "e", "e"], 8, "XX003"),
    ("E goes back, through all of a frame", ["4", "colon", "4", "enter", "E", "E"], 3, "XX001"),
    ("E goes back from the end", ["G", "E", "E"], 4, "XX003"),
]


@pytest.mark.parametrize(("keys", "cursor", "code"), [case[1:] for case in STEPS], ids=[case[0] for case in STEPS])
async def test_a_key_leads_to_the_next_finding_and_tells_it(keys: list[str], cursor: int, code: str) -> None:
    async with driven(watch=watch) as run:
        await run.press(*keys)
        assert run.cursor == cursor
        assert run.document.lit is not None
        assert run.document.lit.code == code
        assert code in run.text()


async def test_where_no_finding_follows_that_is_said() -> None:
    async with driven(watch=watch) as run:
        await run.press("G", "e", "e")
        assert run.cursor == 8
        assert "There is no error or warning after this." in run.text()
        await run.press("g", "E")
        assert "There is no error or warning before this." in run.text()


def _many(moment: InputDone) -> Iterator[Sign]:
    yield from (Sign("it is broken", frame=number % 5, about=number) for number in range(MOST + 2))


async def test_that_there_are_more_findings_of_a_rule_than_are_listed_is_said() -> None:
    rule = Rule("XX009", "broken", "error", "What.\n\nWhy.\n\nDo.", {InputDone: _many})
    async with driven(watch=lambda: watching([rule])) as run:
        assert f"✗ {MOST}+  ! lists" in run.lines()[0]
        await run.press("G", "e")
        assert "Nothing listed comes after this. Of XX009 there is more" in run.text()
        await run.press("exclamation_mark", "end")
        assert f"of {MOST}: {MOST:,} errors and more" in run.text()
        assert "XX009 came 2 more times" in run.text()


@pytest.mark.parametrize("size", [(60, 15), (80, 24), (120, 34)], ids=lambda size: f"{size[0]}x{size[1]}")
async def test_errors_and_warnings_are_counted_in_the_first_line_and_marked_in_chunks_and_timeline(
    size: tuple[int, int],
) -> None:
    async with driven(size=size, watch=watch) as run:
        lines = run.lines()
        assert "✗ 2  ⚠ 3" in lines[0]
        timeline = lines[-2]
        assert (timeline.count("✗"), timeline.count("⚠")) == (2, 2)
        rows = [line for line in lines if "s1 tool" in line or "[DONE]" in line]
        marks = [next((mark for mark in "✗⚠" if f"{mark} s" in row), None) for row in rows[:4]]
        assert marks == ["✗", None, "✗", "⚠"]


async def test_a_click_on_the_counts_lists_the_findings() -> None:
    async with driven(watch=watch) as run:
        await run.pilot.click("#header", offset=(run.lines()[0].index("✗ 2"), 0))
        await run.pilot.pause()
        assert isinstance(run.app.screen, FindingList)


async def test_the_list_names_each_finding_and_explains_the_selected_one() -> None:
    async with driven(watch=watch, size=(140, 40)) as run:
        await run.press("!", "down")
        said = run.text()
        assert "Finding 2 of 5: 2 errors, 3 warnings; not listed: 2 infos" in said
        for each in ["✗ error XX001 call-begins", "⚠ warn  XX002 second-call", "frame 3", "has a [b]name[/b]"]:
            assert each in said
        for each in ["XX002 second-call", "What it is: ", "Why it hurts: ", "What to do: Look at the bytes, and then"]:
            assert each in said
        await run.press("!")
        assert len(run.app.screen_stack) == 1


async def test_enter_leads_to_the_frame_and_lights_its_bytes_among_the_raw_ones() -> None:
    async with driven(watch=watch) as run:
        await run.press("!", "down", "down", "enter")
        assert len(run.app.screen_stack) == 1
        assert run.cursor == 3
        assert lit_text(run) == '"name": "get_weather"'
        await run.press("E")
        assert lit_text(run) == '"index": 1'


NAME = '"name": "get_weather"'
SIZES = [(60, 20), (80, 24), (120, 34), (200, 50)]


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize(("mode", "presses"), [("fields", 1), ("json", 2), ("hex", 3)])
async def test_the_bytes_are_lit_in_json_and_in_hex_too(mode: str, presses: int, size: tuple[int, int]) -> None:
    marked = {"fields": "", "json": NAME, "hex": hex_and_text(NAME.encode())}
    async with driven(watch=watch, size=size) as run:
        await run.press("!", "down", "down", "enter", "z", *["v"] * presses)
        assert run.app.main.query_one(Detail).mode == mode
        assert sorted(lit_text(run).replace(" ", "")) == sorted(marked[mode].replace(" ", ""))


def hex_and_text(data: bytes) -> str:
    return data.hex() + data.decode()


HEX = [
    (90, ["67 68 69ghi", "6a 6b 6c 6d 6e 6f 70 71  72jklmnopqr"]),
    (60, ["67 68 69ghi", "6a 6b 6c 6d 6e 6f 70 71jklmnopq", "72r"]),
]


@pytest.mark.parametrize(("width", "marked"), HEX, ids=["16 bytes a row", "8 bytes a row"])
def test_bytes_are_marked_in_hex_as_codes_and_as_characters(width: int, marked: list[str]) -> None:
    (drawn,) = as_hex(Frame(0, 100, 126, b"0123456abcdefghijklmnopqrs"), Canvas(width), (113, 125)).blocks
    lines = [drawn.line(row) for row in range(drawn.height)]
    lit = ["".join(span.text for span in line if "found" in span.look.split()) for line in lines]
    assert [each for each in lit if each] == marked


DATA = [
    (b'data: {"a": {"b": "x y", "c": [1, 2]}}\n\n', b'"c": [1, 2]', '"c": [1, 2]'),
    (b'data: {"a": {"b": "x y", "c": [1, 2]}}\n\n', b'x y", "c"', 'x y","c"'),
    ('data: {"a": "漢字", "b": "é"}\n\n'.encode(), "字".encode(), "字"),
    (b'{"a": 1, "b": 2}\n', b'{"a": 1, "b": 2}', '{"a":1,"b":2}'),
    (b"data: {broken: 1\n\n", b"broken", "broken"),
    (b"data:    \n\n", b"  ", ""),
    (b'data: {"a":\ndata: 1}\n\n', b'"a"', ""),
    (b'id: 7\ndata: {"a": 7}\n\n', b"id: 7", ""),
]


@pytest.mark.parametrize("width", [20, 80])
@pytest.mark.parametrize(("block", "found", "lit"), DATA, ids=[repr(each[1]) for each in DATA])
def test_bytes_are_marked_in_json_where_they_are_bytes_of_it(block: bytes, found: bytes, lit: str, width: int) -> None:
    store = Bytes(block)
    transcript = Transcript(store.read)
    transcript.feed(block)
    transcript.finish()
    at = block.index(found)
    (drawn,) = as_json(transcript.frame(0), Canvas(width), (at, at + len(found))).blocks
    spans = [span for row in range(drawn.height) for span in drawn.line(row)]
    assert "".join(span.text for span in spans if "found" in span.look.split()).replace(" ", "") == lit.replace(" ", "")


async def test_in_tabs_enter_leads_to_the_tab_of_the_detail() -> None:
    async with driven(watch=watch, size=(80, 24)) as run:
        await run.press("!", "enter")
        assert "detail" in run.shown_panes()
        assert lit_text(run) == '"name": "get_weather"'


async def test_bytes_far_on_in_a_frame_are_shown_and_scrolled_to() -> None:
    long = chunk('{"content": "%s", "tool_calls": [{"index": 0, "function": {"name": "f"}}]}' % ("long " * 10_000))
    async with driven(Recording(long), watch=watch) as run:
        await run.press("!", "enter")
        assert lit_text(run) == '"name": "f"'


async def test_the_detail_tells_what_was_found_in_a_frame_that_was_stepped_to() -> None:
    async with driven(watch=watch, size=(140, 40)) as run:
        await run.press("l", "l")
        assert "call-begins" not in run.text()
        await run.press("l", "v", "v", "v")
        assert run.app.main.query_one(Detail).mode == "raw"
        assert "✗ error XX001 call-begins: call 1 (get_weather) has a [b]name[/b]" in run.text()
        assert lit_text(run) == '"name": "get_weather"'


async def test_f_lists_errors_alone_then_all_says_which_comes_next_and_e_goes_by_what_is_listed() -> None:
    async with driven(watch=watch) as run:
        await run.press("!")
        assert "f errors only" in run.text()
        await run.press("f")
        assert "Finding 1 of 2: 2 errors; not listed: 3 warnings, 2 infos" in run.text()
        assert "f all" in run.text()
        await run.press("escape", "e", "e", "e")
        assert run.cursor == 3
        assert "There is no error after this." in run.text()
        await run.press("!", "f")
        assert "of 7: 2 errors, 3 warnings, 2 infos ━" in run.text()
        await run.press("f")
        assert "not listed: 2 infos" in run.text()


@pytest.mark.parametrize("size", [(60, 24), (80, 24), (100, 30)], ids=lambda size: f"{size[0]}x{size[1]}")
async def test_the_advice_is_seen_without_scrolling_and_the_list_has_no_empty_rows(size: tuple[int, int]) -> None:
    async with driven(watch=watch, size=size) as run:
        await run.press("!")
        said = run.text()
        assert "What to do: Look at the bytes" in said
        assert said.index("has a [b]name[/b]") < said.index("What to do: ") < said.index("What it is: ")
        rows = run.app.screen.query_one(FindingRows)
        assert rows.scrollable_content_region.height <= rows.view.height
        assert "esc closes" in said


def test_the_advice_of_nearly_all_rules_fits_at_80_columns_and_24_rows() -> None:
    finding = Finding("TC000", "name", "error", "s1", None, 9, 1_000, 2_000, "what was seen " * 12, "")
    hidden = []
    for rule in RULES:
        lines = explained(replace(finding, advice=rule.advice), rule, UNICODE)
        until = next(place for place, line in enumerate(lines) if line and line[0].text == "What it is: ")
        if sum(len(wrapped(line, 71)) for line in lines[: until - 1]) > 11:
            hidden.append(rule.code)
    assert len(hidden) <= len(RULES) // 50, hidden


async def test_what_to_do_is_told_along_with_a_finding_where_there_is_room() -> None:
    for size, is_told in [((80, 24), True), ((80, 20), False)]:
        async with driven(watch=watch, size=size) as run:
            await run.press("e")
            assert "XX001 call-begins" in run.text()
            assert ("What to do: Look at the bytes" in run.text()) is is_told


async def test_the_list_begins_at_the_cursor_and_ends_are_a_key_away() -> None:
    async with driven(watch=watch) as run:
        await run.press("colon")
        run.app.screen.query_one(Input).value = "4"
        await run.press("enter", "!")
        assert "▶ ⚠ warn  XX003 over         frame 4" in run.text()
        await run.press("home")
        assert "▶ ✗ error XX001 call-begins  frame 1" in run.text()
        assert "Finding 1 of 5:" in run.text()
        await run.press("end")
        assert "Finding 5 of 5:" in run.text()
        await run.press("enter")
        assert run.cursor == 8


async def test_a_click_selects_a_finding_and_another_one_leads_there() -> None:
    async with driven(watch=watch) as run:
        await run.press("!")
        await run.pilot.click("#finding-rows", offset=(10, 2))
        await run.pilot.pause()
        assert "▶ ⚠ warn  XX002" in run.text()
        await run.pilot.click("#finding-rows", offset=(10, 2))
        await run.pilot.pause()
        assert run.cursor == 3


async def test_the_explanation_is_copied_whole() -> None:
    async with driven(watch=watch, size=(60, 15)) as run:
        await run.press("!", "y")
        assert run.app.clipboard.startswith("✗ error  XX001 call-begins\nframe 1 · bytes 288 to 309 · stage s1\n")
        assert "no more." in run.app.clipboard
        assert "A thing that is called call-begins: a test wants it there" in run.app.clipboard


HEALTHY = b"".join([chunk('{"role": "assistant", "content": "Hi"}'), frame("[DONE]")])
EMPTY = [
    ("healthy", HEALTHY, "Nothing was found: 4 rules looked at 2 frames; "),
    ("raw", b'data: {"type": "x"}\n\n', "No dialect knows these chunks"),
    ("raw, and healthy", b'data: {"type": "x"}\n\n', "Nothing was found in how 1 frame is framed."),
    ("no bytes", b"", "There are no frames to look at."),
]


@pytest.mark.parametrize(("data", "said"), [case[1:] for case in EMPTY], ids=[case[0] for case in EMPTY])
async def test_an_empty_list_says_why(data: bytes, said: str) -> None:
    async with driven(Recording(data), watch=watch_for_ends) as run:
        assert "lists" not in run.lines()[0]
        await run.press("!", "down", "enter", "f")
        assert said in run.text()
        assert isinstance(run.app.screen, FindingList)


async def test_a_list_that_is_empty_by_the_filter_says_so() -> None:
    async with driven(Recording(FRAMES[0]), watch=watch) as run:
        await run.press("!")
        assert "Nothing worse was found: 1 info not listed, f lists more." in run.text()


async def test_the_list_of_a_live_run_says_how_far_it_looked_and_grows() -> None:
    source = Live()
    async with driven(source, watch=watch) as run:
        source.send(FRAMES[0])
        await run.until(lambda: run.document.last == 0)
        run.document.least = "error"
        await run.press("!")
        assert "not listed" in run.text()
        source.send(FRAMES[1])
        await run.until(lambda: run.document.last == 1)
        screen = run.app.screen
        assert isinstance(screen, FindingList)
        screen.catch_up()
        await run.pilot.pause()
        assert "▶ ✗ error XX001 call-begins  frame 1" in run.text()
        source.end()


async def test_what_a_rule_says_of_a_hostile_stream_is_clean_and_a_broken_rule_shows_its_trace() -> None:
    def check(moment: InputDone) -> Iterator[Sign]:
        yield Sign("\x1b[2J[/foo][@click=app.quit]\u202egnp.exe\n╔═", needle=b"[DONE]")
        raise ZeroDivisionError("a bug")

    hostile = Rule("XX009", "hostile", "error", "What.\n\nWhy.\n\nDo [b]this[/b].", {InputDone: check})
    async with driven(watch=lambda: watching((hostile,)), size=(140, 50)) as run:
        await run.press("e", "!")
        for each in ["TS199 broken-rule", "ZeroDivisionError: a bug", "report it, with the recording"]:
            assert each in run.text()
        await run.press("down")
        for each in ["[/foo][@click=app.quit]", "Do [b]this[/b]."]:
            assert each in run.text()
        assert not {"\x1b", "\u202e"} & set(run.text())


async def test_all_of_it_is_ascii_where_that_is_asked_for() -> None:
    async with driven(watch=watch, ascii_only=True, size=(140, 40)) as run:
        for key in ["e", "!", "f", "tab", "enter", "escape", "!", "enter"]:
            await run.press(key)
            assert run.text().isascii(), sorted(set(run.text()) - set(map(chr, range(128))))


def lit_text(run: Driven) -> str:
    """What is in sight of the bytes of a finding."""
    pane = run.app.main.query_one(Detail)
    first = pane.scroll_offset.y
    rows = range(first, min(first + pane.scrollable_content_region.height, pane.view.height))
    return "".join(span.text for row in rows for span in pane.view.line(row) if "found" in span.look.split())
