"""What each policy makes of the shapes in which servers stream calls, and where it parts from ours."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import pytest

from inspector.client_views.answer import AnswerChunk, answer_at, answers, chunks
from inspector.client_views.ours import our_view
from inspector.client_views.policies import POLICIES, Policy, Taking
from inspector.client_views.view import Change, GaveUp, View, parting
from inspector.transcript import Transcript
from tests.dialects.reading import Json, calls, chunk, fragment, sse, text

BY_INDEX, BY_ID, BY_CHUNK_ID, LAST, WHOLE = (policy.name for policy in POLICIES)
END = chunk(finish="tool_calls")


def opened(*payloads: Json | str) -> Transcript:
    data = sse(*payloads)
    transcript = Transcript(lambda start, end: data[start:end])
    transcript.feed(data)
    transcript.finish()
    transcript.decode_all()
    return transcript


def views(transcript: Transcript, n: int = 0) -> dict[str, View]:
    answer = answer_at(transcript, n)
    assert answer is not None
    given = list(chunks(transcript, answer))
    return {"ours": our_view(answer)} | {policy.name: view_by(policy, given) for policy in POLICIES}


def view_by(policy: Policy, given: Sequence[AnswerChunk]) -> View:
    taking = Taking(policy)
    for each in given:
        taking.take(each, each.fragments)
    return taking.view


class Shape(NamedTuple):
    """`parts` has, by policy, the frame at which it parts from ours; `gives_up` how some of these do."""

    name: str
    chunks: Sequence[Json]
    parts: dict[str, int]
    gives_up: dict[str, str] = {}  # noqa: RUF012 - never changed


SHAPES = (
    Shape(
        "an id and a name on the first fragment only",
        [calls(fragment(0, "a", "f", "")), calls(fragment(0, None, None, '{"x":')), calls(fragment(0, arguments="1}"))],
        {BY_ID: 1, BY_CHUNK_ID: 1, WHOLE: 0},
        {BY_ID: "KeyError: a fragment has no id"},
    ),
    Shape("a whole call in one chunk", [calls(fragment(0, "a", "f", "{}"))], {}),
    Shape(
        "the id in every fragment",
        [calls(fragment(0, "a", "f", '{"x":')), calls(fragment(0, "a", None, "1}"))],
        {WHOLE: 0},
    ),
    Shape(
        "id and name in every fragment",
        [calls(fragment(0, "a", "f", "{")), calls(fragment(0, "a", "f", "}"))],
        {WHOLE: 0},
    ),
    Shape(
        "two calls at index 0",
        [calls(fragment(0, "a", "f", "{}")), calls(fragment(0, "b", "g", "{}"))],
        {BY_INDEX: 1},
    ),
    Shape(
        "no index",
        [calls(fragment(None, "a", "f", "{}")), calls(fragment(None, "b", "g", "{}"))],
        {BY_INDEX: 0},
        {BY_INDEX: "TypeError: a fragment has no index"},
    ),
    Shape(
        "fragments of two calls by turns",
        [
            calls(fragment(0, "a", "f", "{")),
            calls(fragment(1, "b", "g", "{")),
            calls(fragment(0, arguments="}")),
            calls(fragment(1, arguments="}")),
        ],
        {BY_ID: 2, BY_CHUNK_ID: 2, LAST: 2, WHOLE: 0},
    ),
    Shape("text alone", [text("Hello")], {}),
)


@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: shape.name)
def test_each_policy_parts_from_ours_where_the_shape_is_not_its_own(shape: Shape) -> None:
    seen = views(opened(*(each | {"id": "chunk-1"} for each in shape.chunks), END, "[DONE]"))
    parted = {name: parting(view, seen["ours"]) for name, view in seen.items()}
    assert {name: frame for name, frame in parted.items() if frame is not None} == shape.parts
    for name, reason in shape.gives_up.items():
        assert seen[name].gave_up == GaveUp(shape.parts[name], reason)


def test_a_stage_servers_policy_puts_what_has_no_id_under_the_id_of_the_chunk() -> None:
    begun = calls(fragment(0, "a", "f", ""), id="chunk-1")
    seen = views(opened(begun, calls(fragment(0, arguments="{}"), id="chunk-1"), END))
    assert [tuple(call) for call in seen[BY_CHUNK_ID].calls()] == [("a", "f", ""), ("chunk-1", None, "{}")]
    assert [tuple(call) for call in seen["ours"].calls()] == [("a", "f", "{}")]


def test_a_view_is_had_after_any_frame() -> None:
    view = views(opened(*SHAPES[0].chunks, END))["ours"]
    assert [[call.arguments for call in view.calls(n)] for n in range(-1, 3)] == [[], [""], ['{"x":'], ['{"x":1}']]


def test_each_answer_of_a_stage_is_seen_alone() -> None:
    transcript = opened(
        calls(fragment(0, "a", "f", "{}"), id="1"), END, "[DONE]", calls(fragment(0, "b", "g", "{}"), id="2"), "[DONE]"
    )
    assert [len(answers(transcript, stage)) for stage in transcript.stages] == [1, 1]
    assert [call.name for call in views(transcript, 0)[BY_INDEX].calls()] == ["f"]
    assert [call.name for call in views(transcript, 3)[BY_INDEX].calls()] == ["g"]
    assert answer_at(transcript, -1) is None


def test_views_part_where_only_one_goes_on() -> None:
    seen = views(opened(*(each | {"id": "chunk-1"} for each in SHAPES[0].chunks), END))
    assert parting(seen[BY_ID], seen[WHOLE]) == 0
    assert parting(seen[BY_ID], seen[BY_CHUNK_ID]) == 1
    assert parting(seen["ours"], seen["ours"]) is None


def test_a_piece_given_anew_stands_in_place_of_what_was_before() -> None:
    view = View()
    steps = [(0, "{", False), (0, "}", False), (1, "[]", True)]
    for frame, arguments, anew in steps:
        view.note(frame, (0, 0), Change("a", "f", arguments, anew))
    view.note(2, (0, 0), Change("a", "f", ""))
    assert [view.calls(n)[0].arguments for n in range(3)] == ["{}", "[]", "[]"]
    assert list(view.steps) == [0, 1]
