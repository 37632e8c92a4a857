"""The streamed content lacks some of the text that the plain answer to the same request has.

The server drops text while it streams: words, where it guesses several tokens at once, or blank lines beside calls.
Nothing in the stream itself shows that anything is missing.

Ask both again at temperature 0; if it stays, report it to the server's authors, and try without speculative decoding.
"""

from __future__ import annotations

from collections.abc import Iterator

from inspector.findings.moments import TurnDone
from inspector.findings.replay import plain_of, same_until
from inspector.findings.rule import Rule, Sign
from inspector.findings.text_place import sign_in
from inspector.findings.words import quoted

_AGAIN = 8  # characters by which it is seen where the stream goes on


def check(moment: TurnDone) -> Iterator[Sign]:
    plain = plain_of(moment)
    said = moment.turn.text("content")
    if plain is None or len(said) >= len(plain.content) or not _is_within(said, plain.content):
        return
    at = same_until(said, plain.content)
    again = plain.content.find(said[at : at + _AGAIN], at) if at < len(said) else len(plain.content)
    lost = plain.content[at : again if again > at else at + 40]
    message = f"the plain answer has {quoted(lost, 120)} there, which the stream lacks"
    if not said:
        yield Sign(message, frame=moment.turn.first_frame)
    else:
        size = len(said.encode("utf-8", "surrogatepass"))
        byte = min(len(said[:at].encode("utf-8", "surrogatepass")), size - 1)
        yield sign_in(moment, "content", byte, size, message)


def _is_within(said: str, plain: str) -> bool:
    """Whether leaving some of it out makes the plain text the one that was said: else they are two answers."""
    rest = iter(plain)
    return all(each in rest for each in said)


RULE = Rule("TL087", "text-lost", "warn", __doc__, {TurnDone: check}, needs=("replay",))
