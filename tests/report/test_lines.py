"""JSON lines that no terminal, line splitter or encoder can harm."""

from __future__ import annotations

import json
from typing import Any

import pytest

from inspector.report.lines import line

VALUES: dict[str, tuple[Any, Any]] = {
    "letters of all the world": ("Grüß 你好 😀", "Grüß 你好 😀"),
    "line ends that only some know": ("a\u2028b\u2029c\x85d\x0be", "a\u2028b\u2029c\x85d\x0be"),
    "control characters": ("\x1b[31m\x00\x9b", "\x1b[31m\x00\x9b"),
    "lone surrogates": ("a\ud83db\udcff", "a\ud83db\udcff"),
    "a number that JSON has no form for": ([float("inf"), {"x": float("nan")}], ["inf", {"x": "nan"}]),
    "a long number": (2**70, 2**70),
}


@pytest.mark.parametrize(("value", "read"), VALUES.values(), ids=VALUES)
def test_a_line_is_ascii_ends_with_lf_and_reads_back(value: Any, read: Any) -> None:
    written = line({"value": value})
    assert written.isascii()
    assert written.endswith("}\n")
    assert len(written.splitlines()) == 1
    assert json.loads(written) == {"value": read}
