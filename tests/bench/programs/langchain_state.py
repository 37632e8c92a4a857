"""The same with langchain: `ChatOpenAI.stream` over a mock transport, its chunks added up with `+`."""

import importlib
import json
import sys
import time
from collections.abc import Iterator
from pathlib import Path

httpx = importlib.import_module("httpx")
langchain_openai = importlib.import_module("langchain_openai")

END = b"data: [DONE]\n\n"
READ_BYTES = 64 * 1024


def reads(body: bytes) -> Iterator[bytes]:
    for start in range(0, len(body), READ_BYTES):
        yield body[start : start + READ_BYTES]


bodies = [body + END for body in Path(sys.argv[1]).read_bytes().split(END)[:-1]]
answers = iter(bodies)
transport = httpx.MockTransport(
    lambda request: httpx.Response(200, headers={"content-type": "text/event-stream"}, content=reads(next(answers)))
)
model = langchain_openai.ChatOpenAI(
    model="any", api_key="none", base_url="http://mock.invalid/v1", http_client=httpx.Client(transport=transport)
)

cpu_s, events = 0.0, 0
for _ in bodies:
    began = time.process_time()
    state = None
    for chunk in model.stream("?"):
        state = chunk if state is None else state + chunk
        events += 1
    cpu_s += time.process_time() - began
print(json.dumps({"cpu_s": cpu_s, "events": events}))
