"""What came of a run of the host, in words: the answer, or why there is none and what was printed before."""

from __future__ import annotations

import json
import signal
from typing import NamedTuple

from inspector.sandbox.limits import Limits
from inspector.sandbox.process import Ended

_PRINTED_CHARACTERS = 300
_HINTS = {
    "SIGSEGV": " (a crash in native code)",
    "SIGABRT": " (a crash in native code)",
    "SIGXCPU": " (out of processor time)",
    "SIGKILL": " (out of memory?)",
}


class Reply(NamedTuple):
    """Either an `answer`, or why there is none: the host's own sentence, or the predicate of one about its subject."""

    answer: str | None
    refused: str | None
    how: str | None


def reply_of(ended: Ended, limits: Limits) -> Reply:
    if ended.stopped is None:
        try:
            line = json.loads(ended.answer)
            return (
                Reply(str(line["answer"]), None, None) if "answer" in line else Reply(None, str(line["refused"]), None)
            )
        except (ValueError, LookupError, TypeError):
            wrote_itself = ended.answer.endswith(b"\n")
            how = "wrote where only its result may be written" if wrote_itself else _exit(ended.exit_code)
            return Reply(None, None, how)
    reasons = {
        "time": f"did not end within {limits.seconds:g} s and was stopped",
        "output": f"gave more than {limits.output_bytes:,} bytes of output and was stopped",
        "cancelled": "was cancelled",
    }
    return Reply(None, None, reasons[ended.stopped])


def printed(ended: Ended) -> str:
    """The end of what it printed, as a sentence with a space before it; nothing where it printed nothing."""
    text = ended.printed[-4 * _PRINTED_CHARACTERS :].decode("utf-8", "replace").strip()
    cut = "…" if len(text) > _PRINTED_CHARACTERS else ""
    return f" It printed: {cut}{text[-_PRINTED_CHARACTERS:]}" if text else ""


def _exit(code: int) -> str:
    if code >= 0:
        return f"left its process (exit code {code}) before it returned"
    try:
        name = signal.Signals(-code).name
    except ValueError:  # a real-time signal
        name = f"signal {-code}"
    return f"was ended by {name}{_HINTS.get(name, '')}"
