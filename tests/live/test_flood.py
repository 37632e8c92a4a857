"""A server that sends faster than anybody reads loses nothing: neither in the recording nor on the screen (L9).

How soon a key is answered meanwhile, and what memory it takes, is measured by `python -m tests.bench --only 10`.
"""

import hashlib
import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event
from typing import Any

from inspector.live.attach import Watch, attach_source
from inspector.live.connection import Connection
from inspector.recording.tape import Tape
from inspector.ui.feed import Feed

EVENTS_PER_S, SECONDS = 100_000, 0.5
FRAMES = 50_000 + 3  # the first, the last, and [DONE]


@contextmanager
def flooding() -> Iterator[tuple[str, "subprocess.Popen[str]"]]:
    command = [sys.executable, "-m", "tests.bench.programs.flood_server", str(EVENTS_PER_S), str(SECONDS)]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True, cwd=Path(__file__).parents[2]) as server:
        assert server.stdout is not None
        try:
            yield server.stdout.readline().strip(), server
        finally:
            server.kill()


def flooded(feed: Feed, server: "subprocess.Popen[str]", ended: Event) -> Any:
    """What the server says it sent."""
    feed.start()
    sent, _ = server.communicate("\n", timeout=20)
    assert ended.wait(20)
    return json.loads(sent)


def test_a_flood_of_events_is_recorded_and_decoded_to_the_last_one(tmp_path: Path) -> None:
    recording, ended = tmp_path / "flood.sse", Event()
    with flooding() as (url, server):
        tape = Tape.create(str(recording), "attach")
        feed = Feed(attach_source(Watch(Connection(url)), tape), lambda: told())

        def told() -> None:
            feed.heard()
            if feed.state == "ended" or feed.trouble:
                ended.set()

        sent = flooded(feed, server, ended)
        feed.close()
        tape.release()
    assert feed.trouble is None
    assert hashlib.sha256(recording.read_bytes()).hexdigest() == sent["sha256"]
    assert feed.transcript.decoded == feed.transcript.framed == FRAMES
    assert feed.transcript.stages[0].phase.last == "done"
