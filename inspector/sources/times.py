"""When the bytes of an input arrived, live or by a sidecar; it knows no file and no transcript."""

import math
from array import array
from bisect import bisect_right


class Times:
    """Read `i` ended at offset `ends[i]` and came at `at_s[i]`. One thread adds, any other may ask."""

    def __init__(self) -> None:
        self.ends = array("q")
        self.at_s = array("d")  # seconds since the start; NaN where it is not known

    @property
    def size(self) -> int:
        """How many bytes the reads add up to."""
        return self.ends[-1] if self.ends else 0

    def add(self, read_bytes: int, at_s: float | None) -> None:
        """Note a read; one of no bytes is fine."""
        end = self.size + read_bytes
        self.at_s.append(math.nan if at_s is None else at_s)
        self.ends.append(end)  # last: who asks looks here first

    def at(self, byte: int) -> float | None:
        """Give the arrival of the byte at this offset of the decoded input, `None` where it is not known."""
        read = bisect_right(self.ends, byte)
        at_s = self.at_s[read] if read < len(self.ends) else math.nan
        return None if math.isnan(at_s) else at_s
