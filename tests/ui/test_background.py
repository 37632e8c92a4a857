"""Work in the background: what it gives comes in the thread of the app, and nothing of it is left when the app is."""

from __future__ import annotations

import asyncio
import gc
import threading
from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from textual.app import App

from inspector.errors import InspectorError
from inspector.ui.background import in_background


def _threads() -> list[threading.Thread]:
    return [each for each in threading.enumerate() if each.name == "background"]


def _refuse() -> str:
    raise InspectorError("There is no such file.")


def _fail() -> str:
    raise ZeroDivisionError


WORK: dict[str, tuple[Callable[[], str], tuple[str, str]]] = {
    "what the work gives": (lambda: "made", ("done", "made")),
    "why it cannot be done": (_refuse, ("failed", "There is no such file.")),
}


async def told_by(work: Callable[[], str]) -> list[tuple[str, str, int]]:
    """What an app hears of work that is done while it runs, and in which thread."""
    app: App[Any] = App()
    heard: list[tuple[str, str, int]] = []

    def hear(how: str, what: str) -> None:
        heard.append((how, what, threading.get_ident()))

    async with app.run_test() as pilot:
        in_background(app, work, partial(hear, "done"), partial(hear, "failed"))
        for thread in _threads():
            thread.join()
        await pilot.pause()
    return heard


@pytest.mark.parametrize(("work", "told"), WORK.values(), ids=WORK)
async def test_the_app_is_told_in_its_own_thread(work: Callable[[], str], told: tuple[str, str]) -> None:
    assert await told_by(work) == [(*told, threading.get_ident())]


async def test_a_bug_ends_the_app() -> None:
    with pytest.raises(ZeroDivisionError):
        await told_by(_fail)


def test_what_is_made_after_the_app_has_left_goes_nowhere() -> None:
    app: App[Any] = App()
    may_end = threading.Event()
    heard: list[object] = []

    async def leave_before_it_is_made() -> None:
        async with app.run_test():
            in_background(app, may_end.wait, heard.append, heard.append)

    asyncio.run(leave_before_it_is_made())
    threads = _threads()
    may_end.set()
    for thread in threads:
        thread.join()
    del thread, threads
    gc.collect()  # a coroutine that nobody awaited would be told of now
    assert not heard
