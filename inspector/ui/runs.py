"""What tells several open files and runs apart, in words that are not cleaned. Draws nothing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from inspector import pace
from inspector.ui.document import Document
from inspector.ui.looking import counted
from inspector.ui.recorder import started_of, tape_of

_MOST_CHARACTERS = 60  # of a prompt


class Listed(NamedTuple):
    """An open file or run: its name, what else is to be said, a line each, and where a run is recorded."""

    name: str
    said: Sequence[str]
    path: str | None


def listed(document: Document, dot: str) -> Listed:
    tape = tape_of(document.feed.source)
    known = f" {dot} ".join(facts(document))
    return Listed(document.name, [*([known] if known else []), document.how_it_is_read], tape.path if tape else None)


def whose(documents: Sequence[Document], tape: object, dot: str) -> str | None:
    """Which run is recorded on this tape; `None` where there is one only."""
    for place, document in enumerate(documents):
        if len(documents) > 1 and tape_of(document.feed.source) is tape:
            return f" {dot} ".join([f"{place + 1}/{len(documents)}", document.name, *facts(document)])
    return None


def facts(document: Document) -> list[str]:
    """Its kind, model, start, state, how many requests it made, and what for; nothing of what is no run."""
    run = document.transcript.exchanges.run
    return [run.kind, *filter(None, _facts(document))] if run is not None else []


def _facts(document: Document) -> Iterator[str | None]:
    transcript, started = document.transcript, started_of(document.feed.source)
    requests = transcript.exchanges.all
    body = requests[0].began.body if requests and isinstance(requests[0].began.body, dict) else {}
    answered = transcript.stages[-1].model.last if transcript.stages else None
    yield _text(body.get("model")) or answered
    yield f"began {started}" if started else None
    yield pace.activity(transcript, document.last)
    yield counted(len(requests), "request")
    yield _prompt(body.get("messages"))


def _prompt(messages: Any) -> str | None:
    """The beginning of what the user said last."""
    every = messages if isinstance(messages, list) else []
    said = [_text(each.get("content")) for each in every if isinstance(each, dict) and each.get("role") == "user"]
    return f'"{said[-1][:_MOST_CHARACTERS]}"' if said and said[-1] else None


def _text(value: Any) -> str | None:
    return value if isinstance(value, str) else None
