"""A chunk has an empty list of choices.

A client that reads `choices[0]` without looking fails, often after all of the answer came.

Look whether there is a choice before you read it. `stream_options.include_usage` asks for such a chunk; Azure begins
with one that holds the results of its filter.
"""

from __future__ import annotations

from collections.abc import Iterator

from inspector.findings.moments import ChunkCame
from inspector.findings.rule import Rule, Sign


def check(moment: ChunkCame) -> Iterator[Sign]:
    body = moment.body
    if body.get("choices") == [] and not body.get("error"):
        what = "it brings the usage" if body.get("usage") else "it brings no usage either"
        yield Sign(f"a chunk has no choice; {what}", path=("choices",), about=what)


RULE = Rule("TC062", "choices-empty", "info", __doc__, {ChunkCame: check})
