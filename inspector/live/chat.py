"""A chat run: asks the model, lets its tools run, tells it their results, until it calls no more.

What the model said is decoded from the bytes on the tape by the engine, never taken from a library.
"""

import asyncio
from collections.abc import Sequence
from dataclasses import replace

import httpx

from inspector.asides import CallRecovered, RunEnded, StatusSaid
from inspector.errors import InspectorError
from inspector.events import JsonObject
from inspector.live.calling import Calling
from inspector.live.client import open_line
from inspector.live.connection import Connection, place_of
from inspector.live.desk import Desk, Tape
from inspector.live.exchange import Exchange
from inspector.live.listening import listen
from inspector.live.model import Model
from inspector.live.models import models
from inspector.live.oddities import no_stream, oddities
from inspector.live.refusal import error_in, failure_of, is_loading
from inspector.live.source import LiveSource
from inspector.live.trouble import Trouble
from inspector.live.waiting import PATIENCE_S, given_up, retry_s
from inspector.tool_formats.recovering import recover
from inspector.tool_formats.tool_format import Recovered
from inspector.toolchain.conversation import (
    Answer,
    assistant_message,
    recovered_message,
    request_body,
    text_of,
    tool_message,
)
from inspector.toolchain.hearing import Heard
from inspector.toolchain.options import ChatOptions
from inspector.toolchain.questions import Asker, GoDeeper, RecoveredCall, RunRecovered, WaitForModel
from inspector.toolchain.specs import Tools
from inspector.wire.framing import FramingName

MODELS_S = 2.0  # at most, to ask which models there are
NO_RESULT = "The run ended with the calls: nothing ran their tools, and no result was typed in."


def chat_source(
    options: ChatOptions,
    tools: Tools | None,
    ask: Asker,
    tape: Tape,
    connection: Connection | None = None,
    framing: FramingName | None = None,
) -> LiveSource:
    """A run that begins when it is read. `connection` has headers, key and time-outs; by default there are none.

    Answers are framed as `framing` says, or by their looks.
    """
    connection = connection or Connection(options.base_url)
    options = replace(options, tools=tools.specs if tools else ())

    async def script(desk: Desk) -> None:
        named = await _with_model(options, connection, desk)
        async with open_line(connection, desk) as line:
            run = ChatRun(named, tools, ask, desk, tape, Model(connection, line), framing)
            end = await run.play()
        desk.say(RunEnded(desk.now(), *(end or ("end", None))))

    return LiveSource(f"chat {place_of(httpx.URL(connection.url))}", "chat", script, tape, connection.mask())


async def _with_model(options: ChatOptions, connection: Connection, desk: Desk) -> ChatOptions:
    """Where no model is named, the server's first; none where it does not say, which its answer will tell more of."""
    if options.model or "model" in options.params:
        return options
    hurried = replace(connection, timeout_s=min(MODELS_S, connection.timeout_s))
    try:
        names = await models(hurried)
    except InspectorError:
        return options
    if not names:
        return options
    if len(names) > 1:
        desk.notice(f"No model was named: asking {names[0]}, the first of {len(names)} that the server has.")
    return replace(options, model=names[0])


class ChatRun:
    """One run. It is over when the model calls no more, or when somebody says no."""

    def __init__(
        self,
        options: ChatOptions,
        tools: Tools | None,
        ask: Asker,
        desk: Desk,
        tape: Tape,
        model: Model,
        framing: FramingName | None,
    ) -> None:
        self._options = options
        self._ask = ask
        self._desk = desk
        self._tape = tape
        self._model = model
        self._framing = framing
        self._calling = Calling(tools, ask, desk) if tools else None
        self._heard_bytes = 0  # of the tape

    async def play(self) -> Trouble | None:
        """`None` where it came to its end."""
        messages: list[JsonObject] = list(self._options.messages)
        depth, may_reach = 0, self._options.max_depth
        while True:
            heard = await self._hear(request_body(self._options, messages, depth))
            if isinstance(heard, Trouble):
                return heard
            answer, formats = await self._answer(heard, len(messages))
            if not answer.calls or self._calling is None:
                return None
            if depth >= may_reach:
                if not await self._may_go_deeper(depth):
                    return None
                may_reach += self._options.max_depth
            results = await self._calling.results(answer.calls, formats)
            if results is None:
                self._desk.notice(NO_RESULT)
            if results is None or not self._options.synthesis:
                return None
            messages += [answer.message, *map(tool_message, (call.id for call in answer.calls), results)]
            depth += 1

    async def _hear(self, body: JsonObject) -> Heard | Trouble:
        """Ask, again and again where the user waits for a model that is still being loaded."""
        since_s: float | None = None
        while True:
            exchange, start = await self._model.ask(body), self._heard_bytes
            self._heard_bytes += exchange.received
            trouble = failure_of(exchange)
            if trouble is None:
                return await self._read(exchange, start)
            pause_s = retry_s(exchange)
            if not is_loading(exchange) or (since_s is None and not await self._ask(WaitForModel(trouble.sentence))):
                return trouble
            since_s = self._desk.now() if since_s is None else since_s
            waited_s = self._desk.now() - since_s
            if waited_s + pause_s > PATIENCE_S:
                return given_up(trouble)
            self._say("waiting_for_model", {"retry_s": pause_s, "waited_s": round(waited_s, 1)})
            await asyncio.sleep(pause_s)

    async def _read(self, exchange: Exchange, start: int) -> Heard | Trouble:
        for sentence in oddities(exchange):
            self._desk.notice(sentence)
        heard = await listen(self._tape.store, start, self._heard_bytes, self._framing)
        missing = no_stream(exchange)
        if missing is not None and (heard.error is not None or not exchange.received):
            return Trouble("error" if exchange.received else "cut", missing)
        return heard if heard.error is None else error_in(exchange, heard.error)

    async def _answer(self, heard: Heard, place: int) -> tuple[Answer, Sequence[str | None]]:
        """What the next request has of it. An answer that was cut calls nothing."""
        if heard.completion is None or not heard.is_whole:
            return Answer({}, ()), ()
        answer = assistant_message(heard.completion, place=place)
        if not answer.calls and self._calling and (found := self._recovered(text_of(heard.completion))):
            return await self._of_text(found, answer, place)
        for each in answer.mended:
            self._say(f"call_{each.what}_mended", {"call": each.call, "was": each.was, "now": each.now})
        return answer, [None] * len(answer.calls)

    def _recovered(self, text: str) -> list[Recovered]:
        return recover(text, {spec.name: spec.parameters for spec in self._options.tools})

    async def _of_text(self, found: list[Recovered], answer: Answer, place: int) -> tuple[Answer, Sequence[str | None]]:
        """Calls that the model wrote as text: shown in any case, and run where the user says so."""
        taken_up = recovered_message(found, place=place)
        for each, call in zip(found, taken_up.calls, strict=True):
            self._desk.say(CallRecovered(self._desk.now(), call.id, call.name, call.arguments, each.tool_format))
        asked = tuple(RecoveredCall(each.name, each.arguments, each.tool_format) for each in found)
        if not await self._ask(RunRecovered(asked)):
            return answer, ()
        return taken_up, [each.tool_format for each in found]

    async def _may_go_deeper(self, depth: int) -> bool:
        self._say("max_depth", {"depth": depth})
        return bool(await self._ask(GoDeeper(depth)))

    def _say(self, status: str, details: JsonObject) -> None:
        self._desk.say(StatusSaid(self._desk.now(), status, details))
