"""A line is no field of the standard, so that every client passes over it.

Often it is the rest of a payload that holds a raw line end, and the event before it is broken; or an `event` or
`retry` that is misspelt.

Look at the line before it. Write JSON without raw line ends.
"""

from __future__ import annotations

from collections.abc import Iterator

from inspector.findings.moments import OddFrame
from inspector.findings.rule import Rule, Sign
from inspector.findings.words import short


def check(moment: OddFrame) -> Iterator[Sign]:
    for line in moment.frame.unknown if moment.frame.complete else ():
        if not line.startswith("error:"):
            yield Sign(f"a line that no client reads: {short(line, 60)}", needle=line.encode("utf-8", "surrogatepass"))
            return


RULE = Rule("TS126", "unknown-line", "warn", __doc__, {OddFrame: check})
