"""Which recorded streams lie in the shared folder, and which of them hold more than one completion. Reads no stream."""

from __future__ import annotations

import json

from tests.dialects.reading import Json
from tests.shared import SHARED


def _manifest() -> list[Json]:
    path = SHARED / "corpus" / "manifest.jsonl"
    return [json.loads(line) for line in path.read_text().splitlines()] if path.is_file() else []


CORPUS = _manifest()
CHAT = [row["file"] for row in CORPUS if row["api"] == "chat"]
OTHER = [row["file"] for row in CORPUS if row["api"] != "chat"]
STREAMS = [SHARED / "corpus" / row["file"] for row in CORPUS] + sorted(
    path for folder in ("captures", "stages") for path in (SHARED / folder).glob("*.sse")
)
# Streams that hold two completions, and why there are two.
TWO_COMPLETIONS = {
    # What was recorded made two requests into one file; the second begins with an id and a role of its own.
    "cerebras-chat-cererebras-structured-output-tools-1.jsonl",
    # The server ran a search itself: a call that is finished, then an answer under another id.
    "github-copilot-chat-stream-from-github-bing-search-skill.sse",
}
