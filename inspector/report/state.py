"""`export --to state`: each stage with all that accumulated in it after a frame (CLI.md)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from inspector.calls import Call
from inspector.choice import Choice
from inspector.report.lines import line
from inspector.stage import Stage
from inspector.transcript import Transcript


def states(transcript: Transcript, n: int, *, stage: str | None) -> Iterator[str]:
    """One line a stage, in order of appearance; an input without any stage still gets one."""
    begun = [each for each in transcript.stages if each.first_frame <= n]
    for each in begun:
        if stage in (None, each.key):
            yield line(state(each, n, transcript.dialect))
    if not begun:
        over = transcript.ended and n >= transcript.framed - 1
        yield line(_nothing(transcript.dialect, "cut" if over else "waiting"))


def state(stage: Stage, n: int, dialect: str) -> dict[str, Any]:
    """The state of one stage after frame `n`."""
    return {
        "stage": stage.key,
        "dialect": dialect,
        "phase": stage.phase.at(n),
        "model": stage.model.at(n),
        "choices": [_choice(each, n) for _, each in sorted(stage.choices.items()) if each.first_frame <= n],
        "tool_results": [
            {"call_id": each.call_id, "name": each.name, "content": each.content}
            | ({"failure": each.failure} if each.failure else {})
            for each in stage.results
            if each.frame <= n
        ],
        "synthesis": stage.synthesis.text_at(n) if stage.synthesis_began(n) else None,
        "statuses": [
            {"frame": each.frame if each.frame >= 0 else None, "status": each.status, "details": each.details}
            for each in stage.statuses
            if each.frame <= n
        ],
        "usage": stage.usage.at(n),
        "error": stage.error.at(n),
    }


def _choice(choice: Choice, n: int) -> dict[str, Any]:
    return {
        "index": choice.index,
        "content": choice.content.text_at(n),
        "reasoning": choice.reasoning.text_at(n),
        "refusal": choice.refusal.text_at(n),
        "finish_reason": choice.finish.at(n),
        "tool_calls": [_call(each, n) for each in choice.calls if each.opened <= n],
    }


def _call(call: Call, n: int) -> dict[str, Any]:
    verdict = call.json_at(n)
    return {
        "slot": call.slot,
        "turn": call.turn,
        "index": call.index,
        "id": call.id.first_at(n),
        "name": call.name.at(n),
        "arguments": call.arguments.text_at(n),
        "json": verdict.state,
        "first_bad_byte": verdict.first_bad_byte,
        "matched_by": call.matched_by.at(n),
    } | ({"origin": call.origin} if call.origin != "wire" else {})


def _nothing(dialect: str, phase: str) -> dict[str, Any]:
    texts: dict[str, Any] = {"synthesis": None, "statuses": [], "usage": None, "error": None}
    return {
        "stage": "s1",
        "dialect": dialect,
        "phase": phase,
        "model": None,
        "choices": [],
        "tool_results": [],
    } | texts
