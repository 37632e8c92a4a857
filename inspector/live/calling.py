"""The tools of a chat run: asks before the first run of each, runs those of one answer together, says each result."""

import asyncio
from collections.abc import Sequence
from functools import partial

from inspector.asides import StatusSaid, ToolAnswered, ToolBegan
from inspector.daemon import in_daemon
from inspector.live.desk import Desk
from inspector.sandbox.limits import RUNNING
from inspector.sandbox.running import Outcome, run_tool
from inspector.toolchain.arguments import misfit
from inspector.toolchain.conversation import ToolCall
from inspector.toolchain.questions import Asker, MayRun, TypeResult
from inspector.toolchain.specs import Tools

_DECLINED = Outcome('{"error": "The user declined to run this tool."}', "The user declined to run it.", 0.0)


class Calling:
    """Remembers for the run which tools may always run."""

    def __init__(self, tools: Tools, ask: Asker, desk: Desk) -> None:
        self._tools = tools
        self._ask = ask
        self._desk = desk
        self._always: set[str] = set()

    async def results(self, calls: Sequence[ToolCall], formats: Sequence[str | None]) -> list[str] | None:
        """The results in the order of the calls; `None` where the user gives none, and the run is to end."""
        if self._tools.module is None:
            return await self._typed(calls)
        self._desk.say(StatusSaid(self._desk.now(), "running_tools", {"calls": len(calls)}))
        given = enumerate(zip(calls, formats, strict=True), 1)
        declined = [await self._is_declined(*each, number, len(calls)) for number, each in given]
        async with asyncio.TaskGroup() as group:
            running = [group.create_task(self._run(*each)) for each in zip(calls, declined, strict=True)]
        return [task.result() for task in running]

    async def _typed(self, calls: Sequence[ToolCall]) -> list[str] | None:
        """Results of tools of which there is only a specification: what the user types."""
        given = []
        for call in calls:
            if not await self._fits(call):
                given.append(await self._run(call, is_declined=False))
                continue
            spec = self._tools.named(call.name)
            text = await self._ask(TypeResult(call.id, call.name, call.arguments, spec.canned if spec else None))
            if text is None:
                return None
            given.append(self._say(call, Outcome(text, None, 0.0)))
        return given

    async def _is_declined(self, call: ToolCall, tool_format: str | None, number: int, of: int) -> bool:
        """Ask the user, but not about what is not going to run, and not again where the answer was `always`."""
        if call.name in self._always or not await self._fits(call):
            return False
        module = self._tools.module or ""
        consent = await self._ask(MayRun(call.id, call.name, call.arguments, module, tool_format, number, of))
        if consent == "always":
            self._always.add(call.name)
        return consent not in ("once", "always")  # whatever else was answered is no consent

    async def _fits(self, call: ToolCall) -> bool:
        spec = self._tools.named(call.name)
        if spec is None:
            return False
        return await in_daemon(partial(misfit, spec, call.arguments), f"check {call.name}") is None

    async def _run(self, call: ToolCall, is_declined: bool) -> str:
        """Run it; what does not fit is not run, and the outcome says why."""
        began = partial(self._say_began, call)
        outcome = _DECLINED if is_declined else await run_tool(self._tools, call.name, call.arguments, RUNNING, began)
        return self._say(call, outcome)

    def _say_began(self, call: ToolCall) -> None:
        self._desk.say(ToolBegan(self._desk.now(), call.id, call.name, RUNNING.seconds))

    def _say(self, call: ToolCall, outcome: Outcome) -> str:
        content, failure, took_s = outcome
        self._desk.say(ToolAnswered(self._desk.now(), call.id, call.name, content, failure, took_s or None))
        return content
