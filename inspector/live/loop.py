"""The event loop of a run: a name that takes long to look up keeps neither a cancel nor the end of the program."""

import asyncio
import socket
from functools import partial
from typing import Any

from inspector.daemon import in_daemon


class Loop(asyncio.SelectorEventLoop):
    """Looks names up in daemon threads."""

    async def getaddrinfo(self, host: Any, port: Any, **options: Any) -> Any:
        return await in_daemon(partial(socket.getaddrinfo, host, port, **options), f"look up {host}")
