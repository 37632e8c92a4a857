"""Streams made of the smallest chunks, and all that the engine makes of a stream; judges nothing."""

from __future__ import annotations

import json
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from typing import Any

from inspector.report.completions import completion_lines
from inspector.report.events import EventLines
from inspector.report.state import states
from inspector.transcript import Transcript

Json = dict[str, Any]


class Reading:
    """One stream, read to its end."""

    def __init__(self, data: bytes, *, dialect: str | None = None, pieces: list[bytes] | None = None) -> None:
        self._lines: list[str] = []
        listener = EventLines(self._lines.append)
        self.transcript = Transcript(lambda start, end: data[start:end], dialect=dialect, listener=listener)
        for piece in [data] if pieces is None else pieces:
            self.transcript.feed(piece)
        self.transcript.finish()
        self.transcript.decode_all()
        self.last = self.transcript.framed - 1

    @property
    def events(self) -> list[Json]:
        """As `export --to events` gives them."""
        return self.read(self._lines)

    def states(self, n: int | None = None) -> list[Json]:
        """As `export --to state` gives them."""
        return self.read(states(self.transcript, self._at(n), stage=None))

    def completions(self, n: int | None = None) -> list[Json]:
        """As `export --to completion` gives them."""
        return self.read(completion_lines(self.transcript, self._at(n), stage=None))

    @staticmethod
    def read(lines: Iterable[str]) -> list[Json]:
        return [json.loads(line) for line in lines]

    @property
    def state(self) -> Json:
        """Of the only stage."""
        (state,) = self.states()
        return state

    @property
    def completion(self) -> Json:
        """The only one."""
        (line,) = self.completions()
        completion: Json = line["completion"]
        return completion

    @property
    def calls(self) -> list[Json]:
        """Of choice 0 of the only stage."""
        calls: list[Json] = self.state["choices"][0]["tool_calls"] if self.state["choices"] else []
        return calls

    def said(self, *types: str) -> list[Json]:
        """The events of these types, in order; of all where none is named."""
        return [event for event in self.events if not types or event["type"] in types]

    def _at(self, n: int | None) -> int:
        return self.last if n is None else n


@lru_cache(maxsize=16)
def reading_of(path: Path) -> Reading:
    """A file, read once for tests that look at it one after the other."""
    return Reading(path.read_bytes())


def sse(*payloads: Json | str) -> bytes:
    """An event stream: objects as chunks, text as it is (`[DONE]`)."""
    texts = (each if isinstance(each, str) else json.dumps(each) for each in payloads)
    return "".join(f"data: {text}\n\n" for text in texts).encode()


def named(*frames: tuple[str, str, Json | str]) -> bytes:
    """Frames with an id and an event name, as stage servers write them; an empty one is left out."""
    blocks = []
    for event_id, event, payload in frames:
        text = payload if isinstance(payload, str) else json.dumps(payload)
        fields = [("id", event_id), ("event", event), *(("data", line) for line in text.split("\n"))]
        blocks.append("".join(f"{name}: {value}\n" for name, value in fields if value or name == "data") + "\n")
    return "".join(blocks).encode()


def chunk(delta: Any = None, *, choice: int | None = 0, finish: str | None = None, **more: Any) -> Json:
    """The smallest `chat.completion.chunk` with one choice; `more` goes beside the choices."""
    body = {"delta": {} if delta is None else delta} | ({"finish_reason": finish} if finish else {})
    index = {} if choice is None else {"index": choice}
    return {"object": "chat.completion.chunk", "choices": [index | body]} | more


def text(content: Any, **more: Any) -> Json:
    return chunk({"content": content}, **more)


def calls(*fragments: Json, **more: Any) -> Json:
    return chunk({"tool_calls": list(fragments)}, **more)


def fragment(index: Any = None, id: Any = None, name: Any = None, arguments: Any = None, **more: Any) -> Json:
    """A fragment of a call; what is `None` is not there at all."""
    function = {key: value for key, value in (("name", name), ("arguments", arguments)) if value is not None}
    head = {key: value for key, value in (("index", index), ("id", id)) if value is not None}
    return head | ({"function": function} if function else {}) | more
