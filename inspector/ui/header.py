"""What the first line says: which file this is, how it is read, which stage the cursor is in, and what was found."""

from __future__ import annotations

from typing import TYPE_CHECKING

from inspector.stage import ENDED, Phase, Stage
from inspector.ui.bar import Piece
from inspector.ui.document import Document
from inspector.ui.found import errors_of, sign, tally_of
from inspector.ui.glyphs import Glyphs
from inspector.ui.keys import Keymap, first_key, shown
from inspector.ui.phases import phase_word
from inspector.ui.running import activity

if TYPE_CHECKING:
    from inspector.findings.rule import Severity

# By phase: the name of a glyph where it has one, and the look.
_PHASES: dict[Phase, tuple[str, str]] = {
    "done": ("valid", "good"),
    "error": ("invalid", "error"),
    "cut": ("warning", "warning"),
    "cancelled": ("warning", "warning"),
}

_CUT_SHORT = ("length", "content_filter")  # a good end of an answer that is not whole

_COUNTED: dict[Severity, str] = {"error": "error", "warn": "warning"}  # and how they look

_LEAST_NAME = 36  # cells of the end of a file's name that stay whatever else there is to say


def header(document: Document, place: int, places: int, glyphs: Glyphs, *, is_asking: bool = False) -> list[Piece]:
    """`place` counts the open files from 0; `places` is how many there are. A run may be asking the user something."""
    transcript = document.transcript
    is_run = document.feed.source.is_live
    # Where a file lies stands in the list of files; of what a run watches, the host matters as much as the path.
    name = document.name.rpartition("://" if is_run else "/")[2]
    pieces = [Piece(name, 0, "strong", least=min(len(name), _LEAST_NAME))]
    if places > 1:
        pieces.append(Piece(f"{'run' if is_run else 'file'} {place + 1}/{places}", 2))
    doing = activity(document, glyphs, is_asking=is_asking)
    if transcript.framing == "unknown":
        return [*pieces, doing or Piece("nothing has come yet", 1)]
    pieces += [Piece(transcript.dialect, 4), Piece(transcript.framing, 6)]
    stage = document.stage
    if stage is None:
        return [*pieces, doing or Piece("no stage yet" if transcript.stages else "no stage", 1)]
    return [*pieces, *_of_stage(stage, document, glyphs, doing)]


def findings(document: Document, glyphs: Glyphs, keymap: Keymap) -> list[Piece]:
    """How many errors and warnings were found so far, and the key that lists them."""
    tally = tally_of(document.transcript)
    if tally is None:
        return []
    key = first_key("finding.list", keymap)
    said = [
        Piece(f"{sign(each, glyphs).glyph} {count}{'+' if tally.has_more(each) else ''}", 1, look, key)
        for each, look in _COUNTED.items()
        if (count := tally.counts[each])
    ]
    return [*said, Piece(f"{shown(key)} lists", 5, "dim", key)] if said else []


def _phase(phase: Phase, stage: Stage, document: Document, glyphs: Glyphs) -> list[Piece]:
    """An end that is not known is no bad one, and what is done with errors is not well done."""
    said = phase_word(phase, document.transcript.dialect)
    glyph, look = _PHASES.get(phase, ("", "")) if said == phase else ("", "")
    reasons = {choice.finish.at(document.cursor) for choice in list(stage.choices.values())}
    stopped = [reason for reason in _CUT_SHORT if reason in reasons]
    if phase == "done" and stopped:
        glyph, look, said = "warning", "warning", f"done: {stopped[0]}"
    elif phase == "done" and (errors := errors_of(document.transcript, stage)):
        glyph, look, said = "", "", f"done, {glyphs.invalid} {errors}"
    return [Piece(f"{getattr(glyphs, glyph)} {said}" if glyph else said, 3, look)] if said else []


def _of_stage(stage: Stage, document: Document, glyphs: Glyphs, doing: Piece | None) -> list[Piece]:
    number = stage.number + 1
    named = "" if stage.key == f"s{number}" else f" {stage.key}"
    pieces = [Piece(f"stage {number}/{len(document.transcript.stages)}", 1)]
    if named:
        pieces.append(Piece(named.strip(), 7))
    phase = stage.phase.at(document.cursor)
    if doing is not None and phase not in ENDED:
        pieces.append(doing)
    elif phase is not None:
        pieces += _phase(phase, stage, document, glyphs)
    if len(choices := document.choices) > 1:
        pieces.append(Piece(f"choice {document.choice} of {len(choices)}", 2))
    if model := stage.model.at(document.cursor):
        pieces.append(Piece(f"model {model}", 5))
    return pieces
