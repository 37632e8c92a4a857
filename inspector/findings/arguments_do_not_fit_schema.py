"""The arguments of a call do not fit the JSON Schema of its tool.

A parameter is missing, unknown, of another type or none of the values allowed. The tool refuses the call, or does
something else than was meant.

Do not run it. Give the model this sentence as the tool's result, so that it can put the call right; `strict` schemas
keep a server to them.
"""

from __future__ import annotations

from collections.abc import Iterator

from inspector.findings import nested_value_is_string
from inspector.findings.fitting import byte_of, misfits_of
from inspector.findings.moments import CallDone
from inspector.findings.rule import Rule, Sign
from inspector.schema_fit import told


def check(moment: CallDone) -> Iterator[Sign]:
    found = [misfit for misfit in misfits_of(moment) if not nested_value_is_string.fits(misfit)]
    if found:
        message = f"the arguments of {moment.call.title} do not fit its schema: {told(found)}"
        yield moment.sign(message, byte_of(moment, found[0].path))


RULE = Rule("TC077", "arguments-do-not-fit-schema", "error", __doc__, {CallDone: check}, ("tools",))
