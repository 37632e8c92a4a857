"""The stage servers' envelopes, newer, older, of the first versions and plain, each as the smallest stream."""

from __future__ import annotations

from typing import Any, NamedTuple

import pytest

from tests.dialects.reading import Json, Reading, calls, chunk, fragment, named, text

ARGUMENTS = '{"city": "Oslo"}'
CALL = calls(fragment(0, "call_a", "get_weather", ARGUMENTS))
Frame = tuple[str, str, Any]


def chat(body: Json, stage: str = "S") -> Frame:
    return f"{stage}-chunk-1", "chat_completion_chunk", {"stage_id": stage, "chunk": body}


def tool(body: Json, stage: str = "S", key: str = "tool_results") -> Frame:
    return f"{stage}-chunk-1", "tool_completion_chunk", {"stage_id": stage, key: body}


def integ(content: str, stage: str = "S") -> Frame:
    return f"{stage}-chunk-integ-1", "tool_completion_chunk", {"stage_id": stage, "tool_results": text(content)}


def summary(results: Any, stage: str = "S", key: str = "tool_summary") -> Frame:
    return "0", "tool_summary", {"stage_id": stage, key: results}


def end(event: str = "done", stage: str = "S", **more: Any) -> Frame:
    return "0", event, {"stage_id": stage} | more


def plain(body: Any, event: str = "") -> Frame:
    return "", event, body


class Case(NamedTuple):
    """Some frames, and the state of the only stage in the end; what is not named is not there."""

    frames: list[Frame]
    phase: str
    content: str = ""
    calls: int = 0
    results: dict[str | None, str] = {}  # noqa: RUF012  # a default that no test changes
    synthesis: str | None = None
    error: str | None = None
    stage: str = "S"


