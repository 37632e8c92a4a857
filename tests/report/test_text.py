"""`export --to text`: the stages as a person reads them, cleaned for any terminal."""

from __future__ import annotations

import pytest

from inspector.report.text import text as report
from inspector.transcript import Transcript
from tests.dialects.reading import Json, Reading, calls, chunk, fragment, named, sse, text


def text_of(data: bytes, stage: str | None = None) -> str:
    reading = Reading(data)
    return "".join(report(reading.transcript, reading.last, stage=stage))


ARGUMENTS = '{"city": "Oslo"}'


def envelope(event: str, **body: Json | str) -> tuple[str, str, Json]:
    return ("S-chunk-integ-1" if event == "synthesis" else ""), event, {"stage_id": "S"} | body


STAGE = named(
    envelope("tool", chunk=text("Let me see.", model="tiny")),
    envelope("tool", chunk=calls(fragment(0, "call_a", "get_weather", ARGUMENTS))),
    envelope("tool", chunk=chunk(finish="tool_calls")),
    envelope("tool_summary", tool_summary={"call_a": "17 °C\ncloudy"}),
    envelope("synthesis", chunk=text("It is 17 °C.")),
    envelope("done"),
)
WRITTEN = """\
# S · done · tiny

Text
  Let me see.

Call 0 get_weather [call_a] valid JSON
  {"city": "Oslo"}

Finish: tool_calls

Result call_a
  17 °C
  cloudy

Synthesis
  It is 17 °C.

"""


def test_a_whole_stage_is_written_in_the_order_it_came_in() -> None:
    assert text_of(STAGE) == WRITTEN


def test_the_text_after_a_frame_knows_nothing_of_the_frames_after_it() -> None:
    choices = [sse(text("x", id=key, choice=choice)) for key in ("A", "B") for choice in (0, 1)]
    data = b"".join([sse(text("x", id="A")), *choices[:2], sse("[DONE]"), *choices[2:]])
    whole = Reading(data)
    for n in range(whole.last + 1):
        until_n = Transcript(lambda start, end: data[start:end])
        until_n.feed(data)
        until_n.finish()
        until_n.decode_all(n)
        assert list(report(whole.transcript, n, stage=None)) == list(report(until_n, n, stage=None))


WORTH = {
    "cut arguments": ('{"city', "cut: not yet whole JSON"),
    "no arguments": ("", "no arguments"),
    "bad arguments": ("{'city'", "broken at byte 1"),
}


@pytest.mark.parametrize(("arguments", "worth"), WORTH.values(), ids=WORTH)
def test_a_call_says_what_its_arguments_are_worth(arguments: str, worth: str) -> None:
    assert f"Call 0 (no name) [no id] {worth}\n" in text_of(sse(calls(fragment(0, arguments=arguments))))


def test_an_error_stands_first_and_choices_are_told_apart() -> None:
    written = text_of(sse(text("a"), chunk({"content": "b"}, choice=1), {"error": "no more"}))
    assert (
        written.index("Error\n  no more")
        < written.index("Text (choice 0)\n  a")
        < written.index("Text (choice 1)\n  b")
    )


def test_nothing_that_a_terminal_could_act_on_is_written() -> None:
    evil = "\x1b]0;pwned\x07\x9b31m\u202e"
    written = text_of(sse(text(evil, model=evil), calls(fragment(0, evil, evil, evil)), {"error": evil}))
    assert not any(each in written for each in "\x1b\x07\x9b\u202e")


def test_an_input_without_any_stage_says_so() -> None:
    assert text_of(b": hi\n\n").startswith("No stage")


def test_one_stage_can_be_asked_for() -> None:
    two = STAGE + named(("", "chat_completion_chunk", {"stage_id": "T", "chunk": text("x")}))
    assert text_of(two, stage="S") == WRITTEN
