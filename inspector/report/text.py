"""`export --to text`: the stages as a person reads them, cleaned for any terminal."""

from __future__ import annotations

from collections.abc import Iterator

from inspector.calls import Call
from inspector.choice import Choice
from inspector.gate import clean
from inspector.stage import Stage
from inspector.transcript import Transcript

_JSON = {"valid": "valid JSON", "partial": "cut: not yet whole JSON", "empty": "no arguments"}


def text(transcript: Transcript, n: int, *, stage: str | None) -> Iterator[str]:
    """UTF-8 text, a paragraph at a time, each with its line ends."""
    chosen = [each for each in transcript.stages if each.first_frame <= n and stage in (None, each.key)]
    for each in chosen:
        yield from _stage(each, n)
    if not chosen:
        yield "No stage: nothing in this input is a chunk of a model's answer.\n"


def _stage(stage: Stage, n: int) -> Iterator[str]:
    about = [clean(stage.key), str(stage.phase.at(n))]
    if model := stage.model.at(n):
        about.append(clean(model))
    yield "# " + " · ".join(about) + "\n"
    if error := stage.error.at(n):
        yield _paragraph("Error", error)
    choices = [choice for _, choice in sorted(stage.choices.items()) if choice.first_frame <= n]
    for choice in choices:
        yield from _choice(choice, n, alone=len(choices) == 1)
    for result in stage.results:
        if result.frame <= n:
            yield _paragraph(f"Result {clean(result.call_id or '(no call id)')}", result.content)
    if stage.synthesis_began(n):
        yield _paragraph("Synthesis", stage.synthesis.text_at(n) or "(empty)")
    yield "\n"


def _choice(choice: Choice, n: int, *, alone: bool) -> Iterator[str]:
    of = "" if alone else f" (choice {choice.index})"
    for name, track in (("Reasoning", choice.reasoning), ("Text", choice.content), ("Refusal", choice.refusal)):
        if track.size_at(n):
            yield _paragraph(name + of, track.text_at(n))
    for call in choice.calls:
        if call.opened <= n:
            yield _call(call, n, of)
    if finish := choice.finish.at(n):
        yield f"\nFinish{of}: {clean(finish)}\n"


def _call(call: Call, n: int, of: str) -> str:
    verdict = call.json_at(n)
    worth = _JSON.get(verdict.state) or f"broken at byte {verdict.first_bad_byte}"
    name = clean(call.name.at(n) or "(no name)")
    call_id = clean(call.id.first_at(n) or "no id")
    return _paragraph(f"Call {call.slot}{of} {name} [{call_id}] {worth}", call.arguments.text_at(n))


def _paragraph(heading: str, body: str) -> str:
    lines = clean(body, multiline=True).split("\n")
    return f"\n{heading}\n" + "".join(f"  {each}\n" if each else "\n" for each in lines)
