"""The fragment that opens a call has its name, and the first piece of its arguments as well.

Legal, and what llama.cpp does; OpenAI sends the name with empty arguments first. A client that takes only the name
from the first fragment loses the first brace.

Read name and arguments of every fragment, whichever it is.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from inspector.findings.moments import CallDone, FragmentCame
from inspector.findings.rule import Rule, Sign


def check(moment: FragmentCame) -> Iterable[Sign]:
    if moment.is_first and moment.delta.name and moment.delta.arguments and moment.delta.origin == "wire":
        moment.call.kept[RULE.code] = moment.path, len(moment.delta.arguments.encode("utf-8", "surrogatepass"))
    return ()


def check_call(moment: CallDone) -> Iterator[Sign]:
    """A call that came whole is another thing."""
    call = moment.call.call
    path, size = moment.call.kept.get(RULE.code, ((), 0))
    if path and call.arguments.size > size:
        message = f"{moment.call.title} opens with its name and {size} of {call.arguments.size} bytes of its arguments"
        yield Sign(message, path=(*path, "function"), frame=call.opened)


RULE = Rule("TC094", "arguments-begin-with-name", "info", __doc__, {FragmentCame: check, CallDone: check_call})
