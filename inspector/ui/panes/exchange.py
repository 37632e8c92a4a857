"""A request and its answer in words, and in full as text: where it went, what was sent, what the head said."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from inspector.asides import Headers
from inspector.exchanges import Exchange
from inspector.gate import clean
from inspector.ui.glyphs import Glyphs
from inspector.ui.lines import Line, Span

_MOST_HEADERS = 50
_MOST_CHARACTERS = 500  # of one value in the fields; the text has all of it


def exchange_fields(exchange: Exchange | None, glyphs: Glyphs) -> Iterator[tuple[str, Line]]:
    """Of the exchange that brought a frame; nothing where none is known."""
    if exchange is None:
        return
    began, head = exchange.began, exchange.head
    yield "exchange", [Span(f"{exchange.number + 1:d}", "strong"), Span(f"  began +{began.at_s:.3f} s", "dim")]
    yield "request", [Span(f"{_cut(began.method)} {_cut(began.url)}")]
    if head is not None:
        look = "good" if head.status < 300 else "bad"
        sign = glyphs.valid if head.status < 300 else glyphs.invalid
        yield (
            "status",
            [Span(f"{sign} {head.status:d} {_cut(head.reason)}", look), Span(f"  HTTP/{_cut(head.http)}", "dim")],
        )
        for name, value in head.headers[:_MOST_HEADERS]:
            yield _cut(name), [Span(_cut(value))]
    if exchange.ended is not None and exchange.ended.trouble is not None:
        yield "trouble", [Span(f"{glyphs.warning} {_cut(exchange.ended.trouble)}", "warning")]


def exchange_text(exchange: Exchange) -> str:
    """The request as it was sent, and the head of its answer; not cleaned."""
    began, head = exchange.began, exchange.head
    lines = [f"{began.method} {began.url}", *_header_lines(began.headers), ""]
    if began.body is not None:
        lines += [_json(began.body), ""]
    if head is None:
        lines.append("No answer came." if exchange.ended else "No answer yet.")
    else:
        lines += [f"HTTP/{head.http} {head.status} {head.reason}", *_header_lines(head.headers)]
    if exchange.ended is not None and exchange.ended.trouble is not None:
        lines += ["", exchange.ended.trouble]
    return "\n".join(lines)


def _header_lines(headers: Headers) -> list[str]:
    return [f"{name}: {value}" for name, value in headers]


def _json(body: Any) -> str:
    try:
        return json.dumps(body, ensure_ascii=False, indent=2)
    except (ValueError, RecursionError):  # nested too deeply, or a number of 5,000 digits
        return "(a body that cannot be laid out: the sidecar of the recording has it)"


def _cut(text: str) -> str:
    return clean(text[:_MOST_CHARACTERS])
