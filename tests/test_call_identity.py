"""Which call a fragment belongs to, in every way that servers have been seen to say it."""

from __future__ import annotations

from typing import Any, NamedTuple

import pytest

from tests.dialects.reading import Reading, calls, chunk, fragment, sse

HALF, REST, REST_LIMA = '{"city": ', '"Oslo"}', '"Lima"}'
OSLO, LIMA = HALF + REST, HALF + REST_LIMA


class Case(NamedTuple):
    """What each chunk holds, one fragment or a list, and `(id, name, arguments, matched_by)` of each call."""

    chunks: list[Any]
    calls: list[tuple[str | None, str | None, str, str]]

    @property
    def reading(self) -> Reading:
        lists = (held if isinstance(held, list) else [held] for held in self.chunks)
        return Reading(sse(*(calls(*fragments) for fragments in lists), chunk(finish="tool_calls"), "[DONE]"))


F = fragment
CASES = {
    "OpenAI: id and name on the first fragment, then the index alone": Case(
        [F(0, "a", "f", ""), F(0, arguments=HALF), F(0, arguments=REST)],
        [("a", "f", OSLO, "index")],
    ),
    "a whole call in one chunk": Case([F(0, "a", "f", OSLO)], [("a", "f", OSLO, "index")]),
    "two whole calls in one chunk": Case(
        [[F(0, "a", "f", OSLO), F(1, "b", "g", LIMA)]],
        [("a", "f", OSLO, "index"), ("b", "g", LIMA, "index")],
    ),
    "two calls, one after the other": Case(
        [F(0, "a", "f", ""), F(0, arguments=OSLO), F(1, "b", "f", ""), F(1, arguments=LIMA)],
        [("a", "f", OSLO, "index"), ("b", "f", LIMA, "index")],
    ),
    "two calls whose fragments are interleaved": Case(
        [
            F(0, "a", "f", ""),
            F(1, "b", "f", ""),
            F(0, arguments=HALF),
            F(1, arguments=HALF),
            [F(0, arguments=REST), F(1, arguments=REST_LIMA)],
        ],
        [("a", "f", OSLO, "index"), ("b", "f", LIMA, "index")],
    ),
    "indices that begin at 1 and leave gaps": Case(
        [F(1, "a", "f", OSLO), F(23, "b", "g", LIMA)],
        [("a", "f", OSLO, "index"), ("b", "g", LIMA, "index")],
    ),
    "indices that go down": Case(
        [F(1, "b", "g", LIMA), F(0, "a", "f", OSLO)],
        [("b", "g", LIMA, "index"), ("a", "f", OSLO, "index")],
    ),
    "Ollama: every call has index 0 and an id of its own": Case(
        [F(0, "a", "f", OSLO), F(0, "b", "f", LIMA)],
        [("a", "f", OSLO, "index"), ("b", "f", LIMA, "id")],
    ),
    "index 0 for all, and the fragments after the second call's first have no id": Case(
        [
            F(0, "a", "f", ""),
            F(0, arguments=OSLO),
            F(0, "b", "g", ""),
            F(0, arguments=LIMA),
        ],
        [("a", "f", OSLO, "index"), ("b", "g", LIMA, "id")],
    ),
    "index 0 for all, interleaved, with the id on every fragment": Case(
        [
            F(0, "a", "f", ""),
            F(0, "b", "g", ""),
            F(0, "a", arguments=OSLO),
            F(0, "b", arguments=LIMA),
        ],
        [("a", "f", OSLO, "id"), ("b", "g", LIMA, "id")],
    ),
    "index 0 for all and no id: a name after whole arguments begins another call": Case(
        [F(0, name="f", arguments=OSLO), F(0, name="g", arguments=LIMA)],
        [(None, "f", OSLO, "index"), (None, "g", LIMA, "guess")],
    ),
    "the id is repeated in every fragment": Case(
        [F(0, "a", "f", ""), F(0, "a", arguments=HALF), F(0, "a", arguments=REST)],
        [("a", "f", OSLO, "index")],
    ),
    "the id changes on a fragment without a name: the first one counts": Case(
        [F(0, "a", "f", ""), F(0, "x", arguments=HALF), F(0, "y", arguments=REST)],
        [("a", "f", OSLO, "index")],
    ),
    "the id is an empty text later": Case(
        [F(0, "a", "f", ""), F(0, "", "", OSLO)],
        [("a", "f", OSLO, "index")],
    ),
    "the id is null later": Case(
        [F(0, "a", "f", ""), [{"index": 0, "id": None, "function": {"name": None, "arguments": OSLO}}]],
        [("a", "f", OSLO, "index")],
    ),
    "the id comes later than the call": Case(
        [F(0, name="f", arguments=""), F(0, "a", arguments=OSLO)],
        [("a", "f", OSLO, "index")],
    ),
    "no id at all": Case(
        [F(0, name="f", arguments=HALF), F(0, arguments=REST)],
        [(None, "f", OSLO, "index")],
    ),
    "two calls share an id but not the index": Case(
        [F(0, "a", "f", OSLO), F(1, "a", "f", LIMA)],
        [("a", "f", OSLO, "index"), ("a", "f", LIMA, "index")],
    ),
    "no index, an id on every fragment": Case(
        [F(None, "a", "f", HALF), F(None, "b", "g", LIMA), F(None, "a", arguments=REST)],
        [("a", "f", OSLO, "id"), ("b", "g", LIMA, "id")],
    ),
    "no index, the id on the first fragment only": Case(
        [F(None, "a", "f", ""), F(None, arguments=HALF), F(None, arguments=REST)],
        [("a", "f", OSLO, "position")],
    ),
    "no index, ids on the first fragments of two calls": Case(
        [
            F(None, "a", "f", ""),
            F(None, arguments=OSLO),
            F(None, "b", "g", ""),
            F(None, arguments=LIMA),
        ],
        [("a", "f", OSLO, "position"), ("b", "g", LIMA, "guess")],
    ),
    "no index and no id, one call": Case(
        [F(None, name="f", arguments=HALF), F(None, arguments=REST)],
        [(None, "f", OSLO, "position")],
    ),
    "no index and no id, two whole calls in one chunk": Case(
        [[F(None, name="f", arguments=OSLO), F(None, name="g", arguments=LIMA)]],
        [(None, "f", OSLO, "position"), (None, "g", LIMA, "position")],
    ),
    "no index and no id, a second whole call": Case(
        [F(None, name="f", arguments=OSLO), F(None, name="f", arguments=LIMA)],
        [(None, "f", OSLO, "position"), (None, "f", LIMA, "guess")],
    ),
    "an index that is null or no integer is no index": Case(
        [
            [{"index": None, "id": "a", "function": {"name": "f", "arguments": OSLO}}],
            F("1", "b", "g", LIMA),
            F(True, "b"),
        ],
        [("a", "f", OSLO, "id"), ("b", "g", LIMA, "id")],
    ),
    "the name is repeated in every fragment": Case(
        [F(0, "a", "f", HALF), F(0, "a", "f", REST), F(0, "a", "f", "")],
        [("a", "f", OSLO, "index")],
    ),
    "the name is repeated and there is no id": Case(
        [F(0, name="f", arguments=HALF), F(0, name="f", arguments=REST), F(0, name="f", arguments="")],
        [(None, "f", OSLO, "index")],
    ),
    "the name is repeated before the arguments": Case(
        [F(0, "a", "f", ""), F(0, name="f"), F(0, arguments=OSLO)],
        [("a", "f", OSLO, "index")],
    ),
    "the name comes in pieces before the arguments": Case(
        [F(0, "a", "get_"), F(0, name="weather"), F(0, arguments=OSLO)],
        [("a", "get_weather", OSLO, "index")],
    ),
    "the name comes after the arguments": Case(
        [F(0, "a", arguments=OSLO), F(0, name="f")],
        [("a", "f", OSLO, "index")],
    ),
    "another name after the arguments began is not taken": Case(
        [F(0, "a", "f", HALF), F(0, name="g", arguments=REST)],
        [("a", "f", OSLO, "index")],
    ),
    "a call without a name": Case([F(0, "a", arguments=OSLO)], [("a", None, OSLO, "index")]),
    "a call without arguments": Case([F(0, "a", "f")], [("a", "f", "", "index")]),
    "arguments that are an object": Case(
        [[{"index": 0, "id": "a", "function": {"name": "f", "arguments": {"city": "Oslo"}}}]],
        [("a", "f", OSLO, "index")],
    ),
    "name and arguments beside the index, not in a function": Case(
        [[{"index": 0, "id": "a", "name": "f", "arguments": OSLO}]],
        [("a", "f", OSLO, "index")],
    ),
    "one call that is no list": Case([[]], []),
    "entries that are no objects": Case([[None, "junk", F(0, "a", "f", OSLO)]], [("a", "f", OSLO, "index")]),
}


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_fragments_add_up_to_the_calls_that_were_meant(case: Case) -> None:
    reading = case.reading
    found = [(call["id"], call["name"], call["arguments"], call["matched_by"]) for call in reading.calls]
    assert found == case.calls
    assert [call["slot"] for call in reading.calls] == list(range(len(case.calls)))


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_what_a_delta_says_is_what_the_wire_said_and_its_slot_what_was_made_of_it(case: Case) -> None:
    reading = case.reading
    told = [""] * len(case.calls)
    for event in reading.said("tool_call.delta"):
        told[event["slot"]] += event["arguments_delta"]
        assert event["matched_by"] in ("index", "id", "position", "guess")
    assert told == [arguments for _, _, arguments, _ in case.calls]


