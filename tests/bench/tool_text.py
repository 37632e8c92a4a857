"""12: what it costs to look for tool calls in text, as it streams and whole; in prose, in JSON, in calls."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator, Sequence

from inspector.events import JsonObject
from inspector.tool_formats.scan import scan_pieces
from tests.bench.outcome import Outcome, Row
from tests.bench.rounds import Rounds
from tests.bench.setting import Setting

NUMBER = 12
KB = 100
DELTA = 4  # characters; what a token has
TOOLS: dict[str, JsonObject] = {"get_weather": {}, "get_time": {}}
_CALL = '<tool_call>\n{"name": "get_weather", "arguments": {"city": "Paris", "days": 2}}\n</tool_call>\n'
TEXTS = {
    "prose": "It is sunny in Paris (18 degrees), and the days to come will be so too. ",
    "an answer in JSON": json.dumps({"cities": [{"id": 1, "label": "Paris", "degrees": [18, 19]}]}, indent=2) + "\n",
    "calls": _CALL,
}


def run(setting: Setting) -> Iterator[Outcome]:
    for what, text in TEXTS.items():
        yield _row(what, (text * (KB * 1000 // len(text) + 1))[: KB * 1000], setting.rounds)


def _row(what: str, text: str, times: int) -> Row:
    deltas = [text[at : at + DELTA] for at in range(0, len(text), DELTA)]
    rounds = Rounds({"deltas": lambda: _cost(deltas), "whole": lambda: _cost([text])}, times)
    ours, peer = (f"{rounds.cost(name) * 1e6 / KB:.0f} µs a KB" for name in ("deltas", "whole"))
    return Row(NUMBER, f"tool calls in {what}: in deltas / whole", ours, peer, rounds.ratio("deltas", "whole"))


def _cost(pieces: Sequence[str]) -> float:
    before = time.process_time()
    scan_pieces(pieces, TOOLS)
    return time.process_time() - before
