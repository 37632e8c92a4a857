"""What a rule is, what it says, and what a finding is. Knows no rule."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple, TypeAlias

from inspector.json_place import Path, Span

Severity: TypeAlias = Literal["error", "warn", "info"]
SEVERITIES: tuple[Severity, ...] = ("error", "warn", "info")  # worst first
Need: TypeAlias = Literal["times", "head", "request", "tools", "replay"]


class Sign(NamedTuple):
    """What a check saw, in a sentence about this one stream, and where; by default it is the data of the whole frame.

    `path` leads into the frame's chunk (`("choices", 0, "delta")`); of what is absent, the innermost that is there
    is shown. Where a frame has several chunks, it is the one of the moment, or a number before the path says which.
    `needle` is found in the frame's bytes; `span` is in bytes of the input. `frame` is another frame than
    the one of the moment. Signs with the same `about`, by default the call of the moment, are one finding.
    """

    message: str
    path: Path | None = None
    needle: bytes | None = None
    span: Span | None = None
    frame: int | None = None
    about: Hashable = None
    advice: str | None = None  # instead of the rule's


Check: TypeAlias = Callable[[Any], Iterable[Sign]]


@dataclass(frozen=True, slots=True)
class Rule:
    """`on` names the moments (`moments.py`), or the events, that the rule looks at, each with its check.

    `doc` has three paragraphs: what it is, why it hurts, what to do; the last is the advice of its findings. Without
    what it `needs` a rule is silent: read times, the head of the response, the request, the tools it offers, the plain
    answer to the same request. Where it `follows`, what it finds is what comes of another finding: it is listed last.
    """

    code: str
    name: str
    severity: Severity
    doc: str | None
    on: Mapping[type, Check]
    needs: tuple[Need, ...] = ()
    follows: bool = False

    @property
    def paragraphs(self) -> list[str]:
        return [" ".join(each.split()) for each in (self.doc or "").split("\n\n")]

    @property
    def what(self) -> str:
        return self.paragraphs[0]

    @property
    def advice(self) -> str:
        return self.paragraphs[-1]


@dataclass(frozen=True, slots=True)
class Finding:
    """A diagnosis, pinned to a frame and bytes of the input. `count` says how often it came; this is the first."""

    code: str
    name: str
    severity: Severity
    stage: str | None
    choice: int | None
    frame: int
    start: int
    end: int
    message: str
    advice: str
    follows: bool = False  # from another one of its frame
    count: int = 1
