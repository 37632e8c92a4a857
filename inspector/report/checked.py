"""One input looked at with all rules: what `check` says of it, as a plain value. Knows no output format."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

from inspector.events import JsonObject
from inspector.findings.coverage import is_unread, lacks
from inspector.findings.registry import named
from inspector.findings.rule import SEVERITIES, Finding, Need
from inspector.findings.watch import findings_of, unlisted_of, watching
from inspector.sources.loading import framed
from inspector.transcript import Transcript
from inspector.wire.framing import FramingName

_READ_BYTES = 1 << 20


class Asked(NamedTuple):
    """How to look at each input. `codes` are the rules; `tools` the schemas by name, `None` where none are given."""

    codes: tuple[str, ...]
    framing: FramingName | None = None
    dialect: str | None = None
    tools: dict[str, JsonObject] | None = None
    with_lines: bool = False  # find the line that each finding stands in, which reads the input once more
    replay: JsonObject | None = None  # the plain answer to the same request


@dataclass(frozen=True, slots=True)
class Checked:
    """`events` counts typed events, as `export --to events` gives them; `lines` has each finding's line, from 1."""

    file: str
    dialect: str
    framing: str
    frames: int
    events: int
    stages: int
    findings: tuple[Finding, ...]
    notices: tuple[str, ...]
    lines: tuple[int, ...] = ()
    is_unread: bool = False  # in no dialect that is known: only its framing was looked at
    unlisted: Mapping[str, int] = field(default_factory=dict)  # by code, how often it came beyond these
    lacks: tuple[Need, ...] | None = None  # for want of what rules said nothing; `None` where nothing can be read

    def only(self, wanted: Callable[[Finding], bool]) -> Checked:
        """The same with some of the findings."""
        kept = [number for number, finding in enumerate(self.findings) if wanted(finding)]
        lines = tuple(self.lines[number] for number in kept) if self.lines else ()
        return replace(self, findings=tuple(self.findings[number] for number in kept), lines=lines)


def check(path: str, asked: Asked) -> Checked:
    """Read an input to its end. Raises `InspectorError` where it cannot be opened."""
    events = 0

    def count(*told: Any) -> None:
        nonlocal events
        events += 1

    read_as: dict[str, Any] = {"framing": asked.framing, "dialect": asked.dialect, "tools": asked.tools}
    watch = watching([named(code) for code in asked.codes], asked.replay)
    transcript = framed(path, listener=count, watch=watch, **read_as)
    transcript.decode_all()
    about = path, transcript.dialect, transcript.framing, transcript.framed, events, len(transcript.stages)
    findings = findings_of(transcript)
    lines = _lines(transcript, findings) if asked.with_lines else []
    seen = is_unread(transcript), unlisted_of(transcript), lacks(transcript)
    return Checked(*about, tuple(findings), tuple(transcript.notices), tuple(lines), *seen)


def _lines(transcript: Transcript, findings: Sequence[Finding]) -> list[int]:
    """The line of the (decoded) input that each finding begins in."""
    found: dict[int, int] = {}
    at, lines = 0, 1
    for start in sorted({each.start for each in findings}):
        while at < start:
            piece = transcript.read(at, min(start, at + _READ_BYTES))
            if not piece:
                break
            lines += piece.count(b"\n")
            at += len(piece)
        found[start] = lines
    return [found[each.start] for each in findings]


def totals(checked: Sequence[Checked]) -> dict[str, int]:
    """How many findings there are of each severity, worst first."""
    counted = Counter(finding.severity for each in checked for finding in each.findings)
    return {severity: counted[severity] for severity in SEVERITIES}


def in_one_line(finding: Finding) -> str:
    """What was found, and what to do about it."""
    return f"{finding.message.rstrip('.')}. {finding.advice}"
