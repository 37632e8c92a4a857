"""Moves the cursor through decoded recordings and says what a move costs, in seconds.

A move is all that panes ask of the engine when the cursor stands at a frame: the stage and its scalars, every text's
size and what is in sight of it, every call with its verdict, the rows of the chunk list, and the frame's own bytes.
"""

import json
import sys
import time
from random import Random
from statistics import median, quantiles

from inspector.sources.loading import framed
from inspector.stage import Stage
from inspector.tracks import TextTrack, decode
from inspector.transcript import Transcript

SHOWN_BYTES = 4096  # of each text
SHOWN_ROWS = 40  # of the chunk list
STRETCH = 200  # steps one after the other
SEEKS = 500


def look(transcript: Transcript, n: int) -> None:
    stage = transcript.stage_at(n)
    if stage is not None:
        look_at_stage(stage, n)
    for row in range(max(n - SHOWN_ROWS // 2, 0), min(n + SHOWN_ROWS // 2, transcript.framed)):
        _ = transcript.kinds[row], transcript.span(row)
    transcript.frame(n)


def look_at_stage(stage: Stage, n: int) -> None:
    _ = stage.phase.at(n), stage.model.at(n), stage.usage.at(n), stage.error.at(n)
    look_at_text(stage.synthesis, n)
    for choice in stage.choices.values():
        choice.finish.at(n)
        for track in choice.texts.values():
            look_at_text(track, n)
        for call in choice.calls:
            _ = call.id.at(n), call.name.at(n), call.json_at(n).state
            look_at_text(call.arguments, n)


def look_at_text(track: TextTrack, n: int) -> None:
    size = track.size_at(n)
    decode(track.slice(max(size - SHOWN_BYTES, 0), size))


def cost_s(transcript: Transcript, frames: range | list[int]) -> list[float]:
    clock, costs = time.perf_counter, []
    for n in frames:
        began = clock()
        look(transcript, n)
        costs.append(clock() - began)
    return costs


def stretches(transcript: Transcript, random: Random, rounds: int) -> tuple[float, float]:
    """The median of a step forward and of one back, over the same frames; who is first takes turns."""
    forward: list[float] = []
    back: list[float] = []
    for turn in range(2 * rounds):
        start = random.randrange(transcript.framed - STRETCH)
        frames = range(start, start + STRETCH)
        ways = [(forward, frames), (back, frames[::-1])]
        for costs, way in ways if turn % 2 else ways[::-1]:
            costs += cost_s(transcript, way)
    return median(forward), median(back)


def seeks(transcripts: list[Transcript], random: Random, rounds: int) -> list[list[float]]:
    """What random seeks cost in each transcript, in turns."""
    costs: list[list[float]] = [[] for _ in transcripts]
    for _ in range(rounds):
        for transcript, own in zip(transcripts, costs, strict=True):
            own += cost_s(transcript, [random.randrange(transcript.framed) for _ in range(SEEKS)])
    return costs


random, rounds = Random(7), int(sys.argv[1])
opened = [framed(path) for path in sys.argv[2:]]
for each in opened:
    each.decode_all()
forward_s, back_s = stretches(opened[-1], random, rounds)
sought = [
    {"events": t.framed, "median_s": median(c), "p99_s": quantiles(c, n=100)[-1]}
    for t, c in zip(opened, seeks(opened, random, rounds), strict=True)
]
print(json.dumps({"forward_s": forward_s, "back_s": back_s, "seeks": sought}))
