"""Pumps one source into a transcript, in a thread of its own. Knows no widget: it tells a listener that there is more.

A recording is framed whole before it is decoded, but for its first slice, so that the first screen has content and
the list of chunks soon has its length; a live stream is decoded as it comes.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import Literal, TypeAlias

from inspector.errors import InspectorError
from inspector.events import JsonObject
from inspector.sources.source import Item, Notice, Read, Restart, Source
from inspector.sources.store import ByteStore
from inspector.sources.times import Times
from inspector.transcript import Transcript
from inspector.watching import Watcher
from inspector.wire.framing import FramingName

State: TypeAlias = Literal["reading", "decoding", "ended", "stopped"]
Watch: TypeAlias = Callable[[Transcript], Watcher]

BATCH_FRAMES = 100  # decoded before looking whether the screen needs the interpreter
SLICE_BYTES = 128 * 1024  # framed in one go, likewise
QUIET_S = 0.012  # how long a key press keeps this thread off
WATCH_S = 1.0  # how often a recording is looked at for what others do to it


def all_rules() -> Watch:
    """Every rule there is: some 40 ms of imports, which the first screen does not wait for."""
    from inspector.findings.registry import RULES
    from inspector.findings.watch import watching

    return watching(RULES)


class Feed:
    """All but what is marked as the thread's is for the app; `transcript` is another one after a restart."""

    def __init__(
        self,
        source: Source,
        tell: Callable[[], None],
        *,
        framing: FramingName | None = None,
        dialect: str | None = None,
        follow: bool = False,
        watch: Callable[[], Watch] = all_rules,
        tools: dict[str, JsonObject] | None = None,
    ) -> None:
        """`tell` is called in the feed's thread, and not again before `heard`. `follow`: it may grow for ever.

        `watch` is called in that thread too, once the first slice may be seen: it says who watches the transcript.
        `tools` are the schemas of those on offer, where the user knows them.
        """
        self.source = source
        self.state: State = "reading"
        self.is_live = follow or source.is_live  # something may arrive, or has arrived, while we watch
        self.trouble: Exception | None = None  # a bug of ours, to be raised where it is seen
        self._tell = tell
        self._framing: FramingName | None = framing
        self._dialect = dialect
        self._make_watch = watch
        self._tools = tools
        self._watch_with: Watch | None = None  # from the first slice on
        self._is_behind = not source.is_live  # what was there from the start is not yet read
        self._told = False
        self._quiet_until_s = 0.0
        self._has_begun = threading.Event()  # the first slice is decoded
        self._may_go_on = threading.Event()  # beyond it
        self._goes_on = threading.Event()  # not held by the user
        self._goes_on.set()
        self._halted = threading.Event()  # read and decode no more
        self._closed = threading.Event()
        self._thread = threading.Thread(target=self._run, name="feed", daemon=True)
        self._begin(source.store)

    # -- for the app -------------------------------------------------------------------------------------------

    def start(self, *, wait_s: float = 0.0) -> None:
        """Start pumping; once is enough. With `wait_s`, only the first slice until `go_on`, and wait so long for it.

        The screen is not yet there then, so that two threads would only be in each other's way.
        """
        if wait_s == 0:
            self._may_go_on.set()
        if self._thread.ident is None:
            self._thread.start()
        self._has_begun.wait(wait_s)

    def go_on(self) -> None:
        self._may_go_on.set()

    def heard(self) -> None:
        """What was told was taken note of: tell again when there is more."""
        self._told = False

    def give_way(self) -> None:
        """A key was pressed: leave the interpreter to the screen for a moment."""
        self._quiet_until_s = time.monotonic() + QUIET_S

    @property
    def is_busy(self) -> bool:
        """Reading or decoding what was there already, as against waiting for more."""
        return self.state == "decoding" or (self.state == "reading" and self._is_behind)

    @property
    def share(self) -> float | None:
        """How much of what it is busy with is done, from 0 to 1; `None` where the size is not known."""
        transcript = self.transcript
        if self.state == "decoding":
            return transcript.decoded / max(transcript.framed, 1)
        size = self.source.size_hint
        return min(transcript.size / size, 1.0) if size else None

    def cancel(self) -> None:
        """End a live run; what still comes of it is taken."""
        self.source.cancel()

    @property
    def is_held(self) -> bool:
        """It would be busy, but for the user."""
        return self.is_busy and not self._goes_on.is_set()

    def hold(self) -> None:
        """Read and decode no more until `release`."""
        self._goes_on.clear()

    def release(self) -> None:
        self._goes_on.set()

    def halt(self) -> None:
        """Read and decode no more; what is decoded stays."""
        self._halted.set()
        self._goes_on.set()
        self.source.cancel()

    def close(self) -> None:
        self._closed.set()
        self._may_go_on.set()
        self.halt()
        if self._thread.ident is not None:
            self._thread.join(timeout=1.0)
        if not self._thread.is_alive():  # else it hangs in a read, and is a daemon
            self.source.close()

    # -- the thread --------------------------------------------------------------------------------------------

    def _run(self) -> None:
        try:
            self._pump()
            self._watch()
        except Exception as error:  # noqa: BLE001 - the app raises it anew, in its own thread
            self.trouble = error
            self._report()

    def _begin(self, store: ByteStore) -> None:
        self._arrivals = Times()
        transcript = Transcript(store.read, framing=self._framing, dialect=self._dialect, watch=self._watch_with)
        transcript.times = self.source.recorded_at or self._arrivals.at
        transcript.tools = self._tools
        self.transcript = transcript

    def _pump(self) -> None:
        try:
            for item in self.source.reads():
                self._take(item)
                self._report()
                if self._halted.is_set():
                    break
        except InspectorError as error:
            self.transcript.notices.append(str(error))
        if self._halted.is_set():
            self.state = "stopped"
        else:
            self._end()
        self._report()

    def _take(self, item: Item) -> None:
        match item:
            case Read():
                self._read(item)
            case Notice():
                self.transcript.notices.append(item.sentence)
            case Restart():
                self._begin(item.store)
            case _:
                self.transcript.note(item)
                if self.is_live:
                    self._decode()

    def _read(self, read: Read) -> None:
        transcript = self.transcript
        is_first = not transcript.size
        self.is_live = self.is_live or read.at_s is not None
        self._arrivals.add(len(read.data), read.at_s)
        for start in range(0, len(read.data), SLICE_BYTES):
            transcript.feed(read.data[start : start + SLICE_BYTES])
            self._pause()
        # The next read of a file that is followed may come in a week, and only the size tells that this was the last.
        size = self.source.size_hint
        if read.at_s is not None or transcript.size >= (size or 0):
            self._is_behind = size is None and read.at_s is None
            if not self.is_live and not self._is_behind:
                self.state = "decoding"
        if is_first or self.is_live or not self._is_behind or size is None:
            self._decode()
        if is_first:
            self._begun()

    def _begun(self) -> None:
        """The first slice is decoded: what the first screen shows. The rest, and what is found, comes after it."""
        self._has_begun.set()
        self._report()
        self._may_go_on.wait()
        if self._watch_with is None and not self._closed.is_set():
            self._watch_with = self._make_watch()
            self.transcript.watch(self._watch_with)

    def _end(self) -> None:
        if not self._has_begun.is_set():  # nothing came at all, which is a finding too
            self._begun()
        self.state = "decoding"
        self.transcript.finish()
        self._decode()
        self.state = "stopped" if self._halted.is_set() else "ended"

    def _decode(self) -> None:
        transcript = self.transcript
        while not self._halted.is_set():
            transcript.decode(BATCH_FRAMES)
            if transcript.decoded >= transcript.framed:
                return
            self._report()
            self._pause()

    def _pause(self) -> None:
        self._goes_on.wait()
        while (left_s := self._quiet_until_s - time.monotonic()) > 0 and not self._closed.is_set():
            time.sleep(left_s)

    def _report(self) -> None:
        if not self._told and not self._closed.is_set():
            self._told = True
            self._tell()

    # -- what only a recording has -----------------------------------------------------------------------------

    def _watch(self) -> None:
        """Say once what others do to a recording that is open."""
        told: str | None = None
        while not self._closed.wait(WATCH_S):
            sentence = self.source.changed()
            if sentence is not None and sentence != told:
                told = sentence
                self.transcript.notices.append(sentence)
                self._report()
