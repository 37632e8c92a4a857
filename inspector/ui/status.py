"""What the last line says: where the cursor is, what goes on, and the keys that lead further."""

from __future__ import annotations

from inspector.ui.bar import Piece
from inspector.ui.document import Document
from inspector.ui.glyphs import UNICODE, Glyphs
from inspector.ui.keys import Keymap, first_key, shown
from inspector.ui.running import figures, recording

# Command id, what it does in a word, rank: the further back in this table, the sooner it is left out.
_HINTS = (
    ("app.help", "help", 0),
    ("app.palette", "palette", 2),
    ("request.compose", "new", 11),
    ("exchange.show", "messages", 10),
    ("play.toggle", "play", 13),
    ("boundary.next", "next", 14),
    ("detail.next", "detail", 15),
    ("pane.maximise", "maximise", 16),
    ("go.to", "go to", 17),
    ("copy.pane", "copy", 18),
)


def status(document: Document, glyphs: Glyphs) -> list[Piece]:
    """Where the cursor is and what goes on."""
    transcript = document.transcript
    n = document.cursor
    pieces = [Piece(f"frame {n if n >= 0 else glyphs.dash}/{transcript.framed}", 0, "strong")]
    if n >= 0 and (at_s := transcript.time_of(n)) is not None:
        pieces.append(Piece(f"t={at_s:.3f}s", 5))
    pieces += _play(document, glyphs)
    pieces += _progress(document, glyphs)
    pieces += recording(document, glyphs)
    pieces += figures(document, glyphs)
    return pieces


def _play(document: Document, glyphs: Glyphs) -> list[Piece]:
    times = "×" if glyphs is UNICODE else "x"
    speed = f"{document.speed:g}{times}"
    if document.playhead is not None:
        recorded = document.cursor >= 0 and document.transcript.time_of(document.cursor) is not None
        steady = "" if recorded else ", steady"
        return [Piece(f"{glyphs.cursor}{speed} playing{steady}", 1, "good")]
    return [Piece(f"{speed} paused", 8)] if document.speed != 1 else []


def _progress(document: Document, glyphs: Glyphs) -> list[Piece]:
    feed = document.feed
    if document.is_unsent:
        return []
    if feed.is_busy:
        share = feed.share
        done = f" {share:.0%}" if share is not None else ""
        if feed.is_held:
            return [Piece(f"{glyphs.warning} loading was stopped", 1, "warning"), Piece("esc goes on", 3, key="escape")]
        return [Piece(f"{feed.state}{done}", 1, "warning"), Piece("esc stops", 3, key="escape")]
    if feed.state == "ended":
        return [Piece("end", 7)] if document.behind <= 0 else []
    cancels = [Piece("esc cancels", 3, key="escape")] if document.is_running else []
    if document.follows:
        return [Piece(f"{glyphs.live} live", 1, "good"), *cancels]
    return [Piece(f"{glyphs.live} live, +{document.behind} behind", 0, "warning"), *cancels]


def hints(document: Document, keymap: Keymap, *, may_send: bool) -> list[Piece]:
    """The commands to remember that can do something here, with their keys as they are mapped."""
    idle = {"request.compose": not may_send, "exchange.show": not document.transcript.exchanges.all}
    moves = document.playhead is not None or (document.follows and not document.is_over)
    found = []
    for id, word, rank in _HINTS:
        if not idle.get(id):
            key = first_key(id, keymap)
            if id == "play.toggle" and moves:
                word, rank = "pause", 4
            found.append(Piece(f"{shown(key)} {word}", rank, "dim", key=key))
    return found[2:] + found[:2]
