"""How a live run gets on: what it is doing, how soon and how fast its answers came, how long nothing has come.

Told of any frame of it, from its kinds, times and asides; has no clock of its own: `now_s` is seconds since it began.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, Literal, NamedTuple, TypeAlias

from inspector import asides, kinds
from inspector.events import Chunk, JsonObject, Usage
from inspector.exchanges import Exchange
from inspector.stage import ENDED, Phase
from inspector.transcript import Transcript

Activity: TypeAlias = Literal[
    "connecting", "waiting for the first token", "streaming", "answered", "running tools", "synthesising",
    "too many rounds", "busy", "done", "cancelled", "error", "cut",
]  # fmt: skip
OWED: frozenset[Activity] = frozenset({"connecting", "waiting for the first token", "streaming", "synthesising"})
_TOKENS = (kinds.TEXT, kinds.REASONING, kinds.SYNTHESIS, kinds.CALL)
_MAY_COUNT = (kinds.USAGE, kinds.FINISH, kinds.STATUS, kinds.RESULT)  # what follows an answer outweighs its usage
_A_TOKEN = re.compile(bytes([*b"[", *_TOKENS, *b"]"]))
_STATUSES: dict[str, Activity] = {"running_tools": "running tools", "max_depth": "too many rounds"}
_PHASES: dict[Phase, Activity] = {"done": "done", "cancelled": "cancelled", "error": "error", "cut": "cut"}
_ENDS: dict[asides.Ending, Activity] = {"end": "done", "cancelled": "cancelled", "error": "error", "cut": "cut"}
# What the last thing on the client's side tells by itself.
_DOING: dict[type, Activity] = {
    asides.RunBegan: "connecting",
    asides.ExchangeBegan: "connecting",
    asides.RequestSent: "waiting for the first token",
    asides.HeadCame: "waiting for the first token",
    asides.ExchangeEnded: "answered",
    asides.CallRecovered: "running tools",
    asides.ToolBegan: "running tools",
    asides.ToolAnswered: "running tools",
}


class Rate(NamedTuple):
    """`is_estimated` where no server counted the tokens: a delta is taken for one.

    `is_told` where the rate is the server's own word: how fast it was, not how fast the answer came.
    """

    tokens_per_s: float
    is_estimated: bool
    is_told: bool = False


class Silence(NamedTuple):
    """How long nothing came at all, and how long nothing but keep-alives."""

    data_s: float
    progress_s: float


def activity(transcript: Transcript, n: int) -> Activity | None:
    """What a run was doing after frame `n` and before the next; `None` where no run is known."""
    if transcript.exchanges.run is None:
        return None
    said = transcript.asides(n)
    if not said:
        return _streaming(transcript, n)
    last = said[-1]
    if isinstance(last, asides.RunEnded):
        return _ended(transcript, n, last)
    if isinstance(last, asides.StatusSaid):
        return _STATUSES.get(last.status, "busy")
    return _DOING[type(last)]


def _ended(transcript: Transcript, n: int, aside: asides.RunEnded) -> Activity:
    """A run that came to its end may have a stage that did not."""
    stage = transcript.stage_at(n)
    phase = stage.phase.at(n) if stage is not None else None
    return _PHASES[phase] if phase in ENDED and aside.how == "end" else _ENDS[aside.how]


def _streaming(transcript: Transcript, n: int) -> Activity:
    exchange = transcript.exchanges.at(n)
    if exchange is None or _first_token(transcript, exchange.first_frame, n) is None:
        return "waiting for the first token"
    stage = transcript.stage_at(n)
    return "synthesising" if stage is not None and stage.synthesis_began(n) else "streaming"


def first_token_s(transcript: Transcript, n: int) -> float | None:
    """Seconds from where the request that frame `n` answers was begun to its first text or piece of a call."""
    exchange = transcript.exchanges.at(n)
    if exchange is None or (first := _first_token(transcript, exchange.first_frame, n)) is None:
        return None
    at_s = transcript.time_of(first)
    return at_s - exchange.began.at_s if at_s is not None else None


def rate(transcript: Transcript, n: int) -> Rate | None:
    """Tokens a second of the answer that frame `n` is part of, up to there."""
    start, end = _answer_from(transcript, n), min(n + 1, len(transcript.kinds))
    counted = _counted(transcript, start, end)
    if (measured := _number(counted.get("predicted_per_second"))) is not None:
        return Rate(measured, is_estimated=False, is_told=True)
    first, last = _first_token(transcript, start, n), _last_of(transcript.kinds, start, end, _TOKENS)
    if first is None or last <= first:
        return None
    began_s, ended_s = transcript.time_of(first), transcript.time_of(last)
    if began_s is None or ended_s is None or ended_s <= began_s:
        return None
    tokens = _number(counted.get("completion_tokens"))
    deltas = sum(transcript.kinds.count(kind, first, end) for kind in _TOKENS)
    return Rate(((tokens or deltas) - 1) / (ended_s - began_s), is_estimated=tokens is None)


def silence(transcript: Transcript, now_s: float) -> Silence | None:
    """How long a server that owes something has been silent; `None` where none does."""
    exchange = transcript.exchanges.all[-1] if transcript.exchanges.all else None
    if exchange is None or activity(transcript, transcript.framed - 1) not in OWED:
        return None
    asked_s = max(_times(exchange))
    came_s = _arrival(transcript, transcript.size - 1) if transcript.framed > exchange.first_frame else None
    start, end = exchange.first_frame, len(transcript.kinds)
    telling = len(transcript.kinds[start:end].rstrip(bytes([kinds.SILENT]))) + start - 1
    progress_s = transcript.time_of(telling) if telling >= start else None
    return Silence(now_s - max(asked_s, came_s or 0.0), now_s - max(asked_s, progress_s or 0.0))


def latest_s(transcript: Transcript) -> float | None:
    """When the last thing that is known came or happened, for whoever has a clock to set by it."""
    times = [transcript.exchanges.run.at_s] if transcript.exchanges.run is not None else []
    if transcript.exchanges.all:
        times += _times(transcript.exchanges.all[-1])
    times += [aside.at_s for aside in transcript.asides(transcript.framed - 1)]
    at_s = _arrival(transcript, transcript.size - 1) if times and transcript.size else None
    return max([*times, at_s or 0.0]) if times else None


# -- inside -----------------------------------------------------------------------------------------------------------


def _answer_from(transcript: Transcript, n: int) -> int:
    """The frame in which the answer begins that frame `n` is part of: of a plain recording, its turn."""
    exchange, stage = transcript.exchanges.at(n), transcript.stage_at(n)
    if exchange is not None or stage is None:
        return exchange.first_frame if exchange is not None else 0
    return max([stage.first_frame, 0, *(frame for frame, _ in stage.turns.history() if frame <= n)])


def _first_token(transcript: Transcript, start: int, n: int) -> int | None:
    found = _A_TOKEN.search(transcript.kinds, start, max(n + 1, 0))
    return found.start() if found else None


def _last_of(known: bytearray, start: int, end: int, wanted: tuple[int, ...]) -> int:
    return max(known.rfind(kind, start, end) for kind in wanted)


def _counted(transcript: Transcript, start: int, end: int) -> JsonObject:
    """What the server says that it counted: its usage, and llama.cpp's timings."""
    found: JsonObject = {}
    for kind in _MAY_COUNT:
        frame = transcript.kinds.rfind(kind, start, end)
        for event in transcript.events(frame) if frame >= 0 else ():
            if isinstance(event, Usage):
                found |= event.usage
            elif isinstance(event, Chunk) and isinstance(event.body.get("timings"), dict):
                found |= event.body["timings"]
    return found


def _number(value: Any) -> float | None:
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) and value > 0 else None


def _times(exchange: Exchange) -> list[float]:
    """When what is known of a request happened."""
    ended = [exchange.ended.at_s] if exchange.ended else []
    head = [exchange.head.at_s] if exchange.head else []
    sent = [exchange.sent_s] if exchange.sent_s is not None else []
    return [exchange.began.at_s, *sent, *head, *ended]


def _arrival(transcript: Transcript, byte: int) -> float | None:
    times: Callable[[int], float | None] | None = transcript.times
    return times(byte) if times is not None and byte >= 0 else None
