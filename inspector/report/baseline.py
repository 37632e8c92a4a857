"""`check --baseline`: findings that are known from an earlier run, and are left out. Opens no file."""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import partial
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
    return [each.only(partial(_is_new, each.file, left)) for each in checked]


def _is_new(file: str, left: Counter[_Key], finding: Finding) -> bool:
    key = _key(file, finding.code, finding.stage, finding.choice)
    left[key] -= 1
    return left[key] < 0


def _keys(value: dict[str, Any]) -> Iterable[_Key]:
    if "files" not in value:
        yield _key(value["file"], value["code"], value["stage"], value["choice"])
        return
    for file in value["files"]:
        for each in file["findings"]:
            yield _key(file["file"], each["code"], each["stage"], each["choice"])


def _key(file: str, code: str, stage: str | None, choice: int | None) -> _Key:
    return os.path.abspath(file), code, stage, choice
