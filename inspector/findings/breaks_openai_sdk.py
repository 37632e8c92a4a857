"""The `.stream()` helper of the official openai SDK raises at this stream, or makes calls that are not the server's.

`client.chat.completions.stream()` adds chunks up strictly by index: it raises where an index is missing or out of
turn, where a call's type changes to null, or where the content is a list; it appends ids and names that come again;
and it passes over chunks whose `object` is not "chat.completion.chunk", or whose event has no empty line after it.
Plain `create(stream=True)` hands chunks on as they are, but has the same trouble with data that is no JSON and with
events that have no end. Foretold for openai 3.52.

Let the server send fragments as OpenAI does: an `index` from 0 on, id, type and name once, in the first fragment. Or
read the chunks of `create(stream=True)` and add them up yourself.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from inspector.events import Chunk, JsonObject, Undecoded
from inspector.findings import sdk_words
from inspector.findings.ledger import Ledger
from inspector.findings.moments import ChunkCame, EventCame, FragmentCame, IdCame, OddFrame, StageDone, TurnDone
from inspector.findings.rule import Rule, Sign
from inspector.findings.sdk_snapshot import SdkRaises, SdkSnapshot

_NAME = "TC110"


@dataclass(slots=True)
class _Answer:
    """What the SDK has of one turn of a stage."""

    stage: int
    turn: int
    snapshot: SdkSnapshot = field(default_factory=SdkSnapshot)
    is_broken: bool = False  # it has raised, or passes all chunks over
    is_garbled: bool = False  # one of its calls is not the server's
    first: int | None = None  # the first frame, where its chunk is passed over and says nothing
    passed_over: int | None = None  # the first frame whose chunk is passed over though it says something
    kind: Any = None  # the `object` of the first chunk that is


@dataclass(slots=True)
class _Watch:
    open: dict[int, _Answer] = field(default_factory=dict)  # by stage; more than one only where stages are interleaved
    last: _Answer = field(default_factory=lambda: _Answer(-1, 0))
    has_id: bool = False  # an SSE id came, and from then on the SDK takes any empty line for an event
    read_frame: int = -1  # the last that was read anew, for all chunks in it
    cut_frame: int = -1  # it has no empty line after it: the SDK never gets its chunks
    refused_frame: int = -1  # the SDK raises for its data


def check(moment: ChunkCame) -> Iterator[Sign]:
    dialect = moment.ledger.transcript.dialect
    if dialect == "agent" or (dialect == "stage" and "choices" not in moment.body):  # no chunks for an OpenAI client
        return
    answer = _answer(moment)
    if answer.is_broken:
        return
    watch = _watch(moment.ledger)
    if moment.body.get("error") or moment.n == watch.refused_frame:  # the SDK raises it as what it is
        answer.is_broken = True
    elif moment.body.get("object") != sdk_words.CHUNK or moment.n == watch.cut_frame:
        if answer.first is None and answer.passed_over is None:
            answer.kind = moment.body.get("object")
        if _says_something(moment.body):
            answer.passed_over = answer.passed_over if answer.passed_over is not None else moment.n
        elif answer.snapshot.is_empty and answer.first is None:
            answer.first = moment.n
        if not answer.snapshot.is_empty:
            yield from _lost(answer, watch)
    else:
        yield from _taken(answer, moment)
        yield from _lost(answer, watch)


def check_turn(moment: TurnDone) -> Iterator[Sign]:
    """Most chunks that only go on with a text are no moments; what they said is in the turn."""
    turn, watch = moment.turn, _watch(moment.ledger)
    answer = watch.open.get(turn.stage.stage.number)
    if answer is None or answer.is_broken or not answer.snapshot.is_empty:
        return
    if turn.said or turn.calls or turn.text("reasoning"):
        answer.is_broken = True
        frame = answer.passed_over if answer.first is None else answer.first
        if frame == watch.cut_frame:
            yield sdk_words.all_unended()._replace(frame=frame, about=answer.turn)
        else:
            yield sdk_words.all_passed_over(answer.kind)._replace(path=("object",), frame=frame, about=answer.turn)


def check_fragment(moment: FragmentCame) -> Iterator[Sign]:
    answer = _watch(moment.ledger).last
    index, call = moment.delta.index, moment.call.call
    if answer.is_broken or answer.is_garbled or index is None:
        return
    made = answer.snapshot.call(moment.turn.choice.index, index) or {}
    function = made.get("function")
    name = function.get("name") if isinstance(function, dict) else None
    for what, sdks, ours in (("id", made.get("id"), call.id.first_at(moment.n)), ("name", name, call.name.last)):
        if sdks and ours and isinstance(sdks, str) and sdks != ours[: len(sdks)]:
            answer.is_garbled = True
            yield sdk_words.appended(index, what, sdks, ours)._replace(path=moment.path, about=answer.turn)
            return


def check_data(moment: EventCame) -> Iterator[Sign]:
    """Data that the SDK's own JSON parser refuses, though it may be read here all the same."""
    event, watch = moment.event, _watch(moment.ledger)
    transcript = moment.ledger.transcript
    if (isinstance(event, Chunk) and event.repaired is None) or watch.read_frame == moment.n:
        return
    watch.read_frame = moment.n
    if transcript.dialect == "openai-chat" and transcript.is_sse(moment.n):
        frame = transcript.frame(moment.n)
        if not frame.complete:
            watch.cut_frame = moment.n
        elif frame.dispatched and frame.data is not None and (said := _refusal(frame.data)):
            watch.refused_frame = moment.n
            yield from _broken_by(moment.ledger, said)


