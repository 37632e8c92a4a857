"""The arguments of a finished call are no JSON.

A client that parses them fails, or drops the call. Either the model wrote it so, or the server's streaming parser
lost or mixed pieces.

Look at the byte, and at the chunk that brought it. Ask the same without streaming: if that is JSON, the server's
streaming parser is at fault.
"""

from __future__ import annotations

from collections.abc import Iterator

from inspector.findings import (
    arguments_brace_lost,
    arguments_duplicated,
    arguments_empty,
    arguments_hold_markup,
    arguments_python_literals,
    arguments_run_together,
    arguments_truncated,
)
from inspector.findings.ledger import CallFacts
from inspector.findings.moments import CallDone
from inspector.findings.rule import Rule, Sign
from inspector.json_scan import JsonScanner
from inspector.tracks import decode

_AROUND = 16  # bytes that are quoted on either side

_RAW = {b"\n": "line end", b"\r": "line end", b"\t": "tab"}
_ESCAPE = (
    "Read them with a parser that lets control characters pass (Python: `json.loads(…, strict=False)`), or ask again. "
    "JSON has them escaped, as `\\n`: a server that constrains what the model writes by the tool's schema does so."
)


def fits(call: CallFacts) -> bool:
    """Whether nothing narrower says what is wrong. What a cut stream did not finish is no fault of the arguments."""
    is_broken = call.worth == "invalid" or (call.worth == "partial" and call.turn.reached_end)
    return is_broken and not (
        arguments_empty.is_blank(call)
        or arguments_duplicated.fits(call) is not None
        or arguments_run_together.fits(call)
        or arguments_brace_lost.fits(call)
        or arguments_python_literals.fits(call)
        or arguments_hold_markup.fits(call)
        or arguments_truncated.fits(call)
    )


def _is_cut_by_lines(moment: CallDone) -> bool:
    """Whether all that is wrong are line ends where something cut the payload into data lines, which TS116 says."""
    call = moment.call
    bad, track = call.json.first_bad_byte, call.call.arguments
    if bad is None or track.slice(bad, bad + 1) != b"\n":
        return False
    repaired = (getattr(event, "repaired", None) for event in moment.ledger.transcript.events(track.frame_of(bad)))
    return any(each and "U+2028" in each for each in repaired) and _is_json(track.slice(0, track.size))


def _is_json(text: bytes) -> bool:
    scanner = JsonScanner()
    scanner.feed(text.replace(b"\n", b" "))
    return scanner.verdict(scanner.size).state == "valid"


def _raw_in_string(until: bytes) -> str | None:
    """What stands raw at the end of it, where a blank would be good: only a string has such."""
    scanner = JsonScanner()
    scanner.feed(until[:-1] + b" ")
    return _RAW.get(until[-1:]) if scanner.first_bad_byte is None else None


def check(moment: CallDone) -> Iterator[Sign]:
    call = moment.call
    if not fits(call) or _is_cut_by_lines(moment):
        return
    bad, track = call.json.first_bad_byte, call.call.arguments
    if bad is None:
        yield moment.sign(arguments_truncated.stops(call))
        return
    if kind := _raw_in_string(track.slice(0, bad + 1)):
        message = f"the arguments of {call.title} are no JSON: a string in them has a raw {kind}, at byte {bad}"
        yield moment.sign(f"{message} of {track.size}", bad, advice=_ESCAPE)
        return
    before, after = decode(track.slice(max(bad - _AROUND, 0), bad)), decode(track.slice(bad, bad + _AROUND))
    message = f"the arguments of {call.title} are no JSON from byte {bad} of {track.size} on"
    yield moment.sign(f"{message}: {after!r}" + (f" after {before!r}" if before else ""), bad)


RULE = Rule("TC033", "arguments-invalid-json", "error", __doc__, {CallDone: check})
