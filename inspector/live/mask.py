"""The literal secrets of one run, blotted out of whatever is shown or recorded; it knows no connection."""

import base64
import json
import re
from collections.abc import Iterable, Iterator
from typing import Any
from urllib.parse import quote

from inspector.live.secrets import LEAST_LENGTH, PLACEHOLDERS, STARS

ECHOED = (
    "The server's answer had a secret of this run in it (the key, a password): it is shown and recorded as asterisks."
)


class Mask:
    """Short secrets and well-known placeholders (`ollama`) are no secrets. Its `repr` shows none."""

    def __init__(self, secrets: Iterable[str] = ()) -> None:
        kept = {form for secret in secrets if _is_worth_hiding(secret) for form in _forms(secret)}
        longest_first = sorted(kept, key=len, reverse=True)
        self._text = re.compile("|".join(map(re.escape, longest_first))) if kept else None
        self._secrets = [secret.encode() for secret in longest_first]
        self._bytes = re.compile(b"|".join(map(re.escape, self._secrets))) if kept else None
        self._held = b""  # the end of what was fed, where a secret may have begun
        self.was_echoed = False  # a secret was found in the server's bytes

    def __repr__(self) -> str:
        return f"<Mask of {len(self._secrets)} secrets>"

    def text(self, text: str) -> str:
        return self._text.sub(STARS, text) if self._text else text

    def value(self, value: Any) -> Any:
        """Mask every text in a JSON value, or in a tuple of them."""
        match value:
            case str():
                return self.text(value)
            case dict():
                return {self.text(key): self.value(each) for key, each in value.items()}
            case list():
                return [self.value(each) for each in value]
            case tuple():
                parts = map(self.value, value)
                return type(value)(*parts) if hasattr(value, "_fields") else tuple(parts)
            case _:
                return value

    def whole(self, data: bytes) -> bytes:
        """Mask bytes that stand by themselves."""
        return self._bytes.sub(_stars, data) if self._bytes else data

    def feed(self, data: bytes) -> bytes:
        """Give the server's bytes with secrets as asterisks of the same length: offsets stay.

        What may be the beginning of a secret is held back until the next call, or until `end`.
        """
        if not self._bytes:
            return data
        data = self._held + data
        cut = self._start_of_tail(data)
        for found in self._bytes.finditer(data):
            if found.start() < cut < found.end():
                cut = found.end()
        self._held = data[cut:]
        return self._blotted(data[:cut])

    def end(self) -> bytes:
        """Give what was held back; the next `feed` is of another answer."""
        held, self._held = self._held, b""
        return self._blotted(held)

    def _start_of_tail(self, data: bytes) -> int:
        """Find where a secret may begin that is not complete yet."""
        starts = [start for secret in self._secrets if (start := _start_of_prefix(secret, data)) is not None]
        return min(starts, default=len(data))

    def _blotted(self, data: bytes) -> bytes:
        if not self._bytes:
            return data
        blotted, count = self._bytes.subn(_stars, data)
        self.was_echoed = self.was_echoed or count > 0
        return blotted


def _stars(found: re.Match[bytes]) -> bytes:
    return b"*" * len(found[0])


def _is_worth_hiding(secret: str) -> bool:
    return len(secret) >= LEAST_LENGTH and secret.lower() not in PLACEHOLDERS


def _forms(secret: str) -> Iterator[str]:
    """Give a secret as it stands in JSON, in a URL and in basic authorization too."""
    quoted = json.dumps(secret)[1:-1]
    yield from (secret, quoted, quoted.replace("/", "\\/"), quote(secret, safe=""))
    yield base64.b64encode(secret.encode(errors="replace")).decode()


def _start_of_prefix(secret: bytes, data: bytes) -> int | None:
    """Find the longest end of `data` that is a proper prefix of `secret`."""
    last = data[-1:]
    length = min(len(secret) - 1, len(data))
    while (at := secret.rfind(last, 0, length)) >= 0 and last:
        if data.endswith(secret[: at + 1]):
            return len(data) - at - 1
        length = at
    return None
