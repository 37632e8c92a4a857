"""Asides: what the client's side of a live run knows beside the server's bytes. Facts only; nothing here interprets.

Each stands between two bytes of the stream, at `at_s` seconds since the run began: a source yields it between the
reads, a recording keeps it in its sidecar, and a transcript folds it after the frame that ends there. Secrets are
masked before an aside is made.
"""

from __future__ import annotations

from typing import Any, Literal, NamedTuple, TypeAlias

Headers: TypeAlias = tuple[tuple[str, str], ...]
RunKind: TypeAlias = Literal["chat", "attach"]
Ending: TypeAlias = Literal["end", "cancelled", "error", "cut"]


class RunBegan(NamedTuple):
    """The first aside. A `chat` run is one stage, however many exchanges it makes; `attach` shows the wire's own."""

    at_s: float
    kind: RunKind


class ExchangeBegan(NamedTuple):
    """A request is about to be sent: `body` is its JSON, `None` where it has none. Bytes after this answer it."""

    at_s: float
    method: str
    url: str
    headers: Headers
    body: Any


class RequestSent(NamedTuple):
    """There is a connection and the whole request is on it: from here on it is the server that is waited for."""

    at_s: float


class HeadCame(NamedTuple):
    """The response head; `http` is the version as text, `1.1`."""

    at_s: float
    http: str
    status: int
    reason: str
    headers: Headers


class ExchangeEnded(NamedTuple):
    """No byte of this answer will come; `trouble` says why in a sentence where HTTP did not end it as it should."""

    at_s: float
    trouble: str | None


class CallRecovered(NamedTuple):
    """A call that the model wrote as plain text was taken up, under an id of our own making."""

    at_s: float
    call_id: str
    name: str
    arguments: str
    tool_format: str


class ToolBegan(NamedTuple):
    """The tool of a call runs from here on, and is stopped after `limit_s` seconds."""

    at_s: float
    call_id: str
    name: str
    limit_s: float


class ToolAnswered(NamedTuple):
    """A result, as it is sent to the model. `failure` says why it is no result of the tool's own."""

    at_s: float
    call_id: str
    name: str
    content: str
    failure: str | None
    took_s: float | None


class StatusSaid(NamedTuple):
    """What the run is doing: `running_tools`, `max_depth`, …; `details` is any JSON value."""

    at_s: float
    status: str
    details: Any


class RunEnded(NamedTuple):
    """The last aside. `error`: no stream came, or the server refused; `cut`: it broke off; `message` says how.

    An `end` has one where HTTP found all well, but what came does not look like a stream.
    """

    at_s: float
    how: Ending
    message: str | None


Aside: TypeAlias = (
    RunBegan
    | ExchangeBegan
    | RequestSent
    | HeadCame
    | ExchangeEnded
    | CallRecovered
    | ToolBegan
    | ToolAnswered
    | StatusSaid
    | RunEnded
)