def check_frame(moment: OddFrame) -> Iterator[Sign]:
    """The SDK takes a block for an event that the standard passes over, and its missing data for JSON."""
    frame, has_id = moment.frame, _watch(moment.ledger).has_id
    if moment.ledger.transcript.dialect != "openai-chat" or not frame.complete or frame.data is not None:
        return
    if frame.event or frame.retry is not None or frame.id or has_id:
        yield from _broken_by(moment.ledger, "JSONDecodeError: Expecting value: line 1 column 1 (char 0)")


def note_id(moment: IdCame) -> Iterator[Sign]:
    _watch(moment.ledger).has_id = True
    yield from ()


def forget(moment: StageDone) -> Iterator[Sign]:
    if moment.ledger.transcript.dialect == "stage":  # others may go on after their end
        _watch(moment.ledger).open.pop(moment.stage.stage.number, None)
    yield from ()


def _lost(answer: _Answer, watch: _Watch) -> Iterator[Sign]:
    """It passed over a chunk that said something, but not over all."""
    if answer.passed_over is not None and not answer.is_garbled:
        answer.is_garbled = True
        frame, about = answer.passed_over, (answer.turn, "lost")
        if frame == watch.cut_frame:
            yield sdk_words.one_unended()._replace(frame=frame, about=about)
        else:
            yield sdk_words.one_passed_over(answer.kind)._replace(path=("object",), frame=frame, about=about)


def _taken(answer: _Answer, moment: ChunkCame) -> Iterator[Sign]:
    try:
        answer.snapshot.take(moment.body)
    except SdkRaises as raised:
        answer.is_broken = True
        yield sdk_words.raised(raised)._replace(path=("choices", 0, "delta"), about=answer.turn)


def _broken_by(ledger: Ledger, said: str) -> Iterator[Sign]:
    answer = _watch(ledger).last
    if not answer.is_broken:
        answer.is_broken = True
        yield sdk_words.refused(said)._replace(about=("wire", answer.turn))


def _watch(ledger: Ledger) -> _Watch:
    watch = ledger.kept.setdefault(_NAME, _Watch())
    assert isinstance(watch, _Watch)
    return watch


def _answer(moment: ChunkCame) -> _Answer:
    watch, stage = _watch(moment.ledger), moment.stage.stage
    known = watch.open.get(stage.number)
    if known is None or known.turn != stage.turn:
        if moment.ledger.transcript.dialect != "stage":
            watch.open.clear()
        known = watch.open[stage.number] = _Answer(stage.number, stage.turn)
    watch.last = known
    return known


def _says_something(body: JsonObject) -> bool:
    choices = body.get("choices")
    deltas = [each.get("delta") for each in choices if isinstance(each, dict)] if isinstance(choices, list) else []
    return any(delta.get("content") or delta.get("tool_calls") for delta in deltas if isinstance(delta, dict))


def _refusal(data: bytes) -> str | None:
    """What the SDK raises for the data of a frame, as the standard library's parser is the one that it uses."""
    try:
        text = data.decode("utf-8")
        if text.startswith("[DONE]"):
            return None
        value = json.loads(text)
    except (ValueError, RecursionError) as error:
        return f"{type(error).__name__}: {error}"
    return (
        None
        if isinstance(value, dict)
        else f"AttributeError: '{type(value).__name__}' object has no attribute 'object'"
    )


RULE = Rule(
    _NAME,
    "breaks-openai-sdk",
    "error",
    __doc__,
    {
        ChunkCame: check,
        FragmentCame: check_fragment,
        TurnDone: check_turn,
        Undecoded: check_data,
        Chunk: check_data,
        OddFrame: check_frame,
        IdCame: note_id,
        StageDone: forget,
    },
    follows=True,
)
