"""Everything of one opened source: its frames, and the stages they add up to. Grows while the source is live.

Bytes are fed once and not kept: `read` gives them back. Framing runs as they are fed, decoding when it is asked for,
so a front end can list what is framed before it is decoded (ARCHITECTURE §7). Knows nothing of files or clocks.
"""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Callable

from inspector.dialects import registry
from inspector.dialects.decoding import chunks, read_data, read_frame
from inspector.dialects.dialect import Dialect
from inspector.events import Event
from inspector.stage import Stage
from inspector.stages import Stages
from inspector.telling import Listener
from inspector.wire import lines, sse
from inspector.wire.frame import HTTP_HEAD, NO_STREAM, Frame
from inspector.wire.framing import Framing, FramingName, sniff

LINE_CAP = 64 * 1024 * 1024
_SAMPLE_FRAMES = 500  # the dialect is chosen by these ...
_EVENT_FIELD = b"event:"
_SAMPLE_BYTES = 1024 * 1024  # ... if they are no longer than this
_EXCERPT_BYTES = 64 * 1024  # of a frame over the cap
_BATCH_BYTES = 256 * 1024  # of one read when decoding
_EAGER_BYTES = 1024  # in which every line end may tell the framing


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
    ) -> None:
        self.notices: list[str] = []
        self.size = 0
        self.decoded = 0
        self.ended = False
        self.times: Callable[[int], float | None] | None = None  # seconds at which a byte had arrived
        self._read = read
        self._line_cap = line_cap
        self._batch_bytes = min(_BATCH_BYTES, line_cap)  # so that a frame over the cap is never one of a batch
        self._listener = listener
        self._ends = array("Q")
        self._head = bytearray()  # what the framing is chosen by, until it is
        self._sniffed = 0
        self._framing: Framing | None = None
        self._framer: sse.SseFramer | lines.LineFramer | None = None
        self._is_sse = False
        self._heads = 0  # leading frames that are an HTTP head
        self._body = 0  # the byte after them
        self._cut = False  # the last frame is not whole
        self._sampled = 0  # frames before this one need not be looked at ...
        self._samples = 0  # ... of which so many were
        self._selection = registry.Selection()
        self._forced_dialect = registry.named(dialect) if dialect else None
        self.stages_index = self._fresh_stages()
        if framing is not None:
            self._use_framing(Framing(framing, "forced"))

    # -- what it is ----------------------------------------------------------------------------------------------

    @property
    def framing(self) -> str:
        return self._framing.name if self._framing else "unknown"

    @property
    def framing_evidence(self) -> str:
        return self._framing.why if self._framing else "nothing was read yet"

    @property
    def dialect(self) -> str:
        return self._dialect.name

    @property
    def evidence(self) -> str:
        return "forced" if self._forced_dialect else self._selection.evidence

    @property
    def framed(self) -> int:
        """How many frames are known."""
        return len(self._ends)

    @property
    def stages(self) -> list[Stage]:
        return self.stages_index.all

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
        self.size += len(data)
        if self._framing is not None:
            self._frame(data)
            return
        self._head += data
        # At a line end, so that a live stream is known at once; but a slow one must not be looked at for each byte.
        line_end = len(self._head) < _EAGER_BYTES and (b"\n" in data or b"\r" in data)
        if line_end or 16 * len(self._head) >= 17 * self._sniffed:
            self._sniffed = len(self._head)
            if framing := sniff(bytes(self._head), ended=False):
                self._use_framing(framing)

    def finish(self) -> None:
        """The input is at its end; what is left over becomes a last frame."""
        if self._framing is None:
            self._use_framing(sniff(bytes(self._head), ended=True) or Framing("raw", "nothing else fits"))
        start = self._ends[-1] if self._ends else 0
        if start < self.size:
            self._cut = not self._is_whole(start)
            self._ends.append(self.size)
        self.ended = True

    def decode(self, frames: int) -> int:
        """Decode up to so many frames more; gives how many it did. Stages close after the last frame."""
        self._sample()
        start, until = self.decoded, min(self.framed, self.decoded + frames)
        while self.decoded < until:
            self._decode_batch(until)
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

    def stage_at(self, n: int) -> Stage | None:
        return self.stages_index.at(n)

    def time_of(self, n: int) -> float | None:
        """Seconds from the start at which frame `n` was whole, where times were recorded."""
        return self.times(self._ends[n] - 1) if self.times else None

    # -- inside --------------------------------------------------------------------------------------------------

    def _use_framing(self, framing: Framing) -> None:
        head, self._head = bytes(self._head), bytearray()
        self._framing = framing
        if framing.head_end:
            self._ends.append(framing.head_end)
            self._heads, self._body = 1, framing.head_end
        self._is_sse = framing.name == "sse"
        if self._is_sse:
            self._framer = sse.SseFramer(self._ends, framing.head_end)
        elif framing.name in ("ndjson", "jsonl"):
            self._framer = lines.LineFramer(self._ends, framing.head_end)
        self._frame(head[framing.head_end :])

    def _frame(self, data: bytes) -> None:
        if self._framer is not None:
            self._framer.feed(data)

    def _is_whole(self, start: int) -> bool:
        """Whether what the last frame boundary leaves over is a frame of its own and not a cut one."""
        block = self._load(start, self.size)
        if self._is_sse:
            return not sse.has_content(block, start, body=self._body)
        if self._framer is not None:
            return lines.is_whole(lines.parse(block, 0, start, body=self._body))
        return False

    def _sample(self) -> None:
        """Let telling frames choose the dialect; another choice than before means to decode anew."""
        changed = False
        while self._forced_dialect is None and self._selection.score < registry.Selection.CERTAIN:
            n = self._next_telling()
            if n is None:
                break
            self._sampled, self._samples = n + 1, self._samples + 1
            if (frame := self.frame(n)).end - frame.start <= _SAMPLE_BYTES:
                for body in chunks(frame):
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
        stages = self._fresh_stages()
        for n in range(self.decoded):
            stages.apply(n, self.events(n))
        self.stages_index = stages

    def _fresh_stages(self) -> Stages:
        return Stages(has_end_event=self._dialect.has_end_event, listener=self._listener)

    def _load(self, start: int, end: int) -> bytes:
        over = end - start > self._line_cap
        return self._read(start, min(end, start + _EXCERPT_BYTES) if over else end)

    def _decode_batch(self, until: int) -> None:
        """Decode frames up to `until`, as many as fit into one read: as the lone data lines that nearly all are."""
        first, apply, dialect = self.decoded, self.stages_index.apply, self._dialect
        base = self.span(first)[0]
        last = max(min(until, bisect_right(self._ends, base + self._batch_bytes)), first + 1)
        batch = self._load(base, self._ends[last - 1])
        lone = sse.lone_data(batch, last - first) if self._is_ordinary(first, last) else []
        for n, data in enumerate(lone, first):
            apply(n, read_data(data, "", "", dialect) if data else read_frame(self.frame(n), dialect))
            self.decoded = n + 1
        for n in range(self.decoded, last):
            start, end = self.span(n)
            apply(n, read_frame(self._parse(n, batch[start - base : end - base]), dialect))
            self.decoded = n + 1

    def _is_ordinary(self, first: int, last: int) -> bool:
        """Whether all of these frames are of an event stream and whole, none a head, cut, or over the cap."""
        size = self._ends[last - 1] - self.span(first)[0]
        is_cut = self._cut and last == self.framed
        return self._is_sse and first >= self._heads and not is_cut and size <= self._line_cap

    def _parse(self, n: int, block: bytes, last_id: str = "") -> Frame:
        start, end = self.span(n)
        if n < self._heads:
            return Frame(n, start, end, block, block.endswith((b"\n\n", b"\n\r\n")), note=HTTP_HEAD)
        if end - start > self._line_cap:
            size, cap, shown = end - start, self._line_cap, len(block)
            note = f"line-too-long: {size} bytes, over the cap of {cap}; the first {shown} are shown"
            return Frame(n, start, end, block, complete=False, id=last_id, note=note)
        complete = not (self._cut and n == self.framed - 1)
        if self._is_sse:
            return sse.parse(block, n, start, complete=complete, last_id=last_id, body=self._body)
        if self._framer is not None:
            return lines.parse(block, n, start, complete=complete, body=self._body)
        return Frame(n, start, end, block, complete=False, data=block, note=NO_STREAM)
