"""Every pane at many moments of every stream, as text that a person has read through."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from inspector.transcript import Transcript
from inspector.ui.glyphs import ASCII, UNICODE, Glyphs
from inspector.ui.lines import View
from inspector.ui.moment import Canvas, Moment
from inspector.ui.panes import calls, chunks, detail, results, synthesis, timeline
from tests.ui.panes.golden import compare, drawn, width_of
from tests.ui.panes.streams import DONE, STREAMS, call, finish, sse, transcript

WIDTH = 60


def chunks_view(moment: Moment, canvas: Canvas) -> View:
    return chunks.view(moment, canvas, chunks.Labels(moment.transcript, canvas.glyphs))


def detail_view(mode: detail.Mode) -> Callable[[Moment, Canvas], View]:
    def view(moment: Moment, canvas: Canvas) -> View:
        n = moment.n
        return detail.view(moment, canvas, moment.transcript.frame(n) if n >= 0 else None, mode)

    return view


EVERY_FRAME: dict[str, Callable[[Moment, Canvas], View]] = {
    "calls": calls.view,
    "results": results.view,
    "synthesis": synthesis.view,
    "timeline": timeline.view,
    "fields": detail_view("fields"),
    "json": detail_view("json"),
}
LAST_FRAME: dict[str, Callable[[Moment, Canvas], View]] = {"raw": detail_view("raw"), "hex": detail_view("hex")}


def times(byte: int) -> float:
    return byte / 1000


def sections(
    made: Transcript, pane: Callable[[Moment, Canvas], View], frames: range, glyphs: Glyphs = UNICODE
) -> Iterator[str]:
    """One section a frame; what did not change since the frame before is not said again."""
    before: list[str] = []
    for n in frames:
        for choice in sorted({0} | (set(stage.choices) if (stage := made.stage_at(n)) else set())):
            view = pane(Moment(made, n, choice), Canvas(WIDTH, glyphs))
            lines = list(drawn(view))
            if lines != before:
                yield f"\n# frame {n}" + (f", choice {choice}" if choice else "")
                yield from lines
            before = lines


@pytest.mark.parametrize("pane", EVERY_FRAME)
@pytest.mark.parametrize("stream", STREAMS)
def test_a_pane_shows_each_frame_as_it_did_when_it_was_read_through(stream: str, pane: str) -> None:
    made = transcript(STREAMS[stream], times if stream in ("stages", "parallel") else None)
    compare(f"{pane}-{stream}", "\n".join(sections(made, EVERY_FRAME[pane], range(-1, made.framed))).lstrip() + "\n")


@pytest.mark.parametrize("stream", STREAMS)
def test_the_list_of_frames_is_as_it_was_when_it_was_read_through(stream: str) -> None:
    made = transcript(STREAMS[stream], times if stream in ("stages", "parallel") else None)
    n = made.framed // 2 if made.framed else -1
    compare(f"chunks-{stream}", "\n".join(sections(made, chunks_view, range(n, n + 1))).lstrip() + "\n")


@pytest.mark.parametrize("mode", LAST_FRAME)
def test_the_bytes_of_a_frame_are_as_they_were_when_they_were_read_through(mode: str) -> None:
    made = transcript(STREAMS["hostile"])
    compare(f"{mode}-hostile", "\n".join(sections(made, LAST_FRAME[mode], range(1, 5))).lstrip() + "\n")


@pytest.mark.parametrize("view", [calls.view, results.view, synthesis.view])
def test_of_chunks_that_no_dialect_knows_no_pane_says_what_the_model_did(view: Callable[..., View]) -> None:
    made = transcript(b'event: content_block_start\ndata: {"type": "content_block_start"}\n\n')
    assert made.dialect == "raw"
    assert str(view(Moment(made, 0), Canvas(200)).text()).startswith("Nothing is read from these frames")


def test_a_call_that_the_token_limit_cut_says_so_whatever_comes_after_it() -> None:
    made = transcript(sse(call('{"la', 0, "c1", "f"), finish("length"), DONE))
    said = [calls.view(Moment(made, n), Canvas(60)).text() for n in range(3)]
    assert ["the token limit cut it off" in each for each in said] == [False, True, True]


def test_ascii_glyphs_are_ascii() -> None:
    made = transcript(STREAMS["parallel"])
    panes = {**EVERY_FRAME, "chunks": chunks_view, **LAST_FRAME}
    said = "\n".join(line for pane in panes.values() for line in sections(made, pane, range(-1, made.framed), ASCII))
    assert said.isascii()


@pytest.mark.parametrize("width", [1, 2, 3, 5, 8, 13, 21, 34, 55, 200])
@pytest.mark.parametrize("stream", STREAMS)
def test_no_line_is_wider_than_the_pane_whatever_its_width(stream: str, width: int) -> None:
    made = transcript(STREAMS[stream])
    for pane in (*EVERY_FRAME.values(), chunks_view, *LAST_FRAME.values()):
        for n in range(-1, made.framed):
            view = pane(Moment(made, n), Canvas(width))
            for row in range(view.height):
                if width >= 34:
                    assert width_of(view.line(row)) <= width
                view.link_at(row, 0)
