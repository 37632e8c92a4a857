"""Calls without a mark, JSON or Python, alone or in a fence.

Each is believed only where its tool was offered; where nobody knows what was, it is a hint.
"""

from __future__ import annotations

import re

from inspector.tool_formats.closing import closed
from inspector.tool_formats.envelope import Envelopes
from inspector.tool_formats.page import Page
from inspector.tool_formats.pythonic import Pythonic, calls
from inspector.tool_formats.reader import Steps, at_literal, blanks, matched, need
from inspector.tool_formats.row import Row
from inspector.tool_formats.tagged import Tagged, payload

_JSON = Tagged(between=(" ", ";"), envelopes=Envelopes(bare=True))
_LIST = Pythonic(needs_list=True)
_LINES = Pythonic()
_PYTHON = ("tool_code", "python")
_FIRST_ITEM = re.compile(r"\[\s*(\S)")
_LANGUAGES = ("json\n", "json\r\n", "tool_call\n", "tool_code\n", "python\n", "\n", "\r\n")

OBJECTS = ("generic_json", "llama3_json", "hermes", "granite_20b_fc", "internlm2", "gigachat3", "longcat")
ARRAYS = (
    *("generic_json", "xlam", "granite3", "mistral", "jamba", "hunyuan_a13b", "apriel", "nemotron_v2_toolcall"),
    *("phi4_mini", "cohere_action", "apertus"),
)
BY_KEYS = ("json_action", "cohere_action", "command_r_plus_md")  # whose keys are their own
LISTS = ("pythonic", "llama4_pythonic", "lfm2", "gemma3_tool_code")


def bare(page: Page, row: Row) -> Steps[bool]:
    """From `{` or `[` on, unless that stands inside of something."""
    reader = page.reader
    start = reader.size
    if _is_inside(page.tail) or not (yield from _may_begin(page)):
        reader.take(1)
        return False
    if reader.peek() == "{" or (yield from _is_json_list(page)):
        return (yield from payload(page, row._replace(plan=_JSON), start))
    if page.tools is None and page.tail.rpartition("\n")[2].strip():
        reader.take(1)
        return False  # a list of calls is all of a message, where nothing else speaks for it
    return (yield from calls(page, row._replace(plan=_LIST, formats=LISTS), start))


def _is_inside(tail: str) -> bool:
    """Whether what stands before opens or goes on with a list, an object, a call or an assignment."""
    before = tail[-40:].rstrip()
    return before.endswith(("[", "{", ",", "(", "=")) or (before.endswith(":") and before[:-1].rstrip().endswith('"'))


def _may_begin(page: Page) -> Steps[bool]:
    """Whether a key or, in a list, an object or a name follows the bracket; blanks may be before it."""
    reader = page.reader
    yield from need(reader, 2)
    following = reader.text[reader.at + 1 : reader.at + 2]
    if following.isspace():
        return True
    return following in ('"', "'") if reader.peek() == "{" else following == "{" or following.isidentifier()


def _is_json_list(page: Page) -> Steps[bool]:
    found = yield from matched(page.reader, _FIRST_ITEM, 257)
    return found is not None and found[1] == "{"


def fenced(page: Page, row: Row) -> Steps[bool]:
    """A Markdown fence whose first content is a call."""
    reader = page.reader
    start = reader.size
    reader.take(len("```"))
    language = yield from at_literal(reader, *_LANGUAGES)
    if not language:
        return False
    reader.take(len(language))
    yield from blanks(reader)
    found = yield from _within(page, row, language.strip(), start)
    if found:
        yield from _fence_end(page)
    return found


def _within(page: Page, row: Row, language: str, start: int) -> Steps[bool]:
    """What a fence of that language begins with. Python that is no list is a call only of a tool, but for Gemma 3's."""
    opener = "" if language in _PYTHON else (yield from at_literal(page.reader, "{", "["))
    if not opener:
        is_python = language == "tool_code" or (language in _PYTHON and page.tools is not None)
        lines = row._replace(plan=_LINES, formats=("gemma3_tool_code",))
        return is_python and (yield from calls(page, lines, start))
    if opener == "[" and not (yield from _is_json_list(page)):
        return (yield from calls(page, row._replace(plan=_LIST, formats=LISTS), start))
    formats = ARRAYS if opener == "[" else row.formats
    return (yield from payload(page, row._replace(plan=_JSON, formats=formats), start))


def _fence_end(page: Page) -> Steps[None]:
    if not (yield from closed(page, "```")):
        page.is_cut = page.is_cut or page.reader.closed
