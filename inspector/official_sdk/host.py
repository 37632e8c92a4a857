"""Runs the official openai SDK as it is over one answer: pieces of an event stream in, what it made of them out.

Run as a script in a process of its own; imports nothing of the inspector. A line of standard input is `[frame, text]`,
the text having a character for each byte. A line of standard output is what a chunk changed, or how it ended.
"""

from __future__ import annotations

import json
import sys
import traceback
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import httpx
import openai

_MOST = 1000  # characters of a message


class _Pieces(httpx.SyncByteStream):
    """Gives the SDK one frame at a time, so that what it raises is raised at that frame."""

    def __init__(self, lines: Iterable[str]) -> None:
        self.frame = -1
        self._lines = lines

    def __iter__(self) -> Iterator[bytes]:
        for line in self._lines:
            self.frame, text = json.loads(line)
            yield text.encode("latin-1")


class _Replay(httpx.BaseTransport):
    """Answers any request with the pieces."""

    def __init__(self, pieces: _Pieces) -> None:
        self._pieces = pieces

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        return httpx.Response(200, headers={"content-type": "text/event-stream"}, stream=self._pieces)


class _Seen:
    """The calls as they were told, so that only what is new has to be."""

    def __init__(self) -> None:
        self._calls: dict[tuple[int, int], tuple[Any, Any, str]] = {}

    def changes(self, snapshot: Any) -> list[Any]:
        """`[choice, slot, id, name, arguments, anew]`; the arguments are those added, or `anew` all of them."""
        changed = []
        for place, choice in enumerate(snapshot.choices):
            for slot, call in enumerate(choice.message.tool_calls or []):
                now = _call(call)
                id, name, arguments = self._calls.get((place, slot), (None, None, ""))
                if now != (id, name, arguments) or (place, slot) not in self._calls:
                    self._calls[place, slot] = now
                    anew = not now[2].startswith(arguments)
                    changed.append([place, slot, now[0], now[1], now[2] if anew else now[2][len(arguments) :], anew])
        return changed


def _call(call: Any) -> tuple[Any, Any, str]:
    function = getattr(call, "function", None)
    arguments = getattr(function, "arguments", None)
    text = arguments if isinstance(arguments, str) else "" if arguments is None else json.dumps(arguments)
    return getattr(call, "id", None), getattr(function, "name", None), text


def replay(lines: Iterable[str], say: Callable[[dict[str, Any]], object]) -> None:
    """Run the SDK over one answer, and say what comes of it."""
    pieces = _Pieces(lines)
    say({"version": openai.__version__})
    try:
        _add_up(pieces, say)
    except Exception as error:  # noqa: BLE001 - what it raises is what is asked for
        where = traceback.extract_tb(error.__traceback__)[-1].name
        said = str(error)[:_MOST]
        say({"raised": type(error).__name__, "message": said, "where": where, "frame": pieces.frame})
    else:
        say({"ended": pieces.frame})


def _add_up(pieces: _Pieces, say: Callable[[dict[str, Any]], object]) -> None:
    seen = _Seen()
    http_client: Any = httpx.Client(transport=_Replay(pieces))  # it wants the httpx of its own, and takes this as well
    client = openai.OpenAI(api_key="none", base_url="http://localhost", max_retries=0, http_client=http_client)
    with client, client.chat.completions.stream(model="any", messages=[]) as stream:
        for event in stream:
            if event.type == "chunk":
                say({"frame": pieces.frame, "calls": seen.changes(event.snapshot)})
        stream.get_final_completion()


if __name__ == "__main__":
    replay(sys.stdin, lambda said: print(json.dumps(said), flush=True))
