"""One call of a tool, from its arguments to the text that the model gets; must not ask whether it may (E2)."""

from __future__ import annotations

import asyncio
import json
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import NamedTuple

from inspector.daemon import in_daemon
from inspector.sandbox.endings import printed, reply_of
from inspector.sandbox.limits import RUNNING, Limits
from inspector.sandbox.process import Ended, Job, run_host
from inspector.toolchain.arguments import misfit
from inspector.toolchain.specs import Tools

MOST_AT_ONCE = 8  # a model may call hundreds at once: the rest wait for their turn, and their time begins then
_THREADS = ThreadPoolExecutor(MOST_AT_ONCE, thread_name_prefix="tool")


def _nobody() -> None:
    """What is told where nobody asks when a tool begins."""


class Outcome(NamedTuple):
    """`content` is for the model; where `failure` says why there is no result, it is `{"error": …}`."""

    content: str
    failure: str | None
    took_s: float


async def run_tool(
    tools: Tools, name: str, arguments: str, limits: Limits = RUNNING, began: Callable[[], object] = _nobody
) -> Outcome:
    """Check the arguments (JSON), run the tool, and say what came of it; cancelling kills what runs first.

    `began` is called when its time begins, in the event loop; not at all for a tool that does not run.
    """
    refused = await in_daemon(partial(_refusal, tools, name, arguments), f"check {name}")
    if refused or tools.module is None:
        return _failed(refused or f"{name} has no code here, only a specification.")
    try:
        ended = await _in_thread(Job("call", tools.module, name, arguments, tools.sha256), limits, began)
    except OSError as error:
        return _failed(f"{name} was not run, since no process can be begun ({error}).")
    return _outcome(name, ended, limits)


def _refusal(tools: Tools, name: str, arguments: str) -> str | None:
    spec = tools.named(name)
    if spec is None:
        return f"There is no tool {json.dumps(name)}: there are {', '.join(spec.name for spec in tools.specs)}."
    said = misfit(spec, arguments)
    return said and f"The arguments do not fit {name}: {said}."


def _outcome(name: str, ended: Ended, limits: Limits) -> Outcome:
    reply = reply_of(ended, limits)
    if reply.answer is not None:
        return Outcome(reply.answer, None, ended.took_s)
    return _failed(reply.refused or f"{name} {reply.how}.", ended.took_s, printed(ended))


def _failed(sentence: str, took_s: float = 0.0, more: str = "") -> Outcome:
    """`more` is for the user alone."""
    return Outcome(json.dumps({"error": sentence}, ensure_ascii=False), sentence + more, took_s)


async def _in_thread(job: Job, limits: Limits, began: Callable[[], object]) -> Ended:
    stop, loop = threading.Event(), asyncio.get_running_loop()

    def run() -> Ended:
        loop.call_soon_threadsafe(began)
        return run_host(job, limits, stop)

    running = _THREADS.submit(run)
    waiting = asyncio.wrap_future(running)
    try:
        return await asyncio.shield(waiting)
    except asyncio.CancelledError:
        stop.set()
        running.cancel()  # where it has not begun
        while not waiting.done():
            try:
                await asyncio.wait([waiting])
            except asyncio.CancelledError:  # a second time: the first is under way
                continue
        raise
