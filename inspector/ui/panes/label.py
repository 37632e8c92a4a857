"""What a frame says in a few words, for one row of the list of frames. Knows events, and nothing of the screen.

Facts only: a label is made from the events of its own frame, so it says the same wherever the cursor is.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from inspector import events as ev
from inspector import kinds
from inspector.gate import clean
from inspector.ui.glyphs import Glyphs
from inspector.ui.lines import Span
from inspector.wire.frame import Frame

MOST_CHARACTERS = 200  # of any text in a label; a row is never wider


def of_events(events: Sequence[ev.Event], kind: int, glyphs: Glyphs) -> list[Span]:
    """The label of a frame that says something; empty where these events say nothing worth a word."""
    parts: list[list[Span]] = []
    failures = [event.message for event in events if isinstance(event, ev.StageError)]
    for event in events:
        if isinstance(event, ev.Undecoded) and event.reason in failures:
            continue  # the error says it again
        make = _MAKERS.get(type(event))
        if make and (part := make(event, kind, glyphs)):
            parts.append(part)
    if not parts:
        parts = [_silent_chunk(event) for event in events if isinstance(event, ev.Chunk)][:1]
    joined: list[Span] = []
    for part in parts:
        joined += [Span(f" {glyphs.dot} ", "faint")] if joined else []
        joined += part
    return joined


def of_frame(frame: Frame, glyphs: Glyphs) -> list[Span]:
    """The label of a frame without events: what its field lines are."""
    if frame.note is not None:
        return [Span(_cut(frame.note), "dim")]
    said = [f"comment {_quoted(comment)}" for comment in frame.comments]
    said += [f"event {_cut(frame.event)}"] if frame.event else []
    said += [f"retry {frame.retry} ms"] if frame.retry is not None else []
    said += [_cut(line) for line in frame.unknown]
    return [Span(f" {glyphs.dot} ".join(said) or "nothing", "dim")]


def choices_of(events: Sequence[ev.Event]) -> set[int]:
    """The choices that a frame is about."""
    return {choice for event in events if (choice := getattr(event, "choice", None)) is not None}


# -- one event ----------------------------------------------------------------------------------------------------


def _text(event: ev.TextDelta, kind: int, glyphs: Glyphs) -> list[Span]:
    channel = event.channel
    if channel == "content":
        is_synthesis = kind == kinds.SYNTHESIS
        return [Span("synthesis " if is_synthesis else "text ", _look("synthesis", is_synthesis)), _said(event.text)]
    return [Span(f"{channel} ", "reasoning" if channel == "reasoning" else "bad"), _said(event.text)]


def _call(event: ev.ToolCallDelta, kind: int, glyphs: Glyphs) -> list[Span]:
    spans = [Span("tool" if event.index is None else f"tool {event.index:d}", "call")]
    spans += [Span(f" {_cut(event.name)}", "call strong")] if event.name else []
    if event.arguments:
        spans.append(Span(f" {_cut(event.arguments) if event.arguments.strip() else _quoted(event.arguments)}"))
    if len(spans) == 1 and event.id:
        spans.append(Span(f" id {_cut(event.id)}", "dim"))
    return spans


def _finished(event: ev.Finished, kind: int, glyphs: Glyphs) -> list[Span]:
    return [Span("finish ", "strong"), Span(_cut(event.reason), "strong")]


def _usage(event: ev.Usage, kind: int, glyphs: Glyphs) -> list[Span]:
    return [Span(f"usage {_tokens(event.usage)}".rstrip(), "dim")]


def _tools_ran(event: ev.ToolsRan, kind: int, glyphs: Glyphs) -> list[Span]:
    return [Span("tools ran", "result")] if kind < kinds.RESULT else []


def _result(event: ev.ToolResult, kind: int, glyphs: Glyphs) -> list[Span]:
    whose = event.call_id or event.name
    return [Span(f"result {_cut(whose)} " if whose else "result ", "result"), Span(_cut(event.content))]


def _status(event: ev.StatusNote, kind: int, glyphs: Glyphs) -> list[Span]:
    return [Span("status ", "status"), Span(_cut(event.status))]


def _done(event: ev.StageDone, kind: int, glyphs: Glyphs) -> list[Span]:
    return [Span("done", "good strong")]


def _cancelled(event: ev.StageCancelled, kind: int, glyphs: Glyphs) -> list[Span]:
    return [Span(f"{glyphs.invalid} cancelled", "warning")]


def _error(event: ev.StageError, kind: int, glyphs: Glyphs) -> list[Span]:
    return [Span(f"{glyphs.invalid} error: ", "bad"), Span(_cut(event.message))]


def _end(event: ev.StreamEnd, kind: int, glyphs: Glyphs) -> list[Span]:
    return [Span("[DONE]", "good strong")]


def _undecoded(event: ev.Undecoded, kind: int, glyphs: Glyphs) -> list[Span]:
    return [Span(f"{glyphs.invalid} undecoded: ", "bad"), Span(_cut(event.reason))]


_MAKERS: dict[type, Callable[[Any, int, Glyphs], list[Span]]] = {
    ev.TextDelta: _text,
    ev.ToolCallDelta: _call,
    ev.Finished: _finished,
    ev.Usage: _usage,
    ev.ToolsRan: _tools_ran,
    ev.ToolResult: _result,
    ev.StatusNote: _status,
    ev.StageDone: _done,
    ev.StageCancelled: _cancelled,
    ev.StageError: _error,
    ev.StreamEnd: _end,
    ev.Undecoded: _undecoded,
}


def _silent_chunk(chunk: ev.Chunk) -> list[Span]:
    """A chunk that says nothing by itself: the role it names, or what sort of object it says it is."""
    body = chunk.body
    choices = body.get("choices")
    first = choices[0] if isinstance(choices, list) and choices else None
    delta = first.get("delta") if isinstance(first, dict) else None
    if isinstance(delta, dict) and isinstance(role := delta.get("role"), str):
        return [Span("role ", "dim"), Span(_cut(role), "dim")]
    if isinstance(delta, dict):
        return [Span("empty delta", "faint")]
    sort = next((body[key] for key in ("type", "object", "event") if isinstance(body.get(key), str)), None)
    return [Span("chunk ", "dim"), Span(_cut(sort or ", ".join(list(body)[:8])))]


def _tokens(usage: ev.JsonObject) -> str:
    """Tokens in and out, under whichever names the vendor has for them."""
    counts = [
        next((usage[name] for name in names if isinstance(usage.get(name), int)), None)
        for names in (("prompt_tokens", "input_tokens"), ("completion_tokens", "output_tokens"))
    ]
    said = ["?" if count is None else f"{count:d}" for count in counts]
    return f"{said[0]} in + {said[1]} out" if any(counts) else ""


def _said(text: str) -> Span:
    return Span(_quoted(text))


def _quoted(text: str) -> str:
    return f'"{_cut(text)}"'


def _cut(text: str) -> str:
    return clean(text[:MOST_CHARACTERS])


def _look(look: str, on: bool) -> str:
    return look if on else ""
