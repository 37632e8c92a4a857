"""A program that kills recorders at random moments: `python -m tests.recording.killing FOLDER KILLS RATE SEED`.

Prints one JSON line a recorder: its recording, and how many appends had returned when it was killed. It forks, and so
must be a program of its own, without threads.
"""

import json
import mmap
import os
import random
import signal
import struct
import sys
import time
from pathlib import Path

from inspector.recording.tape import Tape

COUNT = struct.Struct("<q")
AT_ONCE = {100: 50, 5000: 5}  # so that two cores keep the rate
LONGEST_S = {100: 0.3, 5000: 0.06}


def event(number: int) -> bytes:
    return b'id: %d\ndata: {"text": "%s"}\n\n' % (number, b"x" * (number % 97))


def write_for_ever(path: str, rate: int, appended: mmap.mmap, place: int) -> None:
    """Record an event every 1/rate seconds, and say after each that it was."""
    began_s = time.monotonic()
    tape = Tape.create(path, "attach")
    for number in range(1 << 30):
        at_s = number / rate
        time.sleep(max(0.0, began_s + at_s - time.monotonic()))
        tape.append(event(number), at_s)
        COUNT.pack_into(appended, place, number + 1)


def kill(folder: Path, kills: int, rate: int, moments: random.Random) -> None:
    for start in range(0, kills, AT_ONCE[rate]):
        names = [str(folder / f"{rate}-{number}.sse") for number in range(start, min(start + AT_ONCE[rate], kills))]
        appended = mmap.mmap(-1, COUNT.size * len(names))
        children = [_fork(name, rate, appended, COUNT.size * place) for place, name in enumerate(names)]
        began_s = time.monotonic()
        for due_s, child in sorted((moments.uniform(0, LONGEST_S[rate]), child) for child in children):
            time.sleep(max(0.0, began_s + due_s - time.monotonic()))
            os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)
        for place, name in enumerate(names):
            (count,) = COUNT.unpack_from(appended, COUNT.size * place)
            print(json.dumps({"path": name, "appended": count}))


def _fork(name: str, rate: int, appended: mmap.mmap, place: int) -> int:
    if child := os.fork():
        return child
    try:
        write_for_ever(name, rate, appended, place)
    finally:
        os._exit(1)


if __name__ == "__main__":
    kill(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]), random.Random(int(sys.argv[4])))
