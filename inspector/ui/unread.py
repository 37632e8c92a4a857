"""Why nothing can be told of any frame, in a sentence, where that is so. Draws nothing."""

from __future__ import annotations

from inspector.gate import clean
from inspector.kinds import ERROR
from inspector.ui.found import MOST_CHARACTERS
from inspector.ui.moment import Moment
from inspector.wire.framing import STREAMS

_NO_DIALECT = "Nothing is read from these frames: no dialect knows them. Their bytes are in the detail."
_NO_STREAM = "No stream came: the server answered with {}. The findings say more: key !"
_ERROR = "The server sent an error: {}. The findings say more: key !"
_SAID_ALREADY = ", not a stream"


def nothing_read(moment: Moment) -> str | None:
    transcript = moment.transcript
    if transcript.ended and not transcript.framed:
        return "The input is empty." if transcript.exchanges.run is None else "The server sent nothing."
    if transcript.dialect != "raw" or (moment.stage is None and not transcript.ended):
        return None
    if errors := errors_sent(moment):
        said = "; ".join(dict.fromkeys(clean(error[:MOST_CHARACTERS]) for error in errors))
        return (
            _ERROR.format(said) if transcript.framing in STREAMS else _NO_STREAM.format(said.replace(_SAID_ALREADY, ""))
        )
    return _NO_DIALECT


def errors_sent(moment: Moment) -> list[str]:
    """The errors in the frames of the stage: not how a run of ours ended."""
    given = moment.stage.error.history() if moment.stage is not None else []
    known, n = moment.transcript.kinds, moment.n
    return [error for frame, error in given if error is not None and 0 <= frame <= n and known[frame] == ERROR]
