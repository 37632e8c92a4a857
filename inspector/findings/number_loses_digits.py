"""A number in a call's arguments has more digits, or is larger, than a double holds.

JavaScript and most JSON parsers read every number as a 64-bit floating-point number: an id of 17 digits comes out as
its neighbour, `1e999` as infinity, and the tool gets another number than the model wrote.

Make such a parameter a string in the tool's schema, or parse the arguments with exact numbers.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from inspector.findings.moments import CallDone
from inspector.findings.rule import Rule, Sign
from inspector.findings.words import short
from inspector.tracks import decode

_TOKEN = re.compile(rb'"[^"\\]*+(?:\\.[^"\\]*+)*+"|(?P<number>-?[0-9][-+.0-9eE]*+)', re.DOTALL)
_NUMBER = re.compile(r"-?(?P<whole>[0-9]+)(?:\.(?P<fraction>[0-9]+))?(?:[eE](?P<exponent>[+-]?[0-9]+))?")
_SAFE = 15  # so many digits come out of a double as they went in
_MOST = 17  # and no double needs more
_LONG = 1e21  # from which JavaScript, too, writes an exponent
_EXPONENT_MOST = 6  # digits of an exponent; what has more is beyond any double


def check(moment: CallDone) -> Iterator[Sign]:
    track = moment.call.call.arguments
    if moment.call.worth != "valid":
        return
    for token in _TOKEN.finditer(track.slice(0, track.size)):
        number = token["number"]
        if number and (len(number) > _SAFE or b"e" in number.lower()) and (read := _read_as(decode(number))):
            message = f"{short(decode(number), 60)} in the arguments of {moment.call.title} is {read} as a 64-bit float"
            yield moment.sign(message, token.start())


def _read_as(number: str) -> str | None:
    """What a double makes of it, where that is another number."""
    read = float(number)
    digits, power = _exact(number)
    if len(digits) <= _SAFE and -290 < power < 290:
        return None
    if len(digits) <= _MOST and abs(read) != float("inf") and _exact(repr(read)) == (digits, power):
        return None
    if abs(read) == float("inf"):
        return "infinity" if read > 0 else "-infinity"
    return str(int(read)) if read.is_integer() and abs(read) < _LONG else repr(read)


def _exact(number: str) -> tuple[str, int]:
    """Its digits without the zeros at both ends, and the power of ten of the last; the sign is never lost."""
    found = _NUMBER.fullmatch(number)
    assert found is not None, number
    fraction, exponent = found["fraction"] or "", found["exponent"] or "0"
    digits = (found["whole"] + fraction).lstrip("0")
    kept = digits.rstrip("0")
    power = int(exponent[: _EXPONENT_MOST + 1]) - len(fraction) + len(digits) - len(kept)
    return kept, power if kept else 0


RULE = Rule("TC079", "number-loses-digits", "warn", __doc__, {CallDone: check})
