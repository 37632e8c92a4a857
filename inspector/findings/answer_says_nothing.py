"""The answer finished with `stop`, and has no text, no reasoning and no call; no usage says that the model wrote any.

Either the model ended its turn at once, or the server's parser threw away what it wrote: the user sees nothing, and
nothing says why.

Ask for the usage (`"stream_options": {"include_usage": true}`): if it counts tokens, the server lost them. If not,
look at the chat template and the last message: a model has nothing to say where its own turn looks finished.
"""

from __future__ import annotations

from collections.abc import Iterator

from inspector.findings.empty_turn import check_delta, is_empty, says_tokens
from inspector.findings.ledger import TurnFacts
from inspector.findings.moments import DeltaCame, TurnDone
from inspector.findings.rule import Rule, Sign


def check(moment: TurnDone) -> Iterator[Sign]:
    """Only of plain answers: in a stage, where tools ran, an answer without words may be all there is to say."""
    turn = moment.turn
    if moment.ledger.transcript.dialect != "openai-chat" or turn.finish != "stop" or _is_completion(turn):
        return
    if is_empty(turn) and not says_tokens(moment):
        message = "the answer is empty: no text, no reasoning and no call came before its finish reason"
        frame = turn.finishes[0][0]
        _, path = moment.ledger.choices.sent(frame, turn.choice.index, "finish_reason")
        yield Sign(message, path=(*path, "finish_reason"), frame=frame)


def _is_completion(turn: TurnFacts) -> bool:
    """Whether it goes on with a text (`/completions`), which is no turn of a chat."""
    choices = turn.stage.first_body.get("choices")
    return isinstance(choices, list) and any(isinstance(each, dict) and "text" in each for each in choices)


RULE = Rule("TC097", "answer-says-nothing", "warn", __doc__, {DeltaCame: check_delta, TurnDone: check})
