"""Everything of one opened source: its frames, and the stages they add up to. Grows while the source is live.

Bytes are fed once and not kept: `read` gives them back. Framing runs as they are fed, decoding when it is asked for,
so a front end can list what is framed before it is decoded (ARCHITECTURE §7). Knows nothing of files or clocks.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Callable
from operator import itemgetter
from typing import Any

from inspector.asides import Aside, ExchangeBegan, ExchangeEnded, RunBegan
from inspector.dialects import registry
from inspector.dialects.decoding import read_data, read_frame, sample
from inspector.dialects.dialect import Dialect
from inspector.events import Event, JsonObject
from inspector.exchanges import Exchanges
from inspector.stage import Stage
from inspector.stages import Stages
from inspector.telling import Listener
from inspector.watching import Watcher
from inspector.wire import sse
from inspector.wire.body import Body
from inspector.wire.frame import Frame
from inspector.wire.framing import Framing, FramingName

LINE_CAP = 64 * 1024 * 1024
_SAMPLE_FRAMES = 500  # the dialect is chosen by these
_EVENT_FIELD = b"event:"
_EXCERPT_BYTES = 64 * 1024  # of a frame over the cap
_BATCH_BYTES = 256 * 1024  # of one read when decoding


class Transcript:
    """`read(start, end)` gives bytes of the input back. Offsets are bytes of the decoded input, frames count from 0.

    One thread calls `feed`, `finish` and `decode`; any other may read what lies below `framed` and `decoded`.
    """

    def __init__(
        self,
        read: Callable[[int, int], bytes],
        *,
        framing: FramingName | None = None,
        dialect: str | None = None,
        line_cap: int = LINE_CAP,
        listener: Listener | None = None,
        watch: Callable[[Transcript], Watcher] | None = None,
    ) -> None:
        self.notices: list[str] = []
        self.size = 0
        self.decoded = 0
        self.ended = False
        self.times: Callable[[int], float | None] | None = None  # seconds at which a byte had arrived
        self.tools: dict[str, JsonObject] | None = None  # the schemas of those on offer, where the user knows them
        self._read = read
        self._line_cap = line_cap
        self._batch_bytes = min(_BATCH_BYTES, line_cap)  # so that a frame over the cap is never one of a batch
        self._listener = listener
        self._watch = watch  # makes a watcher, and a new one where decoding begins anew
        self._is_muted = False  # what is folded anew was told before
        self._ends = array("Q")
        self._forced_framing = Framing(framing, "forced") if framing is not None else None
        self._bodies = [Body(self._ends, 0, self._forced_framing)]
        self._firsts = array("Q", [0])  # the first frame of each body
        self.exchanges = Exchanges()
        self._asides: list[tuple[int, Aside]] = []  # each with the frame that it comes after, -1 before all
        self._folded = 0  # how many of them are
        self._sampled = 0  # frames before this one need not be looked at ...
        self._samples = 0  # ... of which so many were
        self._selection = registry.Selection()
        self._forced_dialect = registry.named(dialect) if dialect else None
        self.stages_index = self._fresh_stages()

    # -- what it is ----------------------------------------------------------------------------------------------

    @property
    def framing(self) -> str:
        """That of the first body; each answer of a run may have another."""
        first = self._bodies[0].framing
        return first.name if first else "unknown"

    @property
    def framing_evidence(self) -> str:
        first = self._bodies[0].framing
        return first.why if first else "nothing was read yet"

    @property
    def dialect(self) -> str:
        return self._dialect.name

    @property
    def evidence(self) -> str:
        if self._forced_dialect is None:
            return self._selection.evidence
        return "forced" if not self.exchanges.is_chat else "a chat run"

    @property
    def framed(self) -> int:
        """How many frames are known."""
        return len(self._ends)

    @property
    def stages(self) -> list[Stage]:
        return self.stages_index.all

    @property
    def watcher(self) -> Watcher | None:
        """What `watch` made; another one after decoding began anew."""
        return self.stages_index.watcher

    @property
    def kinds(self) -> bytearray:
        return self.stages_index.kinds

    @property
    def boundaries(self) -> array[int]:
        return self.stages_index.boundaries

    @property
    def _dialect(self) -> Dialect:
        return self._forced_dialect or self._selection.dialect

    # -- growing -------------------------------------------------------------------------------------------------

    def feed(self, data: bytes) -> None:
        """Take the next bytes of the input, in pieces of any size."""
        if self._bodies[-1].ended:  # what was added to a recording after its end is no part of its last answer
            self._begin_body()
        self.size += len(data)
        self._bodies[-1].feed(data)

    def note(self, aside: Aside) -> None:
        """Take what the client's side knows at this place, between the bytes before and those to come."""
        if isinstance(aside, RunBegan) and aside.kind == "chat" and self._forced_dialect is None:
            self._forced_dialect = registry.named("openai-chat")
        elif isinstance(aside, ExchangeBegan):
            self._begin_body()
        elif isinstance(aside, ExchangeEnded):
            self._bodies[-1].finish(self._read)
        self.exchanges.note(aside, self.framed)
        self._asides.append((self.framed - 1, aside))

    def watch(self, watch: Callable[[Transcript], Watcher]) -> None:
        """Be watched as from the beginning: what is decoded by now is folded anew, so it is best done early."""
        self._watch = watch
        self._decode_anew()

    def finish(self) -> None:
        """The input is at its end; what is left over becomes a last frame."""
        self._bodies[-1].finish(self._read)
        self.ended = True

    def decode(self, frames: int) -> int:
        """Decode up to so many frames more; gives how many it did. Stages close after the last frame."""
        self._sample()
        start, until = self.decoded, min(self.framed, self.decoded + frames)
        self._fold_asides()
        while self.decoded < until:
            self._decode_batch(until)
            self._fold_asides()
        if self.ended and self.decoded == self.framed:
            self.stages_index.close(self.decoded - 1)
        return until - start

    def decode_all(self, to: int | None = None) -> None:
        """Decode up to frame `to`, or everything."""
        until = self.framed if to is None else min(to + 1, self.framed)
        self.decode(max(until - self.decoded, 0))  # also where all is decoded: the end of the input closes stages
        while self.decoded < until:
            self.decode(until - self.decoded)

    # -- looking -------------------------------------------------------------------------------------------------

    def read(self, start: int, end: int) -> bytes:
        """Bytes of the input."""
        return self._read(start, end)

    def span(self, n: int) -> tuple[int, int]:
        """The bytes of frame `n`."""
        return (self._ends[n - 1] if n else 0), self._ends[n]

    def frame(self, n: int, last_id: str = "") -> Frame:
        """Frame `n`, read anew from its bytes. `last_id` is the last event id before it."""
        start, end = self.span(n)
        return self._parse(n, self._load(start, end), last_id)

    def events(self, n: int) -> list[Event]:
        """What frame `n` says, read anew from its bytes."""
        start, end = self.span(n)
        return read_frame(self._parse(n, self._load(start, end)), self._dialect)

    def frame_at(self, byte: int) -> int:
        """The frame that holds this byte of the input."""
        return bisect_right(self._ends, byte)

    def is_sse(self, n: int) -> bool:
        """Whether frame `n` is of an event stream, and not an HTTP head before one."""
        return self._body_of(n).is_ordinary(n, n)

    def stage_at(self, n: int) -> Stage | None:
        return self.stages_index.at(n)

    def time_of(self, n: int) -> float | None:
        """Seconds from the start at which frame `n` was whole, where times were recorded."""
        return self.times(self._ends[n] - 1) if self.times else None

    @property
    def noted(self) -> int:
        """How many asides are known."""
        return len(self._asides)

    def asides(self, n: int) -> list[Aside]:
        """What the client's side knows between frame `n` and the next; -1 is before all."""
        first = bisect_left(self._asides, n, key=itemgetter(0))
        return [aside for _, aside in self._asides[first : bisect_right(self._asides, n, key=itemgetter(0))]]

    # -- inside --------------------------------------------------------------------------------------------------

    def _begin_body(self) -> None:
        """The bytes to come answer another request: they are framed anew."""
        before = self._bodies[-1]
        before.finish(self._read)
        body = Body(self._ends, self.size, self._forced_framing)
        if self.size == before.start:  # nothing came in it; others may be looking, so that one is always there
            self._bodies[-1] = body
        else:
            self._bodies.append(body)
            self._firsts.append(self.framed)

    def _body_of(self, n: int) -> Body:
        return self._bodies[bisect_right(self._firsts, n) - 1]

    def _sample(self) -> None:
        """Let telling frames choose the dialect; another choice than before means to decode anew."""
        changed = False
        while self._forced_dialect is None and self._selection.score < registry.Selection.CERTAIN:
            n = self._next_telling()
            if n is None:
                break
            self._sampled, self._samples = n + 1, self._samples + 1
            frame = self.frame(n)
            for body in sample(frame):
                changed |= self._selection.see(body, frame.event, n)
        if changed:
            self._decode_anew()

    def _next_telling(self) -> int | None:
        """The next frame to look at: one of the first, or a later one that may name an event.

        A stage server's older plain form is known only by the event that ends it.
        """
        if self._sampled >= self.framed or self._samples >= 2 * _SAMPLE_FRAMES:
            return None
        if self._sampled < _SAMPLE_FRAMES:
            return self._sampled
        at = self.span(self._sampled)[0]
        while at < self._ends[-1]:
            piece = self._read(at, min(at + _BATCH_BYTES, self._ends[-1]))
            if (found := piece.find(_EVENT_FIELD)) >= 0:
                return self.frame_at(at + found)
            at += max(len(piece) - len(_EVENT_FIELD) + 1, 1)
        self._sampled = self.framed
        return None

    def _decode_anew(self) -> None:
        """Fold anew what was decoded, which is little by now; readers see all of it at once, as they do `decoded`."""
        self._is_muted = True
        stages, asides = self._fresh_stages(), self._asides[: self._folded]
        for n in range(-1, self.decoded):
            if n >= 0:
                frame = self.frame(n)
                stages.apply(n, read_frame(frame, self._dialect), frame)
            while asides and asides[0][0] == n:
                stages.note(*asides.pop(0))
        self.stages_index = stages
        self._is_muted = False

    def _fold_asides(self) -> None:
        """Fold the asides that stand before the next frame to decode."""
        while self._folded < len(self._asides) and self._asides[self._folded][0] < self.decoded:
            self.stages_index.note(*self._asides[self._folded])
            self._folded += 1

    def _fresh_stages(self) -> Stages:
        listener = self._listen if self._listener else None
        watcher = self._watch(self) if self._watch else None
        return Stages(has_end_event=self._dialect.has_end_event, listener=listener, watcher=watcher)

    def _listen(self, *told: Any) -> None:
        if self._listener and not self._is_muted:
            self._listener(*told)

    def _load(self, start: int, end: int) -> bytes:
        over = end - start > self._line_cap
        return self._read(start, min(end, start + _EXCERPT_BYTES) if over else end)

    def _decode_batch(self, until: int) -> None:
        """Decode frames up to `until`, as many as fit into one read: as the lone data lines that nearly all are."""
        first, apply, dialect = self.decoded, self.stages_index.apply, self._dialect
        body, until = self._body_of(first), self._up_to_aside(until)
        base = self.span(first)[0]
        last = max(min(until, bisect_right(self._ends, base + self._batch_bytes)), first + 1)
        batch = self._load(base, self._ends[last - 1])
        fits = self._ends[last - 1] - base <= self._line_cap
        lone = sse.lone_data(batch, last - first) if fits and body.is_ordinary(first, last) else []
        for n, data in enumerate(lone, first):
            frame = None if data else self.frame(n)
            apply(n, read_frame(frame, dialect) if frame else read_data(data, "", "", dialect), frame)
            self.decoded = n + 1
        for n in range(self.decoded, last):
            start, end = self.span(n)
            frame = self._parse(n, batch[start - base : end - base])
            apply(n, read_frame(frame, dialect), frame)
            self.decoded = n + 1

    def _up_to_aside(self, until: int) -> int:
        """The frame before which to stop: an aside comes after the last one before it, and a body ends with one."""
        if self._folded < len(self._asides):
            return min(until, self._asides[self._folded][0] + 1)
        return until

    def _parse(self, n: int, block: bytes, last_id: str = "") -> Frame:
        start, end = self.span(n)
        return self._body_of(n).parse(block, n, start, end, self._line_cap, last_id)
