"""What a client that reconnects must remember of an event stream: its last event id, and how long to wait."""

from array import array

from inspector.wire.sse import SseFramer, parse

RETRY_S = 3.0  # until the stream says otherwise
LEAST_RETRY_S = 0.1  # whatever it says: a server that is never done must not be asked without a pause


class LastEvent:
    """The block that a broken connection leaves behind counts for nothing (HTML standard, 9.2.6)."""

    def __init__(self) -> None:
        self.id = ""
        self.retry_s = RETRY_S
        self.reconnected()

    def reconnected(self) -> None:
        """The next bytes are of another answer."""
        self._ends = array("q")
        self._framer = SseFramer(self._ends)
        self._open = bytearray()  # bytes after the last frame
        self._at = 0

    def feed(self, data: bytes) -> None:
        self._framer.feed(data)
        self._open += data
        for end in self._ends[:]:
            block = bytes(self._open[: end - self._at])
            frame = parse(block, 0, self._at, last_id=self.id)
            self.id = frame.id
            if frame.retry is not None:
                self.retry_s = max(frame.retry / 1000, LEAST_RETRY_S)
            del self._open[: end - self._at]
            self._at = end
        del self._ends[:]
