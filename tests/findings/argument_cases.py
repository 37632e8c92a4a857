"""Smallest streams for the rules about the arguments of calls, TC030 to TC044 and TC077 to TC080."""

from __future__ import annotations

import json
from typing import Any

from tests.dialects.reading import calls, chunk, fragment, sse
from tests.findings.case import Case

CALLED = (chunk(finish="tool_calls"), "[DONE]")
WHOLE = sse(calls(fragment(0, "a", "f", '{"b": 1}')), *CALLED)
LONG = json.dumps({"b": "x" * 200})
TOOLS: dict[str, Any] = {
    "f": {
        "type": "object",
        "properties": {
            "b": {"type": "integer"},
            "unit": {"enum": ["celsius", "fahrenheit"]},
            "stops": {"$ref": "#/$defs/stops"},
        },
        "required": ["b"],
        "additionalProperties": False,
        "$defs": {"stops": {"anyOf": [{"type": "array"}, {"type": "null"}]}},
    }
}


def ends(*pieces: str, name: str = "f", finish: str | None = "tool_calls") -> bytes:
    """A call whose arguments come in these pieces, and a sound end."""
    first, *more = pieces
    fragments = [calls(fragment(0, "a", name, first)), *(calls(fragment(0, arguments=piece)) for piece in more)]
    return sse(*fragments, chunk(finish=finish), "[DONE]")


def at(piece: str) -> str:
    """The bytes that a finding at these arguments is pinned to."""
    return f'"arguments": {json.dumps(piece)}'


CASES: dict[str, Case] = {
    "TC030": Case(fires=sse(calls(fragment(0, "a", "f", {"b": 1})), *CALLED), quiet=WHOLE, at='"arguments": {"b": 1}'),
    "TC031": Case(fires=ends("", " "), quiet=ends("{}"), at=at(" ")),
    "TC032": Case(
        fires=sse(calls({"index": 0, "id": "a", "function": {"name": "f", "arguments": None}}), *CALLED),
        quiet=ends("", "{}"),
        at='"arguments": null',
    ),
    "TC033": Case(fires=ends('{"b": ', "oops}"), quiet=WHOLE, at=at("oops}")),
    "TC034": Case(fires=ends('"b": ', "1}"), quiet=ends('{"b": ', "1}"), at=at('"b": ')),
    "TC035": Case(fires=ends('{"b": 1}', '{"b": 1}'), quiet=ends('{"b": 1}', '{"c": 2}'), at=at('{"b": 1}')),
    "TC036": Case(fires=ends('{"b": "', "Os"), quiet=ends('{"b": "', 'Os"}'), at=at("Os")),
    "TC037": Case(fires=ends('"{\\"b\\": 1}"'), quiet=ends('{"b": "{}"}'), at=at('"{\\"b\\": 1}"')),
    "TC038": Case(
        fires=ends("{'b': \"it's\", 'c': True,}"),
        quiet=ends('{"b": "it\'s True, None,}"}'),
        at=at("{'b': \"it's\", 'c': True,}"),
    ),
    "TC039": Case(
        fires=ends('{"b": "Oslo', '</parameter>"}'),
        quiet=ends('{"b": "They write <parameter=b>Oslo</parameter>."}'),
        at=at('</parameter>"}'),
    ),
    "TC040": Case(fires=ends("[", "1]"), quiet=WHOLE, at=at("[")),
    "TC041": Case(
        fires=ends('{"b": 1, ', '"stops": "[1]"}'),
        quiet=ends('{"b": 1, "stops": [1], "unit": "{}"}'),
        at=at('"stops": "[1]"}'),
        tools=TOOLS,
    ),
    "TC042": Case(
        fires=sse(calls(fragment(0, "a", "f", ""), fragment(1, "b", "f", '{"b": 1}')), *CALLED),
        quiet=sse(calls(fragment(0, "a", "now", ""), fragment(1, "b", "f", '{"b": 1}')), *CALLED),
        at='"tool_calls": ' + json.dumps([fragment(0, "a", "f", ""), fragment(1, "b", "f", '{"b": 1}')]),
        tools={"now": {"type": "object"}, "f": {"type": "object"}},
    ),
    "TC043": Case(fires=ends(LONG), quiet=ends(LONG[:9], LONG[9:]), at=at(LONG)),
    "TC044": Case(fires=ends('{"b": 1}', "\n"), quiet=ends('{"b": 1', "}\n"), at=at("\n")),
    "TC077": Case(fires=ends('{"b": ', '"x"}'), quiet=ends('{"b": 1, "stops": null}'), at=at('{"b": '), tools=TOOLS),
    "TC078": Case(
        fires=ends('{"b": [{"c": 1}, {"c": 2}], ', '"\\u0062": 1}'),
        quiet=ends('{"b": [{"c": "b"}, {"c": 2}], "d": {"b": 1}}'),
        at=at('"\\u0062": 1}'),
    ),
    "TC079": Case(
        fires=ends('{"b": 0.1, ', '"c": 9007199254740993}'),
        quiet=ends('{"b": 9007199254740992, "c": "9007199254740993", "d": 0.30000000000000004, "e": -1.50e-7}'),
        at=at('"c": 9007199254740993}'),
    ),
    "TC080": Case(fires=ends("{}", '{"b": 1}', '{"b'), quiet=ends('{"b": 1}', '{"b": 1}'), at=at('{"b": 1}')),
}

# Errors that these rules raise over real streams (`*` for any text in a name), and why each is a true one.
TRUE: dict[str, dict[str, str]] = {
    "TC036": {
        "llamacpp-tool-cut-by-max-tokens.sse": "`max_tokens` cut the call",
        "ta-tool-malformed.sse": "the scripted model stops midway, with the finish reason `length`",
    },
    "TC080": {"fx-parallel-*.sse": "the agent server runs parallel calls together"},
}
