"""Checks that hold for any stream: its events, its tracks and its state tell one story. Knows no particular stream."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from inspector.stage import Stage
from inspector.tracks import TextTrack
from tests.dialects.reading import Json, Reading

TEXTS = ("content", "reasoning", "refusal", "synthesis")
ENDS = ("stage.done", "stage.cancelled", "stage.error", "stage.cut")
_Key = tuple[Any, ...]


def check(reading: Reading) -> None:
    """All of it; raises `AssertionError`."""
    events, states = reading.events, reading.states()
    check_numbers(events)
    check_ends(events, states)
    check_texts(events, reading.transcript.stages)
    check_scalars(events, states)


def check_numbers(events: list[Json]) -> None:
    assert [event["n"] for event in events] == list(range(len(events)))
    frames = [event["frame"] for event in events]
    assert frames == sorted(frames)


def check_ends(events: list[Json], states: list[Json]) -> None:
    """Each stage's last end is its phase; each end but an error, of which all are told, is told once."""
    last = {event["stage"]: event["type"] for event in events if event["type"] in ENDS}
    assert last == {state["stage"]: f"stage.{state['phase']}" for state in states if last}
    for stage in last:
        ends = [event["type"] for event in events if event["stage"] == stage and event["type"] in ENDS]
        assert len(set(ends) - {"stage.error"}) == len([end for end in ends if end != "stage.error"])


def check_texts(events: list[Json], stages: list[Stage]) -> None:
    """Deltas add up to the tracks, frame by frame, and the last done of each is the whole."""
    brought: defaultdict[_Key, defaultdict[int, str]] = defaultdict(lambda: defaultdict(str))
    done: dict[_Key, str] = {}
    for event in events:
        kind, _, part = event["type"].rpartition(".")
        key = event["stage"], event["choice"], event.get("slot") if kind == "tool_call" else kind
        if part == "delta":
            brought[key][event["frame"]] += event["arguments_delta" if kind == "tool_call" else "delta"]
        elif part == "done" and kind != "stage":
            done[key] = event["arguments" if kind == "tool_call" else kind]
    tracks = {key: track for stage in stages for key, track in _tracks(stage)}
    for key, track in tracks.items():
        check_track(track, {frame: text for frame, text in brought.pop(key, {}).items() if text})
        assert done.pop(key, "") == track.text
    assert not any(text for frames in brought.values() for text in frames.values())
    assert not done


def _tracks(stage: Stage) -> list[tuple[_Key, TextTrack]]:
    found: list[tuple[_Key, TextTrack]] = [((stage.key, 0, "synthesis"), stage.synthesis)]
    for choice in stage.choices.values():
        found += [((stage.key, choice.index, name), track) for name, track in choice.texts.items()]
        found += [((stage.key, choice.index, call.slot), call.arguments) for call in choice.calls]
    return found


def check_track(track: TextTrack, brought: dict[int, str]) -> None:
    """`brought` is what each frame appended."""
    so_far = b""
    for frame, text in sorted(brought.items()):
        piece = text.encode("utf-8", "surrogatepass")
        assert track.span_of(frame) == (len(so_far), len(so_far) + len(piece))
        assert track.size_at(frame - 1) == len(so_far)
        for byte in {len(so_far), len(so_far) + len(piece) - 1}:
            assert track.frame_of(byte) == frame
        so_far += piece
        assert track.size_at(frame) == len(so_far)
    assert track.slice(0, track.size) == so_far
    assert (track.first_frame, track.last_frame) == ((min(brought), max(brought)) if brought else (None, None))


def check_scalars(events: list[Json], states: list[Json]) -> None:
    """What the events say of results, statuses, usage, finish reasons and errors is what the state holds."""
    for state in states:
        told = [event for event in events if event["stage"] == state["stage"]]
        assert [_pick(event, "call_id", "name", "content") for event in _of(told, "tool_result")] == state[
            "tool_results"
        ]
        assert [_pick(event, "frame", "status", "details") for event in _of(told, "status")] == state["statuses"]
        assert _last(_of(told, "usage"), "usage") == state["usage"]
        assert _last(_of(told, "stage.error"), "message") == state["error"]
        for choice in state["choices"]:
            of_choice = [event for event in told if event["choice"] == choice["index"]]
            assert _last(_of(of_choice, "finished"), "finish_reason") == choice["finish_reason"]
            done = {event["slot"]: event for event in _of(of_choice, "tool_call.done")}
            fields = ("slot", "turn", "index", "id", "name", "arguments")
            assert [_pick(done[call["slot"]], *fields) for call in choice["tool_calls"]] == [
                _pick(call, *fields) for call in choice["tool_calls"]
            ]


def _of(events: list[Json], kind: str) -> list[Json]:
    return [event for event in events if event["type"] == kind]


def _pick(event: Json, *names: str) -> Json:
    return {name: event[name] for name in names}


def _last(events: list[Json], name: str) -> Any:
    return events[-1][name] if events else None
