"""Row R1: after kill -9 at any moment the bytes are there, and the sidecar lacks its last lines at most."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from inspector.recording.recorded import RecordedSource
from inspector.sources.loading import framed, open_source
from tests.recording.killing import event
from tests.sources.reading import data_of, notices_of

ROOT = Path(__file__).parents[2]
KILLS = 100  # for each rate
EVENTS = [event(number) for number in range(2000)]

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="kill -9 needs fork")


def killed(folder: Path, rate: int) -> Iterator[tuple[Path, int]]:
    """The recordings, each with how many events were surely in it."""
    command = [sys.executable, "-m", "tests.recording.killing", str(folder), str(KILLS), str(rate), str(rate)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True, timeout=60)
    for line in done.stdout.splitlines():
        value = json.loads(line)
        yield Path(value["path"]), value["appended"]


@pytest.mark.parametrize("rate", [100, 5000])
def test_a_killed_recorder_loses_the_read_in_flight_at_most(rate: int, tmp_path: Path) -> None:
    recordings = list(killed(tmp_path, rate))
    assert len(recordings) == KILLS
    assert sum(appended for _, appended in recordings) > KILLS
    for path, appended in recordings:
        if not path.exists():  # killed before it was made
            assert appended == 0
            continue
        source = open_source(str(path))
        items = list(source.reads())
        data = data_of(items)
        surely = b"".join(EVENTS[:appended])
        assert data.startswith(surely)
        assert (surely + EVENTS[appended]).startswith(data)
        assert notices_of(items) == []
        if appended:
            assert isinstance(source, RecordedSource)
            assert source.recorded_at(len(surely) - 1) == (appended - 1) / rate
        source.close()


def test_a_torn_end_is_an_incomplete_frame(tmp_path: Path) -> None:
    path = tmp_path / "a.sse"
    path.write_bytes(EVENTS[0] + EVENTS[1][:9])
    transcript = framed(str(path))
    assert transcript.framed == 2
    assert [transcript.frame(number).complete for number in range(2)] == [True, False]
