"""Says, for every prefix of a growing JSON text, whether it is whole, may become whole or never will.

Strict RFC 8259 over bytes, fed in any pieces. It must not know whose text it is, and makes no values of it.

One table (`MOVES`) says what each byte does in each state. A byte that leaves the state as it is begins a run
(string body with whole escapes, digits, blanks), which a regular expression jumps over, so that a long string
costs no Python per byte.
"""

import re
from collections.abc import Mapping
from typing import Final, Literal, NamedTuple

SHOWN_OPEN: Final = 32  # so many of the innermost open things are listed by `open_at_end`

# States, named by what comes next; those inside a string, and those of a number, are asked as ranges.
VALUE, FIRST_ITEM, FIRST_NAME, NAME, COLON, AFTER_ITEM, AFTER_MEMBER, DONE = range(8)
T_RUE, TR_UE, TRU_E, F_ALSE, FA_LSE, FAL_SE, FALS_E, N_ULL, NU_LL, NUL_L = range(8, 18)
STRING, ESCAPE, HEX_1, HEX_2, HEX_3, HEX_4 = range(18, 24)
NAME_STRING, NAME_ESCAPE, NAME_HEX_1, NAME_HEX_2, NAME_HEX_3, NAME_HEX_4 = range(24, 30)
MINUS, ZERO, INTEGER, POINT, FRACTION, E, E_SIGN, EXPONENT = range(30, 38)
# What else a byte can do. OVER: the number ended before this byte, which is still to be read.
OVER, ENDS_VALUE, OPENS_OBJECT, OPENS_ARRAY, CLOSES, BAD = range(38, 44)

WHOLE_NUMBER: Final = frozenset({ZERO, INTEGER, FRACTION, EXPONENT})
AFTER: Final = {ord("["): AFTER_ITEM, ord("{"): AFTER_MEMBER}

_BLANK, _DIGITS, _HEX = b" \t\n\r", b"0123456789", b"0123456789abcdefABCDEF"
_VALUE = {b'"': STRING, b"{": OPENS_OBJECT, b"[": OPENS_ARRAY, b"t": T_RUE, b"f": F_ALSE, b"n": N_ULL}
_VALUE |= {b"-": MINUS, b"0": ZERO, b"123456789": INTEGER}
_GRAMMAR: dict[int, Mapping[bytes, int]] = {
    VALUE: _VALUE | {_BLANK: VALUE},
    FIRST_ITEM: _VALUE | {_BLANK: FIRST_ITEM, b"]": CLOSES},
    FIRST_NAME: {_BLANK: FIRST_NAME, b'"': NAME_STRING, b"}": CLOSES},
    NAME: {_BLANK: NAME, b'"': NAME_STRING},
    COLON: {_BLANK: COLON, b":": VALUE},
    AFTER_ITEM: {_BLANK: AFTER_ITEM, b",": VALUE, b"]": CLOSES},
    AFTER_MEMBER: {_BLANK: AFTER_MEMBER, b",": NAME, b"}": CLOSES},
    DONE: {_BLANK: DONE},
    MINUS: {b"0": ZERO, b"123456789": INTEGER},
    ZERO: {b".": POINT, b"eE": E},
    INTEGER: {_DIGITS: INTEGER, b".": POINT, b"eE": E},
    POINT: {_DIGITS: FRACTION},
    FRACTION: {_DIGITS: FRACTION, b"eE": E},
    E: {b"+-": E_SIGN, _DIGITS: EXPONENT},
    E_SIGN: {_DIGITS: EXPONENT},
    EXPONENT: {_DIGITS: EXPONENT},
}
for _first, _rest in ((T_RUE, b"rue"), (F_ALSE, b"alse"), (N_ULL, b"ull")):
    _steps = [*range(_first + 1, _first + len(_rest)), ENDS_VALUE]
    _GRAMMAR |= {_first + i: {_rest[i : i + 1]: step} for i, step in enumerate(_steps)}
for _string, _at_quote in ((STRING, ENDS_VALUE), (NAME_STRING, COLON)):
    _GRAMMAR[_string] = {bytes(range(0x20, 0x100)): _string, b'"': _at_quote}
    _GRAMMAR[_string + 1] = {b'"\\/bfnrt': _string, b"u": _string + 2}
    _GRAMMAR |= {_string + digit: {_HEX: _string + digit + 1} for digit in (2, 3, 4)}
    _GRAMMAR[_string + 5] = {_HEX: _string}


def _row(moves: Mapping[bytes, int], otherwise: int) -> bytes:
    row = bytearray([otherwise]) * 256
    for characters, code in moves.items():
        for character in characters:
            row[character] = code
    return bytes(row)


