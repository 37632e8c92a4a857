"""One body that is framed on its own: the whole of a file, or the answer to one request of a run. Knows no dialect."""

from __future__ import annotations

from array import array
from collections.abc import Callable

from inspector.wire import lines, sse
from inspector.wire.frame import HTTP_HEAD, NO_STREAM, Frame
from inspector.wire.framing import Framing, sniff

_EAGER_BYTES = 1024  # in which every line end may tell the framing


class Body:
    """The bytes from `start` on, whose first frame is number `first`; offsets and numbers are those of the input.

    Where its frames end is appended to `ends`, which all bodies of an input share.
    """

    def __init__(self, ends: array[int], start: int, framing: Framing | None = None) -> None:
        self.start = start
        self.first = len(ends)
        self.framing: Framing | None = None
        self.is_sse = False
        self.ended = False
        self.last: int | None = None  # the number of its last frame, once that is known
        self._ends = ends
        self._size = 0
        self._head = bytearray()  # what the framing is chosen by, until it is
        self._sniffed = 0
        self._framer: sse.SseFramer | lines.LineFramer | None = None
        self.heads = 0  # leading frames that are an HTTP head
        self._content = start  # the byte after them
        self._cut = False  # the last frame is not whole
        if framing is not None:
            self._use(framing)

    def feed(self, data: bytes) -> None:
        self._size += len(data)
        if self.framing is not None:
            self._frame(data)
            return
        self._head += data
        # At a line end, so that a live stream is known at once; but a slow one must not be looked at for each byte.
        line_end = len(self._head) < _EAGER_BYTES and (b"\n" in data or b"\r" in data)
        if line_end or 16 * len(self._head) >= 17 * self._sniffed:
            self._sniffed = len(self._head)
            if framing := sniff(bytes(self._head), ended=False):
                self._use(framing)

    def finish(self, load: Callable[[int, int], bytes]) -> None:
        """The body is at its end; what is left over becomes a last frame. `load` gives bytes of the input back."""
        if self.ended:
            return
        if self.framing is None:
            self._use(sniff(bytes(self._head), ended=True) or Framing("raw", "nothing else fits"))
        begin = self._ends[-1] if len(self._ends) > self.first else self.start
        end = self.start + self._size
        if begin < end:
            self._cut = not self._is_whole(load(begin, end), begin)
            self._ends.append(end)
        self.last = len(self._ends) - 1
        self.ended = True

    def is_ordinary(self, first: int, last: int) -> bool:
        """Whether frames `first` to before `last` are of an event stream and whole, none a head or cut."""
        is_cut = self._cut and self.last is not None and last > self.last
        return self.is_sse and first >= self.first + self.heads and not is_cut

    def parse(self, block: bytes, n: int, start: int, end: int, cap: int, last_id: str = "") -> Frame:
        """Frame `n`, the bytes from `start` to `end`; `block` is less of them where they are more than `cap`."""
        if n < self.first + self.heads:
            return Frame(n, start, end, block, block.endswith((b"\n\n", b"\n\r\n")), note=HTTP_HEAD)
        if end - start > cap:
            note = f"line-too-long: {end - start} bytes, over the cap of {cap}; the first {len(block)} are shown"
            return Frame(n, start, end, block, complete=False, id=last_id, note=note)
        complete = not (self._cut and n == self.last)
        if self.is_sse:
            return sse.parse(block, n, start, complete=complete, last_id=last_id, body=self._content)
        if self._framer is not None:
            return lines.parse(block, n, start, complete=complete, body=self._content)
        return Frame(n, start, end, block, complete=False, data=block, note=NO_STREAM)

    def _use(self, framing: Framing) -> None:
        head, self._head = bytes(self._head), bytearray()
        self.framing = framing
        self._content = self.start + framing.head_end
        if framing.head_end:
            self._ends.append(self._content)
            self.heads = 1
        self.is_sse = framing.name == "sse"
        if self.is_sse:
            self._framer = sse.SseFramer(self._ends, self._content)
        elif framing.name in ("ndjson", "jsonl"):
            self._framer = lines.LineFramer(self._ends, self._content)
        self._frame(head[framing.head_end :])

    def _frame(self, data: bytes) -> None:
        if self._framer is not None:
            self._framer.feed(data)

    def _is_whole(self, block: bytes, start: int) -> bool:
        """Whether what the last frame boundary leaves over is a frame of its own and not a cut one."""
        if self.is_sse:
            return not sse.has_content(block, start, body=self._content)
        if self._framer is not None:
            return lines.is_whole(lines.parse(block, 0, start, body=self._content))
        return False
