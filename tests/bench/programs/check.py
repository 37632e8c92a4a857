"""Looks at all recordings in folders one after the other, and says what that cost and how many typed events there are.

    python -m tests.bench.programs.check findings|none PASSES FOLDER...

With `findings` it does what `check` does with a file, with all rules; else the state at every event is all there is.
"""

import json
import sys
import time
from collections.abc import Sequence
from statistics import median

from inspector.cli.inputs import inputs
from inspector.findings.registry import RULES
from inspector.report.checked import Asked, check
from inspector.sources.loading import framed

ASKED = Asked(tuple(rule.code for rule in RULES))


def find(path: str) -> None:
    check(path, ASKED)


def read(path: str) -> None:
    framed(path).decode_all()


def cost_s(paths: Sequence[str]) -> float:
    look = find if sys.argv[1] == "findings" else read
    began = time.process_time()
    for path in paths:
        look(path)
    return time.process_time() - began


def main(passes: int, folders: Sequence[str]) -> None:
    paths = inputs(folders)
    events = sum(check(path, ASKED).events for path in paths)  # which warms up both, too
    cpu_s = median(cost_s(paths) for _ in range(passes))
    print(json.dumps({"cpu_s": cpu_s, "events": events}))


main(int(sys.argv[2]), sys.argv[3:])
