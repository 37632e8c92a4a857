"""All dialects, and the choice of one by what the first chunks look like."""

from __future__ import annotations

from inspector.dialects.agent import AGENT
from inspector.dialects.dialect import Dialect
from inspector.dialects.openai_chat import OPENAI_CHAT
from inspector.dialects.raw import RAW
from inspector.dialects.stage import STAGE
from inspector.errors import InspectorError
from inspector.events import JsonObject

DIALECTS: tuple[Dialect, ...] = (OPENAI_CHAT, STAGE, AGENT, RAW)


def named(name: str) -> Dialect:
    """The dialect of this name; raises `InspectorError` for one that is not known."""
    for dialect in DIALECTS:
        if dialect.name == name:
            return dialect
    known = ", ".join(dialect.name for dialect in DIALECTS)
    raise InspectorError(f"There is no dialect {name!r}; known are {known}.")


class Selection:
    """The dialect with the highest score on any chunk shown so far, with the evidence for it."""

    CERTAIN = 90  # a score that no later chunk can beat

    def __init__(self) -> None:
        self.dialect = RAW
        self.score = 0
        self.evidence = "no chunk yet"

    def see(self, body: JsonObject, event: str, frame: int) -> bool:
        """Look at a chunk; true when it changes the choice."""
        before = self.dialect
        for dialect in DIALECTS:
            score, why = dialect.recognise(body, event)
            if score > self.score:
                self.dialect, self.score, self.evidence = dialect, score, f"{why} (frame {frame})"
        return self.dialect is not before
