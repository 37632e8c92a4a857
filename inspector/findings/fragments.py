"""Where the fragments of a call stand in their chunks. Judges nothing."""

from __future__ import annotations

from inspector.calls import Call
from inspector.events import Chunk, JsonObject, ToolCallDelta
from inspector.json_place import Path
from inspector.transcript import Transcript


def index_of(choice: JsonObject, position: int) -> int:
    """The number of a choice, which some servers leave out."""
    index = choice.get("index")
    return index if type(index) is int else position


def sent_as(body: JsonObject, delta: ToolCallDelta) -> tuple[JsonObject, Path]:
    """A fragment as sent, and its path in the chunk; an empty one where a status or `function_call` tells of it."""
    for position, choice in enumerate(body.get("choices") or ()):
        sent = choice.get("delta") if isinstance(choice, dict) else None
        if not isinstance(sent, dict) or index_of(choice, position) != delta.choice:
            continue
        path: Path = ("choices", position, "delta")
        if delta.origin != "wire":
            return {}, (*path, "function_call" if delta.origin == "function_call" else "metadata")
        calls = sent.get("tool_calls")
        if isinstance(calls, dict):
            return calls, (*path, "tool_calls")
        return calls[delta.position] if isinstance(calls, list) else {}, (*path, "tool_calls", delta.position)
    return {}, ("choices",)


def path_in(transcript: Transcript, n: int, call: Call, choice: int) -> Path:
    """Where frame `n` has the arguments that it brought for a call; asked only for what is found."""
    ids = {call_id for _, call_id in call.id.history()}
    body: JsonObject = {}
    paths: list[tuple[bool, Path]] = []
    for event in transcript.events(n):
        if isinstance(event, Chunk):
            body = event.body
        elif isinstance(event, ToolCallDelta) and event.choice == choice:
            is_its = event.id in ids if event.id else event.index is not None and event.index == call.index
            sent, path = sent_as(body, event)
            field = ("function", "arguments") if "function" in sent else ("arguments",)
            paths.append((is_its, (*path, *field)))
    paths.sort(key=lambda each: not each[0])
    return paths[0][1] if paths else ("choices",)
