"""Calls in texts: which are shown at which frame, what is said of each, and what looking for them costs."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from inspector.transcript import Transcript
from inspector.ui.lines import View, cells, plain
from inspector.ui.moment import Canvas, Moment
from inspector.ui.panes import calls, written_calls
from tests.shared import SHARED, needs_shared
from tests.ui.panes.streams import (
    DONE,
    HERMES,
    STREAMS,
    call,
    finish,
    reasoning,
    sse,
    staged,
    staged_chunk,
    text,
    transcript,
)

OSLO = '{"city": "Oslo"}'
SERVER = call(OSLO, 0, "call_1", "get_weather")
LIMA = call(OSLO.replace("Oslo", "Lima"), 0, "call_1", "get_weather")
SENT = "⚠ get_weather  format hermes"
NOT_RUN = f"{SENT} · not run"
THOUGHT = "in the reasoning"
HEADING = "written as text  not the server's calls"
END = (finish("stop"), DONE)


def lines(view: View) -> list[str]:
    return [plain(view.line(row)).strip() for row in range(view.height)]


def seen(made: Transcript, n: int, width: int = 60, choice: int = 0) -> list[str]:
    return lines(calls.view(Moment(made, n, choice), Canvas(width)))


SAID: dict[str, tuple[bytes, list[str]]] = {
    "in the content": (sse(text(HERMES), *END), [HEADING, NOT_RUN]),
    "in the reasoning": (sse(reasoning(HERMES), *END), [HEADING, NOT_RUN, THOUGHT]),
    "in the thoughts within the content": (
        sse(text(f"<think>\n{HERMES}\n</think>\nHi"), *END),
        [HEADING, NOT_RUN, THOUGHT],
    ),
    "in both": (sse(reasoning(HERMES), text(HERMES), *END), [HEADING, NOT_RUN, THOUGHT, NOT_RUN]),
    "in another choice": (sse(text("Hi"), text(HERMES, 1), *END), []),
    "in code in the reasoning": (sse(reasoning(f"Like `{HERMES}`."), *END), []),
    "twice": (sse(text(HERMES), SERVER, *END), ["⚠ also written as text", HEADING, SENT, "also sent as call 0"]),
    "twice, in the reasoning": (
        sse(reasoning(HERMES), SERVER, *END),
        ["also written in the reasoning", HEADING, SENT, f"{THOUGHT} · also sent as call 0"],
    ),
    "twice, in the reasoning and in the content": (
        sse(text(HERMES), reasoning(HERMES), SERVER, *END),
        [
            "⚠ also written as text",
            HEADING,
            *(SENT, "also sent as call 0"),
            *(SENT, f"{THOUGHT} · also sent as call 0"),
        ],
    ),
    "once as text, twice as a call": (
        sse(text(HERMES), SERVER, call(OSLO, 1, "call_2", "get_weather"), *END),
        [*["⚠ also written as text"] * 2, HEADING, SENT, "also sent as call 0, 1"],
    ),
    "beside a call with other arguments": (sse(text(HERMES), LIMA, *END), [HEADING, NOT_RUN]),
    "beside a call that is cut": (
        sse(text(HERMES), call(OSLO[:-1], 0, "call_1", "get_weather"), *END),
        [HEADING, NOT_RUN],
    ),
    "without marks": (
        sse(text('{"name": "get_weather", "parameters": {"city": "Oslo"}}'), *END),
        [HEADING, NOT_RUN.replace("hermes", "generic_json")],
    ),
    "cut in its name": (
        sse(text("I look.\n" + HERMES[:24]), finish("length"), DONE),
        [HEADING, f"{NOT_RUN.replace('get_weather', HERMES[22:24] + '…')}", "incomplete"],
    ),
    "cut with the stream": (sse(text(HERMES[:50])), [HEADING, NOT_RUN, "incomplete"]),
    "in a sentence": (sse(text(f"Models write {HERMES}, for one."), *END), []),
    "in the turn after the same call": (
        b"".join(
            [
                staged_chunk("s", SERVER),
                staged_chunk("s", finish("tool_calls")),
                staged("s", "tool_summary", tool_summary={"call_1": "17"}),
                staged("s", "tool_completion_chunk", tool_results=text(HERMES)),
            ]
        ),
        [HEADING, NOT_RUN],
    ),
}
_TELLING = ("also", "format", "written", THOUGHT, "incomplete")


@pytest.mark.parametrize(("stream", "said"), SAID.values(), ids=SAID)
def test_at_the_end_it_is_said_where_a_call_stands_and_whether_it_was_sent_too(stream: bytes, said: list[str]) -> None:
    made = transcript(stream)
    assert [row for row in seen(made, made.framed - 1) if any(word in row for word in _TELLING)] == said


@pytest.mark.parametrize("width", [24, 36, 46, 57, 78, 140])
def test_the_words_that_tell_stand_at_every_width(width: int) -> None:
    made = transcript(STREAMS["written"])
    view = calls.view(Moment(made, made.framed - 1), Canvas(width))
    assert max(cells(view.line(row)) for row in range(view.height)) <= width
    for word, count in {THOUGHT: 1, "also sent as call 0": 2, "also written as text": 1, "not run": 1}.items():
        assert " ".join(lines(view)).count(word) == count


def test_names_that_are_too_long_are_cut() -> None:
    made = transcript(sse(text(HERMES.replace("get_weather", "w" * 100)), *END))
    assert seen(made, 2, 40)[1:3] == [f"⚠ {'w' * 37}…", "not run"]


def frames_of(made: Transcript, word: str) -> list[int]:
    return [n for n in range(made.framed) if any(word in row for row in seen(made, n))]


def test_each_frame_shows_what_was_there_forwards_and_backwards() -> None:
    made, canvas = transcript(STREAMS["written"]), Canvas(60)
    fresh = [seen(made, n) for n in range(made.framed)]
    there = [*range(made.framed), *reversed(range(made.framed)), 8, 0, 4, 1]
    assert all(lines(calls.view(Moment(made, n), canvas)) == fresh[n] for n in there)
    assert [frames_of(made, word)[0] for word in ("in the reasoning", "also sent", "also written as text")] == [1, 4, 5]


def test_what_is_new_is_kept_in_sight() -> None:
    made = transcript(sse(SERVER, text(HERMES[:40]), text(HERMES[40:]), call(" ", 0)))
    assert [calls.view(Moment(made, n), Canvas(60)).follow for n in range(4)] == [2, 2, 8, 3]


RECORDED = {
    "a draft that is sent then": (
        "corpus/xai-chat-fixtures-xai-tool-call.jsonl",
        ["also written in the reasoning", "⚠ weather  format granite_20b_fc", "in the reasoning · also sent as call 0"],
    ),
    "a draft that is all there is": (
        "stages/ta-chat-reasoning.sse",
        ["⚠ get_weather  format hermes · not run", "in the reasoning"],
    ),
    "two calls in the content": (
        "captures/llamacpppython-tool-parallel.sse",
        ["⚠ get_weather  format hermes · not run", "⚠ get_weather  format hermes · not run"],
    ),
    "a call that the limit of tokens cut in its name": (
        "corpus/vllm-chat-qwen3-0-6b-chat-completion-incomplete-tool.jsonl",
        ["⚠ get…  format hermes · not run", "incomplete"],
    ),
    "JSON in a fence": ("stages/ta-tool-qwen-fenced.sse", ["⚠ get_weather  format generic_json · not run"]),
}


@needs_shared
@pytest.mark.parametrize(("file", "said"), RECORDED.values(), ids=RECORDED)
@pytest.mark.parametrize("width", [57, 78])
def test_real_servers_leave_calls_in_their_texts(file: str, said: list[str], width: int) -> None:
    made = transcript(Path(SHARED, file).read_bytes())
    told = iter(seen(made, made.framed - 1, width))
    assert all(each in told for each in said)
    shown = [sum("format" in row for row in seen(made, n, width)) for n in range(made.framed)]
    assert shown == sorted(shown)


def test_a_text_is_looked_through_once_for_each_size_and_a_very_long_one_never(monkeypatch: pytest.MonkeyPatch) -> None:
    sizes: list[int] = []

    def counted(said: str, tools: Any, **how: Any) -> list[Any]:
        sizes.append(len(said))
        return []

    monkeypatch.setattr(written_calls, "calls_in", counted)
    half = "x" * (written_calls.MOST_BYTES // 2)
    made, canvas = transcript(sse(reasoning(half), reasoning(half), text("a"), text("b"), reasoning("x"))), Canvas(60)
    for n in (0, 0, 1, 2, 3, 4, 4):
        calls.view(Moment(made, n), canvas)
    assert sizes == [len(half), 2 * len(half), 1, 2, 2]  # once more at the end, where what is cut is shown too
