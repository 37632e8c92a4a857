"""What the rule `breaks-openai-sdk` foretells, against the official SDK itself: small shapes, and all recordings."""

from __future__ import annotations

import json
import random
from collections import Counter
from typing import Any

import httpx
import openai
import pytest

from inspector.findings.breaks_openai_sdk import RULE
from inspector.findings.watch import findings_of, watching
from inspector.sources.loading import framed
from tests.dialects.reading import Json, calls, chunk, fragment, sse, text
from tests.dialects.recordings import OTHER, STREAMS
from tests.official_sdk.judging import GARBLED, judged, watched
from tests.shared import needs_shared

_STREAM, _URL = {"content-type": "text/event-stream"}, "http://127.0.0.1:9/v1"
ROLE = chunk({"role": "assistant"})
PARTS = [{"type": "text", "text": "a"}]
NO_OBJECT = {"choices": [{"index": 0, "delta": {"content": "Hello"}}]}


def bare(**fields: Any) -> Json:
    return {"object": "chat.completion.chunk"} | fields


TYPED = calls(fragment(0, "a", "f", "", type="function"))

# By shape: the chunks, and what goes wrong at which frame.
SHAPES: dict[str, tuple[list[Json | str], tuple[str, int] | None]] = {
    "as OpenAI sends calls": ([ROLE, TYPED, calls(fragment(0, arguments="{}"))], None),
    "no index": ([ROLE, calls(fragment(None, "a", "f", "{}"))], ("TypeError", 1)),
    "no index in the very first chunk": ([calls(fragment(None, "a", "f", "{}"))], ("TypeError", 0)),
    "an index of null": ([ROLE, calls({"index": None, "id": "a"})], ("TypeError", 1)),
    "an index that starts at 1": ([ROLE, calls(fragment(1, "a", "f", "{}"))], ("IndexError", 1)),
    "a gap in the indices": ([calls(fragment(0, "a", "f")), calls(fragment(2, "b", "f"))], ("IndexError", 1)),
    "an index as text": ([calls(fragment("0", "a", "f", "{}"))], None),
    "two calls at index 0": ([calls(fragment(0, "a", "f")), calls(fragment(0, "b", "g"))], (GARBLED, 1)),
    "the id in every fragment": ([TYPED, calls(fragment(0, "a", arguments="{}"))], (GARBLED, 1)),
    "the name in every fragment": ([TYPED, calls(fragment(0, None, "f", "{}"))], (GARBLED, 1)),
    "a type of null later": ([TYPED, calls(fragment(0, None, None, "{}", type=None))], ("AssertionError", 1)),
    "an empty type in later fragments": ([TYPED, calls(fragment(0, arguments="{}", type=""))], ("AssertionError", 1)),
    "a type without a function": ([ROLE, calls({"index": 0, "type": "function"})], ("AttributeError", 1)),
    "calls that are no list": ([ROLE, chunk({"tool_calls": {"index": 0}})], ("KeyError", 1)),
    "calls that are a number": ([ROLE, chunk({"tool_calls": 5})], ("TypeError", 1)),
    "calls that are a text": ([ROLE, chunk({"tool_calls": "ab"})], ("TypeError", 1)),
    "a fragment that is a text": ([ROLE, chunk({"tool_calls": ["ab"]})], ("TypeError", 1)),
    "an index beyond all": ([ROLE, calls(fragment(2**70, "a", "f"))], ("OverflowError", 1)),
    "content in one list of parts": ([ROLE, text(PARTS)], None),
    "content in lists of parts": ([ROLE, text(PARTS), text(PARTS)], ("RuntimeError", 2)),
    "content in a list after text": ([text("a"), text(PARTS), text(PARTS)], None),
    "details without an index": ([chunk({"reasoning_details": PARTS})] * 2, ("RuntimeError", 1)),
    "a role in every chunk": ([ROLE, ROLE | {}, chunk({"role": "assistant", "content": "a"})], None),
    "a choice without an index": ([ROLE, chunk({"content": "a"}, choice=None, id="x")], ("TypeError", 1)),
    "a choice that starts at 1": ([chunk({"content": "a"}, choice=1)], ("IndexError", 0)),
    "a delta of null": ([ROLE, bare(choices=[{"index": 0, "delta": None}])], ("AttributeError", 1)),
    "no choices": ([bare(usage={}), text("a")], ("KeyError", 0)),
    "choices of null": ([ROLE, bare(choices=None)], ("TypeError", 1)),
    "no object": ([NO_OBJECT, NO_OBJECT], ("AssertionError", 1)),
    "an empty object in a chunk with a call": ([ROLE, TYPED | {"object": ""}], (GARBLED, 1)),
    "a chunk of filter results, without object and text": ([{"object": "", "choices": []}, text("a")], None),
    "data that is no JSON": ([ROLE, "{half"], ("JSONDecodeError", 1)),
    "data that is no object": ([ROLE, "[1]"], ("AttributeError", 1)),
    "a raw control character": ([ROLE, '{"choices": [], "a": "\t"}'], ("JSONDecodeError", 1)),
    "an error of the server's": ([ROLE, {"error": {"message": "overloaded"}}], None),
    "an answer that was too long": ([text("a"), chunk(finish="length")], None),
}  # fmt: skip


@pytest.mark.parametrize(("chunks", "wrong"), SHAPES.values(), ids=SHAPES)
def test_what_is_foretold_is_what_the_sdk_does(chunks: list[Json | str], wrong: tuple[str, int] | None) -> None:
    (answer,) = judged(watched(sse(*chunks)))
    assert answer.happened == wrong, answer.message
    assert answer.foretold == wrong


