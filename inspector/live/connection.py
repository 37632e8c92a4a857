"""Where to connect and how, as the user said it, checked before anything is sent; it never shows a secret."""

import ipaddress
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import httpx

from inspector.asides import Headers
from inspector.errors import InspectorError
from inspector.live.mask import Mask
from inspector.live.secrets import masked_headers, masked_url, secrets_in_headers, secrets_in_url

DEFAULT_TIMEOUT_S = 300.0
CONNECT_TIMEOUT_S = 4.0  # and as much again for TLS
_VALUE = re.compile(r"(?![ \t])[ -~\t]*(?<![ \t])")
_OURS = frozenset({"content-length", "transfer-encoding"})  # a wrong one would break the request
_PORTS = {"http": 80, "https": 443}


@dataclass(frozen=True, slots=True, repr=False)
class Connection:
    """`url` is the endpoint of `attach`, the base URL of `chat`. `timeout_s`: for the first byte, and for silence."""

    url: str
    headers: Headers = ()
    timeout_s: float = DEFAULT_TIMEOUT_S
    insecure: bool = False
    api_key: str | None = field(default=None)

    def __post_init__(self) -> None:
        """`InspectorError` where nothing could be sent."""
        _check_url(self.url)
        for name, value in self.headers:
            _check_header(name, value)
        if self.api_key:
            _check_header("Authorization", self.api_key)
        if not self.timeout_s > 0:
            raise InspectorError(f"A time-out of {self.timeout_s:g} s is none: give some seconds, such as 300.")

    def __repr__(self) -> str:
        return f"Connection({masked_url(self.url)!r}, headers={masked_headers(self.headers)!r})"

    @property
    def connect_timeout_s(self) -> float:
        return min(CONNECT_TIMEOUT_S, self.timeout_s)

    @property
    def authorization(self) -> str | None:
        """The header of that name: as the user gave it, else the key as a bearer token."""
        given = next((value for name, value in self.headers if name.lower() == "authorization"), None)
        return given or (f"Bearer {self.api_key}" if self.api_key else None)

    def mask(self) -> Mask:
        """Make the mask of a run that uses this connection."""
        return Mask(self._secrets())

    def _secrets(self) -> Iterator[str]:
        if self.api_key:
            yield self.api_key
        yield from secrets_in_headers(self.headers)
        yield from secrets_in_url(self.url)


def place_of(url: httpx.URL) -> str:
    """Give `host:port`, as it is said in every sentence about a connection."""
    host = f"[{url.host}]" if ":" in url.host else url.host
    return f"{host}:{url.port or _PORTS.get(url.scheme, 0)}"


def is_loopback(host: str) -> bool:
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def parse_header(line: str) -> tuple[str, str]:
    """Read `Name: value` as it is given on the command line; `InspectorError` where it is none."""
    name, colon, value = line.partition(":")
    if not colon:
        raise InspectorError("A header is given as 'Name: value': one that was given has no colon.")
    _check_header(name.strip(), value.strip())
    return name.strip(), value.strip()


def parse_body(text: str | bytes) -> Any:
    """Read the JSON body of a request; `InspectorError` where it is none."""
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        raise InspectorError(f"The body to send is not JSON ({error}): correct it, nothing was sent.") from None


def _check_url(url: str) -> None:
    shown = masked_url(url) if "//" in url else masked_url(f"//{url}")[2:]
    try:
        parsed = httpx.URL(url)
    except (httpx.InvalidURL, ValueError, TypeError) as error:
        raise InspectorError(f"{shown!r} is no URL ({error}): it looks like http://host:port/path.") from None
    if parsed.scheme not in _PORTS:
        said = f"has the scheme {parsed.scheme}" if parsed.scheme else "has no scheme"
        raise InspectorError(f"{shown} {said}: only http:// and https:// can be called.")
    if not parsed.host:
        raise InspectorError(f"{shown} names no host: it looks like {parsed.scheme}://host:port/path.")
    if parsed.port is not None and not 0 < parsed.port < 1 << 16:
        raise InspectorError(f"{shown} has the port {parsed.port}: a port is a number from 1 to 65535.")


def _check_header(name: str, value: str) -> None:
    """Refuse what HTTP cannot carry, without showing the value, which may be secret."""
    if not name or not name.isascii() or any(mark <= " " or mark in ':"(),/;<=>?@[\\]{}\x7f' for mark in name):
        raise InspectorError(f"{name!r} cannot be the name of a header: use letters, digits and hyphens.")
    if name.lower() in _OURS:
        raise InspectorError(f"The header {name} comes from the body that is sent: leave it out.")
    if not _VALUE.fullmatch(value):
        raise InspectorError(
            f"The value of the header {name} cannot be sent: it is ASCII, without line ends or blanks around it."
        )
