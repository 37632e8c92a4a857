"""What went wrong between us and the server, in one sentence: which host and port, why, and what to do next."""

import errno
import re
import socket
import ssl
from collections.abc import Iterator
from typing import Literal, NamedTuple

import httpx

from inspector.live.connection import place_of


class Trouble(NamedTuple):
    """`cut`: it broke off after bytes had come; they stay."""

    how: Literal["error", "cut"]
    sentence: str


class Wait(NamedTuple):
    """The time-outs, in seconds."""

    connect_s: float
    read_s: float


class BadEncoding(httpx.DecodingError):
    """The content-encoding is one that we do not know, or what came is not in it; says which."""


_UNREACHABLE = {errno.ENETUNREACH, errno.EHOSTUNREACH, errno.ENETDOWN, errno.EHOSTDOWN, errno.EADDRNOTAVAIL}
_BROKEN = (ConnectionResetError, ssl.SSLWantReadError)  # connected (else: refused), and lost in the handshake
_TLS_REMEDY = (
    "give the right host, set SSL_CERT_FILE to the certificate of who signed it, "
    "or pass --insecure if you trust this network"
)
# OpenSSL's numbers (x509_vfy.h) for why a certificate is not accepted.
_BAD_CERTIFICATES = {
    9: ("is not valid yet", "check the clocks of both machines"),
    10: ("has expired", "have it renewed, or pass --insecure if you trust this network"),
    18: ("is self-signed", "set SSL_CERT_FILE to it, or pass --insecure if you trust this network"),
    19: ("is signed by an authority that signed itself", _TLS_REMEDY),
    20: ("is signed by an authority that is not known here", _TLS_REMEDY),
    62: ("is for another host", _TLS_REMEDY),
    64: ("is for another address", _TLS_REMEDY),
}
_NOT_TLS = (
    "WRONG_VERSION_NUMBER",
    "HTTP_REQUEST",
    "PACKET_LENGTH_TOO_LONG",
    "RECORD_LAYER_FAILURE",
    "UNKNOWN_PROTOCOL",
)
_TLS_ALERT = "\\x15\\x03"  # as h11 shows the first bytes of an answer that is none
_BINARY = "illegal request line"  # what h11 says of an answer whose first byte is no letter
_SHORT = re.compile(r"received (\d+) bytes, expected (\d+)")


def trouble_of(error: BaseException, url: httpx.URL, wait: Wait, received: int, *, has_head: bool) -> Trouble:
    """Say what an exception of httpx means; `received` counts the bytes of the answer that had come."""
    if received:
        return Trouble(
            "cut", f"The answer of {place_of(url)} broke off after {received} bytes: {_why_cut(error, wait)}."
        )
    if has_head:
        return Trouble("error", f"The answer of {place_of(url)} ended before its first byte: {_why_cut(error, wait)}.")
    return Trouble("error", _why_nothing(error, url, wait))


def is_about_connecting(error: BaseException) -> bool:
    """Whether no connection was made to the nearest machine: the proxy, where there is one."""
    is_of_tls = any(isinstance(each, ssl.SSLError) for each in causes(error))
    return isinstance(error, httpx.ConnectError | httpx.ConnectTimeout | ExceptionGroup) and not is_of_tls


def causes(error: BaseException | None) -> Iterator[BaseException]:
    """Give an exception and all that stand behind it, members of groups too."""
    while error is not None:
        yield error
        if isinstance(error, BaseExceptionGroup):
            for member in error.exceptions:
                yield from causes(member)
        error = error.__cause__ or error.__context__


def _why_cut(error: BaseException, wait: Wait) -> str:
    text = str(error)
    match error:
        case httpx.ReadTimeout():
            return f"nothing came for {wait.read_s:g} s (--timeout sets how long to wait)"
        case httpx.ReadError():
            return f"the connection was lost ({_cause(error)})"
        case httpx.RemoteProtocolError() if short := _SHORT.search(text):
            return f"the server closed it after {short[1]} of {short[2]} bytes"
        case httpx.RemoteProtocolError() if "incomplete chunked read" in text:
            return "the server closed it without the last chunk, which ends an answer"
        case httpx.RemoteProtocolError():
            return f"what came is not HTTP ({text})"
        case BadEncoding():
            return text
    return f"{type(error).__name__} ({_cause(error)})"


