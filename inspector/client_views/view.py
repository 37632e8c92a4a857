"""What one client makes of the calls, frame by frame, and where two of them part. Knows no policy."""

from __future__ import annotations

from typing import NamedTuple, TypeAlias

Key: TypeAlias = tuple[int, int]  # the choice, and the place of the call among its calls


class Change(NamedTuple):
    """What a frame did to a call: its id and name from now on, and the text added to its arguments.

    `anew`: the text stands in place of the arguments before.
    """

    id: str | None
    name: str | None
    arguments: str
    anew: bool = False


class ViewedCall(NamedTuple):
    id: str | None
    name: str | None
    arguments: str


class GaveUp(NamedTuple):
    """From `frame` on the client takes nothing more. `reason` is what it says: an exception and its message."""

    frame: int
    reason: str


class View:
    """The calls of one answer as one client has them; grows frame by frame, in order."""

    def __init__(self) -> None:
        self.gave_up: GaveUp | None = None
        self.steps: dict[int, dict[Key, Change]] = {}  # by frame, those that changed something
        self._known: dict[Key, tuple[str | None, str | None]] = {}

    def note(self, frame: int, key: Key, change: Change) -> None:
        """Keep a change, unless nothing is changed by it."""
        now = change.id, change.name
        if self._known.get(key) == now and not change.arguments and not change.anew:
            return
        self._known[key] = now
        step = self.steps.setdefault(frame, {})
        if (before := step.get(key)) is not None and not change.anew:
            change = change._replace(arguments=before.arguments + change.arguments, anew=before.anew)
        step[key] = change

    def calls(self, n: int | None = None) -> list[ViewedCall]:
        """After frame `n`, or at the end: choice by choice, in order of appearance."""
        found: dict[Key, tuple[Change, list[str]]] = {}
        for frame, step in self.steps.items():
            if n is not None and frame > n:
                break
            for key, change in step.items():
                pieces = [] if change.anew or key not in found else found[key][1]
                pieces.append(change.arguments)
                found[key] = change, pieces
        return [ViewedCall(last.id, last.name, "".join(pieces)) for _, (last, pieces) in sorted(found.items())]


def parting(one: View, other: View) -> int | None:
    """The first frame after which the two have different calls, or only one of them goes on; `None`: there is none."""
    ends = [view.gave_up.frame for view in (one, other) if view.gave_up is not None]
    if len(ends) == 2 and ends[0] == ends[1]:
        ends = []
    differing = (frame for frame in one.steps.keys() | other.steps.keys() if _step(one, frame) != _step(other, frame))
    return min([*ends, *differing], default=None)


def _step(view: View, frame: int) -> dict[Key, Change]:
    return view.steps.get(frame, {})
