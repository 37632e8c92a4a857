"""Where stdout and stderr lead nowhere: nothing begins that nobody could see, and unheard talk does not matter."""

from __future__ import annotations

import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.test_command_line import Done
from tests.live.chatting import TEXT, answers
from tests.live.raw_server import RawServer

pytestmark = pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full on this system")

RUNS = {"chat": "chat --base-url {url}/v1 --model tiny --prompt Hi", "attach": "attach {url}/events"}
any_run = pytest.mark.parametrize("command", RUNS.values(), ids=RUNS)


def done(command: str, redirected: str) -> Done:
    whole = f"{shlex.quote(sys.executable)} -m inspector {command} {redirected}"
    ended = subprocess.run(["bash", "-c", whole], capture_output=True, timeout=30)
    return Done(ended.returncode, ended.stdout, ended.stderr)


@any_run
def test_a_run_whose_output_is_closed_does_not_begin(command: str, tmp_path: Path) -> None:
    path = tmp_path / "run.sse"
    with RawServer(*answers(TEXT)) as server:
        ended = done(f"{command.format(url=server.url)} --no-tui --record {path}", ">&-")
        assert server.visits == []
    assert (ended.returncode, path.exists()) == (2, False)
    assert ended.stderr == b"stage-inspector: Standard output is closed: leave it open, or send it to a file.\n"


@any_run
def test_a_full_disk_is_said_without_an_option_that_there_is_not(command: str, tmp_path: Path) -> None:
    path = tmp_path / "run.sse"
    with RawServer(*answers(TEXT)) as server:
        ended = done(f"{command.format(url=server.url)} --no-tui --record {path}", ">/dev/full")
    recording, said = ended.stderr.decode().splitlines()
    assert (ended.returncode, recording) == (2, f"stage-inspector: recording to {path}")
    assert said == "stage-inspector: Standard output cannot be written: No space left on device."


@pytest.mark.parametrize("heard_by", ["2>/dev/full", "2>&-"], ids=["full", "closed"])
@any_run
def test_a_run_is_the_same_where_nobody_hears_what_is_said(command: str, heard_by: str, tmp_path: Path) -> None:
    path = tmp_path / "run.sse"
    with RawServer(*answers(TEXT)) as server:
        ended = done(f"{command.format(url=server.url)} --no-tui --record {path}", heard_by)
    assert (ended.returncode, path.read_bytes()) == (0, TEXT)
    assert ended.stdout.splitlines()[-1].endswith(b'"type": "stage.done"}')


REFUSED = {
    "a file that is not there": "export none.sse --to state",
    "no such option": "dialects --no",
    "no server": "chat --no-tui --prompt Hi",
}


@pytest.mark.parametrize("heard_by", ["2>/dev/full", "2>&-"], ids=["full", "closed"])
@pytest.mark.parametrize("command", REFUSED.values(), ids=REFUSED)
def test_what_is_refused_is_refused_where_nobody_hears_why(command: str, heard_by: str) -> None:
    assert done(command, heard_by) == (2, b"", b"")


@pytest.mark.parametrize("command", ["dialects", "rules", "formats", "--help", "--version", "check --help"])
def test_a_list_that_can_go_nowhere_is_one_sentence(command: str) -> None:
    ended = done(command, ">/dev/full")
    said = b"stage-inspector: Standard output cannot be written: No space left on device.\n"
    assert (ended.returncode, ended.stderr) == (2, said)


@pytest.mark.parametrize("command", ["--help", "--version", "check --help", "rules"])
def test_a_reader_that_left_is_no_failure(command: str) -> None:
    ended = done(command, '| true; exit "${PIPESTATUS[0]}"')
    assert (ended.returncode, ended.stderr) == (0, b"")
