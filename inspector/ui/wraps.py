"""The wraps of the texts on show: the last used are kept, so that a step costs what it changed. Draws nothing."""

from __future__ import annotations

from collections import OrderedDict

from inspector.tracks import TextTrack, decode
from inspector.ui.cells import odd_share
from inspector.ui.wrap import Wrap, Wrapped

WINDOW_BYTES = 1024 * 1024  # of a text over twice this, only so much or up to half as much again is wrapped
ODD_WINDOW_BYTES = WINDOW_BYTES // 8  # the same for text that takes long: emoji, Devanagari, control characters
_SAMPLE_BYTES = 4096  # the first ones say which it is
_ODD_SHARE = 1 / 8
_KEPT = 64


class Wraps:
    """Not for two threads."""

    def __init__(self) -> None:
        self._kept: OrderedDict[tuple[int, int, int, bool], Wrap] = OrderedDict()  # by id of its track, and how
        self._tracks: OrderedDict[tuple[int, str, int], tuple[object, TextTrack]] = OrderedDict()  # by id of the owner

    def at(self, track: TextTrack, size: int, width: int, *, words: bool = True) -> Wrapped:
        """The rows of the first `size` bytes; of a very long text those of its end, which says so by its `start(0)`."""
        start = _window(track, size)
        key = (id(track), width, start, words)  # the wrap keeps its track, so the id stays its own
        wrap = self._kept.get(key)
        if wrap is None:
            wrap = self._kept[key] = Wrap(track, width, start, words=words)
            if len(self._kept) > _KEPT:
                self._kept.popitem(last=False)
        else:
            self._kept.move_to_end(key)
        return wrap.at(size)

    def track(self, owner: object, part: str, frame: int, text: str) -> TextTrack:
        """A track of a text that came in one piece: the same each time, for the same `part` of the same `owner`."""
        key = (id(owner), part, len(text))
        kept = self._tracks.get(key)
        if kept is None:
            kept = self._tracks[key] = (owner, TextTrack())
            if text:
                kept[1].append(frame, text)
            if len(self._tracks) > _KEPT:
                self._tracks.popitem(last=False)
        return kept[1]


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
