"""Row R2 for real: a limit on the size of files stops recording and spool, and the run goes on."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from inspector.sources.loading import open_source
from tests.recording.killing import event
from tests.sources.reading import data_of, notices_of

pytest.importorskip("resource", reason="no limits on the size of files here")

ROOT = Path(__file__).parents[2]
WHOLE = b"".join(map(event, range(1000)))


@pytest.mark.parametrize("limit", [100, 20_000, 30_000], ids=["at once", "both", "the spool too"])
def test_a_limit_on_files_is_a_notice_and_the_file_is_whole_up_to_it(limit: int, tmp_path: Path) -> None:
    path = tmp_path / "a.sse"
    command = [sys.executable, "-m", "tests.recording.limited", str(path), str(limit)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True, timeout=30)
    value = json.loads(done.stdout)
    assert done.stderr == ""
    assert value["is_whole"]
    assert all("File too large" in notice for notice in value["notices"])
    assert 1 <= len(value["notices"]) <= 2
    assert path.read_bytes() == WHOLE[:limit]
    source = open_source(str(path))
    items = list(source.reads())
    assert (data_of(items), notices_of(items)) == (WHOLE[:limit], [])
    source.close()
