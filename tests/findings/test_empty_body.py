"""An answer of which nothing came, though bytes did."""

from __future__ import annotations

import pytest

from tests.dialects.reading import sse, text
from tests.findings.case import found

NOTHING = {
    "comments": b": hi\n\n: hi\n\n: hi\n\n",
    "the end": b"data: [DONE]\n\n",
    "comments and the end": b": hi\n\n: hi\n\ndata: [DONE]\n\n",
    "empty data": b"data:\n\ndata:\n\ndata:\n\n",
    "names of events": b"event: ping\n\nid: 1\n\n",
    "lines of a log": b"id: 1\nwarning: no model\n\n",
}
SOMETHING = {
    "an answer after comments": b": hi\n\n" * 3 + sse(text("Hi"), "[DONE]"),
    "a field that the standard does not know": b"error: no\n\n",
    "half an event": b': hi\n\ndata: {"cho',
}


@pytest.mark.parametrize("stream", NOTHING.values(), ids=NOTHING)
def test_comments_and_the_end_alone_are_an_empty_body(stream: bytes) -> None:
    assert "TS110" in [each.code for each in found(stream)]


@pytest.mark.parametrize("stream", SOMETHING.values(), ids=SOMETHING)
def test_what_says_something_is_none(stream: bytes) -> None:
    assert "TS110" not in [each.code for each in found(stream)]
