"""The arguments of a call come as a JSON value, not as a string that holds JSON.

OpenAI's API says string, and so do typed clients: they refuse the chunk, or hand on an object where text is joined.
Ollama's own `/api/chat` sends objects by design; a `/v1` route must not.

Turn the value into JSON text yourself, and take such a fragment for the whole of the arguments.
"""

from __future__ import annotations

from collections.abc import Iterator

from inspector.findings.moments import FragmentCame
from inspector.findings.rule import Rule, Sign
from inspector.json_value import kind_of


def check(moment: FragmentCame) -> Iterator[Sign]:
    function = moment.function
    inner = isinstance(function, dict)
    value = function.get("arguments") if inner else moment.sent.get("arguments")
    if value is not None and not isinstance(value, str):
        path = (*moment.path, *(("function", "arguments") if inner else ("arguments",)))
        yield Sign(f"the arguments of {moment.call.title} are {kind_of(value)}, not a string", path=path)


RULE = Rule("TC030", "arguments-not-string", "error", __doc__, {FragmentCame: check})
