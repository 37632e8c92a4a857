"""Rules are quiet on real streams: every error raised over what was recorded stands in a table, with its reason."""

from __future__ import annotations

from fnmatch import fnmatch
from pathlib import Path

import pytest

from inspector.findings.registry import RULES
from inspector.findings.watch import findings_of, watching
from inspector.sources.loading import framed
from tests.dialects.recordings import CORPUS
from tests.findings.tables import TRUE
from tests.shared import SHARED, needs_shared

pytestmark = needs_shared

RECORDED = [SHARED / "corpus" / row["file"] for row in CORPUS if row["provenance"] == "recorded"]
REAL = RECORDED + sorted(path for folder in ("captures", "stages") for path in (SHARED / folder).glob("*.sse"))


def errors(path: Path) -> set[str]:
    transcript = framed(str(path), watch=watching(RULES))
    transcript.decode_all()
    found = findings_of(transcript)
    assert not [each.message for each in found if each.code == "TS199"]
    return {each.code for each in found if each.severity == "error"}


@pytest.mark.parametrize("path", REAL, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_the_errors_over_a_real_stream_are_the_true_ones(path: Path) -> None:
    assert errors(path) == {code for code, files in TRUE.items() if any(fnmatch(path.name, name) for name in files)}


def test_the_table_has_no_line_too_many() -> None:
    for name in {name for files in TRUE.values() for name in files}:
        assert any(fnmatch(path.name, name) for path in REAL), name
