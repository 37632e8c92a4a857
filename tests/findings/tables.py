"""The tables of all blocks of rules: the smallest streams, and the true errors over real ones."""

from __future__ import annotations

from tests.findings import answer_cases, argument_cases, call_cases, client_cases, leak_cases, wire_cases
from tests.findings.case import Case

_BLOCKS = (wire_cases, call_cases, argument_cases, answer_cases, leak_cases, client_cases)
CASES: dict[str, Case] = {code: case for block in _BLOCKS for code, case in block.CASES.items()}
TRUE: dict[str, dict[str, str]] = {code: files for block in _BLOCKS for code, files in block.TRUE.items()}
