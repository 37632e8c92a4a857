"""What the screen says of streams that no dialect reads, of answers that are none, and of ends that are not good."""

from __future__ import annotations

import pytest

from inspector.asides import ExchangeEnded, RunBegan, RunEnded
from tests.ui.driving import Live, Recording, chunk, driven, frame
from tests.ui.rules import watch, watch_for_ends
from tests.ui.runs import came

HEAD = b"HTTP/1.1 401 Unauthorized\r\nContent-Type: application/json\r\n\r\n"
REFUSAL = b'{"error":{"message":"Invalid \\u001b[31mAPI key","code":401}}'
SSE = b'event: message_start\ndata: {"type": "message_start"}\n\n' * 3
LINES = b'HTTP/1.1 200 OK\r\nContent-Type: application/x-ndjson\r\n\r\n{"type": "x"}\n{"error": "overloaded"}\n'
UNREAD = "no dialect knows them"
ANSWERS = [
    ("no dialect", SSE, [UNREAD]),
    ("a JSON error", REFUSAL, ["a JSON error body: Invalid", "key !"]),
    ("a status", HEAD + REFUSAL, ["HTTP/1.1 401 Unauthorized; a JSON error body: Invalid ␛[31mAPI key. ", "key !"]),
    ("a page", b"<html><body>502</body></html>", ["answered with an HTML or XML page.", "key !"]),
    ("an error in JSON lines", LINES, ["sent an error: overloaded.", "key !"]),
    ("an error on the way", SSE + frame('{"error": "overloaded"}'), ["sent an error: overloaded.", "key !"]),
]


@pytest.mark.parametrize("pane", ["2", "3", "4"])
@pytest.mark.parametrize(("data", "said"), [case[1:] for case in ANSWERS], ids=[case[0] for case in ANSWERS])
async def test_a_pane_says_why_nothing_is_read(data: bytes, said: list[str], pane: str) -> None:
    async with driven(Recording(data), watch=watch_for_ends, size=(100, 30), dialect="raw") as run:
        await run.press("G", pane, "z")
        text = " ".join(line.strip("┃ ") for line in run.lines())
        assert all(each in text for each in said), text
        assert (UNREAD in text) is (UNREAD in said)


async def test_of_a_run_that_got_a_page_its_own_words_are_all_that_is_said() -> None:
    said = "127.0.0.1:1 answered 200 with a page and no stream: is the URL right?"
    source = Live(is_live=True)
    async with driven(source, watch=watch_for_ends, size=(100, 30)) as run:
        source.run(RunBegan(0.0, "attach"), came(0.1, b"<html></html>"), ExchangeEnded(0.2, None))
        source.run(RunEnded(0.2, "end", said))
        source.end()
        await run.until(lambda: run.document.is_over)
        await run.press("2", "z")
        assert f"{said} The findings say more" in " ".join(line.strip("┃ ") for line in run.lines())
        assert "HTML" not in run.text()


@pytest.mark.parametrize("data", [SSE, b'{"model": "m", "done": false}\n{"model": "m", "done": true}\n'])
async def test_where_no_dialect_reads_the_end_is_not_known_and_is_no_bad_one(data: bytes) -> None:
    async with driven(Recording(data), watch=watch_for_ends, size=(100, 30)) as run:
        assert "begun" not in run.text()
        await run.press("G")
        assert "end not known" in run.lines()[0]
        assert "cut" not in run.text()
        assert "✗" not in run.text()
        await run.press("w")
        assert "end not known" in run.text()


DONE = b"".join([chunk('{"role": "assistant", "content": "Hi"}'), chunk('{"content": "!"}'), frame("[DONE]")])
CALLED = chunk('{"tool_calls": [{"index": 0, "id": "c", "function": {"name": "f", "arguments": "{}"}}]}')


async def test_what_is_done_without_errors_has_a_tick_and_what_has_some_has_none() -> None:
    async with driven(Recording(DONE), watch=watch) as run:
        await run.press("G")
        assert "✓ done" in run.lines()[0]
    async with driven(Recording(CALLED + DONE), watch=watch) as run:
        await run.press("G")
        assert "· done, ✗ 1 ·" in run.lines()[0]
        assert "✓" not in run.lines()[0]


async def test_a_recording_begins_and_waits_for_nothing() -> None:
    async with driven(watch=watch_for_ends) as run:
        assert "· begun ·" in run.lines()[0]
        assert "waiting" not in run.text()
