"""Which layout fits a terminal, and which panes it shows. Knows panes by their ids only."""

from __future__ import annotations

from typing import Literal, TypeAlias

Layout: TypeAlias = Literal["small", "tabbed", "stacked"]

LEAST_WIDTH, LEAST_HEIGHT = 60, 15
STACKED_WIDTH, STACKED_HEIGHT = 100, 24
WIDE_WIDTH = 140
TALL_HEIGHT = 40  # from here on the detail is there without being asked for
SHORT_HEIGHT = 30  # below it the panes share the height evenly

CHUNKS, CALLS, RESULTS, SYNTHESIS, DETAIL, TIMELINE = "chunks", "calls", "results", "synthesis", "detail", "timeline"
GROWING = frozenset({CHUNKS, TIMELINE})  # what these show grows with the transcript, wherever the cursor is
TABS = (CALLS, RESULTS, SYNTHESIS, DETAIL)


def layout_for(width: int, height: int) -> Layout:
    """`tabbed` has one pane beside the chunks, `stacked` has them all, `small` has nothing but a line that says so."""
    if width < LEAST_WIDTH or height < LEAST_HEIGHT:
        return "small"
    return "stacked" if width >= STACKED_WIDTH and height >= STACKED_HEIGHT else "tabbed"


def shown(layout: Layout, *, tab: str, maximised: str | None, with_detail: bool) -> frozenset[str]:
    """The ids of the panes of the body that are to be seen."""
    if layout == "small":
        return frozenset()
    if maximised is not None:
        return frozenset({maximised})
    if layout == "tabbed":
        return frozenset({CHUNKS, tab})
    return frozenset({CHUNKS, CALLS, RESULTS, SYNTHESIS} | ({DETAIL} if with_detail else set()))


def classes_for(layout: Layout, width: int, height: int, *, maximised: bool, with_detail: bool) -> dict[str, bool]:
    """The classes by which the style sheet arranges all that; a pane that is maximised is in no stack."""
    return {
        "-small": layout == "small",
        "-tabbed": layout == "tabbed",
        "-stacked": layout == "stacked" and not maximised,
        "-wide": width >= WIDE_WIDTH,
        "-short": height < SHORT_HEIGHT,
        "-maximised": maximised,
        "-with-detail": with_detail,
    }
