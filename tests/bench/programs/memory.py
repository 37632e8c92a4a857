"""Decodes a recording and says what that needed, in bytes: the peak, the process before, all text that was kept."""

import json
import sys
from pathlib import Path

from inspector.sources.loading import framed
from inspector.stage import Stage
from inspector.transcript import Transcript


def status_bytes(field: str) -> int:
    """A figure of this process alone; the one of `getrusage` would count the parent that started it."""
    lines = Path("/proc/self/status").read_text("ascii").splitlines()
    return next(int(line.split()[1]) * 1024 for line in lines if line.startswith(field + ":"))


def text_bytes(transcript: Transcript) -> int:
    return sum(text_of(stage) for stage in transcript.stages)


def text_of(stage: Stage) -> int:
    size = stage.synthesis.size
    for choice in stage.choices.values():
        size += sum(track.size for track in choice.texts.values())
        size += sum(call.arguments.size for call in choice.calls)
    return size


base = status_bytes("VmRSS")
transcript = framed(sys.argv[1])
transcript.decode_all()
found = {"events": transcript.framed, "base": base, "peak": status_bytes("VmHWM"), "text": text_bytes(transcript)}
print(json.dumps(found))
