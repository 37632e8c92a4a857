"""What `check` says below its findings: what was not looked at, and what is not listed. Judges nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from inspector.findings.coverage import silence, silent
from inspector.findings.registry import RULES, named
from inspector.findings.tally import MOST
from inspector.gate import clean
from inspector.report.amounts import amount, amounts
from inspector.report.checked import Checked

_NAMED = 5  # files, or tools; the rest is counted


class Circumstances(NamedTuple):
    """`codes` are the rules that looked; `off_by` names the files whose settings, and flags beside them, chose those.

    `tools` are the names of those that the user says were offered. `known` counts the findings that the baseline has,
    `unlisted`, by severity, those that are not bad enough.
    """

    codes: Sequence[str]
    off_by: Sequence[str] = ()
    tools: Sequence[str] = ()
    known: int | None = None
    unlisted: Mapping[str, int] = {}


def remarks(checked: Sequence[Checked], circumstances: Circumstances) -> Iterator[str]:
    """Sentences without their full stop, cleaned."""
    if circumstances.tools:
        yield f"on offer by --tools: {_some(circumstances.tools)}"
    if circumstances.known is not None:
        yield f"{amount(circumstances.known, 'known finding', 'known findings')} left out"
    if unlisted := amounts(circumstances.unlisted):
        yield f"{unlisted} not listed"
    if left_out := sum((Counter(each.unlisted) for each in checked), Counter()):
        said = ", ".join(f"{code} came {amount(count, 'more time', 'more times')}" for code, count in left_out.items())
        yield f"{said}: of each rule, {MOST:,} findings of a file are listed"
    if off := (len(RULES) - len(circumstances.codes)) * bool(circumstances.off_by):
        by = clean(", ".join(circumstances.off_by))
        yield f"{amount(off, 'rule is', 'rules are')} off ({by})"
    if unread := [each.file for each in checked if each.is_unread]:
        yield _unread(unread, is_all=len(unread) == len(checked))
    yield from _silence(checked, circumstances.codes)


def _unread(files: Sequence[str], *, is_all: bool) -> str:
    its = "its" if len(files) == 1 else "their"
    said = f"{amount(len(files), 'file is', 'files are')} in no known dialect: only {its} framing was looked at"
    return said if is_all else f"{said} ({_some(files)})"


def _some(names: Sequence[str]) -> str:
    more = f" and {len(names) - _NAMED:,} more" if len(names) > _NAMED else ""
    return ", ".join(map(clean, names[:_NAMED])) + more


def _silence(checked: Sequence[Checked], codes: Sequence[str]) -> Iterator[str]:
    """Also of rules that had what they need in other files."""
    read = [set(each.lacks) for each in checked if each.lacks is not None]
    lacking = set().union(*read)
    if needs := silent(map(named, codes), lacking):
        yield silence(needs, where="" if all(each == lacking for each in read) else " of some files")
