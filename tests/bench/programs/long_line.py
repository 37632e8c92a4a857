"""Reads a log with one very long line as ours does, in network reads; says the CPU seconds without and with its JSON.

The bytes are in memory for both contenders, so that only decoding counts. The dialect is chosen by short frames.
"""

import json
import sys
import time
from pathlib import Path
from statistics import median

from inspector.transcript import Transcript

READ_BYTES = 64 * 1024

body = Path(sys.argv[1]).read_bytes()


def fed() -> Transcript:
    transcript = Transcript(lambda start, end: body[start:end])
    for start in range(0, len(body), READ_BYTES):
        transcript.feed(body[start : start + READ_BYTES])
    transcript.finish()
    return transcript


def frames_s() -> float:
    began = time.process_time()
    transcript = fed()
    for n in range(transcript.framed):
        transcript.frame(n)
    return time.process_time() - began


def state_s() -> float:
    began = time.process_time()
    fed().decode_all()
    return time.process_time() - began


passes = range(int(sys.argv[2]))
print(json.dumps({"frames_s": median(frames_s() for _ in passes), "json_s": median(state_s() for _ in passes)}))
