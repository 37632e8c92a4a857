"""Takes a recording from its bytes to the state after every event, as opening it does, and says what an event cost.

With a third argument, `findings`, all rules look on.
"""

import json
import sys
import time
from statistics import median

from inspector.findings.registry import RULES
from inspector.findings.watch import watching
from inspector.sources.loading import framed

WATCH = watching(RULES) if sys.argv[3:] == ["findings"] else None


def cost_s(path: str) -> tuple[float, int]:
    began = time.process_time()
    transcript = framed(path, watch=WATCH)
    transcript.decode_all()
    return time.process_time() - began, transcript.framed


costs = [cost_s(sys.argv[1]) for _ in range(int(sys.argv[2]))]
print(json.dumps({"cpu_s": median(cost for cost, _ in costs), "events": costs[0][1]}))
