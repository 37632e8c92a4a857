"""The same with the openai SDK, the way its users do: `client.chat.completions.stream(…)` over a mock transport.

Every event is read and the snapshot of its chunk event is taken, which the SDK keeps up to date anyway. Making the
request and importing the SDK are not counted.
"""

import importlib
import json
import sys
import time
from collections.abc import Iterator
from pathlib import Path

httpx = importlib.import_module("httpx")
openai = importlib.import_module("openai")

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
client = openai.OpenAI(api_key="none", base_url="http://mock.invalid/v1", http_client=httpx.Client(transport=transport))

cpu_s, events = 0.0, 0
for _ in bodies:
    with client.chat.completions.stream(model="any", messages=[{"role": "user", "content": "?"}]) as stream:
        began = time.process_time()
        for event in stream:
            if event.type == "chunk":
                events += 1
                state = event.snapshot
        cpu_s += time.process_time() - began
print(json.dumps({"cpu_s": cpu_s, "events": events, "version": openai.__version__}))
