"""The body is an HTML or XML page, and no stream.

A login page, a proxy's error, or a wrong address: the official SDK reads it as an empty answer and says nothing.

Open the address in a browser to see who answers, and check the base URL and the proxy.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

from inspector.events import Undecoded
from inspector.findings.moments import EventCame
from inspector.findings.rule import Rule, Sign
from inspector.findings.words import short

_TITLE = re.compile(r"<title[^>]*>(.*?)</title", re.DOTALL | re.IGNORECASE)
_UNSEEN = re.compile(r"<(script|style)\b.*?</\1\s*>|<!--.*?-->|<[^>]*>", re.DOTALL | re.IGNORECASE)
_GATEWAY = re.compile(r"\b50[234]\b|bad gateway|gateway time-?out|service (temporarily )?unavailable", re.IGNORECASE)
_BEHIND_PROXY = (
    "A proxy did not reach the server behind it: look whether the model server runs, and whether it listens on the "
    "address and the port that the proxy has."
)
_LOOKED_AT = 10_000  # characters


def check(moment: EventCame) -> Iterator[Sign]:
    if isinstance(moment.event, Undecoded) and moment.event.reason.startswith("an HTML or XML page"):
        page = moment.event.raw[:_LOOKED_AT]
        title = _TITLE.search(page)
        said = " ".join(unescape(title[1] if title else _UNSEEN.sub(" ", page)).split())
        advice = _BEHIND_PROXY if _GATEWAY.search(said) else None
        says = f", which says: {short(said, 80)}" if said else " without words"
        yield Sign(f"the body is a page{says}", advice=advice)


RULE = Rule("TS111", "html-page", "error", __doc__, {Undecoded: check})
