"""The official SDK over small answers, in its own process: what it makes of them, what it raises, how it is ended."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from inspector.client_views.answer import answer_at
from inspector.client_views.view import GaveUp
from inspector.official_sdk.pieces import Piece, pieces
from inspector.official_sdk.running import SdkRun
from tests.client_views.test_policies import opened
from tests.dialects.reading import Json, calls, chunk, fragment, text

ROLE = chunk({"role": "assistant"})
END = chunk(finish="tool_calls")


def run(*payloads: Json | str) -> SdkRun:
    transcript = opened(*payloads)
    answer = answer_at(transcript, 0)
    assert answer is not None
    made = SdkRun(pieces(transcript, answer))
    made.run()
    return made


def test_it_adds_up_what_is_sent_as_openai_sends_it() -> None:
    begun = calls(fragment(0, "a", "f", "", type="function"))
    made = run(ROLE, begun, calls(fragment(0, arguments="{}")), END, "[DONE]")
    assert made.view.gave_up is None
    assert [tuple(call) for call in made.view.calls(1)] == [("a", "f", "")]
    assert [tuple(call) for call in made.view.calls()] == [("a", "f", "{}")]
    assert made.name.startswith("official openai SDK 3")


RAISES = {
    "a fragment without an index": ([calls(fragment(None, "a", "f", "{}"))], 1, "TypeError"),
    "an index that starts at 1": ([calls(fragment(1, "a", "f", "{}"))], 1, "IndexError"),
    "a type that is null later": (
        [calls(fragment(0, "a", "f", "", type="function")), calls(fragment(0, arguments="{}", type=None))],
        2,
        "AssertionError",
    ),
    "lists of parts as content": ([text([{"type": "text"}]), text([{"type": "text"}])], 2, "RuntimeError"),
    "data that is no JSON": (["{half"], 1, "JSONDecodeError"),
    "an answer that is too long": ([text("a"), chunk(finish="length")], 2, "LengthFinishReasonError"),
}


@pytest.mark.parametrize(("chunks", "frame", "error"), RAISES.values(), ids=RAISES)
def test_what_it_raises_is_told_with_the_frame_that_made_it(chunks: list[Json | str], frame: int, error: str) -> None:
    made = run(ROLE, *chunks)
    assert made.raised == error
    assert made.view.gave_up is not None
    assert made.view.gave_up.frame == frame
    assert made.view.gave_up.reason.startswith(error)


def test_calls_that_it_runs_together_are_shown_so() -> None:
    made = run(ROLE, calls(fragment(0, "a", "f", "{}")), calls(fragment(0, "b", "g", "{}")), END)
    assert [tuple(call) for call in made.view.calls()] == [("ab", "fg", "{}{}")]


def test_it_is_ended_when_its_time_is_over() -> None:
    made = SdkRun([Piece(0, b"data: {}\n\n")], limit_s=0.01)
    made.run()
    assert made.view.gave_up is not None
    assert made.raised is None


def test_it_can_be_stopped_before_and_while_it_runs() -> None:
    def endless() -> Iterator[Piece]:
        for n in range(1000):
            yield Piece(n, b": \n\n")
            if n == 10:
                made.cancel()

    made = SdkRun(endless())
    made.run()
    made = SdkRun([Piece(0, b'data: {"object":"chat.completion.chunk","choices":[]}\n\n')] * 20_000)
    made.run(lambda frame: made.cancel())
    assert made.view.gave_up == GaveUp(0, "stopped")
