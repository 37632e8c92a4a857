"""Carries the questions of a run from its event loop to the app, and the answers back. Knows no screen.

The run waits in its own thread. Questions are answered one after another; one whose run is cancelled is taken back.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from inspector.toolchain.questions import Asker, Question


class Asked:
    """A question that waits for its answer, of the run on `tape`. `answer` is for the thread of the app."""

    def __init__(self, question: Question, tape: object) -> None:
        self.question = question
        self.tape = tape
        self._loop = asyncio.get_running_loop()
        self.answered: asyncio.Future[Any] = self._loop.create_future()

    def answer(self, answer: Any) -> None:
        with suppress(RuntimeError):  # the run is over, and its loop is closed
            self._loop.call_soon_threadsafe(self._resolve, answer)

    def _resolve(self, answer: Any) -> None:
        if not self.answered.done():
            self.answered.set_result(answer)


class Asking:
    """What any number of runs ask with. `tell` is called in their threads whenever `waiting` changed."""

    def __init__(self) -> None:
        self._waiting: list[Asked] = []
        self._tell: Callable[[], object] | None = None

    def of(self, tape: object) -> Asker:
        """An asker for the run that is recorded on this tape, by which it is known."""
        return partial(self._ask, tape=tape)

    async def _ask(self, question: Question, tape: object) -> Any:
        asked = Asked(question, tape)
        self._waiting.append(asked)
        self._told()
        try:
            return await asked.answered
        finally:
            self._waiting.remove(asked)
            self._told()

    @property
    def waiting(self) -> list[Asked]:
        """The questions without an answer, the oldest first."""
        return [asked for asked in list(self._waiting) if not asked.answered.done()]

    def listen(self, tell: Callable[[], object] | None) -> None:
        """From now on tell this one; nobody, once the app has left."""
        self._tell = tell

    def _told(self) -> None:
        if self._tell is not None:
            self._tell()
