"""The README has the table of all rules, as it is made."""

from __future__ import annotations

from tests.findings.readme import README, written


def test_the_readme_has_every_rule() -> None:
    assert README.read_text(encoding="utf-8") == written(), "run `python -m tests.findings.readme`"