CASES = {
    "chat": Case([chat(text("Hi")), chat(chunk(finish="stop")), end()], "done", content="Hi"),
    "a call whose chunks stand under `tool_results`": Case(
        [tool(CALL), tool(chunk(finish="tool_calls")), summary({"call_a": "17"}), end()],
        "done",
        calls=1,
        results={"call_a": "17"},
        synthesis="",
    ),
    "a call whose chunks stand under `chunk`": Case(
        [tool(CALL, key="chunk"), end("error", error="no")], "error", calls=1, error="no"
    ),
    "the summary and then the synthesis": Case(
        [tool(CALL), tool(chunk(finish="tool_calls")), summary({"call_a": "17"}), integ("It is "), integ("17."), end()],
        "done",
        calls=1,
        results={"call_a": "17"},
        synthesis="It is 17.",
    ),
    "text with the call, then the synthesis": Case(
        [tool(text("Let me see.")), tool(CALL), summary({"call_a": "17"}), integ("17."), end()],
        "done",
        content="Let me see.",
        calls=1,
        results={"call_a": "17"},
        synthesis="17.",
    ),
    "an integ id without a summary before it": Case(
        [tool(CALL), integ("17."), end()], "done", calls=1, synthesis="17."
    ),
    "a stage whose own id has what marks a synthesis": Case(
        [chat(text("Hi"), "a-integ-b"), end(stage="a-integ-b")], "done", content="Hi", stage="a-integ-b"
    ),
    "an empty summary": Case([tool(CALL), summary({}), integ("?"), end()], "done", calls=1, synthesis="?"),
    "the older server's results under `tool_results` in a `tool_summary` event": Case(
        [tool(CALL), summary({"call_a": "17"}, key="tool_results"), end()],
        "done",
        calls=1,
        results={"call_a": "17"},
        synthesis="",
    ),
    "results that are objects": Case(
        [tool(CALL), summary({"call_a": {"temp": 17, "sky": "æ"}, "call_b": None}), end()],
        "done",
        calls=1,
        results={"call_a": '{"temp": 17, "sky": "æ"}', "call_b": "null"},
        synthesis="",
    ),
    "a summary that is no map": Case([summary("17"), end()], "done", results={None: "17"}, synthesis=""),
    "a finish reason is no end here": Case([chat(text("Hi")), chat(chunk(finish="stop"))], "cut", content="Hi"),
    "[DONE] is no end here": Case([chat(text("Hi")), plain("[DONE]")], "cut", content="Hi"),
    "a done event without any finish reason": Case([chat(text("Hi")), end()], "done", content="Hi"),
    "a cancel event": Case([chat(text("Hi")), end("cancel")], "cancelled", content="Hi"),
    "an error event": Case([chat(text("Hi")), end("error", error="boom")], "error", content="Hi", error="boom"),
    "an error event alone": Case([end("error", error="boom")], "error", error="boom"),
    "an error event with details": Case(
        [chat(text("Hi")), end("error", error="bad", details={"f": 1})], "error", "Hi", error='bad ({"f": 1})'
    ),
    "a done after the error does not make it good": Case(
        [chat(text("Hi")), end("error", error="boom"), end()], "error", content="Hi", error="boom"
    ),
    "a done event that names no stage is the end of the one at hand": Case(
        [chat(text("Hi")), plain({}, "done")], "done", content="Hi"
    ),
    "an empty stage id": Case([chat(text("Hi"), ""), end(stage="")], "done", content="Hi", stage=""),
    "the plain form: chunks, then content alone": Case(
        [
            plain(CALL),
            plain(chunk(finish="tool_calls")),
            plain({"content": "17"}),
            plain({"content": "."}),
            plain({}, "done"),
        ],
        "done",
        calls=1,
        synthesis="17.",
        stage="s1",
    ),
    "the plain form cut short": Case(
        [plain(CALL), plain({"content": "17"})], "cut", calls=1, synthesis="17", stage="s1"
    ),
    "the plain form with an error": Case(
        [plain(text("Hi")), plain({"error": "validation failed", "details": {"f": 1}}, "error")],
        "error",
        content="Hi",
        error='validation failed ({"f": 1})',
        stage="s1",
    ),
}


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_an_envelope_is_read_for_what_it_says(case: Case) -> None:
    state = Reading(named(*case.frames)).state
    choice: Json = state["choices"][0] if state["choices"] else {"content": "", "tool_calls": []}
    results = {each["call_id"]: each["content"] for each in state["tool_results"]}
    assert (
        Case(
            case.frames,
            state["phase"],
            choice["content"],
            len(choice["tool_calls"]),
            results,
            state["synthesis"],
            state["error"],
            state["stage"],
        )
        == case
    )
    assert state["dialect"] == "stage"


def test_the_phase_moves_from_the_calls_over_the_results_to_the_synthesis() -> None:
    frames = [
        tool(text("Let me see.")),
        tool(CALL),
        tool(chunk(finish="tool_calls")),
        summary({"call_a": "17"}),
        integ("17."),
        end(),
    ]
    reading = Reading(named(*frames))
    phases = [reading.states(n)[0]["phase"] for n in range(len(frames))]
    assert phases == ["text", "calls", "calls", "results", "synthesis", "done"]


def test_a_piece_of_text_is_told_once_as_content_or_as_synthesis() -> None:
    reading = Reading(
        named(tool(text("Let me see.")), tool(CALL), summary({"call_a": "17"}), integ("It is "), integ("17."), end())
    )
    texts = reading.said("content.delta", "content.done", "synthesis.delta", "synthesis.done")
    assert [(each["type"], each.get("delta") or each.get("content") or each.get("synthesis")) for each in texts] == [
        ("content.delta", "Let me see."),
        ("content.done", "Let me see."),
        ("synthesis.delta", "It is "),
        ("synthesis.delta", "17."),
        ("synthesis.done", "It is 17."),
    ]


def test_calls_of_a_second_turn_go_on_counting_slots() -> None:
    again = (
        "S-chunk-integ-2",
        "tool_completion_chunk",
        {"stage_id": "S", "tool_results": calls(fragment(0, "call_b", "f", "{}"))},
    )
    reading = Reading(named(tool(CALL), summary({"call_a": "17"}), integ("17."), again, end()))
    assert [(each["slot"], each["turn"], each["id"]) for each in reading.calls] == [(0, 0, "call_a"), (1, 1, "call_b")]
    assert reading.state["synthesis"] == "17."


