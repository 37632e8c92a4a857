"""Outcomes as a table for a terminal or a Markdown page; knows nothing of how they were measured."""

from __future__ import annotations

from collections.abc import Iterable

from tests.bench.outcome import Outcome, Row, Skipped

HEAD = ("#", "what", "ours", "peer", "ratio", "goal", "")


def table(outcomes: Iterable[Outcome]) -> str:
    """A Markdown table, its columns as wide as their longest cell."""
    rows = [HEAD, *map(_cells, outcomes)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(HEAD))]
    lines = [
        "| " + " | ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) + " |" for row in rows
    ]
    lines.insert(1, "|" + "|".join("-" * (width + 2) for width in widths) + "|")
    return "\n".join(lines)


def _cells(outcome: Outcome) -> tuple[str, ...]:
    match outcome:
        case Row():
            goal = "" if outcome.goal is None else f"≤ {_ratio(outcome.goal)}"
            found = (outcome.ours, outcome.peer, _ratio(outcome.ratio), goal, outcome.verdict)
            return (str(outcome.number), outcome.what, *found)
        case Skipped():
            return (str(outcome.number), outcome.what, "", "", "", "", f"skipped: {outcome.why}")


def _ratio(ratio: float) -> str:
    """Small ones as a fraction, which is how the goals say them."""
    return f"1/{1 / ratio:.1f}".removesuffix(".0") if 0 < ratio < 0.1 else f"{ratio:.2f}"
