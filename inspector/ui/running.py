"""What the bars say of a run: what it is doing, how fast, for how long nothing came, and where it is recorded."""

from __future__ import annotations

from inspector import pace
from inspector.asides import StatusSaid
from inspector.pace import Activity
from inspector.run import seconds
from inspector.ui.bar import Piece
from inspector.ui.document import Document
from inspector.ui.glyphs import Glyphs
from inspector.ui.recorder import tape_of

SILENT_S = 5.0  # from here on it is said

# By activity: the name of a glyph, and the look.
_ACTIVITIES: dict[Activity, tuple[str, str]] = {
    "connecting": ("partial", "dim"),
    "waiting for the first token": ("partial", "dim"),
    "streaming": ("live", "good"),
    "answered": ("dot", ""),
    "running tools": ("live", "warning"),
    "synthesising": ("live", "good"),
    "too many rounds": ("warning", "warning"),
    "busy": ("partial", "warning"),
    "done": ("valid", "good"),
    "cancelled": ("warning", "warning"),
    "error": ("invalid", "error"),
    "cut": ("warning", "warning"),
}


def activity(document: Document, glyphs: Glyphs, *, is_asking: bool) -> Piece | None:
    """What the run is doing, or was after the frame at the cursor; `None` where no run is known."""
    doing = pace.activity(document.transcript, document.cursor)
    if doing is None:
        return None
    if is_asking and document.is_running and document.behind <= 0:
        return Piece("? waiting for you", 1, "warning")
    glyph, look = _ACTIVITIES[doing]
    said: str = doing
    if doing == "busy" and (status := document.transcript.exchanges.doing) is not None:
        said = _busy(status, document.run_s)
    if (now_s := document.run_s) is not None and (tools := document.tools):
        said = f"{said} {seconds(tools[0], now_s)} s"
    if doing in ("streaming", "synthesising") and document.behind <= 0 and _silence(document, glyphs):
        glyph, look, said = "partial", "warning", f"{doing}, silent"
    return Piece(f"{getattr(glyphs, glyph)} {said}", 1, look)


def _busy(status: StatusSaid, now_s: float | None) -> str:
    """A model that is loading is asked for again and again: for how long by now, and how often."""
    said = status.status.replace("_", " ")
    match status.details:
        case {"retry_s": float(retry_s), "waited_s": float(waited_s)} if now_s is not None:
            waited_s += max(now_s - status.at_s, 0)
            return f"{said} {int(waited_s)} s, asked again every {retry_s:g} s"
    return said


def figures(document: Document, glyphs: Glyphs) -> list[Piece]:
    """How soon the answer at the cursor came, how fast, and for how long nothing has."""
    transcript, n = document.transcript, document.cursor
    if transcript.exchanges.run is None:
        return []
    pieces = _silence(document, glyphs)
    soon, fast = (5, 4) if document.is_running else (13, 13)  # then the keys that lead through it matter more
    if (first_s := pace.first_token_s(transcript, n)) is not None:
        pieces.append(Piece(f"TTFT {first_s:.3f}s", soon))
    if (rate := pace.rate(transcript, n)) is not None:
        whose = "server's " if rate.is_told else "~" if rate.is_estimated else ""
        pieces.append(Piece(f"{whose}{_short(rate.tokens_per_s)} tok/s", fast))
    return pieces


def _short(rate: float) -> str:
    return f"{rate:.1f}" if rate < 1000 else f"{rate:,.0f}"


def _silence(document: Document, glyphs: Glyphs) -> list[Piece]:
    now_s = document.run_s
    silence = pace.silence(document.transcript, now_s) if now_s is not None else None
    if silence is None or silence.progress_s < SILENT_S:
        return []
    if silence.data_s >= SILENT_S:
        return [Piece(f"{glyphs.warning} no data for {int(silence.data_s)} s", 1, "warning")]
    return [Piece(f"{glyphs.warning} only keep-alives for {int(silence.progress_s)} s", 1, "warning")]


def recording(document: Document, glyphs: Glyphs) -> list[Piece]:
    """That a run is being recorded and where to; the name goes first where there is no room."""
    tape = tape_of(document.feed.source)
    if tape is None:
        return []
    if tape.path is None:
        return [Piece(f"{glyphs.warning} not recorded", 1, "warning")]
    name = tape.path.replace("\\", "/").rpartition("/")[2]
    if document.is_running:
        sign = (
            Piece(f"{glyphs.live} REC", 1, "error")
            if tape.is_whole
            else Piece(f"{glyphs.warning} REC stopped", 1, "error")
        )
        return [sign, Piece(name, 12, "dim")]
    return [Piece(f"recorded in {name}", 13, "dim")]
