"""A stage server of our own: asks a model, runs a weather table, asks again; knows nothing of the inspector.

Its events are those of jrbrowning/ollama-tools-api: the chunks of the first answer, `tool_summary`, the
text chunks of the second answer with `-integ-` ids, `done`. Each chunk stays as the model server wrote it.
"""

import json
import time
from collections.abc import Iterable, Iterator
from typing import Any

import httpx

CHAT = "/v1/chat/completions"
WEATHER = {
    "Paris": {"temp": 12, "sky": "rainy"},
    "Lima": {"temp": 24, "sky": "sunny"},
    "Oslo": {"temp": -3, "sky": "snowy"},
    "Cairo": {"temp": 31, "sky": "windy"},
}
LOOK_UP_S = 0.3  # a tool that asks somebody takes its time; the pause before the results should be seen


def tool(name: str, **properties: dict[str, Any]) -> dict[str, Any]:
    schema = {
        "type": "object",
        "properties": {key: {"type": "string"} | more for key, more in properties.items()},
        "required": list(properties),
    }
    return {
        "type": "function",
        "function": {"name": name, "description": f"Call {name}.", "parameters": schema},
    }


TOOLS = [  # the model was trained with these three, or none
    tool("get_weather", city={}, unit={"enum": ["celsius", "fahrenheit"]}),
    tool("get_time", city={}),
    tool("write_note", title={}, text={}),
]


def chat(messages: list[dict[str, Any]], **more: Any) -> dict[str, Any]:
    body = {"model": "tiny", "messages": messages, "tools": TOOLS, "stream": True, "temperature": 0}
    return body | {"max_tokens": 300} | more


def user(text: str) -> dict[str, Any]:
    return {"role": "user", "content": text}


def calls_of(chunks: Iterable[str]) -> list[dict[str, Any]]:
    """The calls that llama.cpp's chunks add up to: id and name come with a call's first delta."""
    calls: dict[int, dict[str, Any]] = {}
    for delta in (d for chunk in chunks for d in call_deltas(json.loads(chunk))):
        begun = {"id": delta.get("id"), "type": "function", "function": delta["function"] | {"arguments": ""}}
        call = calls.setdefault(delta["index"], begun)
        call["function"]["arguments"] += delta["function"]["arguments"]
    return list(calls.values())


def call_deltas(chunk: Any) -> Iterator[Any]:
    for choice in chunk["choices"]:
        yield from choice["delta"].get("tool_calls", ())


def run(call: dict[str, Any]) -> str:
    """What the weather table has for the city asked for, as JSON."""
    time.sleep(LOOK_UP_S)
    return json.dumps(WEATHER[json.loads(call["function"]["arguments"])["city"]])


def with_results(
    messages: list[dict[str, Any]], calls: list[dict[str, Any]], results: dict[str, str]
) -> list[dict[str, Any]]:
    """The messages of the second request."""
    answers = [{"role": "tool", "tool_call_id": key, "content": text} for key, text in results.items()]
    return [*messages, {"role": "assistant", "content": None, "tool_calls": calls}, *answers]


def payloads(lines: Iterable[str]) -> Iterator[str]:
    """The chunks among the lines of a chat completion stream."""
    for line in lines:
        if line.startswith("data: {"):
            yield line.removeprefix("data: ")


class StageServer:
    """Answers `{"stage_id": …, "user_prompt": …}` with the events of one stage."""

    def __init__(self, model_url: str) -> None:
        self.url = model_url + CHAT

    def __call__(self, path: str, body: Any) -> Iterator[bytes]:
        stage, messages, chunks = body["stage_id"], [user(body["user_prompt"])], list[str]()
        for n, chunk in enumerate(self.ask(messages)):
            chunks.append(chunk)
            yield event(stage, f"{stage}-chunk-{n}", "tool_completion_chunk", f',"tool_results":{chunk}')
        calls = calls_of(chunks)
        results = {call["id"]: run(call) for call in calls}
        yield event(stage, "0", "tool_summary", f',"tool_summary":{compact(results)}')
        said = filter(has_content, self.ask(with_results(messages, calls, results)))
        n = 0
        for n, chunk in enumerate(said, 1):
            key = f"{stage}-chunk-integ-{n - 1}"
            yield event(stage, key, "tool_completion_chunk", f',"tool_results":{chunk}')
        yield event(stage, str(n), "done", "")

    def ask(self, messages: list[dict[str, Any]]) -> Iterator[str]:
        with httpx.stream("POST", self.url, json=chat(messages), trust_env=False) as reply:
            yield from payloads(reply.raise_for_status().iter_lines())


def has_content(chunk: str) -> bool:
    return any(choice["delta"].get("content") for choice in json.loads(chunk)["choices"])


def compact(value: Any) -> str:
    return json.dumps(value, separators=(",", ":"))


def event(stage: str, key: str, name: str, more: str) -> bytes:
    return f'id: {key}\nevent: {name}\ndata: {{"stage_id":{compact(stage)}{more}}}\n\n'.encode()
