"""Runs a program as a child and says what it cost and what it found. Knows no benchmark."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
# As users have it: with bytecode, which some who develop switch off. The first round writes it.
ENVIRONMENT = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
PROGRAMS = Path(__file__).parent / "programs"


@dataclass(frozen=True, slots=True)
class Ran:
    """`cpu_s` is user and system time from process start to exit; `said` the JSON object it printed, if it did."""

    cpu_s: float
    wall_s: float
    said: dict[str, Any]


def run(command: Sequence[str]) -> Ran:
    """Run a command from the root of the checkout; a failure raises, with what it wrote to stderr."""
    began = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=ROOT, env=ENVIRONMENT)
    assert process.stdout is not None
    assert process.stderr is not None
    with process.stdout as out, process.stderr as err:
        text, trouble = out.read(), err.read()  # programs write little to either
    _, status, usage = os.wait4(process.pid, 0)
    wall_s = time.perf_counter() - began
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RuntimeError(f"{' '.join(command)} failed:\n{trouble.decode('utf-8', 'replace')}")
    said = json.loads(text) if text.startswith(b"{") else {}
    return Ran(usage.ru_utime + usage.ru_stime, wall_s, said)


def ours(program: str, *arguments: str) -> Ran:
    """Run one of `programs` that imports the inspector."""
    return run([sys.executable, "-m", f"tests.bench.programs.{program}", *arguments])


def peers(python: str, program: str, *arguments: str) -> Ran:
    """Run one of `programs` that imports only a peer, with the Python that has it."""
    return run([python, str(PROGRAMS / f"{program}.py"), *arguments])
