"""Every message that fires somewhere reads as a sentence: it ends, its quotes and brackets close."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from inspector.findings.registry import RULES
from inspector.findings.rule import Finding
from inspector.findings.watch import findings_of, watching
from inspector.sources.loading import framed
from tests.dialects.recordings import STREAMS
from tests.findings.tables import CASES
from tests.findings.test_rules import looked_at
from tests.shared import needs_shared

_QUOTED = re.compile(r"""(?<!\w)'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"|`[^`]*`""")
_BEFORE_OTHERS = "says|says, in a line that no client sees|reads like a failure|is no JSON|hands the chunks on"
_WORDS_OF_OTHERS = re.compile(rf"(?:{_BEFORE_OTHERS}): .*", re.DOTALL)


def faults(message: str) -> Iterator[str]:
    """Of what is ours in it: what a server says is quoted as it is, if need be cut."""
    ours = _QUOTED.sub("X", _WORDS_OF_OTHERS.sub("X", message))
    if message != message.strip() or message.endswith((",", ";", ":", "(")):
        yield "its end"
    if "  " in ours.strip():
        yield "blanks"
    if '"' in ours or "`" in ours or re.search(r"(?<!\w)'", ours):
        yield "quotes"
    if ours.count("(") != ours.count(")"):
        yield "brackets"


def assert_sentences(findings: list[Finding]) -> None:
    for each in findings:
        assert list(faults(each.message)) == [], (each.code, each.message)
        assert each.advice.endswith((".", "?")), (each.code, each.advice)
        assert "  " not in each.advice
        assert each.advice.count("`") % 2 == 0, (each.code, each.advice)


@pytest.mark.parametrize("code", CASES)
def test_the_message_of_a_smallest_stream_is_a_sentence(code: str) -> None:
    assert_sentences(looked_at(code))


@needs_shared
@pytest.mark.parametrize("part", range(4))
def test_the_messages_over_real_streams_are_sentences(part: int) -> None:
    for path in STREAMS[part::4]:
        transcript = framed(str(path), watch=watching(RULES))
        transcript.decode_all()
        assert_sentences(findings_of(transcript))


@pytest.mark.parametrize("message", ["there is none,", "it says 'a", 'it says "a', "it  is", "it is (a", "see `a"])
def test_what_is_no_sentence_is_seen(message: str) -> None:
    assert list(faults(message)) != []
