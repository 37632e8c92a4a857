"""The same with the openai SDK's decoder, and with its `ServerSentEvent.json()`."""

import importlib
import json
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from statistics import median

streaming = importlib.import_module("openai._streaming")

READ_BYTES = 64 * 1024

body = Path(sys.argv[1]).read_bytes()


def reads() -> Iterator[bytes]:
    for start in range(0, len(body), READ_BYTES):
        yield body[start : start + READ_BYTES]


def cost_s(*, with_json: bool) -> float:
    began = time.process_time()
    for event in streaming.SSEDecoder().iter_bytes(reads()):
        if with_json and event.data != "[DONE]":
            event.json()
    return time.process_time() - began


passes = range(int(sys.argv[2]))
found = {name: median(cost_s(with_json=name == "json_s") for _ in passes) for name in ("frames_s", "json_s")}
print(json.dumps(found))
