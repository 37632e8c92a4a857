"""Asides for the tests of this folder: one run as it goes, any aside at all, and how a tape is filled with them."""

from collections.abc import Iterable
from typing import Any, get_args

from hypothesis import strategies as st

from inspector.asides import (
    Aside,
    CallRecovered,
    ExchangeBegan,
    ExchangeEnded,
    HeadCame,
    RequestSent,
    RunBegan,
    RunEnded,
    StatusSaid,
    ToolAnswered,
    ToolBegan,
)
from inspector.recording.tape import Tape
from inspector.sources.source import Item, Read

RUN: list[Aside | Read] = [
    RunBegan(0.0, "chat"),
    ExchangeBegan(0.01, "POST", "http://127.0.0.1:1/v1", (("authorization", "Bearer ****"),), {"stream": True}),
    RequestSent(0.02),
    HeadCame(0.03, "1.1", 200, "OK", (("Set-Cookie", "a"), ("Set-Cookie", "b"))),
    Read(b'data: {"a": 1}\n\nda', 0.25),
    Read(b'ta: {"a": 2}\n\n', 0.5),
    ExchangeEnded(0.500001, None),
    CallRecovered(0.51, "call_1", "weather", '{"city": "Z\u00fcrich \U0001f600"}', "bare_json"),
    StatusSaid(0.52, "running_tools", {"calls": 1}),
    ToolBegan(0.53, "call_1", "weather", 30.0),
    ToolAnswered(0.6, "call_1", "weather", "21 \u00b0C\n", None, 0.0801234567),
    ExchangeBegan(0.61, "GET", "http://127.0.0.1:1/v1", (), None),
    Read(b"data: [DONE]\n\n", 1.5),
    ExchangeEnded(1.75, "The server closed the connection."),
    RunEnded(1.75, "cut", "It broke off."),
]
BYTES = b"".join(item.data for item in RUN if isinstance(item, Read))
ASIDES = [item for item in RUN if not isinstance(item, Read)]

# Whole microseconds are what a sidecar keeps; two lone surrogates that make a pair come back as one character.
seconds = st.integers(0, 10**12).map(lambda microseconds: microseconds / 10**6)
texts = st.text(st.characters(exclude_categories=["Cs"]) | st.just("\ud800"), max_size=20)
numbers = st.floats(allow_nan=False, allow_infinity=False)
json_values: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | numbers | texts,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3),
    max_leaves=10,
)
_FIELDS: dict[str, st.SearchStrategy[Any]] = {
    "kind": st.sampled_from(["chat", "attach"]),
    "how": st.sampled_from(["end", "cancelled", "error", "cut"]),
    "headers": st.lists(st.tuples(texts, texts), max_size=3).map(tuple),
    "body": json_values,
    "details": json_values,
    "status": texts,
    "trouble": st.none() | texts,
    "message": st.none() | texts,
    "failure": st.none() | texts,
    "limit_s": numbers,
    "took_s": st.none() | numbers,
}


def _any_of(aside: type[Aside]) -> st.SearchStrategy[Any]:
    fields = {field: _FIELDS.get(field, texts) for field in aside._fields}
    fields["at_s"] = seconds
    if aside is HeadCame:
        fields["status"] = st.integers(0, 999)
    return st.builds(aside, **fields)


asides: st.SearchStrategy[Any] = st.one_of([_any_of(each) for each in get_args(Aside)])
reads = st.builds(Read, st.binary(min_size=1, max_size=40), seconds)


def play(tape: Tape, items: Iterable[Aside | Read]) -> None:
    """Record it, as a live source does."""
    for item in items:
        if isinstance(item, Read):
            tape.append(item.data, item.at_s or 0.0)
        else:
            tape.note(item)


def joined(items: Iterable[Item]) -> list[Item]:
    """The same, with reads that follow each other as one read without time: what every way of reading it has alike."""
    out: list[Item] = []
    for item in items:
        last = out[-1] if out else None
        if isinstance(item, Read):
            item = Read(item.data, None)
            if isinstance(last, Read):
                item = Read(last.data + item.data, None)
                out.pop()
        out.append(item)
    return out
