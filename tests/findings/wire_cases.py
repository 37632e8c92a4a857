"""Smallest streams for the rules of the transport, TS1xx."""

from __future__ import annotations

from tests.dialects.reading import chunk, sse, text
from tests.findings.case import Case

HI = sse(text("Hi"))
END = sse(chunk(finish="stop"), "[DONE]")

CASES: dict[str, Case] = {
    "TS101": Case(fires=HI.replace(b"data: ", b"data:") + END, quiet=HI + END, at="data:{"),
    "TS108": Case(fires=HI, quiet=HI + END, at=HI.decode()[6:-2]),
}
