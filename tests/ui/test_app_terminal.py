"""The app in a real terminal: how it leaves it, whatever ends it, and where its keys come from (V10, V11)."""

from __future__ import annotations

import re
import signal
import subprocess
import sys
import termios
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.ui.driving import FRAMES, STREAM
from tests.ui.terminal import Terminal

# What is switched on, and what switches it off again.
MODES = [
    (b"\x1b[?1049h", b"\x1b[?1049l"),  # the other screen
    (b"\x1b[?1000h", b"\x1b[?1000l"),  # the mouse
    (b"\x1b[?1003h", b"\x1b[?1003l"),
    (b"\x1b[?25l", b"\x1b[?25h"),  # no cursor
    (b"\x1b[?2004h", b"\x1b[?2004l"),  # bracketed paste
]
CRASH = """
import sys
from inspector.sources.loading import open_source
from inspector.ui.app import InspectorApp, run
from inspector.ui.screens.main import MainScreen

def step(self, by):
    api_key = "sk-CANARY"
    raise ValueError("a bug \\x1b]0;with\\x07 [/foo] in it")

MainScreen.action_step = step
sys.exit(run(InspectorApp([open_source(sys.argv[1])])))
"""

FOLLOW = """
import sys
from inspector.sources.loading import open_source
from inspector.ui.app import InspectorApp, run
sys.exit(run(InspectorApp([open_source(sys.argv[1], follow=True)], follow=True)))
"""


@pytest.fixture
def recording(tmp_path: Path) -> Path:
    path = tmp_path / "weather.sse"
    path.write_bytes(STREAM)
    return path


def opened(path: Path) -> list[str]:
    return [sys.executable, "-m", "inspector", "open", str(path)]


def is_cooked(terminal: Terminal) -> bool:
    flags = termios.tcgetattr(terminal._slave)[3]
    return bool(flags & termios.ECHO and flags & termios.ICANON)


def hold_given_back(terminal: Terminal) -> None:
    for on, off in MODES:
        assert terminal.raw.rfind(off) > terminal.raw.rfind(on) >= 0, on
    assert is_cooked(terminal)


def send(keys: str) -> Callable[[Terminal], None]:
    return lambda terminal: terminal.send(keys)


def kill(number: int) -> Callable[[Terminal], None]:
    return lambda terminal: terminal.signal(number)


ENDS = [
    ("q", send("q"), 0),
    ("ctrl+c", send("\x03"), 130),
    ("SIGINT", kill(signal.SIGINT), 130),
    ("SIGTERM", kill(signal.SIGTERM), 143),
    ("SIGHUP", kill(signal.SIGHUP), 129),
]


@pytest.mark.parametrize(("end", "code"), [case[1:] for case in ENDS], ids=[case[0] for case in ENDS])
def test_the_terminal_is_given_back(recording: Path, end: Callable[[Terminal], None], code: int) -> None:
    with Terminal(opened(recording)) as terminal:
        terminal.wait_for("^p palette")
        assert not is_cooked(terminal)
        end(terminal)
        assert terminal.wait_exit() == code
        hold_given_back(terminal)


def test_a_bug_leaves_the_terminal_as_it_was_and_tells_no_secrets(recording: Path) -> None:
    with Terminal([sys.executable, "-c", CRASH, str(recording)]) as terminal:
        terminal.wait_for("^p palette")
        terminal.send("l")
        assert terminal.wait_exit() == 1
        hold_given_back(terminal)
        said = terminal.raw[terminal.raw.rfind(b"\x1b[?1049l") :]
        assert "ValueError: a bug ␛]0;with␇ [/foo] in it".encode() in said
        assert b"CANARY" not in said


def test_keys_come_from_the_terminal_when_a_stream_comes_through_a_pipe(recording: Path) -> None:
    pipe = f"cat '{recording}' | exec '{sys.executable}' -m inspector -"
    with Terminal(["/bin/sh", "-c", pipe]) as terminal:
        terminal.wait_for("frame 8/9")
        terminal.wait_for("standard input")
        terminal.send("hh")
        terminal.wait_for("frame 6/9")
        terminal.send("q")
        assert terminal.wait_exit() == 0
        hold_given_back(terminal)


def test_the_screen_is_drawn_on_the_terminal_even_if_errors_go_elsewhere(recording: Path) -> None:
    elsewhere = f"exec '{sys.executable}' -m inspector '{recording}' 2>/dev/null"
    with Terminal(["/bin/sh", "-c", elsewhere]) as terminal:
        terminal.wait_for("frame 0/9")
        terminal.send("q")
        assert terminal.wait_exit() == 0


def test_a_file_that_grows_is_followed(recording: Path) -> None:
    recording.write_bytes(b"".join(FRAMES[:3]))
    with Terminal([sys.executable, "-c", FOLLOW, str(recording)]) as terminal:
        terminal.wait_for("frame 2/3")
        with recording.open("ab") as file:
            file.write(FRAMES[3] + FRAMES[4][:-1])
        terminal.wait_for("frame 3/4")
        with recording.open("ab") as file:
            file.write(FRAMES[4][-1:])
        terminal.wait_for("frame 4/5")
        recording.write_bytes(FRAMES[0])
        terminal.wait_for("was cut short")
        terminal.wait_for("frame 0/1")


ENVIRONMENTS = [
    {"NO_COLOR": "1"},
    {"TERM": "dumb"},
    {"TERM": "xterm", "COLORTERM": ""},
    {"TERM": "linux", "COLORTERM": "", "TEXTUAL_COLOR_SYSTEM": "standard"},
]


@pytest.mark.parametrize("env", ENVIRONMENTS, ids=lambda env: " ".join(f"{name}={env[name]}" for name in env))
def test_any_terminal_will_do(recording: Path, env: dict[str, str]) -> None:
    with Terminal(opened(recording), env=env) as terminal:
        terminal.wait_for("frame 0/9")
        terminal.send("]")
        terminal.wait_for("frame 1/9")
        if "NO_COLOR" in env:
            assert colours(bytes(terminal.raw)) == set()
        terminal.send("q")
        assert terminal.wait_exit() == 0


def colours(raw: bytes) -> set[bytes]:
    """The colours in what was written that are no shades of grey: those Textual's NO_COLOR leaves."""
    found = re.findall(rb"[34]8;2;(\d+;\d+;\d+)", raw)
    return {colour for colour in found if len(set(colour.split(b";"))) > 1}


def test_opening_a_recording_loads_nothing_heavy(recording: Path) -> None:
    script = (
        "import asyncio, sys\n"
        "from inspector.sources.loading import open_source\n"
        "from inspector.ui.app import InspectorApp\n"
        "async def run():\n"
        "    app = InspectorApp([open_source(sys.argv[1])])\n"
        "    async with app.run_test() as pilot:\n"
        "        while not app.main.document.is_over:\n"
        "            await pilot.pause()\n"
        "        await pilot.press('l', 'G', 'v')\n"
        "    app.close_feeds()\n"
        "asyncio.run(run())\n"
        "print(*sys.modules)\n"
    )
    done = subprocess.run([sys.executable, "-c", script, str(recording)], capture_output=True, text=True, check=True)
    heavy = {"openai", "httpx", "httpx2", "pydantic", "jsonschema", "numpy", "click"}
    assert set(done.stdout.split()) & heavy == set()
