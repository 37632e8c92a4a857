"""Writes the table of all rules into README.md, between its marks: `python -m tests.findings.readme`."""

from __future__ import annotations

from pathlib import Path

from inspector.findings.registry import RULES
from inspector.findings.rule import Rule

README = Path(__file__).parents[2] / "README.md"
BEGIN, END = "<!-- rules: made by `python -m tests.findings.readme` -->\n", "<!-- end of rules -->\n"


def table() -> str:
    rows = ["| code | name | severity | what it is |", "|---|---|---|---|", *map(_row, RULES)]
    return "".join(row + "\n" for row in rows)


def written() -> str:
    """The README with the table as it should be."""
    before, _, rest = README.read_text(encoding="utf-8").partition(BEGIN)
    _, _, after = rest.partition(END)
    return f"{before}{BEGIN}{table()}{END}{after}"


def _row(rule: Rule) -> str:
    needs = f" (needs: {', '.join(rule.needs)})" if rule.needs else ""
    what = rule.what.replace("|", "\\|")
    return f"| {rule.code} | {rule.name} | {rule.severity} | {what}{needs} |"


if __name__ == "__main__":
    README.write_text(written(), encoding="utf-8")
