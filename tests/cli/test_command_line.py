"""The contract of CLI.md that no single report holds: exit codes, where output goes, what is a command."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from inspector.cli import main

STREAM = (
    b'data: {"object":"chat.completion.chunk","model":"m","choices":[{"index":0,"delta":{"content":"Hi"}}]}\n\n'
    b'data: {"model":"m","choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}\n\n'
    b"data: [DONE]\n\n"
)


class Done(NamedTuple):
    returncode: int
    stdout: bytes
    stderr: bytes


Run = Callable[..., Done]


@pytest.fixture
def run(capfdbinary: pytest.CaptureFixture[bytes]) -> Run:
    """The command in this process, as quick as can be; `command_line` is the whole thing."""

    def call(*arguments: str | Path) -> Done:
        with pytest.raises(SystemExit) as left:
            main([str(each) for each in arguments])
        sys.stdout.flush()
        out, err = capfdbinary.readouterr()
        assert isinstance(left.value.code, int)
        return Done(left.value.code, out, err)

    return call


def command_line(*arguments: str | Path, stdin: bytes = b"") -> Done:
    command = [sys.executable, "-m", "inspector", *map(str, arguments)]
    done = subprocess.run(command, input=stdin, capture_output=True, timeout=30, check=False)
    return Done(done.returncode, done.stdout, done.stderr)


@pytest.fixture
def recording(tmp_path: Path) -> Path:
    path = tmp_path / "answer.sse"
    path.write_bytes(STREAM)
    return path


def _missing(at: Path) -> Path:
    return at / "no-such.sse"


def _directory(at: Path) -> Path:
    return at


def _loop(at: Path) -> Path:
    (at / "loop.sse").symlink_to(at / "loop.sse")
    return at / "loop.sse"


def _forbidden(at: Path) -> Path:
    (at / "closed.sse").write_bytes(STREAM)
    (at / "closed.sse").chmod(0)
    return at / "closed.sse"


def _fifo(at: Path) -> Path:
    os.mkfifo(at / "pipe.sse")
    return at / "pipe.sse"


UNOPENABLE = [_missing, _directory, _loop, _forbidden, _fifo]


@pytest.mark.parametrize("make", UNOPENABLE, ids=[each.__name__[1:] for each in UNOPENABLE])
def test_what_cannot_be_opened_is_one_sentence_and_exit_code_2(
    make: Callable[[Path], Path], tmp_path: Path, run: Run
) -> None:
    if make is _forbidden and os.geteuid() == 0:
        pytest.skip("root may read every file")
    done = run("export", make(tmp_path), "--to", "state")
    assert done.returncode == 2
    assert done.stdout == b""
    sentence = done.stderr.decode()
    assert sentence.count("\n") == 1
    assert "Traceback" not in sentence


USAGE = {
    "an option of another kind": ("export", "answer.sse", "--to", "state", "--snapshots"),
    "an option of frames": ("export", "answer.sse", "--to", "events", "--dispatched"),
    "an unknown kind": ("export", "answer.sse", "--to", "poem"),
    "no kind": ("export", "answer.sse"),
    "a negative frame": ("export", "answer.sse", "--to", "state", "--at", "-1"),
    "an unknown option": ("export", "answer.sse", "--to", "state", "--loud"),
    "an unknown dialect": ("export", "answer.sse", "--to", "state", "--dialect", "klingon"),
    "an unknown framing": ("export", "answer.sse", "--to", "state", "--framing", "morse"),
    "an unknown stage": ("export", "answer.sse", "--to", "state", "--stage", "s9"),
    "a path that cannot be written": ("export", "answer.sse", "--to", "state", "-o", "no/such/folder/out"),
    "no command of a group": ("config",),
}


@pytest.mark.parametrize("arguments", USAGE.values(), ids=USAGE.keys())
def test_bad_usage_is_exit_code_2_and_no_output(
    arguments: tuple[str, ...], recording: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(recording.parent)
    done = run(*arguments)
    assert done.returncode == 2
    assert done.stdout == b""
    said = done.stderr.decode()
    assert "stage-inspector:" in said
    assert "Traceback" not in said
    assert not {"\u240a", "\u2409"} & set(said)  # how the gate shows line ends and tabs


ODD = {
    "an empty file": (b"", "cut"),
    "a JSON error body": (b'{"error": {"message": "no such model", "code": 404}}', "error"),
    "a page": (b"<!DOCTYPE html><html><body>502 Bad Gateway</body></html>", "error"),
    "binary junk": (bytes(range(256)) * 8, "cut"),
    "comments only": (b": keep-alive\n\n: keep-alive\n\n", "cut"),
    "half a frame": (STREAM[:60], "cut"),
    "a cut stream": (STREAM[:-130], "cut"),
    "a head without a body": (b"HTTP/1.1 503 Service Unavailable\r\nRetry-After: 3\r\n\r\n", "error"),
}


@pytest.mark.parametrize(("content", "phase"), ODD.values(), ids=ODD.keys())
def test_every_other_file_opens_and_its_state_says_what_it_is(
    content: bytes, phase: str, tmp_path: Path, run: Run
) -> None:
    path = tmp_path / "odd"
    path.write_bytes(content)
    for kind in ("frames", "events", "state", "completion", "text"):
        done = run("export", path, "--to", kind)
        assert (done.returncode, done.stderr) == (0, b"")
    state = json.loads(run("export", path, "--to", "state").stdout.splitlines()[0])
    assert (state["stage"], state["phase"]) == ("s1", phase)
    assert (state["error"] is not None) == (phase == "error")


def test_standard_input_is_read_as_a_dash(recording: Path, run: Run) -> None:
    from_file = run("export", recording, "--to", "events").stdout
    assert command_line("export", "-", "--to", "events", stdin=STREAM).stdout == from_file
    assert from_file.count(b"\n") == 6


def test_json_is_ascii_whatever_the_stream_holds(tmp_path: Path, run: Run) -> None:
    text = "caf\u00e9 \u2028 \U0001f600 \\ud800 \\u001b[2J"
    chunk = '{"choices":[{"index":0,"delta":{"content":"' + text + '"}}]}'
    path = tmp_path / "odd.sse"
    path.write_bytes(f"data: {chunk}\n\n".encode())
    for kind in ("frames", "events", "state", "completion"):
        out = run("export", path, "--to", kind).stdout
        assert out.isascii()
        assert b"\x1b" not in out
    assert json.loads(run("export", path, "--to", "state").stdout)["choices"][0]["content"] == (
        "caf\u00e9 \u2028 \U0001f600 \ud800 \x1b[2J"
    )


def test_text_never_holds_a_control_character(tmp_path: Path, run: Run) -> None:
    path = tmp_path / "odd.sse"
    path.write_bytes(b'data: {"choices":[{"index":0,"delta":{"content":"\\u001b]0;gone\\u0007 \\ud800"}}]}\n\n')
    out = run("export", path, "--to", "text").stdout.decode("utf-8")
    assert "\x1b" not in out
    assert "\u241b]0;gone" in out


def test_an_output_file_is_replaced_as_a_whole_and_a_failure_leaves_it(recording: Path, run: Run) -> None:
    out = recording.parent / "out.jsonl"
    out.write_text("before")
    assert run("export", recording, "--to", "state", "--stage", "s9", "-o", out).returncode == 2
    assert out.read_text() == "before"
    assert run("export", recording, "--to", "state", "-o", out).returncode == 0
    assert json.loads(out.read_text())["phase"] == "done"
    assert sorted(each.name for each in recording.parent.iterdir()) == ["answer.sse", "out.jsonl"]


NOWHERE = {"a full disk": ">/dev/full", "a full device": "-o /dev/full", "nothing": ">&-"}


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full on this system")
@pytest.mark.parametrize("to", NOWHERE.values(), ids=NOWHERE)
def test_output_that_can_go_nowhere_is_one_sentence(recording: Path, to: str) -> None:
    command = f"'{sys.executable}' -m inspector export '{recording}' --to state {to}"
    done = subprocess.run(["bash", "-c", command], capture_output=True, timeout=30)
    assert done.returncode == 2
    assert done.stderr.count(b"\n") == 1
    assert b"with -o" in done.stderr


def test_an_output_file_keeps_its_mode_and_stays_behind_its_link(recording: Path, run: Run) -> None:
    out, link = recording.parent / "out.jsonl", recording.parent / "link.jsonl"
    out.write_text("before")
    out.chmod(0o600)
    link.symlink_to(out)
    assert run("export", recording, "--to", "state", "-o", link).returncode == 0
    assert link.is_symlink()
    assert out.read_text().startswith("{")
    assert out.stat().st_mode & 0o777 == 0o600


def test_an_input_without_a_stage_has_the_state_of_one(recording: Path, run: Run) -> None:
    recording.write_bytes(b"")
    assert run("export", recording, "--to", "state", "--stage", "s1").stdout.startswith(b'{"stage": "s1"')


def test_the_app_refuses_a_pipe_and_names_the_way_round(recording: Path, run: Run) -> None:
    done = run(recording)
    assert done.returncode == 2
    assert b"needs a terminal" in done.stderr


def test_a_name_that_is_a_command_is_the_command_and_a_path_is_the_file(
    recording: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(recording.parent)
    (recording.parent / "dialects").write_bytes(STREAM)
    assert b"openai-chat" in run("dialects").stdout
    assert b"needs a terminal" in run("./dialects").stderr


MEANT = {
    "a letter too few": (["chek", "RECORDING"], b"check"),
    "two that changed places": (["chekc", "none.sse"], b"check"),
    "an option of the command": (["exprot", "RECORDING", "--to", "state"], b"export"),
    "great letters": (["Check", "RECORDING"], b"check"),
    "nothing like it": (["recordings"], None),
    "a path that ends in it": (["./chekc"], None),
    "a file that is there": (["chek.sse"], None),
}


@pytest.mark.parametrize(("arguments", "command"), MEANT.values(), ids=MEANT)
def test_a_word_that_is_no_file_and_nearly_a_command_is_asked_after(
    recording: Path, run: Run, monkeypatch: pytest.MonkeyPatch, arguments: list[str], command: bytes | None
) -> None:
    monkeypatch.chdir(recording.parent)
    Path("chek.sse").write_bytes(STREAM)
    done = run(*(str(recording) if each == "RECORDING" else each for each in arguments))
    asked = b"Did you mean `stage-inspector %b`?" % (command or b"")
    assert done.returncode == 2
    assert (asked in done.stderr) is (command is not None)


def test_help_and_version_load_no_screen_and_no_network() -> None:
    script = (
        "import sys\nfrom inspector.cli import main\n"
        "try:\n    main(['--help'])\nexcept SystemExit:\n    pass\n"
        "print(*sys.modules, file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert "Usage" in done.stdout
    assert {"textual", "rich", "openai", "httpx", "httpx2", "pydantic"} & set(done.stderr.split()) == set()
    assert command_line("--version").stdout.startswith(b"stage-inspector, version ")


def test_a_command_imports_no_other() -> None:
    script = (
        "import sys\nfrom inspector.cli import main\n"
        "try:\n    main(['rules'])\nexcept SystemExit:\n    pass\n"
        "print(*sys.modules, file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    loaded = set(done.stderr.split())
    assert "inspector.cli.rules" in loaded
    assert not {"inspector.cli.export", "inspector.cli.parse", "inspector.cli.chat", "inspector.report.state"} & loaded


def test_a_reader_that_has_enough_is_no_error(recording: Path) -> None:
    recording.write_bytes(STREAM * 5000)
    command = f"'{sys.executable}' -m inspector export '{recording}' --to frames | head -1"
    done = subprocess.run(["bash", "-c", command], capture_output=True, timeout=30, check=True)
    assert done.stderr == b""
    assert json.loads(done.stdout)["frame"] == 0
