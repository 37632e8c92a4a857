"""All rules, in the order of their codes."""

from __future__ import annotations

from inspector.errors import InspectorError
from inspector.findings import arguments_truncated, data_no_space, missing_index, stream_cut
from inspector.findings.rule import Rule

RULES: tuple[Rule, ...] = (
    # TS1: the transport
    data_no_space.RULE,
    stream_cut.RULE,
    # TC0: the content of chunks
    missing_index.RULE,
    arguments_truncated.RULE,
)


def named(code: str) -> Rule:
    """The rule of this code or name; raises `InspectorError` for one that is not known."""
    for rule in RULES:
        if code.upper() == rule.code or code.lower() == rule.name:
            return rule
    raise InspectorError(f"There is no rule {code!r}; `stage-inspector rules` lists them.")


def chosen(select: frozenset[str], ignore: frozenset[str]) -> tuple[Rule, ...]:
    """The rules whose code begins with one of `select`, all where that is empty, but not with one of `ignore`."""
    kept = [rule for rule in RULES if not select or any(map(rule.code.startswith, select))]
    return tuple(rule for rule in kept if not any(map(rule.code.startswith, ignore)))