def test_stages_that_are_interleaved_are_kept_apart() -> None:
    frames = [
        chat(text("a"), "A"),
        chat(text("b"), "B"),
        chat(text("A"), "A"),
        chat(text("B"), "B"),
        end(stage="A"),
        chat(text("!"), "B"),
        end(stage="B"),
    ]
    states = Reading(named(*frames)).states()
    assert [(each["stage"], each["phase"], each["choices"][0]["content"]) for each in states] == [
        ("A", "done", "aA"),
        ("B", "done", "bB!"),
    ]


def test_an_id_that_begins_again_after_its_end_is_another_stage() -> None:
    frames = [chat(text("a")), end(), chat(text("b")), end("cancel"), chat(text("c"))]
    states = Reading(named(*frames)).states()
    assert [(each["stage"], each["phase"], each["choices"][0]["content"]) for each in states] == [
        ("S", "done", "a"),
        ("S#2", "cancelled", "b"),
        ("S#3", "cut", "c"),
    ]


def test_no_two_stages_have_the_same_name() -> None:
    plain = ("", "", {"stage_id": None, "chunk": text("x")})
    frames = [chat(text("x"), "S#2"), chat(text("x")), end(), chat(text("x")), chat(text("x"), "s6"), plain]
    assert [each["stage"] for each in Reading(named(*frames)).states()] == ["S#2", "S", "S#3", "s6", "s5"]


def test_a_forged_done_frame_is_a_stage_of_its_own_with_one_end() -> None:
    stage = 'x\n\nevent: done\ndata: {"stage_id":"x"}\n\n'
    forged = plain({"stage_id": "x"}, "done")
    frames = [forged, ("", "chat_completion_chunk", {"stage_id": stage, "chunk": text("Hi")}), forged, end(stage=stage)]
    reading = Reading(named(*frames))
    assert [(each["stage"], each["phase"], len(each["choices"])) for each in reading.states()] == [
        ("x", "done", 0),
        (stage, "done", 1),
    ]
    assert [each["stage"] for each in reading.said("stage.done")] == ["x", stage]


def test_a_payload_that_a_separator_cut_in_two_is_put_right_and_says_so() -> None:
    whole = '{"stage_id": "S", "chunk": {"choices": [{"index": 0, "delta": {"content": "one\u2028two"}}]}}'
    broken = whole.replace("\u2028", "\n")
    result = '{"stage_id": "S", "tool_summary": {"call_a": "one\ntwo"}}'
    reading = Reading(named(("S-chunk-1", "chat_completion_chunk", broken), ("0", "tool_summary", result), end()))
    assert reading.state["choices"][0]["content"] == "one\ntwo"
    repaired = [(each["type"], each["repaired"]) for each in reading.events if "repaired" in each]
    assert [kind for kind, _ in repaired] == ["chunk", "tool_result"]
    assert "U+2028" in repaired[0][1]


ODD = {
    "a stage id that is no text": [("", "chat_completion_chunk", {"stage_id": 7, "chunk": text("Hi")})],
    "a chunk that is no object": [chat(text("Hi")), ("", "chat_completion_chunk", {"stage_id": "S", "chunk": "junk"})],
    "a chunk whose choices are no list": [chat(text("Hi")), chat({"choices": {"0": {}}})],
    "a summary that is a list": [summary([1, {"call_a": "17"}])],
    "an error that is an object": [end("error", error={"message": "no"})],
    "an end that says more": [end(tokens=3)],
}


@pytest.mark.parametrize("frames", ODD.values(), ids=ODD)
def test_odd_envelopes_are_read_without_trouble(frames: list[Frame]) -> None:
    reading = Reading(named(*frames))
    assert reading.transcript.dialect == "stage"
    assert len(reading.states()) == 1
