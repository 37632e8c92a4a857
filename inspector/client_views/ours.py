"""Our own view of an answer's calls, read from the tracks, to hold the others against."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from inspector.calls import Call
from inspector.client_views.answer import Answer
from inspector.client_views.view import Change, Key, View
from inspector.tracks import decode


def our_view(answer: Answer) -> View:
    """The calls as the stage has them; but for those told in other fields than `tool_calls`."""
    steps: defaultdict[int, list[tuple[Key, Change]]] = defaultdict(list)
    for key, call in _calls(answer):
        for frame, change in _changes(call, answer.end):
            steps[frame].append((key, change))
    view = View()
    for frame in sorted(steps):
        for key, change in steps[frame]:
            view.note(frame, key, change)
    return view


def told_elsewhere(answer: Answer) -> int:
    """How many calls of the answer are told in other fields than `tool_calls`, which no client adds up."""
    calls = [call for choice in list(answer.stage.choices.values()) for call in list(choice.calls)]
    return sum(call.turn == answer.turn and call.origin != "wire" and call.opened < answer.end for call in calls)


def _calls(answer: Answer) -> Iterator[tuple[Key, Call]]:
    for index, choice in sorted(answer.stage.choices.items()):
        listed = [call for call in list(choice.calls) if call.turn == answer.turn and call.origin == "wire"]
        for place, call in enumerate(each for each in listed if each.opened < answer.end):
            yield (index, place), call


def _changes(call: Call, end: int) -> Iterator[tuple[int, Change]]:
    added: defaultdict[int, str] = defaultdict(str, {call.opened: ""})
    for frame, piece in call.arguments.pieces():
        added[frame] += decode(piece)
    for frame, _ in [*call.id.history(), *call.name.history()]:
        added[frame] += ""
    for frame in sorted(added):
        if frame < end:
            yield frame, Change(call.id.first_at(frame), call.name.at(frame), added[frame])
