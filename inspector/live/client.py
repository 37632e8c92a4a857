"""The httpx client of a run: no redirects, no retries, our own time-outs, and a proxy only where it is said."""

import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import NamedTuple
from urllib.request import getproxies, proxy_bypass

import httpx

from inspector import __version__
from inspector.errors import InspectorError
from inspector.live.connection import Connection, is_loopback, place_of
from inspector.live.desk import Desk
from inspector.live.secrets import masked_url
from inspector.live.transport import Tee


class Line(NamedTuple):
    """A client, and the transport that tells how its last exchange went."""

    http: httpx.AsyncClient
    tee: Tee


@asynccontextmanager
async def open_line(connection: Connection, desk: Desk) -> AsyncIterator[Line]:
    """`InspectorError` where the proxy or the certificates of the environment are of no use."""
    url = httpx.URL(connection.url)
    proxy = proxy_for(url)
    if proxy:
        desk.notice(f"The proxy {masked_url(proxy)} of the environment is used to reach {url.host}.")
    tee = Tee(connection, desk, _inner(url, proxy, _tls(url, connection.insecure)), proxy)
    async with httpx.AsyncClient(
        transport=tee,
        headers={"Accept-Encoding": "identity", "User-Agent": f"stage-inspector/{__version__}"},
        follow_redirects=False,
        trust_env=False,  # neither .netrc nor a proxy behind our back
        timeout=connection.timeout_s,
    ) as http:
        yield Line(http, tee)


def proxy_for(url: httpx.URL) -> str | None:
    """Give the proxy that the environment names for a host; a loopback host is never asked by way of one."""
    if is_loopback(url.host) or proxy_bypass(place_of(url)):
        return None
    proxies = getproxies()
    proxy = proxies.get(url.scheme) or proxies.get("all")
    return (proxy if "://" in proxy else f"http://{proxy}") if proxy else None


def _inner(url: httpx.URL, proxy: str | None, tls: ssl.SSLContext) -> httpx.AsyncBaseTransport:
    # A connection kept open may be dropped by the server just when it is used again: each request gets its own.
    limits = httpx.Limits(max_keepalive_connections=0)
    try:
        return httpx.AsyncHTTPTransport(verify=tls, limits=limits, proxy=proxy, retries=0)
    except (ValueError, ImportError, httpx.InvalidURL) as error:
        shown = masked_url(proxy or "")
        raise InspectorError(f"The proxy {shown} of the environment cannot be used for {url.host} ({error}).") from None


def _tls(url: httpx.URL, insecure: bool) -> ssl.SSLContext:
    if url.scheme != "https":
        return ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)  # never used; loading the certificates takes 20 ms
    try:
        return httpx.create_ssl_context(verify=not insecure, trust_env=True)
    except (OSError, ssl.SSLError) as error:
        raise InspectorError(
            f"The certificates that SSL_CERT_FILE or SSL_CERT_DIR name cannot be read ({error}): "
            "correct or unset them; nothing was sent."
        ) from None
