"""The event loop of a run: a name that takes long to look up keeps neither a cancel nor the end of the program."""

import asyncio
import socket
from threading import Thread
from typing import Any


class Loop(asyncio.SelectorEventLoop):
    """Look names up in daemon threads: asyncio's own cannot be left behind, and are waited for at exit."""

    async def getaddrinfo(self, host: Any, port: Any, **options: Any) -> Any:
        found: asyncio.Future[Any] = self.create_future()

        def look_up() -> None:
            try:
                answer, error = socket.getaddrinfo(host, port, **options), None
            except Exception as failure:  # noqa: BLE001 - handed over to who waits for it
                answer, error = [], failure
            self._hand_over(found, answer, error)

        Thread(target=look_up, name=f"look up {host}", daemon=True).start()
        return await found

    def _hand_over(self, found: "asyncio.Future[Any]", answer: Any, error: Exception | None) -> None:
        def settle() -> None:
            if found.done():
                return
            if error is None:
                found.set_result(answer)
            else:
                found.set_exception(error)

        if not self.is_closed():
            try:
                self.call_soon_threadsafe(settle)
            except RuntimeError:  # closed since: nobody waits any more
                return
