"""The sidecars of the recorded stage and agent servers: what their authors expect of each stage. Reads no stream."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.dialects.reading import Json
from tests.shared import SHARED

# str.splitlines on the server cut the payload here; what joins it again is a line end (README, quirk 3).
_SEPARATORS = re.compile("[\u2028\u2029\x85]")
_PHASES = {"done": "done", "cancel": "cancelled", "error": "error", "cut": "cut", "http-error": "error"}


@dataclass(frozen=True)
class Expected:
    """One stage of a recording as its sidecar has it, in the words of our state."""

    recording: str
    kind: str
    own: Json

    @property
    def is_agent(self) -> bool:
        return self.recording.startswith("fx-")

    @property
    def phase(self) -> str:
        if self.kind == "fx-error":
            return "done"  # an error is an apology in the assistant's voice, with finish reason stop (quirk 18)
        if self.own["terminal"] == "cancel" and not self.own["cancel_frame_on_wire"]:
            return "cut"
        return _PHASES[self.own["terminal"]]

    @property
    def calls(self) -> list[tuple[str | None, str, str]]:
        """`(id, name, arguments)`; an agent server never tells ids."""
        calls = self.own["tool_calls"]
        return [(None if self.is_agent else each["id"], each["name"], self.text(each["arguments"])) for each in calls]

    @property
    def results(self) -> dict[str, str]:
        """What tools returned, where the wire carries it."""
        on_wire = self.own.get("tool_results_on_wire", self.kind != "legacy-logic")
        results: dict[str, str] = (self.own["tool_results"] or {}) if on_wire else {}
        return {call: self.text(result) for call, result in results.items()}

    def holds(self, name: str, found: str) -> bool:
        """Whether this is the text of that name: a part of it where the recording stops early."""
        expected = self.text(self.own.get(name, ""))
        return expected.startswith(found) if self.own.get("texts_are_upper_bounds") else found == expected

    def text(self, text: str) -> str:
        return _SEPARATORS.sub("\n", text) if self.own.get("broken_frames") else text


@dataclass(frozen=True)
class Sidecar:
    path: Path  # of the stream
    own: Json

    @property
    def name(self) -> str:
        return self.path.stem

    @property
    def expected(self) -> Json:
        expected: Json = self.own["expected"]
        return expected

    @property
    def stages(self) -> list[Expected]:
        return [Expected(self.name, self.own["kind"], part) for part in self.expected.get("stages") or [self.expected]]


def _read(path: Path) -> Sidecar:
    own: Any = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
    return Sidecar(path, own)


SIDECARS = [_read(path) for path in sorted((SHARED / "stages").glob("*.sse"))]
