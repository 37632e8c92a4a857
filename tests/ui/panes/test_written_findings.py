"""Whatever the pane lists as written as text has a finding that says so, over every real stream."""

from __future__ import annotations

import pytest

from inspector.findings.registry import named
from inspector.findings.watch import findings_of, watching
from inspector.sources.loading import framed
from inspector.transcript import Transcript
from inspector.ui.moment import Canvas, Moment
from inspector.ui.panes.written_calls import Written, written
from tests.dialects.recordings import STREAMS
from tests.shared import needs_shared

LEAKS = [named(code) for code in ("TL080", "TL081", "TL082", "TL084", "TL088")]


def said_in(made: Transcript) -> list[Written]:
    """What the pane shows at the end of each stage, but for what stands in the reasoning."""
    last = {stage.number: n for n in range(made.framed) if (stage := made.stage_at(n)) is not None}
    moments = [(n, choice) for number, n in last.items() for choice in made.stages[number].choices]
    shown = (call for n, choice in moments for call in written(Moment(made, n, choice), Canvas(80)))
    return [call for call in shown if not call.in_reasoning and call.taken is None]


@needs_shared
@pytest.mark.parametrize("part", range(4))
def test_what_the_pane_lists_has_a_finding(part: int) -> None:
    for path in STREAMS[part::4]:
        made = framed(str(path), watch=watching(LEAKS))
        made.decode_all()
        found = sum(finding.count for finding in findings_of(made))
        assert len(said_in(made)) <= found, path.name
