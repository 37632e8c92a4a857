"""A reader beside the worker: what it sees of the past is whole, and stays as it saw it."""

from __future__ import annotations

import json
import sys
import threading
import time
from collections.abc import Iterator
from typing import Any

import pytest

from inspector.completion import completions
from inspector.report.state import state
from inspector.transcript import Transcript


def _stream(turns: int) -> bytes:
    """Completions of two interleaved calls and a text, one after another."""
    frames = []
    for turn in range(turns):
        deltas: list[dict[str, Any]] = [{"content": f"word {n} "} for n in range(8)]
        deltas += [
            {
                "tool_calls": [
                    {"index": n % 2, "id": f"c{turn}-{n % 2}", "function": {"name": "f", "arguments": "[]"[n // 2]}}
                ]
            }
            for n in range(4)
        ]
        chunks = [{"id": f"a{turn}", "model": "m", "choices": [{"index": 0, "delta": delta}]} for delta in deltas]
        chunks.append({"id": f"a{turn}", "choices": [{"index": 0, "delta": {}, "finish_reason": "tool_calls"}]})
        frames += [f"data: {json.dumps(each)}\n\n" for each in chunks] + ["data: [DONE]\n\n"]
    return "".join(frames).encode()


@pytest.fixture
def busy_switching() -> Iterator[None]:
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(before)


@pytest.mark.usefixtures("busy_switching")
def test_what_a_reader_saw_while_the_worker_wrote_is_what_stands_there_in_the_end() -> None:
    data = _stream(300)
    transcript = Transcript(lambda start, end: data[start:end])

    def work() -> None:
        for at in range(0, len(data), 700):
            transcript.feed(data[at : at + 700])
            transcript.decode(3)
            time.sleep(0)  # lets the reader in
        transcript.finish()
        transcript.decode_all()

    worker = threading.Thread(target=work)
    worker.start()
    seen: dict[int, dict[str, Any]] = {}
    while worker.is_alive():
        n = transcript.decoded - 1
        stage = transcript.stage_at(n)
        if n >= 0 and n not in seen and stage is not None:
            assert len(transcript.kinds) > n
            completions(transcript, stage, n)
            seen[n] = state(stage, n, transcript.dialect)
    worker.join()
    assert len(seen) > 10
    for n, then in seen.items():
        stage = transcript.stage_at(n)
        assert stage is not None
        assert state(stage, n, transcript.dialect) == then
