"""What a run asks its user, as plain values, and the answers where there is nobody to ask. Knows no screen."""

from __future__ import annotations

from typing import Any, Literal, NamedTuple, Protocol, TypeAlias

Consent: TypeAlias = Literal["no", "once", "always"]


class MayRun(NamedTuple):
    """Whether a tool of the file `module` may run: a `Consent`. `tool_format` is set where the call came from text."""

    call_id: str
    name: str
    arguments: str
    module: str
    tool_format: str | None = None


class TypeResult(NamedTuple):
    """The result of a tool that cannot be run, as text; `None` for none. `canned` is offered."""

    call_id: str
    name: str
    arguments: str
    canned: str | None


class WaitForModel(NamedTuple):
    """Whether to try again until the server has loaded its model: a bool. `sentence` is what the server said."""

    sentence: str


class GoDeeper(NamedTuple):
    """Whether the model, which called tools in `depth` answers, may go on calling: a bool."""

    depth: int


class RunRecovered(NamedTuple):
    """Whether calls that the model wrote as plain text count: a bool. Each is name, arguments and tool format."""

    calls: tuple[tuple[str, str, str], ...]


Question: TypeAlias = MayRun | TypeResult | WaitForModel | GoDeeper | RunRecovered


class Asker(Protocol):
    """Called in the event loop of the run; a run that is cancelled takes its question back by cancelling the call."""

    async def __call__(self, question: Question) -> Any: ...


def headless(*, yes: bool, recover: bool) -> Asker:
    """Answer from what the command line said."""

    async def answer(question: Question) -> Any:
        match question:
            case MayRun():
                return "always" if yes else "no"
            case TypeResult():
                return None
            case RunRecovered():
                return recover
            case _:
                return False

    return answer
