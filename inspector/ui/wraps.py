"""What was made for the last views and can serve the next, above all wraps of texts: a step costs what it changed."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Any, TypeVar

from inspector.tracks import TextTrack, decode
from inspector.ui.cells import odd_share
from inspector.ui.wrap import Wrap, Wrapped

T = TypeVar("T")

WINDOW_BYTES = 1024 * 1024  # of a text over twice this, only so much or up to half as much again is wrapped
ODD_WINDOW_BYTES = WINDOW_BYTES // 8  # the same for text that takes long: emoji, Devanagari, control characters
_SAMPLE_BYTES = 4096  # the first ones say which it is
_ODD_SHARE = 1 / 8
_KEPT = 1024


class Wraps:
    """Not for two threads."""

    def __init__(self) -> None:
        # By id of the owner, and which of its things. The owner is kept, so that no other can have its id.
        self._kept: OrderedDict[tuple[int, Hashable], tuple[object, object, Any]] = OrderedDict()

    def at(self, track: TextTrack, size: int, width: int, *, words: bool = True) -> Wrapped:
        """The rows of the first `size` bytes; of a very long text those of its end, which says so by its `start(0)`."""
        start = _window(track, size)
        return self.once(track, (width, start, words), lambda: Wrap(track, width, start, words=words)).at(size)

    def track(self, owner: object, part: str, frame: int, text: str) -> TextTrack:
        """A track of a text that came in one piece: the same each time, for the same `part` of the same `owner`."""
        return self.once(owner, (part, len(text)), lambda: _track(frame, text))

    def once(self, owner: object, part: Hashable, make: Callable[[], T], *, of: object = None) -> T:
        """What `make` made when this was last asked for, if that is not long ago and was made `of` the same."""
        key = (id(owner), part)
        kept = self._kept.get(key)
        if kept is not None and kept[1] == of:
            self._kept.move_to_end(key)
            known: T = kept[2]
            return known
        made = make()
        self._kept[key] = (owner, of, made)
        if len(self._kept) > _KEPT:
            self._kept.popitem(last=False)
        return made


def _track(frame: int, text: str) -> TextTrack:
    track = TextTrack()
    if text:
        track.append(frame, text)
    return track


def _window(track: TextTrack, size: int) -> int:
    """The byte to wrap from: it moves by half a window at a time, so that most steps go on with a wrap there is."""
    window = WINDOW_BYTES
    if size > 2 * ODD_WINDOW_BYTES and odd_share(decode(track.slice(0, _SAMPLE_BYTES))) > _ODD_SHARE:
        window = ODD_WINDOW_BYTES
    if size <= 2 * window:
        return 0
    start = size - window
    start -= start % (window // 2)
    inside = 0
    for byte in track.slice(start, start + 4):
        if byte & 0xC0 != 0x80:
            break
        inside += 1
    return start + inside