MOVES: Final = [_row(_GRAMMAR[state], OVER if state in WHOLE_NUMBER else BAD) for state in range(OVER)]

_TEXT, _ESCAPED = rb'[^"\\\x00-\x1f]*', rb'\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})'
# The bound keeps the memory of the match small: without it, 180 bytes an escape.
_BODY = re.compile(_TEXT + rb"(?:" + _ESCAPED + _TEXT + rb"){0,1000}")
_RUN: Final = {  # each of these matches anywhere, if need be nothing
    **dict.fromkeys(range(DONE + 1), re.compile(rb"[ \t\n\r]*").match),
    **dict.fromkeys((STRING, NAME_STRING), _BODY.match),
    **dict.fromkeys((INTEGER, FRACTION, EXPONENT), re.compile(rb"[0-9]*").match),
}


class Verdict(NamedTuple):
    """`first_bad_byte` is the offset of the first byte no JSON text can go on with; set only when invalid.

    Blanks alone are partial. A number at the top is valid at each digit, as nothing needs to follow.
    """

    state: Literal["empty", "partial", "valid", "invalid"]
    first_bad_byte: int | None = None


_EMPTY, _PARTIAL, _VALID = Verdict("empty"), Verdict("partial"), Verdict("valid")


class JsonScanner:
    """Its facts never change once set, so the verdict on an early prefix stays what it was."""

    def __init__(self) -> None:
        self.size = 0
        self.first_bad_byte: int | None = None
        self.complete_at: int | None = None  # first length at which the top-level value is whole
        self._state, self._after = VALUE, DONE  # `_after`: the state that follows the value being read
        self._opened = bytearray()  # the brackets not closed yet, outermost first
        self._unfinished: set[int] = set()  # the lengths after that where a number is not whole: `1.`, `1e+`

    def feed(self, data: bytes) -> None:
        """UTF-8, cut anywhere. Whether it is good UTF-8 is not asked; after the first bad byte nothing is."""
        if self.first_bad_byte is None:
            self._scan(data)
        self.size += len(data)

    def verdict(self, length: int) -> Verdict:
        """About the first `length` bytes; in constant time."""
        if not 0 <= length <= self.size:
            raise ValueError(f"{length} is no length of a prefix: {self.size} bytes are scanned")
        if length == 0:
            return _EMPTY
        if self.first_bad_byte is not None and length > self.first_bad_byte:
            return Verdict("invalid", self.first_bad_byte)
        if self.complete_at is None or length < self.complete_at or length in self._unfinished:
            return _PARTIAL
        return _VALID

    def open_at_end(self) -> str:
        """What is still open, outermost first, as `{ [ "`; when deep, the innermost ones after an ellipsis.

        After a bad byte: what was open where it came.
        """
        innermost = [chr(bracket) for bracket in self._opened[-SHOWN_OPEN:]]
        in_string = STRING <= self._state <= NAME_HEX_4
        shown = [*innermost, '"'][-SHOWN_OPEN:] if in_string else innermost
        hidden = len(self._opened) + in_string > SHOWN_OPEN
        return " ".join(["…", *shown] if hidden else shown)

    def _scan(self, data: bytes) -> None:
        state, pos, end = self._state, 0, len(data)
        while pos < end:
            code = MOVES[state][data[pos]]
            if code == state:
                start = pos
                pos = _RUN[state](data, start).end()  # type: ignore[union-attr]  # a run always matches
                if pos == start:  # at a backslash whose escape is cut here, or bad
                    state, pos = state + 1, pos + 1
            elif code == OVER:
                state = self._after
            elif code == BAD:
                self.first_bad_byte = self.size + pos
                break
            else:
                pos += 1
                state = code if code < MINUS else self._act(code, self.size + pos)
        self._state = state

    def _act(self, code: int, length: int) -> int:
        """The next state after the byte that makes the text `length` long."""
        if code <= EXPONENT:
            if not self._opened:
                self._note_number(code, length)
            return code
        if code == OPENS_OBJECT:
            self._opened.append(ord("{"))
            self._after = AFTER_MEMBER
            return FIRST_NAME
        if code == OPENS_ARRAY:
            self._opened.append(ord("["))
            self._after = AFTER_ITEM
            return FIRST_ITEM
        if code == CLOSES:
            self._opened.pop()
            self._after = AFTER[self._opened[-1]] if self._opened else DONE
        if self._after == DONE:
            self.complete_at = length
        return self._after

    def _note_number(self, state: int, length: int) -> None:
        """A number at the top has no closing sign: it is whole at one length, and at the next perhaps not."""
        if self.complete_at is not None:
            if state not in WHOLE_NUMBER:
                self._unfinished.add(length)
        elif state in WHOLE_NUMBER:
            self.complete_at = length
