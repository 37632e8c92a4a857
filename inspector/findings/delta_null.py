"""A choice has no `delta`, or one that is null.

A client that reads `choices[0].delta.content` fails there with an error about nothing.

Treat it as `{}`. Gateways send it in the chunk with the finish reason or with filter results.
"""

from __future__ import annotations

from collections.abc import Iterator

from inspector.findings.moments import ChunkCame
from inspector.findings.rule import Rule, Sign

_ELSEWHERE = ("message", "text")  # the answer of a request that was not streamed, or of another API


def check(moment: ChunkCame) -> Iterator[Sign]:
    choices = moment.body.get("choices")
    for position, choice in enumerate(choices if isinstance(choices, list) else ()):
        if isinstance(choice, dict) and choice.get("delta") is None and not any(each in choice for each in _ELSEWHERE):
            what = "a delta that is null" if "delta" in choice else "no delta"
            yield Sign(
                f"choice {position} of the chunk has {what}", path=("choices", position, "delta"), about=position
            )


RULE = Rule("TC060", "delta-null", "warn", __doc__, {ChunkCame: check})
