"""Chat runs in the app: the request form's values as options of a run, again and again with changes."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import replace
from typing import Any, TypeVar

from inspector.cli import live
from inspector.cli.configured import for_app
from inspector.errors import InspectorError
from inspector.live.chat import chat_source
from inspector.live.connection import Connection
from inspector.live.models import models
from inspector.live.secrets import masked_url
from inspector.live.source import LiveSource
from inspector.recording.tape import Tape
from inspector.sandbox.loading import load_tools
from inspector.toolchain.options import ChatOptions, check_tool_choice, opening_messages, parameters
from inspector.toolchain.questions import Asker, MayRun, Question, RunRecovered
from inspector.ui.app import InspectorApp, run
from inspector.ui.asking import Asking
from inspector.ui.composing import RequestForm
from inspector.wire.framing import FramingName

T = TypeVar("T")


class Composing:
    """A `Composer`. The messages of `options` stand between the form's system text and its prompt.

    `record` names the file of the first run; one that is sent again is recorded under a name of its own. `notice` is
    said in the first run.
    """

    def __init__(
        self,
        connection: Connection,
        options: ChatOptions,
        form: RequestForm,
        record: str | None,
        notice: str | None = None,
        *,
        yes: bool,
        recover: bool,
        framing: FramingName | None = None,
    ) -> None:
        self.asking = Asking()
        self.tapes: list[Tape] = []  # of the runs that were sent
        self._connection = connection
        self._options = options
        self._form = form._replace(base_url=masked_url(connection.url))
        self._record = record
        self._notice = notice
        self.framing = framing
        self._yes = yes
        self._recover = recover

    def form(self) -> RequestForm:
        return self._form

    def models(self) -> list[str]:
        return asyncio.run(models(self._connection))

    def send(self, form: RequestForm) -> LiveSource:
        options = _read(form, self._options)
        if not options.messages:
            raise InspectorError("There is nothing to say to the model: write a prompt.")
        tools = load_tools(form.tools) if form.tools else None
        check_tool_choice(options, tools.specs if tools else ())
        tape = Tape.create(self._record, "chat")
        self._form, self._record = form, None
        self.tapes.append(tape)
        ask = _answering(self.asking.of(tape), yes=self._yes, recover=self._recover)
        source = chat_source(options, tools, ask, tape, self._connection, self.framing)
        if self._notice:
            source.tell(self._notice)
        self._notice = None
        return source


def show(composing: Composing, *, begin: bool, dialect: str | None, ascii_only: bool | None) -> int:
    """Open the app; `begin` sends the form at once, as it is."""
    sources = [composing.send(composing.form())] if begin else []
    app = InspectorApp(
        sources,
        framing=composing.framing,
        dialect=dialect,
        follow=True,
        asking=composing.asking,
        composer=composing,
        **for_app(ascii_only=ascii_only),
    )
    code = run(app)
    live.say_recorded(composing.tapes)
    return code


def _read(form: RequestForm, options: ChatOptions) -> ChatOptions:
    system = opening_messages(None, form.system or None, None)
    prompt = opening_messages(form.prompt or None, None, None)
    return replace(
        options,
        messages=(*system, *options.messages, *prompt),
        model=form.model or None,
        tool_choice=form.tool_choice or None,
        max_tokens=_number(form.max_tokens, int, "Max tokens"),
        temperature=_number(form.temperature, float, "The temperature"),
        synthesis_max_tokens=_number(form.synthesis_max_tokens, int, "Max tokens of the synthesis"),
        synthesis_temperature=_number(form.synthesis_temperature, float, "The temperature of the synthesis"),
        params=parameters(line for line in form.params.splitlines() if line.strip()),
    )


def _number(text: str, kind: Callable[[str], T], what: str) -> T | None:
    try:
        return kind(text) if text.strip() else None
    except ValueError:
        raise InspectorError(f"{what} cannot be {text!r}: write a number, or nothing.") from None


def _answering(asking: Asker, *, yes: bool, recover: bool) -> Asker:
    """The user is asked what the command line did not answer."""

    async def answer(question: Question) -> Any:
        if yes and isinstance(question, MayRun):
            return "always"
        if recover and isinstance(question, RunRecovered):
            return True
        return await asking(question)

    return answer
