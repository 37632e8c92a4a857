"""Requests to a chat completion server by way of the `openai` SDK, which is only driven: nothing it makes is shown."""

from typing import Any, cast

import httpx

from inspector.events import JsonObject
from inspector.live.client import Line
from inspector.live.connection import Connection
from inspector.live.exchange import Exchange

_NO_KEY = "none"  # the SDK insists on one; the transport says the user's, or none


# What the client says itself, and what the SDK has from the environment.
_UNSAID = ("User-Agent", "OpenAI-Organization", "OpenAI-Project")
_RAW = "X-Stainless-Raw-Response"


class Model:
    """To be used in the network thread. Importing the SDK takes half a second, so that it is done by the first."""

    def __init__(self, connection: Connection, line: Line) -> None:
        from openai import AsyncOpenAI, OpenAIError, omit

        url = httpx.URL(connection.url)
        line.http.event_hooks = {"response": [_give_back_the_sign]}
        self._line = line
        self._omit: Any = omit
        self._failures = (OpenAIError, httpx.HTTPError, ExceptionGroup)
        self._client = AsyncOpenAI(
            base_url=str(url.copy_with(query=None)),
            default_query=dict(url.params),
            api_key=_NO_KEY,
            http_client=cast(Any, line.http),  # it wants the httpx of its own, and takes this one as well
            max_retries=0,
        )

    async def ask(self, body: JsonObject) -> Exchange:
        """Send it and take the whole answer; how that went stands in the exchange."""
        before = self._line.tee.last
        try:
            await self._take_all(body)
        except self._failures:
            if self._line.tee.last is before:
                raise  # nothing was sent: not the server's doing
        exchange = self._line.tee.last
        assert exchange is not None
        return exchange

    async def _take_all(self, body: JsonObject) -> None:
        chat = self._client.chat.completions.with_streaming_response
        # All that is sent is in `extra_body`: the SDK neither checks nor changes it.
        unsaid = dict.fromkeys(_UNSAID, self._omit)
        whole = {"model": self._omit, **body}
        asked = chat.create(model="", messages=[], stream=True, extra_body=whole, extra_headers=unsaid)
        async with asked as response:
            async for _ in response.iter_bytes():
                pass


async def _give_back_the_sign(response: httpx.Response) -> None:
    """The SDK finds in the request that it is to keep its hands off the answer; the transport sent no such thing."""
    response.request.headers[_RAW] = "stream"
