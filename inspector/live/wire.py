"""What httpcore tells of a connection while it is used, by its `trace` extension; it knows nothing of what is sent."""

from collections.abc import Callable
from typing import Any


class Wire:
    """The connection of one exchange. `say_sent` is called when the whole request is on it."""

    def __init__(self, say_sent: Callable[[], None]) -> None:
        self._say_sent = say_sent
        self._is_tunnel = False  # the request that is sent now is the one that asks a proxy for a tunnel
        self._stream: Any = None

    async def trace(self, name: str, info: dict[str, Any]) -> None:
        match name.partition(".")[2]:
            case "connect_tcp.complete":
                self._stream = info["return_value"]
            case "send_request_body.started":
                self._is_tunnel = info["request"].method == b"CONNECT"
            case "send_request_body.complete" if not self._is_tunnel:
                self._say_sent()

    async def close(self) -> None:
        """Leave the server: httpcore 1.0 forgets a connection whose TLS handshake is cancelled, and leaves it open."""
        if self._stream is not None:
            await self._stream.aclose()
