"""A call becomes an outcome, whatever happens; only cancelling comes out as an exception, after the kill (E8, L14)."""

from __future__ import annotations

import asyncio
import gc
import os
import time
from functools import partial
from pathlib import Path

import pytest

from inspector.sandbox.limits import Limits
from inspector.sandbox.loading import load_tools
from inspector.sandbox.running import MOST_AT_ONCE, run_tool
from inspector.toolchain.specs import Tools, ToolSpec
from tests.sandbox.files import error_of, one_tool, write

TYPED = """
    from dataclasses import dataclass
    from datetime import date
    from typing import Annotated
    from pydantic import AfterValidator, BaseModel

    class Stop(BaseModel):
        city: str

    @dataclass
    class Point:
        x: float

    def _even(n: int) -> int:
        if n % 2: raise ValueError("not even")
        return n

    open("imported", "w")

    def f(stop: Stop, at: Point = None, day: date = None, n: Annotated[int, AfterValidator(_even)] = 0):
        return [type(stop).__name__, type(at).__name__, type(day).__name__, n]
    """


RAN = "ran"
CHANGED = "was changed since its tools were loaded, so nothing of it runs: send anew."


async def test_arguments_come_as_the_types_hinted(tmp_path: Path) -> None:
    tools = load_tools(write(tmp_path, TYPED))
    outcome = await run_tool(tools, "f", '{"stop": {"city": "Oslo"}, "at": {"x": 1}, "day": "2026-11-21", "n": 2}')
    assert (outcome.content, outcome.failure) == ('["Stop", "Point", "date", 2]', None)
    assert 0 < outcome.took_s < 10


@pytest.mark.parametrize(
    ("name", "arguments", "says"),
    [
        ("g", "{}", 'There is no tool "g": there are f.'),
        ("F", "{}", 'There is no tool "F": there are f.'),
        ("", "{}", 'There is no tool "": there are f.'),
        ("f", "", "The arguments do not fit f: not JSON: empty"),
        ("f", '{"stop": ', "The arguments do not fit f: not JSON: Expecting value"),
        ("f", "{}", 'The arguments do not fit f: missing "stop".'),
        ("f", '{"stop": {}}', 'The arguments do not fit f: stop: missing "city".'),
        ("f", '{"stop": {"city": "a"}, "x": 1}', 'The arguments do not fit f: unknown "x", expected only "stop"'),
        ("f", '{"stop": {"city": "a"}, "n": 3}', "The arguments do not fit f: n: Value error, not even."),
        ("f", '{"stop": {"city": "a"}, "day": "x"}', "The arguments do not fit f: day: Input should be a valid date"),
    ],
)
async def test_a_call_that_does_not_fit_does_not_run(name: str, arguments: str, says: str, tmp_path: Path) -> None:
    outcome = await run_tool(load_tools(write(tmp_path, TYPED)), name, arguments)
    assert error_of(outcome).startswith(says)
    assert outcome.failure == error_of(outcome)


async def test_a_specification_alone_runs_nothing() -> None:
    outcome = await run_tool(Tools((ToolSpec("f", "", {}),)), "f", "{}")
    assert error_of(outcome) == "f has no code here, only a specification."


@pytest.mark.parametrize(
    ("source", "says"),
    [
        (None, "does not exist: check the path."),
        (f"open({RAN!r}, 'w')\ndef f(): return 2", CHANGED),
        ("1 / 0", CHANGED),
    ],
    ids=["deleted", "changed", "broken"],
)
async def test_a_file_that_changed_since_it_was_loaded_is_not_run(
    source: str | None, says: str, tmp_path: Path
) -> None:
    tools = load_tools(write(tmp_path, "def f(): return 1"))
    Path(tools.module or "").unlink()
    if source:
        write(tmp_path, source.replace(RAN, str(tmp_path / RAN)))
    assert error_of(await run_tool(tools, "f", "{}")).endswith(says)
    assert not (tmp_path / RAN).exists()


@pytest.mark.parametrize(
    ("source", "says"),
    [
        ("def g(): ...", "has no tool f any more: load it again."),
        ("1 / 0", "cannot be imported: it raised ZeroDivisionError: division by zero (line 1)."),
    ],
    ids=["no such tool", "broken"],
)
async def test_a_file_need_not_do_the_same_each_time_it_is_imported(source: str, says: str, tmp_path: Path) -> None:
    assert error_of(await run_tool(one_tool(tmp_path, source), "f", "{}")).endswith(says)


