"""The content of an answer with calls is null or an empty string, beside the call or in a chunk before it.

Some clients fail on null, others open an empty block of text at every empty string, or take the first for an empty
answer.

Treat null and the empty string as no content: it begins with its first character.
"""

from __future__ import annotations

from collections.abc import Iterator

from inspector.findings.moments import DeltaCame, FragmentCame
from inspector.findings.rule import Check, Rule, Sign

_EMPTY = {None: "null", "": "an empty string"}


def check(moment: DeltaCame) -> Iterator[Sign]:
    delta = moment.delta
    if not delta or "content" not in delta or delta["content"] not in (None, ""):
        return
    path = (*moment.path, "delta", "content")
    if delta.get("tool_calls"):
        yield Sign(f"content is {_EMPTY[delta['content']]} beside a part of a call", path=path)
    elif not moment.turn.calls:
        sign = Sign(f"content is {_EMPTY[delta['content']]} in a chunk before the call", path=path, frame=moment.n)
        moment.turn.kept.setdefault(RULE.code, sign)


def check_before(moment: FragmentCame) -> Iterator[Sign]:
    """What came before is told once there is a call."""
    turn = moment.turn
    before: Sign | None = turn.kept.pop(RULE.code, None)
    if before is not None and turn.choice.content.size == turn.begins.get("content", 0):
        yield before._replace(about="before")


CHECKS: dict[type, Check] = {DeltaCame: check, FragmentCame: check_before}
RULE = Rule("TC063", "content-null-or-empty-with-calls", "info", __doc__, CHECKS)
