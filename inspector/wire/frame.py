"""One frame as it came: its byte range, its field lines, and what the standard makes of it."""

from __future__ import annotations

from dataclasses import dataclass, field

HTTP_HEAD = "the head of an HTTP response"
NO_STREAM = "no stream: the input has no frames"


@dataclass(slots=True)
class Frame:
    """A unit of framing. Offsets are bytes in the decoded input, half-open.

    `complete` is false for what the end of the input cut, and for input that is no frame; `note` then says why, in
    words, and where `block` is only the first of its bytes. `data` is `None` where the block has no data line.
    `id` is the last event id once this block is read, cut or not; `retry` is milliseconds, only what this block
    set. `comments` are without their colon and one space after it; `unknown` are the lines that the standard
    ignores: other fields, an id with a NUL, a retry that is no number.
    """

    number: int
    start: int
    end: int
    block: bytes
    complete: bool = True
    event: str = ""
    data: bytes | None = None
    id: str = ""
    retry: int | None = None
    comments: list[str] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)
    note: str | None = None

    @property
    def dispatched(self) -> bool:
        """Whether a client by the standard sees an event here (HTML, 9.2.6 "dispatch the event")."""
        return self.complete and self.data is not None and self.note is None

    @property
    def text(self) -> str:
        """The data as text, bad UTF-8 as U+FFFD; empty where there is none."""
        return (self.data or b"").decode("utf-8", "replace")
