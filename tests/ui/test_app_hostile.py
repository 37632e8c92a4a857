"""Strings from outside in every place of the app that shows one (RELIABILITY V2, V3)."""

from __future__ import annotations

import json
import re
import unicodedata

import pytest
from textual import events

from inspector.sources.source import Notice
from tests.ui.driving import Driven, Recording, driven, frame

ATTACK = "\x1b]52;c;UFdO\x07\x1b[2J\x9b31m\u202eabc\u200b\ud800 [/foo][@click=app.quit]x[/][a-z]+[/\\w][bold"
NEVER_DRAWN = {"Cc", "Cf", "Cs"}


def hostile_stream() -> bytes:
    """An attack in every field that is shown: ids, names, arguments, texts, model, stage, status, results, errors."""
    call = {"index": 0, "id": ATTACK, "function": {"name": ATTACK, "arguments": json.dumps({ATTACK: ATTACK})}}
    deltas = [{"content": ATTACK}, {"reasoning_content": ATTACK}, {"refusal": ATTACK}, {"tool_calls": [call]}]
    chunks = [
        {
            "stage_id": ATTACK,
            "chunk": {"object": "chat.completion.chunk", "model": ATTACK, "choices": [{"delta": each}]},
        }
        for each in deltas
    ]
    frames = [frame(json.dumps(chunk)) for chunk in chunks]
    frames.append(frame(json.dumps({"stage_id": ATTACK, "tool_summary": {ATTACK: ATTACK}})))
    raw = ATTACK.encode("utf-8", "surrogatepass")
    frames += [b"event: " + raw + b"\nid: " + raw + b"\n" + raw + b"\ndata: {" + raw + b"\n\n"]
    frames.append(b"event: error\n" + frame(json.dumps({"stage_id": ATTACK, "error": ATTACK})))
    return b"".join(frames)


def hold_harmless(run: Driven) -> None:
    odd = {char for char in run.text().replace("\n", "") if unicodedata.category(char) in NEVER_DRAWN}
    assert odd == set()
    for style in run.styles():
        assert style.link is None
        assert not any("quit" in str(value) for value in style.meta.values())


SCREENS = [
    ("the first frame", []),
    ("the end", ["G"]),
    ("tool calls", ["G", "2", "z"]),
    ("results", ["G", "3", "z"]),
    ("synthesis, all unfolded", ["G", "4", "z", "down", "enter"]),
    ("raw bytes", ["G", "h", "5", "z"]),
    ("fields", ["G", "h", "5", "z", "v"]),
    ("JSON", ["l", "5", "z", "v", "v"]),
    ("hex", ["G", "h", "5", "z", "v", "v", "v"]),
    ("the list of stages", ["w"]),
    ("the list of files", ["f2"]),
    ("help", ["question_mark"]),
    ("a copy", ["G", "2", "y"]),
]


@pytest.mark.parametrize("keys", [keys for _, keys in SCREENS], ids=[name for name, _ in SCREENS])
@pytest.mark.parametrize("size", [(80, 24), (140, 40)], ids=["80x24", "140x40"])
async def test_no_string_from_outside_acts_or_vanishes(keys: list[str], size: tuple[int, int]) -> None:
    source = Recording(hostile_stream(), name=f"{ATTACK}.sse", items=[Notice(ATTACK)])
    async with driven(source, size=size) as run:
        await run.press(*keys)
        hold_harmless(run)
        assert run.app.return_code is None


async def test_an_answer_to_a_hostile_target_is_harmless() -> None:
    async with driven(Recording(hostile_stream())) as run:
        await run.press("colon", *"stage")
        run.app.post_message(events.Paste(f" {ATTACK}x"))
        await run.press("enter")
        hold_harmless(run)
        assert "There is no stage ␛]52" in run.text()


async def test_what_is_copied_is_clean_unless_asked_for_raw() -> None:
    async with driven(Recording(hostile_stream())) as run:
        await run.press("G", "2", "y")
        assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e]", run.app.clipboard)
        await run.press("h", "Y")
        assert "\x1b]52" in run.app.clipboard


async def test_clicks_all_over_the_screen_run_no_action_of_the_data() -> None:
    async with driven(Recording(hostile_stream()), size=(100, 30)) as run:
        await run.press("G")
        for y in range(0, 29, 2):
            for x in (3, 50, 70):
                await run.pilot.click(offset=(x, y))
        assert run.app.return_code is None
