"""`check --baseline`: findings that are known from an earlier run, and are left out. Opens no file."""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any, TypeAlias

from inspector.errors import InspectorError
from inspector.findings.rule import Finding
from inspector.report.checked import Checked

# What a finding is known by: not by frame and bytes, which a new recording of the same answer moves.
_Key: TypeAlias = tuple[str, str, str | None, int | None]


def read(text: str, name: str) -> Counter[_Key]:
    """The findings of what `check --format json` or `jsonl` wrote; `name` is the file's, for the `InspectorError`."""
    try:
        values = [json.loads(line) for line in text.splitlines() if line.strip()]
        return Counter(key for value in values for key in _keys(value))
    except (ValueError, KeyError, TypeError, AttributeError):
        raise InspectorError(f"{name} is no baseline: make one with `check PATH… --format json -o {name}`.") from None


def without_known(checked: Sequence[Checked], known: Counter[_Key]) -> list[Checked]:
    """What is new: of findings that are alike, as many are left out as were known."""
    left = Counter(known)
    return [replace(each, **_new(each, left)) for each in checked]


def _new(checked: Checked, left: Counter[_Key]) -> dict[str, Any]:
    kept = [number for number, finding in enumerate(checked.findings) if not _is_known(checked.file, finding, left)]
    lines = tuple(checked.lines[number] for number in kept) if checked.lines else ()
    return {"findings": tuple(checked.findings[number] for number in kept), "lines": lines}


def _is_known(file: str, finding: Finding, left: Counter[_Key]) -> bool:
    key = _key(file, finding.code, finding.stage, finding.choice)
    left[key] -= 1
    return left[key] >= 0


def _keys(value: dict[str, Any]) -> Iterable[_Key]:
    if "files" not in value:
        yield _key(value["file"], value["code"], value["stage"], value["choice"])
        return
    for file in value["files"]:
        for each in file["findings"]:
            yield _key(file["file"], each["code"], each["stage"], each["choice"])


def _key(file: str, code: str, stage: str | None, choice: int | None) -> _Key:
    return os.path.abspath(file), code, stage, choice
