"""Chat runs against a server that answers by script: what it is made of, and what it got."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from typing import Any

from inspector.asides import CallRecovered, StatusSaid, ToolAnswered
from inspector.live.chat import chat_source
from inspector.live.connection import Connection
from inspector.toolchain.options import ChatOptions
from inspector.toolchain.questions import Asker, Question, headless
from inspector.toolchain.specs import Tools, ToolSpec
from tests.live.driving import Run, run
from tests.live.memory_tape import MemoryTape
from tests.live.raw_server import RawServer, answer

CITY = {"type": "object", "properties": {"city": {"type": "string"}}, "required": ["city"]}
SPECS = (ToolSpec("get_weather", "The weather.", CITY), ToolSpec("get_time", "The time.", CITY, "12:00"))
TYPED = Tools(SPECS)
PROMPT = ({"role": "user", "content": "Hi"},)
NOBODY = headless(yes=False, recover=False)


def chunk(finish: str | None = None, **delta: Any) -> bytes:
    body = {"id": "c", "object": "chat.completion.chunk", "created": 1, "model": "tiny"}
    choice = {"index": 0, "delta": delta, "finish_reason": finish}
    return f"data: {json.dumps(body | {'choices': [choice]})}\n\n".encode()


def call(index: int | None, call_id: str | None, name: str = "get_weather", city: str | None = "Oslo") -> bytes:
    """A call in one piece; no city makes arguments that are cut."""
    arguments = '{"city": "Os' if city is None else json.dumps({"city": city})
    fragment = {"index": index, "id": call_id, "type": "function", "function": {"name": name, "arguments": arguments}}
    return chunk(tool_calls=[{key: value for key, value in fragment.items() if value is not None}])


DONE = b"data: [DONE]\n\n"
CALLS_END = chunk("tool_calls") + DONE
TEXT = chunk(content="It is ") + chunk(content="sunny.") + chunk("stop") + DONE


def answers(*bodies: bytes) -> list[list[bytes]]:
    return [[answer(body)] for body in bodies]


def options(server: RawServer, **more: Any) -> ChatOptions:
    return ChatOptions(f"{server.url}/v1", **({"model": "tiny", "messages": PROMPT} | more))


def played(
    server: RawServer,
    tools: Tools | None = TYPED,
    ask: Asker = NOBODY,
    connection: Connection | None = None,
    **more: Any,
) -> Run:
    return run(chat_source(options(server, **more), tools, ask, MemoryTape(), connection))


class Answering:
    """An `Asker` that answers each kind of question by a value or a function of it, and keeps what was asked."""

    def __init__(self, answers: dict[type, Any]) -> None:
        self._answers = answers
        self.asked: list[Question] = []

    async def __call__(self, question: Question) -> Any:
        self.asked.append(question)
        given = self._answers[type(question)]
        return given(question) if isinstance(given, Callable) else given  # type: ignore[arg-type]  # a special form


def sent(server: RawServer) -> list[Any]:
    """The bodies that the server got."""
    return [json.loads(visit.body) for visit in server.visits]


def results(outcome: Run) -> list[tuple[str, str, str | None]]:
    return [(each.call_id, each.content, each.failure) for each in outcome.all(ToolAnswered)]


def statuses(outcome: Run) -> list[str]:
    return [each.status for each in outcome.all(StatusSaid)]


def recovered(outcome: Run) -> Sequence[CallRecovered]:
    return outcome.all(CallRecovered)
