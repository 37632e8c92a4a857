"""A source that a script fills from the network, in a thread and an event loop of its own."""

import asyncio
from collections.abc import Awaitable, Callable, Generator, Iterator
from threading import RLock, Thread
from typing import TypeAlias

from inspector.asides import RunBegan, RunEnded, RunKind
from inspector.errors import InspectorError
from inspector.live.backlog import Backlog, Spans
from inspector.live.desk import Desk, Tape
from inspector.live.loop import Loop
from inspector.live.mask import Mask
from inspector.sources.source import Item, Notice, Read
from inspector.sources.store import ByteStore

Script: TypeAlias = Callable[[Desk], Awaitable[None]]


class LiveSource:
    """A `Source`. `script` makes the requests and ends with a `RunEnded`; `mask` blots out the secrets of the run.

    `RunBegan` is said here, and `RunEnded` where the script was cancelled. A bug in the script is raised by `reads`.
    """

    size_hint = None
    is_live = True
    recorded_at = None

    def __init__(self, name: str, kind: RunKind, script: Script, tape: Tape, mask: Mask | None = None) -> None:
        self.name = name
        self.tape = tape
        self._kind: RunKind = kind
        self._script = script
        self._mask = mask or Mask()
        self._backlog = Backlog()
        self._told: list[str] = []
        self._thread: Thread | None = None
        self._lock = RLock()  # over the three below; a signal handler may cancel while its own thread does
        self._loop: asyncio.AbstractEventLoop | None = None
        self._task: asyncio.Future[None] | None = None
        self._cancelled = False
        self._bug: BaseException | None = None

    @property
    def store(self) -> ByteStore:
        return self.tape.store

    def reads(self) -> Generator[Item, None, None]:
        self._thread = Thread(target=self._run, name=f"live {self._kind}", daemon=True)
        self._thread.start()
        try:
            for item in self._backlog:
                if isinstance(item, Spans):
                    yield from self._fetched(item)
                else:
                    yield item
        finally:
            self.cancel()
            self._thread.join()
        if self._bug:
            raise self._bug

    def _fetched(self, spans: Spans) -> Iterator[Read]:
        for start, end, at_s in spans:
            if data := self.tape.store.read(start, end):
                yield Read(data, at_s)

    def cancel(self) -> None:
        with self._lock:
            if self._cancelled:
                return
            self._cancelled = True
            if self._loop and self._task:
                self._loop.call_soon_threadsafe(self._task.cancel)

    def tell(self, sentence: str) -> None:
        """Say something of the run to who reads it, when it begins; before it is read."""
        self._told.append(sentence)

    def changed(self) -> str | None:
        """Nothing: what the server said cannot change."""
        return None

    def close(self) -> None:
        self.cancel()
        if self._thread:
            self._thread.join()
        self.tape.release()

    def _run(self) -> None:
        """Be the network thread."""
        try:
            with asyncio.Runner(loop_factory=Loop) as runner:
                runner.run(self._main())
        except BaseException as error:  # noqa: BLE001 - raised by `reads`, in the thread that can tell of it
            self._bug = self._bug or error
        finally:
            self.tape.close()
            for sentence in self.tape.notices():  # the last of it may find no place on the disk
                self._backlog.put(Notice(self._mask.text(sentence)))
            self._backlog.end()

    async def _main(self) -> None:
        desk = Desk(self.tape, self._mask, self._backlog)
        desk.say(RunBegan(0.0, self._kind))
        for sentence in self._told:
            desk.notice(sentence)
        task = asyncio.ensure_future(self._script(desk))
        with self._lock:
            self._loop, self._task = asyncio.get_running_loop(), task
            if self._cancelled:
                task.cancel()
        try:
            await asyncio.wait([task])
        finally:
            with self._lock:
                self._loop = self._task = None  # it is closed soon: nothing may be called in it
        self._say_how_it_ended(task, desk)

    def _say_how_it_ended(self, task: "asyncio.Future[None]", desk: Desk) -> None:
        if task.cancelled():
            desk.say(RunEnded(desk.now(), "cancelled", None))
        elif isinstance(error := task.exception(), InspectorError):
            desk.say(RunEnded(desk.now(), "error", str(error)))
        elif error:
            self._bug = error
            desk.say(RunEnded(desk.now(), "error", f"A bug of this program ended the run ({type(error).__name__})."))
        elif self._cancelled and not desk.has_ended:  # it took the cancel for something else
            desk.say(RunEnded(desk.now(), "cancelled", None))
        assert desk.has_ended, "a script ends with RunEnded"
