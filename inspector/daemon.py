"""Work in a thread of its own that is left behind: neither a cancel nor the end of the program waits for it."""

import asyncio
from collections.abc import Callable
from threading import Thread
from typing import TypeVar

T = TypeVar("T")


async def in_daemon(work: Callable[[], T], name: str) -> T:
    """Give what `work` gives, or raise what it raises. asyncio's own threads are waited for at exit."""
    loop = asyncio.get_running_loop()
    done: asyncio.Future[T] = loop.create_future()

    def run() -> None:
        try:
            result = work()
        except Exception as failure:  # noqa: BLE001 - raised by who waits for it
            _hand_over(loop, _settler(done, failure))
        else:
            _hand_over(loop, lambda: None if done.done() else done.set_result(result))

    Thread(target=run, name=name, daemon=True).start()
    return await done


def _settler(done: "asyncio.Future[T]", failure: Exception) -> Callable[[], None]:
    return lambda: None if done.done() else done.set_exception(failure)


def _hand_over(loop: asyncio.AbstractEventLoop, settle: Callable[[], None]) -> None:
    if not loop.is_closed():
        try:
            loop.call_soon_threadsafe(settle)
        except RuntimeError:  # closed since: nobody waits any more
            return