BLOCKS: dict[str, tuple[bytes, tuple[str, int] | None]] = {
    "a comment": (b": ping\n\n", None),
    "an event without data": (b"event: ping\n\n", ("JSONDecodeError", 1)),
    "a retry alone": (b"retry: 10\n\n", ("JSONDecodeError", 1)),
    "a comment after an id": (b": ping\n\n", ("JSONDecodeError", 1)),
}


@pytest.mark.parametrize(("name", "block", "wrong"), [(name, *each) for name, each in BLOCKS.items()], ids=BLOCKS)
def test_blocks_that_the_standard_passes_over_break_the_sdks_reader(
    name: str, block: bytes, wrong: tuple[str, int] | None
) -> None:
    first = b"id: 1\n" * (name == "a comment after an id") + sse(ROLE)
    (answer,) = judged(watched(first + block + sse(text("a"))))
    assert (answer.happened, answer.foretold) == (wrong, wrong)


LINES = [ROLE, TYPED, calls(fragment(0, arguments="{}")), chunk(finish="tool_calls")]


@pytest.mark.parametrize(("end", "error"), [(b"", "AssertionError"), (b"\n", "JSONDecodeError")])
def test_chunks_that_no_empty_line_keeps_apart_are_lost_to_the_sdk(end: bytes, error: str) -> None:
    """What is never ended it never gets; what is ended late is one event to it, and no JSON."""
    lines = sse(*LINES, "[DONE]").replace(b"\n\n", b"\n") + end
    (answer,) = judged(watched(lines))
    assert answer.happened == answer.foretold == (error, 0)


def test_each_of_two_answers_in_one_frame_is_foretold() -> None:
    lines = sse(*(each | {"id": id} for id in "ab" for each in LINES), "[DONE]").replace(b"\n\n", b"\n")
    assert [each.foretold for each in judged(watched(lines))] == [("AssertionError", 0)] * 2


@needs_shared
def test_it_foretells_what_becomes_of_every_recorded_answer() -> None:
    """Not over dialects that hold no chunks for an OpenAI client; `None` is an answer that is added up as it is."""
    fates: Counter[str | None] = Counter()
    missed = []
    for path in STREAMS:
        transcript = framed(str(path), watch=watching([RULE]))
        transcript.decode_all()
        if path.name not in OTHER and transcript.dialect not in ("raw", "agent"):
            for answer in judged(transcript):
                fates[answer.happened and answer.happened[0]] += 1
                if answer.happened != answer.foretold:
                    missed.append(path.name)
    assert not missed
    assert fates == {None: 295, "AssertionError": 31, "RuntimeError": 1, "TypeError": 1, GARBLED: 1}


def _plain(data: bytes) -> str:
    """What `create(stream=True)` does: the chunks that it gives, or what it raises."""
    given = httpx.MockTransport(lambda _: httpx.Response(200, headers=_STREAM, content=data))
    http: Any = httpx.Client(transport=given)  # it wants the httpx of its own, and takes this as well
    with openai.OpenAI(api_key="x", base_url=_URL, http_client=http) as client:
        try:
            count = sum(1 for _ in client.chat.completions.create(model="m", messages=[], stream=True))
        except json.JSONDecodeError:
            return "raises"
    return "chunks" if count else "nothing"


PLAIN = {
    **{shape: sse(*lines) for shape, (lines, wrong) in SHAPES.items() if wrong is not None},
    **{block: sse(ROLE) + lines + sse(text("a")) for block, (lines, wrong) in BLOCKS.items() if wrong is not None},
    "no end": sse(*LINES).replace(b"\n\n", b"\n"),
    "no end at the last": sse(ROLE, text("a"))[:-1],
}


@pytest.mark.parametrize("data", PLAIN.values(), ids=PLAIN)
def test_what_it_says_of_plain_streaming_is_so(data: bytes) -> None:
    for finding in findings_of(watched(data)):
        does = _plain(data)
        assert ("`create(stream=True)` hands the chunks on" in finding.message) <= (does == "chunks")
        assert ("`create(stream=True)` gives no chunk" in finding.message) == (does == "nothing")
        assert ("with `.stream()` and without" in finding.message) == (does == "raises")


def _random_stream(seed: int) -> list[Json | str]:
    """A few chunks, each of which may lack something."""
    rng = random.Random(seed)

    def some(share: float, **given: Any) -> Json:
        return {key: rng.choice(values) for key, values in given.items() if rng.random() < share}

    def sent() -> Json:
        made = some(0.9, index=[0, 0, 0, 0, 1, 1, 2, None]) | some(0.5, id=["a", "b"], type=["function", None])
        return made | some(0.9, function=[some(0.6, name=["f", "g"], arguments=["", "{", "}"])])

    def one() -> Json:
        content = some(0.3, content=["", "a", None, PARTS, ["a"]], reasoning_details=[PARTS, [{"index": 0}]])
        listed = some(0.7, tool_calls=[[sent() for _ in range(rng.choice([1, 1, 2]))], None, []])
        return chunk(content | listed)

    return [ROLE, *(one() for _ in range(rng.randint(1, 5)))]


def test_it_foretells_every_exception_over_random_chunks() -> None:
    for seed in range(400):
        (answer,) = judged(watched(sse(*_random_stream(seed))))
        raised = [each if each and each[0] != GARBLED else None for each in (answer.happened, answer.foretold)]
        assert raised[0] == raised[1], (seed, answer)
