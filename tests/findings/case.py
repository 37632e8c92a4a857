"""A smallest stream that fires a rule, and a neighbour that must not; and what is found in one. Judges nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from inspector.asides import Aside
from inspector.findings.registry import RULES
from inspector.findings.rule import Finding, Rule
from inspector.findings.watch import findings_of, watching
from inspector.transcript import LINE_CAP, Transcript


@dataclass(frozen=True)
class Case:
    """`fires` and `quiet` are whole inputs; `at` is the text of the bytes that the first finding is pinned to.

    Asides stand before the first byte. `times` gives the seconds at which a byte had arrived.
    """

    fires: bytes
    quiet: bytes
    at: str
    asides: Sequence[Aside] = ()
    quiet_asides: Sequence[Aside] | None = None  # where the neighbour has others
    tools: dict[str, Any] | None = None
    replay: dict[str, Any] | None = None
    times: Any = None
    quiet_times: Any = None
    line_cap: int = LINE_CAP


def found(
    data: bytes,
    rules: Sequence[Rule] = RULES,
    *,
    asides: Sequence[Aside] = (),
    tools: dict[str, Any] | None = None,
    replay: dict[str, Any] | None = None,
    times: Any = None,
    pieces: Sequence[bytes] | None = None,
    line_cap: int = LINE_CAP,
) -> list[Finding]:
    """What the rules find in an input, read to its end."""
    transcript = Transcript(lambda start, end: data[start:end], line_cap=line_cap, watch=watching(rules, replay))
    transcript.times, transcript.tools = times, tools
    for aside in asides:
        transcript.note(aside)
    for piece in [data] if pieces is None else pieces:
        transcript.feed(piece)
        if pieces is not None:
            transcript.decode(transcript.framed)
    transcript.finish()
    transcript.decode_all()
    return findings_of(transcript)
