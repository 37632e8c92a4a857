"""Work in the background: what it gives comes in the thread of the app, and nothing of it is left when the app is."""

from __future__ import annotations

import asyncio
import gc
import threading
from collections.abc import Callable
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


@pytest.mark.parametrize(("work", "told"), WORK.values(), ids=WORK)
async def test_the_app_is_told_in_its_own_thread(work: Callable[[], str], told: tuple[str, str]) -> None:
    app: App[Any] = App()
    heard: list[tuple[str, str, int]] = []
    async with app.run_test() as pilot:
        in_background(
            app,
            work,
            lambda made: heard.append(("done", made, threading.get_ident())),
            lambda sentence: heard.append(("failed", sentence, threading.get_ident())),
        )
        for thread in _threads():
            thread.join()
        await pilot.pause()
    assert heard == [(*told, threading.get_ident())]


async def test_a_bug_ends_the_app() -> None:
    app: App[Any] = App()
    with pytest.raises(ZeroDivisionError):
        async with app.run_test() as pilot:
            in_background(app, _fail, lambda made: None, lambda sentence: None)
            for thread in _threads():
                thread.join()
            await pilot.pause()


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
