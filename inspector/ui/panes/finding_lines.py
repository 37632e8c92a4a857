"""What was found in one frame, a line each. Finds nothing itself."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from inspector.gate import clean
from inspector.ui.found import MOST_CHARACTERS, is_same, sign
from inspector.ui.lines import Fixed, Line, Span, cut
from inspector.ui.moment import Canvas

if TYPE_CHECKING:
    from inspector.findings.rule import Finding

MOST_LINES = 3
_ORDER = ("error", "warn", "info")


def chosen(found: Sequence[Finding], lit: Finding | None) -> Finding | None:
    """The one whose bytes are to be marked: that which the user was led to, or else the worst."""
    for each in found:
        if is_same(each, lit):
            return each
    return min(found, key=lambda each: _ORDER.index(each.severity), default=None)


def finding_block(found: Sequence[Finding], marked: Finding | None, canvas: Canvas) -> Fixed:
    """A few of them, that whose bytes are marked first."""
    order = sorted(found, key=lambda each: (each is not marked, _ORDER.index(each.severity)))
    lines = [finding_line(each, canvas) for each in order[:MOST_LINES]]
    if (more := len(order) - MOST_LINES) > 0:
        lines.append([Span(f"  {more:d} more in this frame: see the list of findings", "note")])
    return Fixed(lines)


def finding_line(finding: Finding, canvas: Canvas) -> Line:
    drawn = sign(finding.severity, canvas.glyphs)
    message = clean(finding.message[:MOST_CHARACTERS])
    named = Span(f"{finding.code} {clean(finding.name)}: ", "strong")
    line = [Span(f"{drawn.glyph} {finding.severity} ", drawn.look), named, Span(message)]
    return cut(line, canvas.width, canvas.glyphs.cut)