def _why_nothing(error: BaseException, url: httpx.URL, wait: Wait) -> str:
    place, behind = place_of(url), list(causes(error))
    for each in behind:
        if sentence := _of_system(each, url):
            return sentence
    match error:
        case httpx.ProxyError():
            return f"The proxy did not connect us to {place} ({error}): check HTTP_PROXY, HTTPS_PROXY and NO_PROXY."
        case httpx.ConnectTimeout() if any(isinstance(each, ssl.SSLWantReadError) for each in behind):
            return (
                f"{place} took the connection but did not answer TLS within {wait.connect_s:g} s: "
                "use http:// if it is a plain server."
            )
        case httpx.ConnectTimeout():
            return (
                f"No connection to {place} within {wait.connect_s:g} s: "
                "is the host right, is it up, and does a firewall let you through?"
            )
        case httpx.ConnectError() if url.scheme == "https" and any(isinstance(each, _BROKEN) for each in behind):
            return f"TLS with {place} failed ({_cause(error)}): check that the port is the one for https://."
        case httpx.ReadTimeout():
            return (
                f"{place} took the request and sent nothing for {wait.read_s:g} s: "
                "it may be loading a model or be busy; wait longer with --timeout, or look at its log."
            )
        case httpx.WriteTimeout():
            return f"{place} did not take the request within {wait.read_s:g} s: it may be busy; look at its log."
        case httpx.RemoteProtocolError() if "_SWITCH_UPGRADE" in str(error):
            return f"{place} wants to switch to another protocol (101): this program speaks plain HTTP/1.1 only."
        case httpx.RemoteProtocolError() if _TLS_ALERT in str(error):
            return f"{place} answered with TLS to a plain http:// request: use https://."
        case httpx.RemoteProtocolError() if _BINARY in str(error):
            return f"{place} answered in binary: use https:// if it speaks TLS; HTTP/2 without TLS is not supported."
        case httpx.RemoteProtocolError() if "without sending" in str(error):
            return (
                f"{place} closed the connection without an answer: "
                "is it an HTTP/1.1 server, does it want https://, or did it crash (look at its log)?"
            )
        case httpx.RemoteProtocolError():
            return f"{place} answered with what is not HTTP/1.1 ({error}): is the port right?"
        case httpx.LocalProtocolError() | httpx.UnsupportedProtocol() | httpx.InvalidURL():
            return f"The request to {place} cannot be made ({error}): check the URL and the headers."
        case httpx.ReadError() | httpx.WriteError():
            return f"{place} dropped the connection before any answer ({_cause(error)}): look at its log."
    return f"No connection to {place} ({_cause(error)}): check host and port."


def _of_system(error: BaseException, url: httpx.URL) -> str | None:
    """Say what an error of the operating system or of TLS means while connecting."""
    place = place_of(url)
    match error:
        case socket.gaierror():
            return f"No address is known for {place} ({error.strerror}): check the host's name, and the network."
        case ssl.SSLCertVerificationError():
            default = (f"was not accepted ({error.verify_message})", _TLS_REMEDY)
            what, remedy = _BAD_CERTIFICATES.get(error.verify_code, default)
            return f"The certificate of {place} {what}, so nothing was sent: {remedy}."
        case ssl.SSLWantReadError():  # the handshake went on, until something else ended it
            return None
        case ssl.SSLError() if any(mark in str(error).upper().replace(" ", "_") for mark in _NOT_TLS):
            return f"{place} does not speak TLS ({error.reason}): use http:// if it is a plain server."
        case ssl.SSLError():
            return f"TLS with {place} failed ({error.reason or error}): check that the port is the one for https://."
        case ConnectionRefusedError():
            return f"Nothing listens at {place} (connection refused): is the server running, and is the port right?"
        case OverflowError():
            return f"{place} has a port that cannot be: a port is a number from 1 to 65535."
        case UnicodeError():
            return f"{place} has a host's name that cannot be one ({error}): check it."
        case OSError() if error.errno in _UNREACHABLE:
            return f"{place} cannot be reached ({error.strerror}): check the address, and the network."
    return None


def _cause(error: BaseException) -> str:
    """Give the words of the innermost cause that has any; that the handshake went on until then is none."""
    ends = [each for each in causes(error) if not isinstance(each, ssl.SSLWantReadError)]
    texts = [str(getattr(each, "strerror", None) or each) for each in ends]
    return next((text for text in reversed(texts) if text), type(error).__name__)
