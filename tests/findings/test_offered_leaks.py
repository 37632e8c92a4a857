"""A call that is found, or only reads like one, where nobody knows the tools, is found where its tool was offered."""

from __future__ import annotations

import re
from typing import Any

import pytest

from inspector.findings.rule import Finding
from tests.dialects.recordings import STREAMS
from tests.findings import test_leaks as texts
from tests.findings.case import Case, found
from tests.findings.leak_cases import told
from tests.findings.tables import CASES
from tests.shared import needs_shared

_LEAKED = re.compile(r"TL08[0124568]")
_NAME = re.compile(r"\bcall(?:s| of) (\S+?)(?: as text|;)")
_TABLES = (texts.LEAKED, texts.OFFERED, texts.CUT_OFF)
TEXTS = {
    **{f"{name}, healthy": content for name, content in texts.HEALTHY.items()},
    **{f"{name}, leaked": content for table in _TABLES for name, (content, _) in table.items()},
    **{f"{name}, alike": content for name, (content, _) in texts.ALIKE.items()},
    **{f"{name}, not alike": content for name, content in texts.NOT_ALIKE.items()},
}


def _leaks(data: bytes, names: set[str] | None) -> list[Finding]:
    tools: dict[str, Any] | None = None if names is None else {name: {} for name in names}
    signs = found(data, texts.LEAKS, tools=tools)
    return [each for each in signs if _LEAKED.match(each.code) and _NAME.search(each.message)]


def _name(finding: Finding) -> str:
    match = _NAME.search(finding.message)
    return match[1] if match else ""


def assert_offering_hides_nothing(data: bytes) -> None:
    without = _leaks(data, None)
    offered = {(each.frame, _name(each)) for each in _leaks(data, {_name(each) for each in without})}
    assert {(each.frame, _name(each)) for each in without} <= offered


@pytest.mark.parametrize("content", TEXTS.values(), ids=TEXTS)
def test_a_call_in_a_text_is_found_also_where_its_tool_was_offered(content: str) -> None:
    assert_offering_hides_nothing(told(content))


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_a_call_in_the_stream_of_any_rule_is_found_also_where_its_tool_was_offered(case: Case) -> None:
    for data in (case.fires, case.quiet):
        assert_offering_hides_nothing(data)


@needs_shared
@pytest.mark.parametrize("part", range(8))
def test_a_call_in_a_recorded_stream_is_found_also_where_its_tool_was_offered(part: int) -> None:
    for path in STREAMS[part::8]:
        assert_offering_hides_nothing(path.read_bytes())