def test_calls_of_two_choices_are_kept_apart() -> None:
    reading = Reading(
        sse(
            calls(fragment(0, "a", "f", HALF)),
            calls(fragment(0, "b", "g", HALF), choice=1),
            calls(fragment(0, arguments=REST)),
            calls(fragment(0, arguments=REST_LIMA), choice=1),
        )
    )
    found = [
        [(call["slot"], call["id"], call["arguments"]) for call in choice["tool_calls"]]
        for choice in reading.state["choices"]
    ]
    assert found == [[(0, "a", OSLO)], [(0, "b", LIMA)]]


def test_an_object_where_the_list_of_calls_should_be_is_a_call() -> None:
    reading = Reading(sse(chunk({"tool_calls": fragment(0, "a", "f", OSLO)})))
    assert [(call["id"], call["arguments"]) for call in reading.calls] == [("a", OSLO)]


LEGACY = [
    chunk({"role": "assistant", "content": None, "function_call": {"name": "f", "arguments": ""}}),
    chunk({"function_call": {"arguments": HALF}}),
    chunk({"function_call": {"arguments": REST}}),
    chunk(finish="function_call"),
]


def test_a_legacy_function_call_is_one_call_and_says_where_it_comes_from() -> None:
    (call,) = Reading(sse(*LEGACY, "[DONE]")).calls
    assert (call["name"], call["arguments"], call["matched_by"]) == ("f", OSLO, "position")
    assert call["origin"] == "function_call"
    assert (call["id"], call["index"]) == (None, None)


def test_a_function_call_beside_tool_calls_is_the_same_call() -> None:
    both = chunk({"function_call": {"name": "f", "arguments": OSLO}, "tool_calls": [fragment(0, "a", "f", OSLO)]})
    assert [(call["id"], call["arguments"]) for call in Reading(sse(both)).calls] == [("a", OSLO)]
