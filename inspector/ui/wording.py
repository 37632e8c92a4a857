"""How each question of a run is put to the user: in which words, with which answers. Draws nothing."""

from __future__ import annotations

from typing import Any, NamedTuple

from inspector.gate import clean
from inspector.toolchain.questions import GoDeeper, MayRun, Question, RunRecovered, TypeResult, WaitForModel

_MOST_CHARACTERS = 200  # of a name that a model made up
_NOT_OF_THE_SERVER = "a call that the model wrote as text, recovered as {}: the server sent it as no tool call"


class Reply(NamedTuple):
    """One answer: the key that gives it, and the word on its button."""

    key: str
    word: str
    answer: Any


class Wording(NamedTuple):
    """The first of the replies is the default. With `typed`, the answer is a line of text that begins as this."""

    title: str  # ours alone, as are the words of the replies; short, for a line of 60 columns
    sentence: str  # ours, with cleaned parts
    facts: tuple[tuple[str, str], ...] = ()
    text_title: str = ""
    text: str | None = None
    replies: tuple[Reply, ...] = ()
    typed: str | None = None


NO = Reply("n", "No", False)
MAY_RUN = (Reply("n", "No", "no"), Reply("y", "Yes, once", "once"), Reply("a", "Always in this run", "always"))
RECOVER = (NO, Reply("y", "Yes, take them as calls", True))
DEEPER = (NO, Reply("y", "Yes, go on", True))
WAIT = (Reply("y", "Wait", True), Reply("n", "No", False))


def wording(question: Question) -> Wording:
    match question:
        case MayRun():
            return _may_run(question)
        case TypeResult():
            return _type_result(question)
        case WaitForModel():
            return Wording("The model is loading", question.sentence, replies=WAIT)
        case GoDeeper(depth):
            sentence = f"The model has called tools in {depth} answers in a row. May it go on?"
            return Wording("Many rounds of calls", sentence, replies=DEEPER)
        case RunRecovered():
            return _recovered(question)


def _may_run(question: MayRun) -> Wording:
    facts = [("tool", _short(question.name)), ("file", question.module), ("call", _short(question.call_id))]
    if question.tool_format is not None:
        facts.append(("from", _NOT_OF_THE_SERVER.format(_short(question.tool_format))))
    return Wording(
        "May this tool run?" + (f" ({question.number} of {question.of})" if question.of > 1 else ""),
        "The model asks for a tool, which would run on this machine with these arguments.",
        tuple(facts),
        f"arguments, {len(question.arguments):,} characters",
        question.arguments,
        MAY_RUN,
    )


def _type_result(question: TypeResult) -> Wording:
    return Wording(
        "What did the tool give?",
        "The tools file has no code for this tool: type its result, which is sent to the model.",
        (("tool", _short(question.name)), ("call", _short(question.call_id))),
        f"arguments, {len(question.arguments):,} characters",
        question.arguments,
        typed=question.canned or "",
    )


def _recovered(question: RunRecovered) -> Wording:
    calls = [f"{_short(name)}  ({_short(tool_format)})\n{arguments}" for name, arguments, tool_format in question.calls]
    return Wording(
        "Are these calls?",
        "The model wrote what looks like tool calls as plain text. Take them as calls?",
        (),
        f"written as text, {len(calls)} {'call' if len(calls) == 1 else 'calls'}",
        "\n\n".join(calls),
        RECOVER,
    )


def _short(text: str) -> str:
    """A name on one line, cut where it is too long to be one."""
    rest = len(text) - _MOST_CHARACTERS
    return clean(text[:_MOST_CHARACTERS]) + (f" (and {rest:,} more characters)" if rest > 0 else "")
