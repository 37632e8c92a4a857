"""Tools files for tests, and running the one tool in them."""

from __future__ import annotations

import asyncio
import json
import textwrap
from pathlib import Path

from inspector.sandbox.limits import RUNNING, Limits
from inspector.sandbox.running import Outcome, run_tool
from inspector.toolchain.specs import Tools, ToolSpec


def write(folder: Path, source: str, name: str = "tools.py") -> str:
    path = folder / name
    path.write_text(textwrap.dedent(source), encoding="utf-8")
    path.chmod(0o600)
    return str(path)


def one_tool(folder: Path, source: str) -> Tools:
    """A file whose tool is `f`, taken without describing it: any object will do as its arguments."""
    return Tools((ToolSpec("f", "", {}),), module=write(folder, source))


def run_f(folder: Path, source: str, arguments: str = "{}", limits: Limits = RUNNING) -> Outcome:
    return asyncio.run(run_tool(one_tool(folder, source), "f", arguments, limits))


def error_of(outcome: Outcome) -> str:
    """The sentence that the model gets."""
    assert outcome.failure is not None
    said = json.loads(outcome.content)
    assert list(said) == ["error"]
    return str(said["error"])
