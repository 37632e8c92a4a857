"""What the user's settings change in the app: the theme, the rules that look, a notice of what is wrong."""

from __future__ import annotations

from typing import Any

import pytest

from inspector.findings.registry import RULES, chosen
from inspector.findings.watch import findings_of, watching
from inspector.ui.feed import Watch
from tests.ui.driving import Recording, chunk, driven, frame


def _no_rules() -> Watch:
    return watching(chosen(frozenset({"TS103"}), frozenset({"TS103"})))


async def test_a_theme_of_ours_is_shown_from_the_start() -> None:
    async with driven(theme="high-contrast") as run:
        assert run.app.theme == "high-contrast"


async def test_what_is_wrong_with_the_settings_is_a_notice_that_can_be_dismissed() -> None:
    async with driven(notices=["config.toml: it is wrong."]) as run:
        assert run.document.notices == ["config.toml: it is wrong."]
        await run.pilot.press("escape")
        assert run.document.notices == []


def _all_but_one() -> Watch:
    return watching(chosen(frozenset(), frozenset({"TS103"})))


@pytest.mark.parametrize(("options", "said"), [({}, ""), ({"watch": _all_but_one}, "1 rule off")], ids=["all", "off"])
async def test_the_list_of_findings_says_how_many_rules_are_off(options: dict[str, Any], said: str) -> None:
    async with driven(Recording(b": ping\n\ndata: {"), **options) as run:
        await run.press("exclamation_mark")
        assert (" off" in run.lines()[2]) is bool(said)
        assert said in run.text()


async def test_where_nothing_was_found_that_is_said_of_the_rules_that_are_off_too() -> None:
    async with driven(Recording(frame("[DONE]")), watch=lambda: watching(RULES[:1])) as run:
        await run.press("exclamation_mark")
        assert f"looked at 1 frame; {len(RULES) - 1} rules are off." in run.text()


@pytest.mark.parametrize(("options", "finds"), [({}, True), ({"watch": _no_rules}, False)], ids=["all", "off"])
async def test_rules_that_are_off_find_nothing(options: dict[str, Any], finds: bool) -> None:
    async with driven(Recording(b": ping\n\ndata: {"), **options) as run:
        assert bool(findings_of(run.document.transcript)) is finds


BARE = chunk('{"content": "{\\"name\\": \\"f\\", \\"arguments\\": {}}"}') + frame("[DONE]")
UNTYPED = chunk('{"content": "<function=f><parameter=days>2</parameter></function>"}') + frame("[DONE]")
TOOLS = {"f": {"type": "object", "properties": {"days": {"type": "integer"}}}}


@pytest.mark.parametrize(("tools", "arguments"), [(None, '{"days": "2"}'), (TOOLS, '{"days": 2}')])
async def test_calls_written_as_text_have_the_types_of_the_tools_on_offer(
    tools: dict[str, Any] | None, arguments: str
) -> None:
    async with driven(Recording(UNTYPED), tools=tools) as run:
        await run.press("G")
        assert arguments in run.text()


@pytest.mark.parametrize("tools", [None, TOOLS], ids=["no tools", "tools"])
async def test_a_call_without_marks_is_found_with_the_tools_on_offer(tools: dict[str, Any] | None) -> None:
    async with driven(Recording(BARE), tools=tools) as run:
        found = {each.code for each in findings_of(run.document.transcript)}
        assert ("TL082" in found) is (tools is not None)


SAID = [
    ({}, "rules said nothing: --tools would let"),
    ({"tools": TOOLS}, "rules said nothing: `check --replay` would let"),
]


@pytest.mark.parametrize(("options", "said"), SAID, ids=["no tools", "tools"])
async def test_the_list_of_findings_says_what_would_let_more_rules_speak(options: dict[str, Any], said: str) -> None:
    async with driven(Recording(BARE), **options) as run:
        await run.press("exclamation_mark")
        assert said in " ".join(run.text().split())


async def test_of_the_body_of_an_error_no_rule_had_more_to_say() -> None:
    async with driven(Recording(b'{"error": {"message": "no"}}')) as run:
        await run.press("exclamation_mark")
        assert "said nothing" not in run.text()
        assert "No dialect" not in run.text()
