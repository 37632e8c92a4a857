"""`export --to messages`: the conversation of each stage, as a request that goes on with it would have it (CLI.md).

A run's own requests hold it word for word. Where there is none, it is made from what the stage said and got back;
what the user said is then not known.
"""

from __future__ import annotations

from collections.abc import Iterator

from inspector.asides import CallRecovered, ToolAnswered
from inspector.completion import Completion, completions, last_completion
from inspector.events import JsonObject
from inspector.exchanges import Exchange
from inspector.report.lines import line
from inspector.stage import Stage
from inspector.tool_formats.tool_format import Recovered
from inspector.toolchain.conversation import Answer, assistant_message, recovered_message, tool_message
from inspector.transcript import Transcript


def message_lines(transcript: Transcript, n: int, *, stage: str | None) -> Iterator[str]:
    """One line a stage, after frame `n`."""
    for each in transcript.stages:
        if stage in (None, each.key) and each.first_frame <= n:
            yield line({"stage": each.key, "messages": _messages(transcript, each, n)})


def _messages(transcript: Transcript, stage: Stage, n: int) -> list[JsonObject]:
    exchange = transcript.exchanges.at(n)
    asked = _asked(exchange) if exchange and stage.is_run else None
    if exchange is None or asked is None:
        return list(_made(transcript, stage, n))
    return [*asked, *_since(transcript, stage, exchange, n, len(asked))]


def _asked(exchange: Exchange) -> list[JsonObject] | None:
    body = exchange.began.body
    messages = body.get("messages") if isinstance(body, dict) else None
    return messages if isinstance(messages, list) else None


def _since(transcript: Transcript, stage: Stage, exchange: Exchange, n: int, place: int) -> Iterator[JsonObject]:
    """The answer to a run's latest request, and the results of its calls that are there already."""
    completion = last_completion(transcript, stage, n)
    if completion is None or _began(stage, completion) < exchange.first_frame:
        return
    noted = [aside for frame in range(exchange.first_frame, n + 1) for aside in transcript.asides(frame)]
    given = {aside.call_id: aside.content for aside in noted if isinstance(aside, ToolAnswered)}
    taken_up = [
        Recovered(each.name, each.arguments, 0, 0, each.tool_format)
        for each in noted
        if isinstance(each, CallRecovered) and each.call_id in given
    ]
    answer = recovered_message(taken_up, place=place) if taken_up else assistant_message(completion, place=place)
    yield answer.message
    yield from (tool_message(call.id, given[call.id]) for call in answer.calls if call.id in given)


def _began(stage: Stage, completion: Completion) -> int:
    """The frame in which its turn began."""
    if completion.turn:
        return next(frame for frame, turn in stage.turns.history() if turn == completion.turn)
    return min(choice.first_frame for choice in stage.choices.values())


def _made(transcript: Transcript, stage: Stage, n: int) -> Iterator[JsonObject]:
    """Each completion, and after it the results that name one of its calls."""
    place = 0
    for each in completions(transcript, stage, n):
        answer = assistant_message(each, place=place)
        results = list(_results(answer, stage, n))
        place += 1 + len(results)
        yield answer.message
        yield from results


def _results(answer: Answer, stage: Stage, n: int) -> Iterator[JsonObject]:
    for call in answer.calls:
        found = [result for result in stage.results if result.call_id == call.id and result.frame <= n]
        if found:
            yield tool_message(call.id, found[0].content)
