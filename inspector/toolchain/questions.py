"""What a run asks its user, as plain values, and the answers of a headless run; not how a question is shown."""

from __future__ import annotations

from typing import Any, Literal, NamedTuple, Protocol, TypeAlias

Consent: TypeAlias = Literal["no", "once", "always"]


class MayRun(NamedTuple):
    """May this tool run? -> `Consent`. `tool_format` is set where the call was recovered from text.

    The call is number `number`, from 1, of the `of` calls of the answer.
    """

    call_id: str
    name: str
    arguments: str
    module: str
    tool_format: str | None
    number: int = 1
    of: int = 1


class TypeResult(NamedTuple):
    """What is the result of a call that nothing here can run? -> `str`, or `None` for none; `canned` is proposed."""

    call_id: str
    name: str
    arguments: str
    canned: str | None


class WaitForModel(NamedTuple):
    """The server is still loading its model, as `sentence` says: wait and ask again? -> `bool`"""

    sentence: str


class GoDeeper(NamedTuple):
    """The model has called tools in `depth` rounds, the limit: as many again? -> `bool`"""

    depth: int


class RecoveredCall(NamedTuple):
    """A call that the model wrote as plain text."""

    name: str
    arguments: str
    tool_format: str


class RunRecovered(NamedTuple):
    """Calls were found in plain text: treat them as calls? -> `bool`"""

    calls: tuple[RecoveredCall, ...]


Question: TypeAlias = MayRun | TypeResult | WaitForModel | GoDeeper | RunRecovered


class Asker(Protocol):
    """Answers a question with the type of answer that its class names."""

    async def __call__(self, question: Question) -> Any: ...


def headless(*, yes: bool, recover: bool) -> Asker:
    """Answers from the flags `--yes` and `--recover`, and else the careful answer."""
    consent: Consent = "always" if yes else "no"
    answers: dict[type[Question], Consent | bool | None] = {
        MayRun: consent,
        TypeResult: None,
        WaitForModel: False,
        GoDeeper: False,
        RunRecovered: recover,
    }

    async def answer(question: Question) -> Any:
        return answers[type(question)]

    return answer
