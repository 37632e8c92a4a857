"""Takes a recording from its bytes to the state after every event, as opening it does, and says what an event cost."""

import json
import sys
import time
from statistics import median

from inspector.sources.loading import framed


def cost_s(path: str) -> tuple[float, int]:
    began = time.process_time()
    transcript = framed(path)
    transcript.decode_all()
    return time.process_time() - began, transcript.framed


costs = [cost_s(sys.argv[1]) for _ in range(int(sys.argv[2]))]
print(json.dumps({"cpu_s": median(cost for cost, _ in costs), "events": costs[0][1]}))
