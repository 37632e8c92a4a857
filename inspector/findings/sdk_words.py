"""What a finding says of the official SDK: what it does, in which of its two ways to stream, and what helps there.

Held against openai 3.52. Judges nothing.
"""

from __future__ import annotations

from typing import Any

from inspector.findings.rule import Sign
from inspector.findings.sdk_snapshot import SdkRaises
from inspector.findings.words import quoted, short

CHUNK = "chat.completion.chunk"  # what the `object` of a chunk must be
_HELPER = "the official SDK's `.stream()` helper"
_PLAIN_WORKS = "`create(stream=True)` hands the chunks on"
_ENDS = "ends with AssertionError, which has no message"
_MESSAGE_MOST = 120

_END_EVENTS = (
    "End every event with an empty line, the last one too: the SDK takes none without, in either way to stream."
)
_MEND_DATA = "Let the server, and what stands before it, send one JSON object as the data of each event."
_NAME_OBJECT = (
    f'Let the server send `"object": "{CHUNK}"` in every chunk. Or read the chunks of `create(stream=True)`, which '
    "does not ask for it, and add them up yourself."
)
_KEEP_TYPE = (
    'Let the server leave `type` out of later fragments, or repeat `"function"`: null replaces it. Or read the chunks '
    "of `create(stream=True)` and add them up yourself."
)
_SEND_TEXT = (
    "Let the server send content as a text, and an `index` in every entry of a list. Or read the chunks of "
    "`create(stream=True)` and add them up yourself."
)


def raised(error: SdkRaises) -> Sign:
    """The helper raises while it adds up a chunk; it is known by its kind, as many of these have no message."""
    said = f": {short(error.message, _MESSAGE_MOST)}" if error.message else f", without a message: {error.why}"
    advice = _KEEP_TYPE if "type of a call" in error.why else _SEND_TEXT if "list delta" in error.message else None
    return Sign(f"{_HELPER} raises {error.kind}, where {_PLAIN_WORKS}{said}", advice=advice)


def refused(said: str) -> Sign:
    """The SDK raises for the data of an event: at once where that is no JSON, in the helper where it is no object."""
    kind, _, message = short(said, _MESSAGE_MOST).partition(": ")
    if kind == "AttributeError":
        return Sign(f"{_HELPER} raises {kind}, where {_PLAIN_WORKS}: {message}", advice=_MEND_DATA)
    return Sign(f"the official SDK raises {kind}, with `.stream()` and without: {message}", advice=_MEND_DATA)


def appended(index: int, what: str, made: str, sent: str) -> Sign:
    """What comes again is added to what is there, as pieces of arguments are."""
    message = f"{_HELPER} appends what comes again at index {index}: its call has the {what} {quoted(made, 80)}"
    return Sign(f"{message}, where the server's is {quoted(sent, 40)}; {_PLAIN_WORKS}")


def all_unended() -> Sign:
    return Sign(
        "the official SDK gets nothing of this answer, as its last event is not ended by an empty line: "
        f"`create(stream=True)` gives no chunk, and `.stream()` {_ENDS}",
        advice=_END_EVENTS,
    )


def all_passed_over(kind: Any) -> Sign:
    why = "its chunks have no `object`" if kind is None else f"the `object` of its chunks is {quoted(kind, 40)}"
    message = f"{_HELPER} passes over all of this answer, as {why}, and {_ENDS}; {_PLAIN_WORKS}"
    return Sign(message, advice=_NAME_OBJECT)


def one_unended() -> Sign:
    return Sign("the official SDK does not get this chunk, as no empty line ends its event", advice=_END_EVENTS)


def one_passed_over(kind: Any) -> Sign:
    why = "it has no `object`" if kind is None else f"its `object` is {quoted(kind, 40)}"
    return Sign(
        f"{_HELPER} passes over this chunk, as {why}, and what it says is lost; {_PLAIN_WORKS}", advice=_NAME_OBJECT
    )
