"""A key comes twice in one object of a call's arguments.

JSON allows it and says nothing of what it means: most parsers keep the last value, some the first, strict ones
refuse it. What is checked may then be another value than what is run.

Treat the call as not understood. The model repeated itself, or the server joined two calls.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from inspector.findings.moments import CallDone
from inspector.findings.rule import Rule, Sign
from inspector.findings.words import short
from inspector.tracks import decode

_TOKEN = re.compile(rb'(?P<string>"[^"\\]*+(?:\\.[^"\\]*+)*+")(?P<colon>[ \t\n\r]*+:)?|[{}\[\]]', re.DOTALL)


def check(moment: CallDone) -> Iterator[Sign]:
    track = moment.call.call.arguments
    if moment.call.worth == "valid" and (found := _first(track.slice(0, track.size))):
        key, byte = found
        yield moment.sign(
            f"the key {short(key, 60)} comes twice in one object of the arguments of {moment.call.title}", byte
        )


def _first(text: bytes) -> tuple[str, int] | None:
    """The first key that comes again, as it is written, and where."""
    opened: list[set[bytes]] = []
    for token in _TOKEN.finditer(text):
        written = token["string"]
        if written is None:
            if token.group() in b"{[":
                opened.append(set())
            else:
                opened.pop()
        elif token["colon"] is not None:
            key = _plain(written)
            if key in opened[-1]:
                return decode(written), token.start()
            opened[-1].add(key)
    return None


def _plain(written: bytes) -> bytes:
    r"""`"\u0061"` is the same key as `"a"`."""
    return json.dumps(json.loads(decode(written))).encode() if b"\\" in written or not written.isascii() else written


RULE = Rule("TC078", "duplicate-keys", "warn", __doc__, {CallDone: check})
