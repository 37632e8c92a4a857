"""`export --to events`: the typed events as they happen (CLI.md)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from inspector.report.lines import line


class EventLines:
    """A listener of `Transcript` that writes each event as a line; `snapshots` adds the text so far to every delta."""

    def __init__(self, write: Callable[[str], object], *, stage: str | None = None, snapshots: bool = False) -> None:
        self._write = write
        self._stage = stage
        self._so_far: dict[tuple[Any, ...], str] | None = {} if snapshots else None
        self._n = 0

    def __call__(self, frame: int, stage: str | None, choice: int | None, kind: str, fields: dict[str, Any]) -> None:
        if self._so_far is not None:
            fields = fields | self._snapshot((stage, choice, kind, fields.get("slot")), kind, fields)
        if self._stage is None or stage == self._stage:
            head = {
                "n": self._n,
                "frame": frame if frame >= 0 else None,
                "stage": stage,
                "choice": choice,
                "type": kind,
            }
            self._write(line(head | fields))
        self._n += 1

    def _snapshot(self, key: tuple[Any, ...], kind: str, fields: dict[str, Any]) -> dict[str, str]:
        assert self._so_far is not None
        if kind == "tool_call.delta":
            text = self._so_far[key] = self._so_far.get(key, "") + fields["arguments_delta"]
            return {"snapshot": text, "arguments_snapshot": text}
        if kind.endswith(".delta"):
            text = self._so_far[key] = self._so_far.get(key, "") + fields["delta"]
            return {"snapshot": text}
        return {}
