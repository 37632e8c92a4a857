"""How clients tell which call a fragment belongs to: a table of policies, none of them ours. No I/O, linear time."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from jiter import from_json

from inspector.client_views.answer import AnswerChunk
from inspector.client_views.view import Change, GaveUp, Key, View
from inspector.events import ToolCallDelta


@dataclass(slots=True)
class _Call:
    key: Key
    id: str | None
    name: str | None = None


@dataclass(slots=True)
class _Opened:
    """The calls of one choice, under the keys that the policy gives them."""

    calls: dict[Hashable, _Call] = field(default_factory=dict)
    last: Hashable = None  # the key of the call that the fragment before went to


class _Refused(Exception):
    """What the client would say."""


class Policy(NamedTuple):
    """`key_of` gives the key of a fragment's call, a new key for a new call, or raises `_Refused`.

    `flaw` is why the client fails on streams as OpenAI sends them, with no fault of the stream; `None`: it does not.
    """

    name: str
    about: str
    key_of: Callable[[ToolCallDelta, AnswerChunk, _Opened], Hashable]
    flaw: str | None = None


def _by_index(fragment: ToolCallDelta, chunk: AnswerChunk, opened: _Opened) -> Hashable:
    if fragment.index is None:
        raise _Refused("TypeError: a fragment has no index")
    return fragment.index


def _by_id(fragment: ToolCallDelta, chunk: AnswerChunk, opened: _Opened) -> Hashable:
    if not fragment.id:
        raise _Refused("KeyError: a fragment has no id")
    return fragment.id


def _by_id_else_chunk_id(fragment: ToolCallDelta, chunk: AnswerChunk, opened: _Opened) -> Hashable:
    key = fragment.id or chunk.id
    if key is None:
        raise _Refused("KeyError: neither the fragment nor its chunk has an id")
    return key


def _last_open_call(fragment: ToolCallDelta, chunk: AnswerChunk, opened: _Opened) -> Hashable:
    last = opened.calls.get(opened.last)
    begins = fragment.id != last.id if last is not None and fragment.id else bool(fragment.id or fragment.name)
    if last is None and not begins:
        raise _Refused("IndexError: arguments come before any call")
    return len(opened.calls) if begins else opened.last


def _whole_call(fragment: ToolCallDelta, chunk: AnswerChunk, opened: _Opened) -> Hashable:
    if not fragment.name:
        raise _Refused("KeyError: a fragment has no name")
    try:
        from_json((fragment.arguments or "").encode("utf-8", "surrogatepass"))
    except ValueError:
        raise _Refused("JSONDecodeError: the arguments of a fragment are no whole JSON") from None
    return len(opened.calls)


_ONE_ID = "it loses the arguments: OpenAI sends the id of a call once"
_PIECES = "it takes no call in pieces, as OpenAI sends them"
POLICIES: tuple[Policy, ...] = (
    Policy("by index", "as most client libraries do, and OpenAI's documentation tells", _by_index),
    Policy("by id", "a fragment goes to the call of its id", _by_id, _ONE_ID),
    Policy(
        "by id, else chunk id", "the ids are the calls' keys, as a stage server has it", _by_id_else_chunk_id, _ONE_ID
    ),
    Policy("last open call", "an id or a name opens a call, all else goes to the last", _last_open_call),
    Policy("whole call in one chunk", "each fragment is a call, as Ollama sends them", _whole_call, _PIECES),
)


class Taking:
    """A client with this policy at work: `view` is what it has made of the chunks so far."""

    def __init__(self, policy: Policy) -> None:
        self.view = View()
        self._policy = policy
        self._choices: dict[int, _Opened] = {}

    def take(self, chunk: AnswerChunk, fragments: Iterable[ToolCallDelta]) -> None:
        if self.view.gave_up is not None:
            return
        try:
            for fragment in fragments:
                self._add(chunk, fragment)
        except _Refused as refused:
            self.view.gave_up = GaveUp(chunk.frame, str(refused))

    def _add(self, chunk: AnswerChunk, fragment: ToolCallDelta) -> None:
        opened = self._choices.setdefault(fragment.choice, _Opened())
        key = self._policy.key_of(fragment, chunk, opened)
        given = key if isinstance(key, str) else fragment.id or None
        call = opened.calls.setdefault(key, _Call((fragment.choice, len(opened.calls)), given))
        call.id, call.name, opened.last = call.id or given, fragment.name or call.name, key
        self.view.note(chunk.frame, call.key, Change(call.id, call.name, fragment.arguments or ""))
