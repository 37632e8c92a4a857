"""What is large is shown by a part of it, says how much is left, and can be unfolded."""

from __future__ import annotations

import json

from inspector.ui.lines import View, plain
from inspector.ui.moment import Canvas, Moment
from inspector.ui.panes import calls, chunks, detail, results, synthesis
from tests.ui.panes.streams import call, sse, staged, staged_chunk, text, transcript

MEGABYTE = 1024 * 1024


def lines(view: View) -> list[str]:
    return [plain(view.line(row)) for row in range(view.height)]


def fold_of(view: View) -> str:
    """The name of the only thing that can be folded or unfolded."""
    links = {view.link_at(row, 4) for row in range(view.height)}
    (name,) = (link for link in links if isinstance(link, str))
    return name


def test_a_large_frame_is_named_without_reading_it() -> None:
    stream = sse(text("x" * MEGABYTE), text("y"))
    made = transcript(stream)

    def refuse(start: int, end: int) -> bytes:
        assert end - start < MEGABYTE
        return stream[start:end]

    made._read = refuse
    view = chunks.view(Moment(made, 0), Canvas(60), chunks.Labels(made, Canvas(60).glyphs))
    assert lines(view)[0].startswith("▶ 0  text of 1,048,")


def test_a_long_result_shows_its_first_part_and_more_when_it_is_unfolded() -> None:
    answer = staged("s", "tool_summary", tool_summary={"c": "words " * 200_000})
    made = transcript(staged_chunk("s", call("{}", 0, "c", "f")) + answer)
    view = results.view(Moment(made, 1), Canvas(60))
    assert lines(view)[-1] == "  ▸ 1,134,464 more characters: enter shows them"
    unfolded = results.view(Moment(made, 1), Canvas(60, unfolded=frozenset({fold_of(view)})))
    assert unfolded.height > 10 * view.height
    assert lines(unfolded)[-1] == "  151,424 more characters are not shown"


def test_the_tree_of_long_arguments_is_folded() -> None:
    arguments = json.dumps({"items": [f"item {n}" for n in range(3000)]})
    made = transcript(sse(call(arguments, 0, "c", "f")))
    view = calls.view(Moment(made, 0), Canvas(60))
    assert lines(view)[-1] == f"  ▸ tree of {len(arguments):,} bytes"
    unfolded = calls.view(Moment(made, 0), Canvas(60, unfolded=frozenset({fold_of(view)})))
    assert '  ▏  2999  "item 2999"' in lines(unfolded)


def test_of_a_very_long_text_the_end_is_shown_under_a_sentence() -> None:
    made = transcript(sse(text("words " * 500_000), text("the end")))
    drawn = lines(synthesis.view(Moment(made, 1), Canvas(60)))
    assert drawn[0] == "… 1,572,864 bytes came before this: step back to read them"
    assert drawn[-3].endswith("the end")


def test_a_large_frame_shows_its_first_part_in_every_text_mode() -> None:
    made = transcript(sse(text("x" * MEGABYTE)))
    modes: tuple[detail.Mode, ...] = ("raw", "json")
    for mode in modes:
        view = detail.view(Moment(made, 0), Canvas(60), made.frame(0), mode)
        assert lines(view)[-1].endswith(" more bytes: enter shows more")
        assert view.height < 400


def test_a_large_frame_is_seen_whole_in_hexadecimal() -> None:
    made = transcript(sse(text("x" * MEGABYTE)))
    view = detail.view(Moment(made, 0), Canvas(90), made.frame(0), "hex")
    assert view.height == -(-made.size // 16)
    assert lines(View(view.blocks[:0])) == []
    assert plain(view.line(view.height - 1)).endswith("..")
