"""How pieces of one JSON object add up, and where that is not the official SDK's rule."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspector.merging import merge

CASES: dict[str, tuple[list[dict[str, Any]], dict[str, Any]]] = {
    "nothing": ([], {}),
    "texts are joined": ([{"a": "x"}, {"a": "y"}], {"a": "xy"}),
    "a null adds nothing": ([{"a": None}, {"a": "x"}, {"a": None}], {"a": "x"}),
    "only nulls are null": ([{"a": None}, {"a": None}], {"a": None}),
    "objects are merged": ([{"a": {"b": "x"}}, {"a": {"b": "y", "c": 1}}], {"a": {"b": "xy", "c": 1}}),
    "lists grow": ([{"a": [1]}, {"a": [2, 3]}], {"a": [1, 2, 3]}),
    "entries of one index are one": (
        [{"a": [{"index": 0, "text": "x"}]}, {"a": [{"index": 1, "text": "z"}]}, {"a": [{"index": 0, "text": "y"}]}],
        {"a": [{"index": 0, "text": "xy"}, {"index": 1, "text": "z"}]},
    ),
    "entries without an index are each their own": (
        [{"a": [{"t": "x"}]}, {"a": [{"t": "y"}]}],
        {"a": [{"t": "x"}, {"t": "y"}]},
    ),
    "an index that is a text is none": (
        [{"a": [{"index": "0"}]}, {"a": [{"index": "0"}]}],
        {"a": [{"index": "0"}] * 2},
    ),
    "of numbers the last counts, where the SDK adds them up": ([{"a": 1}, {"a": 2}], {"a": 2}),
    "of truths the last counts": ([{"a": True}, {"a": False}], {"a": False}),
    "of values of several kinds the last counts": ([{"a": "x"}, {"a": [1]}], {"a": [1]}),
    "a role is said again, not more of it": ([{"role": "assistant"}, {"role": "assistant"}], {"role": "assistant"}),
    "an empty id says nothing": ([{"id": "a"}, {"id": ""}], {"id": "a"}),
    "a format is said again": (
        [{"d": [{"index": 0, "format": "f", "text": "x"}]}, {"d": [{"index": 0, "format": "f", "text": "y"}]}],
        {"d": [{"index": 0, "format": "f", "text": "xy"}]},
    ),
    "a signature is said once": ([{"signature": ""}, {"signature": "c2ln"}], {"signature": "c2ln"}),
}


@pytest.mark.parametrize(("parts", "whole"), CASES.values(), ids=CASES)
def test_pieces_add_up(parts: list[dict[str, Any]], whole: dict[str, Any]) -> None:
    before = repr(parts)
    assert merge(parts) == whole
    assert repr(parts) == before


TEXTS = st.dictionaries(st.sampled_from("abc"), st.text(max_size=3), max_size=3)


@given(st.lists(TEXTS, max_size=6))
def test_texts_are_joined_in_order_whatever_the_pieces(parts: list[dict[str, str]]) -> None:
    keys = {key for part in parts for key in part}
    assert merge(parts) == {key: "".join(part.get(key, "") for part in parts) for key in keys}