async def test_a_file_that_others_may_write_since_is_not_run(tmp_path: Path) -> None:
    tools = load_tools(write(tmp_path, "def f(): return 1"))
    os.chmod(str(tools.module), 0o602)
    assert "may be written by everybody" in error_of(await run_tool(tools, "f", "{}"))


async def test_calls_run_side_by_side(tmp_path: Path) -> None:
    """Each waits until the other has begun."""
    source = """
        import os, time
        def f(own: str, other: str):
            open(FOLDER + own, 'w').close()
            while not os.path.exists(FOLDER + other): time.sleep(0.01)
            return own
        """
    tools = one_tool(tmp_path, source.replace("FOLDER", repr(f"{tmp_path}/")))
    calls = [run_tool(tools, "f", arguments) for arguments in ('{"own":"a","other":"b"}', '{"own":"b","other":"a"}')]
    assert [outcome.content for outcome in await asyncio.gather(*calls)] == ["a", "b"]


async def test_cancelling_kills_first_and_leaves_nothing(tmp_path: Path) -> None:
    source = f"""
        import os, time
        def f():
            open({str(tmp_path / "pid")!r}, 'w').write(str(os.getpid()) + ' ' + os.getcwd())
            time.sleep(60)
        """
    before = open_descriptors()
    running = asyncio.create_task(run_tool(one_tool(tmp_path, source), "f", "{}"))
    told = await begun(tmp_path / "pid")
    cancelled_s = time.monotonic()
    running.cancel()
    await asyncio.sleep(0)
    running.cancel()  # an impatient user
    with pytest.raises(asyncio.CancelledError):
        await running
    assert time.monotonic() - cancelled_s < 0.25
    pid, folder = told.split()
    assert not os.path.exists(f"/proc/{pid}")
    assert not os.path.exists(folder)
    assert open_descriptors() == before
    assert asyncio.all_tasks() == {asyncio.current_task()}


async def test_a_call_that_waits_for_its_turn_can_be_cancelled(tmp_path: Path) -> None:
    source = f"""
        import time
        def f(n: int):
            open({str(tmp_path)!r} + f'/{{n}}', 'w').write('begun')
            time.sleep(60)
        """
    tools = one_tool(tmp_path, source)
    told: list[int] = []
    calls = [partial(told.append, n) for n in range(MOST_AT_ONCE + 2)]
    running = [asyncio.create_task(run_tool(tools, "f", f'{{"n": {n}}}', began=began)) for n, began in enumerate(calls)]
    await asyncio.gather(*[begun(tmp_path / str(n)) for n in range(MOST_AT_ONCE)])
    assert sorted(told) == list(range(MOST_AT_ONCE))  # whose time has begun
    for task in reversed(running):
        task.cancel()
    ended = await asyncio.gather(*running, return_exceptions=True)
    assert all(isinstance(each, asyncio.CancelledError) for each in ended)
    assert not (tmp_path / str(MOST_AT_ONCE)).exists()


@pytest.mark.parametrize(("name", "arguments"), [("g", "{}"), ("f", "[]")], ids=["unknown", "unfit"])
async def test_what_does_not_run_never_begins(name: str, arguments: str, tmp_path: Path) -> None:
    told: list[None] = []
    await run_tool(one_tool(tmp_path, "def f(): return 1"), name, arguments, began=lambda: told.append(None))
    assert told == []


async def test_many_calls_leave_no_descriptor(tmp_path: Path) -> None:
    tools = one_tool(tmp_path, "def f(): return 1")
    await run_tool(tools, "f", "{}")
    before = open_descriptors()
    for seconds in (10, 10, 0.01, 0):
        await run_tool(tools, "f", "{}", Limits(seconds=seconds))
    gc.collect()
    assert open_descriptors() == before


async def test_where_no_process_can_be_begun_it_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tools = one_tool(tmp_path, "def f(): return 1")
    monkeypatch.setattr("sys.executable", "/no/such/python")
    assert error_of(await run_tool(tools, "f", "{}")).startswith("f was not run, since no process can be begun (")


async def begun(path: Path) -> str:
    """What a tool wrote to tell that it runs."""
    async with asyncio.timeout(20):
        while not (path.exists() and path.read_text()):
            await asyncio.sleep(0.005)
    return path.read_text()


def open_descriptors() -> int:
    return len(os.listdir("/dev/fd"))
