"""What is read of a frame that the end of the input cut, and of heads before a body."""

from __future__ import annotations

import pytest

from inspector.transcript import Transcript

A = b'data: {"choices":[{"index":0,"delta":{"content":"A"}}]}\n'
B = A.replace(b'"A"', b'"B"')
FINISH = b'data: {"choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}\n\n'

# The input, the text that was read of it, the phase, and the error.
CASES: dict[str, tuple[bytes, str, str, str | None]] = {
    "one data line without its empty line is not read": (A, "", "cut", None),
    "of two data lines the cut one is not read": (A + B[:-10], "A", "cut", None),
    "two data lines that ended are read": (A + B, "AB", "cut", None),
    "a byte of one more line does not cut the one before": (A + B + b"d", "AB", "cut", None),
    "a last [DONE] needs no line end": (A + b"\n" + FINISH + b"data: [DONE]", "A", "done", None),
    "a last [DONE] ends a stage that had no finish reason": (A + b"\ndata: [DONE]\n", "A", "done", None),
    "an error line that ended is read": (b'error: {"message":"boom"}\n', "", "error", "boom"),
    "an error line that was cut is not": (b'error: {"message":"boom"}', "", "cut", None),
    "the last head of a chain counts, when it is bad": (
        b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 401 Unauthorized\r\n\r\n",
        "",
        "error",
        "HTTP/1.1 401 Unauthorized",
    ),
    "the last head of a chain counts, when it is good": (
        b"HTTP/1.1 401 Unauthorized\r\n\r\nHTTP/1.1 200 OK\r\n\r\n" + A + b"\n" + FINISH,
        "A",
        "done",
        None,
    ),
}


@pytest.mark.parametrize(("data", "text", "phase", "error"), CASES.values(), ids=CASES.keys())
def test_what_the_end_of_the_input_cut(data: bytes, text: str, phase: str, error: str | None) -> None:
    transcript = Transcript(lambda start, end: data[start:end])
    transcript.feed(data)
    transcript.finish()
    transcript.decode_all()
    assert "".join(choice.content.text for stage in transcript.stages for choice in stage.choices.values()) == text
    last = transcript.stages[-1] if transcript.stages else None
    assert (last.phase.last if last else "cut", last.error.last if last else None) == (phase, error)
