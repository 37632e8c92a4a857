"""The frame writer: whatever text goes in, an independent reader gets it back, and nothing forges a line."""

import json
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from inspector.payloads.sse import MAX_RETRY_MS, encode_frame
from tests.payloads.sse_reader import Dispatched, read_stream

quick = settings(max_examples=150, deadline=None)  # the machine that runs this may be busy

texts = st.text()
nasty = st.text(alphabet="ab: \n\r\0\t\x0b\x0c\x1c\x85\u2028\u2029\ufeffidatevnry0")
lines = (texts | nasty).map(lambda text: re.sub(r"[\r\n\0]", "", text))


def with_line_feeds(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


@quick
@given(data=texts | nasty, event=lines, id=lines)
def test_any_text_comes_back(data: str, event: str, id: str) -> None:
    frame = encode_frame(data, event=event, id=id)
    assert read_stream(frame) == [Dispatched(event or "message", with_line_feeds(data), id)]


@quick
@given(st.lists(st.tuples(texts | nasty, lines), max_size=5))
def test_frames_in_a_row_stay_apart(frames: list[tuple[str, str]]) -> None:
    stream = b"".join(encode_frame(data, id=id) for data, id in frames)
    assert read_stream(stream) == [Dispatched("message", with_line_feeds(data), id) for data, id in frames]


@quick
@given(comment=texts | nasty, data=texts)
def test_a_comment_is_never_more_than_a_comment(comment: str, data: str) -> None:
    assert read_stream(encode_frame(comments=[comment])) == []
    assert read_stream(encode_frame(data, comments=[comment])) == read_stream(encode_frame(data))


@quick
@given(st.text(alphabet="a\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029"))
def test_json_stays_on_one_line_whatever_python_calls_a_line(text: str) -> None:
    frame = encode_frame(json.dumps(text, ensure_ascii=False))
    assert frame.count(b"data: ") == 1
    assert json.loads(read_stream(frame)[0].data) == text


CASES = {
    "data alone": (encode_frame("x"), b"data: x\n\n"),
    "the order of the recorded servers": (
        encode_frame("{}", event="done", id="3", retry=5, comments=["hi"]),
        b": hi\nid: 3\nevent: done\nretry: 5\ndata: {}\n\n",
    ),
    "every line end makes a data line": (
        encode_frame("a\nb\r\nc\rd"),
        b"data: a\ndata: b\ndata: c\ndata: d\n\n",
    ),
    "a line end at the end makes an empty one": (encode_frame("a\n"), b"data: a\ndata: \n\n"),
    "empty data is data": (encode_frame(""), b"data: \n\n"),
    "a keep-alive": (encode_frame(comments=["ping"]), b": ping\n\n"),
    "a comment of two lines": (encode_frame(comments=["a\r\ndata: b"]), b": a\n: data: b\n\n"),
    "an empty id takes the last one back": (encode_frame(id=""), b"id: \n\n"),
    "line ends of other standards are text": (encode_frame("\x85\u2028"), "data: \x85\u2028\n\n".encode()),
}


@pytest.mark.parametrize(("frame", "expected"), CASES.values(), ids=CASES.keys())
def test_a_frame_is_exactly_these_bytes(frame: bytes, expected: bytes) -> None:
    assert frame == expected


FORGED = {
    "a line feed": ("a\nretry: 1\nevent: cancel\n: ", "holds a line feed at character 1"),
    "a carriage return": ("ab\rdata: x", "holds a carriage return at character 2"),
    "both": ("a\r\n\r\nevent: done\r\ndata: {}\r\n\r\n", "holds a line feed at character 2"),
    "a line feed at the end": ("a\n", "holds a line feed"),
    "a NUL": ("a\0b", "holds a NUL at character 1"),
    "a lone surrogate": ("a\ud800", "the lone surrogate U\\+D800 has no UTF-8"),
}


@pytest.mark.parametrize(("value", "words"), FORGED.values(), ids=FORGED.keys())
@pytest.mark.parametrize("field", ["id", "event"])
def test_a_value_that_no_line_can_carry_is_refused_in_words(field: str, value: str, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        encode_frame("{}", id=value if field == "id" else None, event=value if field == "event" else None)


def test_data_without_utf8_is_refused_in_words() -> None:
    with pytest.raises(ValueError, match=r"U\+DFFF has no UTF-8"):
        encode_frame("\udfff")


@pytest.mark.parametrize("retry", [-1, MAX_RETRY_MS + 1])
def test_a_retry_that_readers_ignore_is_refused_in_words(retry: int) -> None:
    with pytest.raises(ValueError, match="is not a number of milliseconds"):
        encode_frame(retry=retry)
