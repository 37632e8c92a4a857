"""How an exchange failed, if it did: what the server said of its refusal, in a sentence with the next step."""

import json
import re
from html import unescape
from typing import Any

from inspector.live.connection import place_of
from inspector.live.exchange import Exchange
from inspector.live.secrets import masked_url
from inspector.live.trouble import Trouble

MOST_LETTERS = 400  # of the server's own words
_TITLE = re.compile(r"<title[^>]*>(.*?)</title>", re.IGNORECASE | re.DOTALL)
_NO_TEXT = re.compile(r"<(script|style)\b.*?</\1\s*>|<!--.*?-->|<[^>]*>", re.IGNORECASE | re.DOTALL)
_MARKUP = re.compile(r"\s*<(!doctype|html|head|body|title)\b", re.IGNORECASE)
# Where the fields of error objects stand: OpenAI, llama.cpp, vLLM, Ollama, FastAPI, Google, Anthropic, problem+json.
_WORDS = ("message", "error", "detail", "msg", "errors", "error_description", "title", "reason")

_LOOK = "the server failed: look at its log"
_STEPS = {
    400: "the server does not accept the request: compare it with what the server's manual says",
    401: "check the key: --api-key-env names the variable it is in",
    402: "the account has no credit left",
    403: "check that the key may use this model, and that the server lets this machine in",
    405: "use another --method",
    408: "the server waited too long for the request: try again",
    413: "the request is too long for the server: shorten the messages",
    422: "a field of the request is not as the server wants it: see its message, and --param",
    429: "too many requests, or no quota left: wait, then send it again",
    500: _LOOK,
    501: "the server cannot do this: check the path and the parameters",
    502: "a proxy has no working server behind it: look at its log",
    503: "it may still be loading the model: wait, then send it again",
    504: "a proxy waited too long for the server behind it: look at its log",
}

# What is asked that is no API of a model server, as by `attach`.
_STEPS_OF_ANY_URL = {401: "give the key with --header 'Authorization: Bearer KEY'", 404: "check the path {}"}
_AS_SAID = "see what it says is missing; if that does not help, check the path {}"
_IS_API = re.compile(r"/(chat/completions|models)$")


def failure_of(exchange: Exchange) -> Trouble | None:
    """Say how an exchange failed; `None` for one that ended as HTTP has it, with a status that is no refusal."""
    if exchange.status is not None and not 200 <= exchange.status < 300:
        return Trouble("error", exchange.mask.text(_refusal(exchange, exchange.status)))
    return exchange.trouble


def error_in(exchange: Exchange, words: str) -> Trouble:
    """Say that an answer which was no refusal had an error in it: the server's words, and not ours."""
    place = place_of(exchange.url)
    said = f"{place} sent an error in its answer: “{_shortened(words)}”; {_LOOK}."
    return Trouble("error", exchange.mask.text(said))


def is_loading(exchange: Exchange) -> bool:
    """Whether the model may be ready soon: llama.cpp says 503 as long as it loads."""
    return exchange.status == 503


def words_of(body: bytes, content_type: str, size: str = "") -> str:
    """Give a body's own words, short: the message of an error object, the title of a page, or its beginning.

    Not cleaned. Empty where it has no words. `size` is that of all of it, where `body` is only how it begins.
    """
    text = body.decode("utf-8", "replace").strip()
    if "\0" in text or text.count("\ufffd") > len(text) // 20:
        return f"{size or len(body)} bytes that are no text" + (f" ({content_type})" if content_type else "")
    found = _message(_json(text))
    if found is None and (_MARKUP.match(text) or "html" in content_type):
        title = _TITLE.search(text)
        found = (unescape(title[1]).strip() if title else "") or unescape(_NO_TEXT.sub(" ", text))
    return _shortened(text if found is None else found)


def _refusal(exchange: Exchange, status: int) -> str:
    place, title = place_of(exchange.url), f"{status} {exchange.reason}".strip()
    if status < 400 and (location := exchange.headers.get("location")):
        to = masked_url(location)
        return f"{place} answered {title} and points to {to}: not followed; give that URL if you trust it."
    size = f"{'more than ' if exchange.trouble else ''}{exchange.received}"
    said = words_of(exchange.said, exchange.headers.get("content-type", ""), size)
    quoted = f": “{said}”" if said else " with an empty body"
    wait = exchange.headers.get("retry-after")
    waiting = f" (Retry-After: {_shortened(wait)}{' s' if wait.isdigit() else ''})" if wait else ""
    return f"{place} answered {title}{quoted}{waiting}; {_next_step(exchange, status)}."


def _next_step(exchange: Exchange, status: int) -> str:
    path = masked_url(exchange.url.path)
    if not _IS_API.search(path) and status == 404 and _message(_json(exchange.said.decode("utf-8", "replace"))):
        return _AS_SAID.format(path)  # something at that path knows what it was asked for
    if not _IS_API.search(path) and status in _STEPS_OF_ANY_URL:
        return _STEPS_OF_ANY_URL[status].format(path)
    if status == 404:
        missing = "" if "/v1" in path else " (most base URLs end in /v1)"
        return f"check the path {path}{missing} and the name of the model"
    general = _STEPS[500] if status >= 500 else "see the server's manual for what it means"
    return _STEPS.get(status, general)


def _json(text: str) -> Any:
    try:
        return json.loads(text) if text[:1] in ("{", "[", '"') else None
    except (ValueError, RecursionError):
        return None


def _message(value: Any, depth: int = 0) -> str | None:
    """Find the words in an error object of any of the usual shapes."""
    match value:
        case str():
            return value.strip() or None
        case list() if value and depth < 5:
            return _message(value[0], depth + 1)
        case dict() if depth < 5:
            found = (_message(value[name], depth + 1) for name in _WORDS if name in value)
            return next((words for words in found if words), None)
    return None


def _shortened(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= MOST_LETTERS else line[: MOST_LETTERS - 1] + "…"
