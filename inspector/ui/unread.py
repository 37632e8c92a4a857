"""Why nothing can be told of any frame, in a sentence, where that is so. Draws nothing."""

from __future__ import annotations

from inspector.gate import clean
from inspector.kinds import ERROR
from inspector.transcript import Transcript
from inspector.ui.found import MOST_CHARACTERS
from inspector.ui.moment import Moment
from inspector.wire.framing import STREAMS

_NO_DIALECT = "Nothing is read from these frames: no dialect knows them. Their bytes are in the detail."
_MORE = "The findings say more: key !"
_NO_STREAM = f"No stream came: the server answered with {{}}. {_MORE}"
_ERROR = f"The server sent an error: {{}}. {_MORE}"
_SAID_ALREADY = ", not a stream"


def nothing_read(moment: Moment) -> str | None:
    transcript = moment.transcript
    if transcript.ended and not transcript.framed:
        return "The input is empty." if transcript.exchanges.run is None else nothing_came(transcript)
    if transcript.dialect != "raw" or (moment.stage is None and not transcript.ended):
        return None
    if failure := _failure(moment):
        return f"{clean(failure)} {_MORE}"
    if errors := _errors_sent(moment):
        said = "; ".join(dict.fromkeys(clean(error[:MOST_CHARACTERS]) for error in errors))
        return (
            _ERROR.format(said) if transcript.framing in STREAMS else _NO_STREAM.format(said.replace(_SAID_ALREADY, ""))
        )
    return _NO_DIALECT


def nothing_came(transcript: Transcript) -> str:
    """Why no byte of a run is there."""
    end = transcript.exchanges.run_end
    return clean(end.message) if end is not None and end.message else "The server sent nothing."


def errors_told(moment: Moment) -> list[str]:
    """The errors that `nothing_read` tells, where it tells of any."""
    failure = _failure(moment)
    return [*_errors_sent(moment), *([failure] if failure else [])]


def _failure(moment: Moment) -> str | None:
    """How a run of ours failed, in a sentence, once the cursor is at its end; it has the server's words in it."""
    transcript = moment.transcript
    end = transcript.exchanges.run_end
    if end is None or end.how not in ("error", "end") or moment.n < transcript.decoded - 1:
        return None
    return end.message


def _errors_sent(moment: Moment) -> list[str]:
    """The errors in the frames of the stage: not how a run of ours ended."""
    given = moment.stage.error.history() if moment.stage is not None else []
    known, n = moment.transcript.kinds, moment.n
    return [error for frame, error in given if error is not None and 0 <= frame <= n and known[frame] == ERROR]
