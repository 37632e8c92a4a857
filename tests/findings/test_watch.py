"""What the rules are told, how often, and what happens where one of them is broken."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from inspector.asides import ExchangeBegan, ExchangeEnded, RunBegan, RunEnded
from inspector.findings import moments
from inspector.findings.registry import RULES
from inspector.findings.rule import SEVERITIES, Finding, Need, Rule, Severity, Sign
from inspector.findings.tally import MARKS, MOST, Tally
from inspector.findings.watch import findings_of, watching
from inspector.transcript import Transcript
from tests.dialects.reading import calls, chunk, fragment, named, sse, text
from tests.findings.case import found

CALL = calls(fragment(0, "a", "f", "{"), fragment(1, "b", "g", "{}"))
MORE = calls(fragment(0, arguments="}"))
STREAM = sse(text("Hi"), text("!"), CALL, MORE, chunk(finish="tool_calls"), "[DONE]")


def spy(*kinds: type, needs: tuple[Need, ...] = ()) -> tuple[Rule, list[str]]:
    seen: list[str] = []

    def check(moment: moments.Moment) -> Iterator[Sign]:
        seen.append(f"{moment.n} {type(moment).__name__}")
        return iter(())

    return Rule("XX001", "spy", "info", "What.\n\nWhy.\n\nDo.", dict.fromkeys(kinds, check), needs), seen


MOMENTS = (
    moments.ChunkCame,
    moments.DeltaCame,
    moments.FragmentCame,
    moments.CallDone,
    moments.TurnDone,
    moments.StageDone,
    moments.AnswerDone,
    moments.InputDone,
)


def test_ordinary_chunks_are_no_moment_and_ends_come_in_their_order() -> None:
    rule, seen = spy(*MOMENTS)
    found(STREAM, [rule])
    assert seen == [
        "0 ChunkCame",
        "0 DeltaCame",
        "2 ChunkCame",
        "2 DeltaCame",
        "2 FragmentCame",
        "2 FragmentCame",
        "4 ChunkCame",
        "4 DeltaCame",
        "5 CallDone",
        "5 CallDone",
        "5 TurnDone",
        "5 StageDone",
        "5 AnswerDone",
        "5 InputDone",
    ]


def test_each_answer_of_a_chat_run_is_told_of_and_its_one_stage_once() -> None:
    rule, seen = spy(moments.TurnDone, moments.AnswerDone, moments.StageDone)
    transcript = Transcript(lambda start, end: (STREAM + STREAM)[start:end], watch=watching([rule]))
    transcript.note(RunBegan(0, "chat"))
    for _ in range(2):
        transcript.note(ExchangeBegan(0, "POST", "http://x", (), {}))
        transcript.feed(STREAM)
        transcript.note(ExchangeEnded(0, None))
    transcript.note(RunEnded(0, "end", None))
    transcript.finish()
    transcript.decode_all()
    assert seen == ["5 TurnDone", "5 AnswerDone", "11 TurnDone", "11 StageDone", "11 AnswerDone"]


def test_a_run_that_was_cancelled_is_told_as_such_and_not_as_cut() -> None:
    transcript = Transcript(lambda start, end: STREAM[start:end], watch=watching(RULES))
    transcript.note(RunBegan(0, "chat"))
    transcript.note(ExchangeBegan(0, "POST", "http://x", (), {}))
    transcript.feed(STREAM[:200])
    transcript.note(RunEnded(1.25, "cancelled", None))
    transcript.finish()
    transcript.decode_all()
    (said,) = (each for each in findings_of(transcript) if each.code in ("TS108", "TS130"))
    assert (said.code, said.stage, said.message) == ("TS130", None, "the run was cancelled after 1.2 s")


LINES = STREAM.replace(b"\n\n", b"\n")  # no empty line keeps the chunks apart


def test_two_answers_in_one_frame_are_told_apart() -> None:
    rule, seen = spy(moments.TurnDone, moments.StageDone)
    both = LINES.replace(b"chatcmpl-1", b"a") + LINES.replace(b"chatcmpl-1", b"b")
    signs = found(both, [rule, *RULES])
    assert seen == ["0 TurnDone", "0 StageDone"] * 2
    assert not {"TC051", "TC052", "TC054", "TC067"} & {each.code for each in signs}


BROKEN = fragment(0, "a", "f", "oops")
FULL = {
    "many chunks": LINES * 50,
    "many calls": sse(calls(*[BROKEN | {"index": n, "id": f"a{n}"} for n in range(50)]), chunk(finish="stop")),
    "many choices": sse(
        {"choices": [{"index": n, "delta": {"tool_calls": [BROKEN]}} for n in range(50)]},
        {"choices": [{"index": n, "delta": {}, "finish_reason": "stop"} for n in range(50)]},
    ),
}


def counting(read: Callable[..., Any], reads: list[int]) -> Callable[..., Any]:
    def spied(transcript: Transcript, n: int, *more: Any) -> Any:
        reads.append(n)
        return read(transcript, n, *more)

    return spied


@pytest.mark.parametrize("data", FULL.values(), ids=FULL)
def test_a_frame_with_many_findings_is_not_read_anew_for_each(data: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    reads: list[int] = []
    for name in ("frame", "events"):
        monkeypatch.setattr(Transcript, name, counting(getattr(Transcript, name), reads))
    found(data)
    assert len(reads) < 15


def test_of_a_choice_that_stands_twice_in_a_chunk_each_fragment_is_pinned_to_its_own_bytes() -> None:
    one, other = fragment(0, "a", "f", ""), fragment(1, "b", "g h", "{}")
    data = sse({"choices": [{"index": 0, "delta": {"tool_calls": sent}} for sent in ([one], [one, other])]}, "[DONE]")
    repeated, polluted = (each for each in found(data) if each.code in ("TC020", "TC023"))
    assert repeated.start == data.rindex(b'"name": "f"')
    assert data[polluted.start : polluted.end] == b'"name": "g h"'


def test_an_answer_that_was_refused_is_not_cut_where_another_request_follows() -> None:
    refusal = b'{"error": {"message": "Loading model"}}'
    transcript = Transcript(lambda start, end: (refusal + STREAM)[start:end], watch=watching(RULES))
    transcript.note(RunBegan(0, "chat"))
    for body in (refusal, STREAM):
        transcript.note(ExchangeBegan(0, "POST", "http://x", (), {}))
        transcript.feed(body)
        transcript.note(ExchangeEnded(0, None))
    transcript.note(RunEnded(0, "end", None))
    transcript.finish()
    transcript.decode_all()
    codes = {each.code for each in findings_of(transcript)}
    assert "TS112" in codes
    assert "TS108" not in codes


def test_a_broken_rule_is_shown_once_and_stops_nothing() -> None:
    def check(moment: moments.DeltaCame) -> Iterator[Sign]:
        raise ZeroDivisionError("oh")

    broken = Rule("XX002", "breaks", "error", "What.\n\nWhy.\n\nDo.", {moments.DeltaCame: check})
    (said,) = [each for each in found(STREAM, [broken, *RULES]) if each.code == "TS199"]
    assert said.message.startswith("the rule XX002 breaks failed: ")
    assert "ZeroDivisionError: oh" in said.message
    assert said.frame == 0


@pytest.mark.parametrize("need", ["times", "head", "request", "tools", "replay"])
def test_a_rule_is_silent_without_what_it_needs(need: Need) -> None:
    rule, seen = spy(*MOMENTS, needs=(need,))
    found(STREAM, [rule])
    assert seen == []


def test_a_rule_that_fires_in_every_chunk_says_it_once_with_a_count() -> None:
    rule = next(rule for rule in RULES if rule.code == "TC001")
    (said,) = found(sse(*[calls(fragment(None, "a", "f", "{}"))] * 5), [rule])
    assert (said.count, said.frame) == (5, 0)


def test_of_one_code_there_are_only_so_many_findings() -> None:
    tally = Tally()
    (made,) = found(sse(text("Hi")), [rule for rule in RULES if rule.code == "TS108"])
    for number in range(MOST + 3):
        tally.add("TS108", (f"s{number}", None, None), lambda: made)
    assert len(tally.all()) == MOST
    assert tally.beyond["TS108"] == 3
    assert [tally.has_more(severity) for severity in SEVERITIES] == [True, False, False]
    assert (tally.errors[f"s{MOST}"], tally.errors["elsewhere"]) == (1, 0)


def test_a_tally_knows_the_findings_of_a_frame_and_how_bad_the_worst_is() -> None:
    tally = Tally()
    places: list[tuple[Severity, int, int]] = [("info", 0, 9), ("warn", 3, 7), ("error", 3, 5), ("info", 3, 6)]
    for number, (severity, frame, start) in enumerate(places):
        finding = Finding("XX001", "test", severity, None, None, frame, start, start + 1, "Seen.", "Do.")
        for _ in range(2):
            tally.add("XX001", (None, None, number), lambda finding=finding: finding)  # type: ignore[misc]  # the one of now
    assert (tally.size, dict(tally.counts)) == (4, {"info": 2, "warn": 1, "error": 1})
    assert list(tally.marks) == [MARKS["info"], 0, 0, MARKS["error"]]
    assert [(each.start, each.count) for each in tally.at(3)] == [(5, 2), (6, 2), (7, 2)]
    assert tally.at(1) == tally.at(9) == []


def test_what_follows_from_another_finding_of_its_frame_is_listed_after_it() -> None:
    stream = sse(calls(fragment(0, "a", "f", "{}")), calls(fragment(0, "b", "f", "{}")), chunk(finish="tool_calls"))
    assert [each.code for each in found(stream) if each.severity == "error"] == ["TC002", "TC110"]


def test_a_transcript_that_is_watched_late_is_watched_from_its_beginning() -> None:
    rule, seen = spy(moments.ChunkCame)
    transcript = Transcript(lambda start, end: STREAM[start:end])
    transcript.feed(STREAM)
    transcript.decode(2)
    transcript.watch(watching([rule]))
    assert seen == ["0 ChunkCame"]
    transcript.decode_all()
    assert seen == ["0 ChunkCame", "2 ChunkCame", "4 ChunkCame"]


def test_a_dialect_that_is_chosen_late_makes_the_rules_look_anew() -> None:
    stream = sse(text("Hi")) + named(("", "done", {}))
    transcript = Transcript(lambda start, end: stream[start:end], watch=watching(RULES))
    for at in range(len(stream)):
        transcript.feed(stream[at : at + 1])
        transcript.decode(10)
    transcript.finish()
    transcript.decode_all()
    assert transcript.dialect == "stage"
    assert findings_of(transcript) == found(stream)
    assert not [each for each in findings_of(transcript) if each.code == "TS108"]
