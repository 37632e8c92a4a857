"""One finding in full: what was seen and where, and what its rule says of it. Finds nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from inspector.gate import clean
from inspector.ui.found import sign
from inspector.ui.glyphs import Glyphs
from inspector.ui.lines import Fixed, Line, Span, View, wrapped
from inspector.ui.moment import Canvas, Moment
from inspector.ui.pane import Pane

if TYPE_CHECKING:
    from inspector.findings.rule import Finding, Rule

_MOST_CHARACTERS = 8000  # of a message
_PARTS = ("What to do", "What it is", "Why it hurts")  # the advice first: it is to be seen without scrolling


class Explanation(Pane):
    ID: ClassVar[str] = "explanation"
    TITLE: ClassVar[str] = "Explanation"
    HELP: ClassVar[str] = "The selected finding in full."

    def __init__(self, *, glyphs: Glyphs) -> None:
        super().__init__(glyphs=glyphs)
        self._lines: list[Line] = []

    def explain(self, finding: Finding | None, rule: Rule | None) -> None:
        """`rule` is `None` for a finding that no rule made."""
        self._lines = explained(finding, rule, self.glyphs) if finding is not None else []
        self._remake(follow=False)
        self.scroll_to(y=0, animate=False, force=True)

    def view_at(self, moment: Moment, canvas: Canvas) -> View:
        return View([Fixed([row for line in self._lines for row in wrapped(line, canvas.width)])])

    def copy_text(self) -> str:
        """All of it, its lines not broken."""
        return Fixed(self._lines).text()

    def action_caret(self, rows: int, cells_right: int) -> None:
        self.scroll_relative(y=rows, animate=False, force=True)


def explained(finding: Finding, rule: Rule | None, glyphs: Glyphs) -> list[Line]:
    drawn = sign(finding.severity, glyphs)
    title = [Span(f"{drawn.glyph} {finding.severity}  ", drawn.look), Span(f"{finding.code} {finding.name}", "strong")]
    message = clean(finding.message[:_MOST_CHARACTERS], multiline=True).split("\n")
    lines: list[Line] = [title, [Span(clean(_where(finding, glyphs)), "dim")], *([Span(each)] for each in message)]
    paragraphs = rule.paragraphs if rule is not None else [""]
    said = finding.advice, paragraphs[0], " ".join(paragraphs[1:-1])
    for name, text in zip(_PARTS, said, strict=True):
        if text:
            lines += [(), [Span(f"{name}: ", "heading"), Span(clean(text))]]
    return lines


def _where(finding: Finding, glyphs: Glyphs) -> str:
    facts = [f"frame {finding.frame}", f"bytes {finding.start:,} to {finding.end:,}"]
    facts += [f"stage {finding.stage}"] if finding.stage is not None else []
    facts += [f"choice {finding.choice}"] if finding.choice else []
    facts += [f"{finding.count:,} times, this is the first"] if finding.count > 1 else []
    return f" {glyphs.dot} ".join(facts)
