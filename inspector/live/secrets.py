"""What is secret by its name, and how it looks when shown; it knows no particular run (see `mask`)."""

import re
from collections.abc import Iterator
from urllib.parse import parse_qsl, unquote, urlsplit

from inspector.asides import Headers

SECRET_NAMES = frozenset(
    {
        "api-key",
        "authorization",
        "cookie",
        "proxy-authorization",
        "set-cookie",
        "x-api-key",
        "x-goog-api-key",
    }
)
SECRET_WORDS = ("credential", "key", "passwd", "password", "secret", "token")
_INNOCENT = re.compile(r"x-ratelimit-|(max|min|num)[-_]")  # counts of tokens, which are worth seeing
STARS = "***"
LEAST_LENGTH = 6  # a shorter one would blot out innocent text

# What people put where a server wants no key: the names of servers and models, which must stay readable.
PLACEHOLDERS = frozenset(
    {
        "anything",
        "dummy-key",
        "llama.cpp",
        "lm-studio",
        "lmstudio",
        "local-key",
        "localhost",
        "no-key",
        "no-key-required",
        "not-needed",
        "not-used",
        "nothing",
        "ollama",
        "placeholder",
        "required",
        "sglang",
        "sk-no-key-required",
        "unused",
    }
)

_SCHEMES = re.compile(r"(basic|bearer|digest|key|token) +(?=\S)", re.IGNORECASE)
_CREDENTIAL = re.compile(r"(basic|bearer) +[\w.~+/-]+=*", re.IGNORECASE | re.ASCII)
_USER_INFO = re.compile(r"^([a-z][a-z0-9+.-]*:)?//[^/?#]*@", re.IGNORECASE)
_PARAMETER = re.compile(r"([?&;#])([^=&;#]+)=([^&;#]*)")


def is_secret(name: str) -> bool:
    """Say whether a header or a parameter of this name holds a secret."""
    lower = name.lower()
    return lower in SECRET_NAMES or (any(word in lower for word in SECRET_WORDS) and not _INNOCENT.match(lower))


def masked_value(value: str) -> str:
    """Leave what kind of secret it is: `Bearer ***`."""
    scheme = _SCHEMES.match(value)
    return (scheme[0] if scheme else "") + STARS


def masked_headers(headers: Headers) -> Headers:
    """Mask secret values, and secrets in the URLs of others (`Location`)."""
    return tuple(
        (name, masked_value(value) if _is_secret(name, value) else masked_url(value)) for name, value in headers
    )


def masked_url(url: str) -> str:
    """Mask `user:password@` and the values of secret parameters; any text may be given."""
    bare = _USER_INFO.sub(lambda found: f"{found[1] or ''}//{STARS}@", url)
    return _PARAMETER.sub(_masked_parameter, bare)


def _is_secret(name: str, value: str) -> bool:
    """Whatever the header's name is, a value that looks like a credential is one."""
    return is_secret(name) or _CREDENTIAL.fullmatch(value) is not None


def _masked_parameter(found: re.Match[str]) -> str:
    mark, name, value = found.groups()
    return f"{mark}{name}={STARS if is_secret(unquote(name)) else value}"


def secrets_in_headers(headers: Headers) -> Iterator[str]:
    for name, value in headers:
        if _is_secret(name, value):
            yield _SCHEMES.sub("", value, count=1)
        if name.lower() in ("cookie", "set-cookie"):
            yield from (part.partition("=")[2].strip() for part in value.split(";"))
        yield from secrets_in_url(value)


def secrets_in_url(url: str) -> Iterator[str]:
    """Give the secrets that stand in a URL, each as written and as decoded."""
    try:
        parts = urlsplit(url)
    except ValueError:  # a header's value that only looks like a URL
        return
    if user_info := parts.netloc.rpartition("@")[0]:
        yield from (user_info, unquote(user_info))  # basic authorization has both, in base64
        yield from (secret := parts.password or user_info, unquote(secret))
    for name, value in parse_qsl(parts.query, errors="replace"):
        if is_secret(name):
            yield value
