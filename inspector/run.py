"""What the asides of a live run do to a stage: its requests, its tools' results, its end. Knows no wire."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from inspector.asides import CallRecovered, ExchangeBegan, RunEnded, StatusSaid, ToolAnswered, ToolBegan
from inspector.events import StatusNote
from inspector.stage import Phase, Result, Stage

INCOMPLETE = "The answer ended before it was complete: no finish reason and no end came; look at the server's log."


def exchange_began(stage: Stage, frame: int, aside: ExchangeBegan) -> int:
    """The next answer of a chat run is another turn. A request that carries results is a sign that tools ran."""
    if stage.is_run:
        if carries_results(aside.body):
            stage.tools_ran(frame)
        stage.next_turn(frame)
    return 0


def tool_began(stage: Stage, frame: int, aside: ToolBegan) -> int:
    stage.tools_begun.append((frame, aside))
    return 0


def tool_answered(stage: Stage, frame: int, aside: ToolAnswered) -> int:
    more = {"failure": aside.failure} if aside.failure else {}
    return stage.take_result(Result(frame, aside.call_id, aside.name, aside.content, aside.failure), more)


def call_recovered(stage: Stage, frame: int, aside: CallRecovered) -> int:
    stage.recovered.append((frame, aside))
    told = {"call_id": aside.call_id, "name": aside.name, "arguments": aside.arguments}
    return stage.note_status(frame, StatusNote("call_recovered", told | {"tool_format": aside.tool_format}))


def status_said(stage: Stage, frame: int, aside: StatusSaid) -> int:
    return stage.note_status(frame, StatusNote(aside.status, aside.details))


def end(stage: Stage, frame: int, aside: RunEnded) -> None:
    """The stage ends as the run did; done where all of it is there, also where the connection broke behind it."""
    as_it_came: Phase = "done" if stage.is_complete else "cut"
    phase = as_it_came if aside.how == "end" or aside.how == "cut" else aside.how
    message = aside.message
    if message is not None:
        stage.error.set(frame, message)
    elif phase == "cut" and not stage.failed:
        message = INCOMPLETE
    stage.end(frame, phase, forced=not stage.finished, message=message)


def running(stage: Stage, n: int) -> list[ToolBegan]:
    """The tools that had begun by frame `n` and gave no result up to there."""
    answered = {each.call_id for each in list(stage.results) if each.frame <= n}
    begun = [aside for frame, aside in list(stage.tools_begun) if frame <= n]
    return [each for each in begun if each.call_id not in answered]


def seconds(tool: ToolBegan, now_s: float) -> int:
    """For how many whole seconds a tool runs, `now_s` after its run began."""
    return int(max(now_s - tool.at_s, 0))


def carries_results(body: Any) -> bool:
    """Whether the conversation in a request has the results of tools in it."""
    messages = body.get("messages") if isinstance(body, dict) else None
    said = messages if isinstance(messages, list) else []
    return any(isinstance(each, dict) and each.get("role") == "tool" for each in said)


# Each takes the stage, the frame that the aside comes after, and the aside, and says what kind of thing that was.
FOLDS: dict[type, Callable[[Stage, int, Any], int]] = {
    ExchangeBegan: exchange_began,
    ToolBegan: tool_began,
    ToolAnswered: tool_answered,
    CallRecovered: call_recovered,
    StatusSaid: status_said,
}
