"""The contract of every rule: its place in the list, its words, and a smallest stream that fires it."""

from __future__ import annotations

import importlib
import json
import pkgutil
from collections.abc import Sequence

import pytest

import inspector.findings
from inspector.findings.registry import RULES
from inspector.findings.rule import SEVERITIES, Finding, Rule
from tests.findings.case import found
from tests.findings.tables import CASES
from tests.shared import SHARED, needs_shared

BY_CODE = {rule.code: rule for rule in RULES if rule.on}


def test_no_file_with_a_rule_is_left_out_of_the_list() -> None:
    names = [module.name for module in pkgutil.iter_modules(inspector.findings.__path__)]
    modules = [importlib.import_module(f"inspector.findings.{name}") for name in names]
    written = [module.RULE for module in modules if hasattr(module, "RULE")]
    assert {rule.code for rule in written} == {rule.code for rule in RULES}
    assert len(written) == len(RULES)
    for module in modules:
        if hasattr(module, "RULE"):
            assert module.__name__.rpartition(".")[2] == module.RULE.name.replace("-", "_")


def test_codes_come_once_and_in_their_order_within_a_block() -> None:
    codes = [rule.code for rule in RULES]
    blocks = [[code for code in codes if code.startswith(block)] for block in ("TS", "TC", "TL")]
    assert codes == [code for block in blocks for code in sorted(set(block))]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_a_rule_says_what_it_is_why_it_hurts_and_what_to_do(rule: Rule) -> None:
    assert len(rule.paragraphs) == 3
    assert all(each.endswith((".", "?", "…")) for each in rule.paragraphs)
    assert rule.severity in SEVERITIES


@needs_shared
def test_codes_names_and_severities_are_those_of_the_catalogue() -> None:
    rows = json.loads((SHARED / "formats" / "rules.json").read_text())
    known = {row["code"]: (row["name"], row["severity"]) for row in rows}
    assert {code: (rule.name, rule.severity) for code, rule in BY_CODE.items() if code in known} == known
    beyond = [code for code in BY_CODE if code not in known]
    assert all(code > max(each for each in known if each[:2] == code[:2]) for code in beyond)


def test_every_rule_has_its_smallest_streams() -> None:
    assert set(CASES) == set(BY_CODE)


def looked_at(code: str, *, pieces: Sequence[bytes] | None = None, quiet: bool = False) -> list[Finding]:
    case = CASES[code]
    asides = case.quiet_asides if quiet and case.quiet_asides is not None else case.asides
    return found(
        case.quiet if quiet else case.fires,
        [BY_CODE[code]],
        asides=asides,
        tools=case.tools,
        replay=case.replay,
        times=case.quiet_times if quiet else case.times,
        pieces=pieces,
        line_cap=case.line_cap,
    )


@pytest.mark.parametrize("code", BY_CODE)
def test_a_smallest_stream_fires_the_rule_at_its_bytes(code: str) -> None:
    signs = looked_at(code)
    assert [each.code for each in signs[:1]] == [code]
    assert CASES[code].fires[signs[0].start : signs[0].end].decode("utf-8", "replace") == CASES[code].at


@pytest.mark.parametrize("code", BY_CODE)
def test_its_neighbour_does_not(code: str) -> None:
    assert looked_at(code, quiet=True) == []


@pytest.mark.parametrize("code", BY_CODE)
def test_it_finds_the_same_however_the_stream_is_cut(code: str) -> None:
    stream = CASES[code].fires
    size = 1 if len(stream) < 10_000 else 1000
    pieces = [stream[at : at + size] for at in range(0, len(stream), size)]
    assert looked_at(code, pieces=pieces) == looked_at(code)
