"""Work that may take a while and must not keep the app from leaving: in a thread that nobody waits for."""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from typing import Any, TypeVar

from textual.app import App

from inspector.errors import InspectorError

T = TypeVar("T")


def in_background(
    app: App[Any], work: Callable[[], T], done: Callable[[T], object], failed: Callable[[str], object]
) -> None:
    """Do the work, then call `done` with what it gave, or `failed` with a sentence, in the thread of the app."""

    def run() -> None:
        try:
            then: Callable[[], object] = partial(done, work())
        except InspectorError as error:
            then = partial(failed, str(error))
        except Exception as error:  # noqa: BLE001 - a bug, raised where it ends the app
            then = partial(_raise, error)
        with suppress(RuntimeError):  # the app has left, and its event loop is closed
            app.call_later(then)

    threading.Thread(target=run, name="background", daemon=True).start()


def _raise(error: Exception) -> None:
    raise error
