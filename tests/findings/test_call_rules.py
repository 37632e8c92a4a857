"""The rules about the fragments of calls and their results, beyond their smallest streams: shapes, and real servers."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from inspector.findings.registry import named
from inspector.findings.watch import findings_of, watching
from inspector.sources.loading import framed
from tests.dialects.reading import fragment
from tests.findings.call_cases import ALSO, NOT, REAL, staged
from tests.findings.case import found
from tests.shared import SHARED, needs_shared


@pytest.mark.parametrize(("code", "stream"), ALSO.values(), ids=ALSO)
def test_it_is_found_in_this_shape_as_well(code: str, stream: bytes) -> None:
    assert [each.code for each in found(stream, [named(code)])] == [code]


@pytest.mark.parametrize(("code", "stream"), NOT.values(), ids=NOT)
def test_this_is_none(code: str, stream: bytes) -> None:
    assert found(stream, [named(code)]) == []


@needs_shared
@pytest.mark.parametrize(("code", "file", "count"), [(code, *of) for code, of in REAL.items()], ids=REAL)
def test_a_real_server_shows_it(code: str, file: str, count: int) -> None:
    transcript = framed(str(SHARED / file), watch=watching([named(code)]))
    transcript.decode_all()
    assert sum(each.count for each in findings_of(transcript)) == count


def offered(capture: Path) -> dict[str, dict[str, object]]:
    """The tools of the chat request that a capture answers; none of the other APIs, which are not read yet."""
    tools = json.loads(capture.with_suffix(".request.json").read_text())["body"]["tools"]
    return {each["function"]["name"]: {} for each in tools if "function" in each}


@needs_shared
def test_the_calls_of_real_servers_are_among_the_tools_offered() -> None:
    captures = [path for path in (SHARED / "captures").glob("*-tool-*.sse") if "error" not in path.name]
    asked = [(path, tools) for path in captures if (tools := offered(path))]
    assert len(asked) > 20
    for path, tools in asked:
        assert found(path.read_bytes(), [named("TC024")], tools=tools) == [], path.name


def test_messages_about_results_name_the_first_ids_in_their_order() -> None:
    many = [fragment(n, f"c{n}", "f", "{}") for n in range(12)]
    results = {f"r{n}": "17" for n in range(12)}
    said = {each.code: each.message for each in reversed(found(staged(results, *many)))}
    assert said["TC073"].endswith("the ids of its calls are c0, c1, c2, c3, c4, c5, c6, c7")
    assert said["TC074"].endswith("there are results for r0, r1, r2, r3, r4, r5, r6, r7")
