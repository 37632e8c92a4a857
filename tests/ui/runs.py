"""A chat run as tests of the app tell it, piece by piece, and a tape that records nothing."""

from __future__ import annotations

from typing import Any, NamedTuple

from inspector.asides import (
    Aside,
    ExchangeBegan,
    ExchangeEnded,
    HeadCame,
    RequestSent,
    RunBegan,
    RunEnded,
    StatusSaid,
    ToolAnswered,
)
from inspector.sources.source import Read
from tests.ui.driving import CALL, chunk, frame

URL = "http://127.0.0.1:8080/v1/chat/completions"
BODY = {
    "model": "tiny",
    "messages": [{"role": "user", "content": "What is the weather in Oslo?"}],
    "tools": [{"type": "function", "function": {"name": "get_weather"}}],
}
Said = Aside | Read


class FakeTape(NamedTuple):
    path: str | None = "/state/recordings/20261121T050000Z-chat.sse"
    is_whole: bool = True
    started: str = "2026-11-21T05:00:00Z"


def came(at_s: float, data: bytes) -> Read:
    return Read(data, at_s)


def asked(at_s: float, body: Any = BODY) -> list[Said]:
    return [ExchangeBegan(at_s, "POST", URL, (("authorization", "***"),), body), RequestSent(at_s + 0.01)]


def head(at_s: float) -> HeadCame:
    return HeadCame(at_s, "1.1", 200, "OK", (("content-type", "text/event-stream"),))


BEGAN: list[Said] = [RunBegan(0.0, "chat"), *asked(0.0)]
STREAMING: list[Said] = [
    head(0.2),
    came(0.3, chunk('{"role": "assistant"}')),
    came(0.5, chunk(CALL % (0, 0, '{\\"city\\": '))),
    came(0.6, chunk('{"tool_calls": [{"index": 0, "function": {"arguments": "\\"Oslo\\""}}]}')),
    came(0.7, chunk('{"tool_calls": [{"index": 0, "function": {"arguments": "}"}}]}')),
]
ANSWERED: list[Said] = [
    came(0.8, frame("[DONE]")),
    ExchangeEnded(0.8, None),
    StatusSaid(0.8, "running_tools", {"calls": 1}),
]
RESULT = ToolAnswered(1.0, "c0", "get_weather", '{"temp": 17}', None, 0.2)
AGAIN: list[Said] = [*asked(1.1, {**BODY, "messages": [*BODY["messages"], {"role": "tool"}]}), head(1.3)]
SYNTHESIS: list[Said] = [
    came(1.4, chunk('{"role": "assistant"}', id="b")),
    came(1.5, chunk('{"content": "It is "}', id="b")),
    came(1.6, chunk('{"content": "17 degrees."}', id="b")),
]
END: list[Said] = [came(1.7, frame("[DONE]")), ExchangeEnded(1.7, None), RunEnded(1.7, "end", None)]
