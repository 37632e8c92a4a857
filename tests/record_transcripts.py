"""Makes the transcripts of `inspector/demo` anew from a llama.cpp server; must not know how they are read.

    pip install -e '.[demo,test]' && python -m tests.record_transcripts FOLDER

Ids and times differ from run to run.
"""

import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx

from inspector.demo.server import TinyServer
from tests.paced_servers import PacingRelay, streaming
from tests.tiny_stage_server import CHAT, StageServer, calls_of, chat, payloads, run, user, with_results

EVENTS_PER_S = 18
USAGE = {"stream_options": {"include_usage": True}}


class Recorder:
    """Body bytes read by read, with the arrival of each on one clock from the first request on."""

    def __init__(self) -> None:
        self.body = bytearray()
        self.reads: list[dict[str, float]] = []
        self.start_s = time.monotonic()

    def post(self, url: str, body: Any) -> bytes:
        """The bytes of this one response; they were recorded behind those of the responses before it."""
        begin = len(self.body)
        head = {"accept-encoding": "identity"}
        with httpx.stream("POST", url, json=body, headers=head, trust_env=False, timeout=30) as reply:
            reply.raise_for_status()
            for data in reply.iter_raw():
                self.take(data)
        return bytes(self.body[begin:])

    def take(self, data: bytes) -> None:
        self.reads.append({"t_s": round(time.monotonic() - self.start_s, 6), "bytes": len(data)})
        self.body += data

    def save(self, stem: Path) -> None:
        stem.with_suffix(".sse").write_bytes(self.body)
        times = "".join(json.dumps(read) + "\n" for read in self.reads)
        stem.with_suffix(".times.jsonl").write_text(times, encoding="ascii")


def weather(recorder: Recorder, model: str) -> None:
    """Two calls in parallel, their results and the answer, as a stage server streams them."""
    with streaming(StageServer(model)) as url:
        body = {"stage_id": "weather", "user_prompt": "Compare the weather in Paris and Lima."}
        recorder.post(url + "/stream/v1/toolchain", body)


def parallel(recorder: Recorder, model: str) -> None:
    """The bare bodies of both phases, one behind the other: what a client of the model server itself gets."""
    messages = [user("Compare the weather in Oslo and Cairo.")]
    body = recorder.post(model + CHAT, chat(messages, **USAGE))
    calls = calls_of(payloads(body.decode().splitlines()))
    results = {call["id"]: run(call) for call in calls}
    recorder.post(model + CHAT, chat(with_results(messages, calls, results), **USAGE))


def cut(recorder: Recorder, model: str) -> None:
    """One call whose arguments `max_tokens` ends in the middle."""
    messages = [user("Write a note about Rome and Lima.")]
    recorder.post(model + CHAT, chat(messages, **USAGE | {"max_tokens": 60}))


def reasoning(recorder: Recorder, model: str) -> None:
    """Reasoning, then a call."""
    recorder.post(model + CHAT, chat([user("Think first. What is the weather in Kyiv?")], **USAGE))


SCRIPTS: tuple[Callable[[Recorder, str], None], ...] = (weather, parallel, cut, reasoning)


def record_all(folder: Path) -> list[dict[str, Any]]:
    """Writes the transcripts; what reached the model server for each, in order."""
    requests: list[dict[str, Any]] = []
    with TinyServer() as upstream:
        for script in SCRIPTS:
            relay = PacingRelay(upstream, EVENTS_PER_S)
            with streaming(relay) as model:
                recorder = Recorder()
                script(recorder, model)
            recorder.save(folder / script.__name__)
            requests += ({"transcript": script.__name__} | request for request in relay.requests)
    return requests


if __name__ == "__main__":
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    lines = (json.dumps(request) + "\n" for request in record_all(folder))
    (folder / "requests.jsonl").write_text("".join(lines), encoding="ascii")
