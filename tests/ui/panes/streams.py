"""Streams for the tests of the panes, small enough to be read: what each frame says is in the line that makes it."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from inspector.transcript import Transcript


def sse(*bodies: object, event: str = "") -> bytes:
    """One frame a body; bytes are frames already, and text is data as it stands."""
    frames = []
    for body in bodies:
        if isinstance(body, bytes):
            frames.append(body)
            continue
        data = body if isinstance(body, str) else json.dumps(body)
        head = f"event: {event}\n" if event else ""
        frames.append(f"{head}data: {data}\n\n".encode())
    return b"".join(frames)


def delta(choice: int = 0, finish: str | None = None, **fields: object) -> dict[str, Any]:
    """A chat chunk with this delta."""
    choices = [{"index": choice, "delta": fields, "finish_reason": finish}]
    return {"id": "chatcmpl-1", "object": "chat.completion.chunk", "model": "tiny", "choices": choices}


def text(said: str, choice: int = 0) -> dict[str, Any]:
    return delta(choice, content=said)


def reasoning(said: str) -> dict[str, Any]:
    return delta(reasoning_content=said)


def call(
    arguments: str | None = None, index: int | None = 0, id: str | None = None, name: str | None = None
) -> dict[str, Any]:
    """A fragment of a tool call; what is `None` is absent."""
    function = {key: value for key, value in (("name", name), ("arguments", arguments)) if value is not None}
    fragment = {key: value for key, value in (("index", index), ("id", id)) if value is not None}
    return delta(tool_calls=[{**fragment, "type": "function", "function": function}])


def finish(reason: str, choice: int = 0) -> dict[str, Any]:
    return delta(choice, finish=reason)


def usage(prompt: int, completion: int) -> dict[str, Any]:
    return {"choices": [], "usage": {"prompt_tokens": prompt, "completion_tokens": completion}}


def staged(stage: str, event: str, **fields: object) -> bytes:
    return sse({"stage_id": stage, **fields}, event=event)


def staged_chunk(stage: str, chunk: dict[str, Any]) -> bytes:
    return staged(stage, "chat_completion_chunk", chunk=chunk)


def transcript(stream: bytes, times: Callable[[int], float | None] | None = None) -> Transcript:
    """All of it, fed and decoded."""
    made = Transcript(lambda start, end: stream[start:end])
    made.times = times
    made.feed(stream)
    made.finish()
    made.decode_all()
    return made


DONE = "[DONE]"

PARALLEL = sse(
    delta(role="assistant", content=None),
    text("Let me look."),
    call("", 0, "call_a1", "get_weather"),
    call('{"city": "Os', 0),
    call("", 1, "call_b22", "get_time"),
    call('lo", "days": [1, 2', 0),
    call('{"zone": "Europe/Oslo"}', 1),
    call("3]}", 0),
    finish("tool_calls"),
    usage(23, 11),
    DONE,
)
BROKEN = sse(
    call('{"city": ', 0, "call_1", "get_weather"),
    call("Oslo, ", 0),
    call('"unit": "c"}', 0),
    call('{"a": 1, "a": 2}', 1, "call_2", "twice"),
    call('{"list": [{"deep": {"er": nu', 2, "call_3", "cut_off"),
    call(None, 3, "call_4", "nothing"),
    finish("tool_calls"),
    DONE,
)
UNSURE = sse(
    call('{"a": 1}', None, None, "first"),
    call('{"b": 2}', None, None, "second"),
    call('{"c": 3}', None, None, "third"),
    call("x", 7, "call_x", "odd"),
    call("y", 7, "call_y"),
    finish("tool_calls"),
)
HOSTILE = sse(
    call('{"re": "[a-z]+[/\\\\w]', 0, "[/foo]", "[@click=app.quit]x[/]"),
    call("\x1b]52;c;ZXZpbA==\x07\u202egnp.exe\u200b", 0),
    call(" 数据 e\u0301 👩\u200d👧 \ud83d", 0),
    call('\ude00", "tab\there": "\nnew line"}', 0),
    text("[bold]not bold[/bold] [link=file:///]x[/link]\r\n\x9b31m"),
)
STAGES = b"".join(
    [
        staged_chunk("weather", text("I will ask. ")),
        staged_chunk("weather", call('{"city": "Oslo"}', 0, "call_a", "get_weather")),
        staged_chunk("weather", call('{"city": "Lima"}', 1, "call_b", "get_weather")),
        staged_chunk("weather", finish("tool_calls")),
        staged("weather", "tool_summary", tool_summary={"call_a": '{"temp": 17}', "call_z": "who asked?\nnobody"}),
        staged("weather", "tool_completion_chunk", tool_results=text("It is 17 degrees")),
        staged("weather", "tool_completion_chunk", tool_results=text(" in Oslo.")),
        staged("weather", "done"),
        staged_chunk("second", text("Hello")),
        staged("second", "error", error="the model fell over"),
    ]
)
THINKING = sse(
    delta(role="assistant"),
    reasoning("The user greets me, "),
    reasoning("so I greet back."),
    text("Hello"),
    text(" you.\n\nHow are you?"),
    finish("length"),
)
CHOICES = sse(text("One", 0), text("Uno", 1), delta(1, refusal="No."), finish("stop", 0), finish("stop", 1), DONE)
TROUBLE = b"".join(
    [
        b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nx-request-id: 7\r\n\r\n",
        b": keep-alive\n\n",
        sse(text("fine")),
        b'data: {"choices": [{"delta": {"content": "half\n\n',
        b"retry: 3000\nfoo: bar\n\n",
        b'error: {"code": 500, "message": "slot unavailable"}\n\n',
        b'data: {"choices": [{"delta": {"content": "c',
    ]
)

HERMES = '<tool_call>\n{"name": "get_weather", "arguments": {"city": "Oslo"}}\n</tool_call>'
WRITTEN = sse(
    reasoning(f"I could write {HERMES[:40]}"),
    reasoning(f"{HERMES[40:]} right away."),
    call("", 0, "call_1", "get_weather"),
    call('{"city":"Oslo"', 0),
    call("}", 0),
    text(f"{HERMES[:-9]}"),
    text(HERMES[-9:]),
    text("\n<tool_call><function=get_time><parameter=zone>CET</parameter>"),
    text("</function></tool_call>"),
    finish("tool_calls"),
    DONE,
)
STREAMS = {
    "parallel": PARALLEL,
    "broken": BROKEN,
    "unsure": UNSURE,
    "hostile": HOSTILE,
    "stages": STAGES,
    "thinking": THINKING,
    "choices": CHOICES,
    "trouble": TROUBLE,
    "written": WRITTEN,
    "empty": b"",
}
