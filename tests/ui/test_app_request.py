"""The request form: what it is filled with, what it sends, and what it says where that is not possible."""

from __future__ import annotations

import threading

import pytest
from textual.widgets import Input, OptionList, TextArea

from inspector.errors import InspectorError
from inspector.ui.app import InspectorApp
from inspector.ui.composing import RequestForm
from inspector.ui.screens.request import RequestScreen
from tests.ui.driving import Clock, Driven, Live, Recording, driven
from tests.ui.runs import BEGAN, STREAMING

FORM = RequestForm("http://127.0.0.1:8080/v1", "What is the weather?\nIn Oslo.", "Be brief.", "tiny", "weather.py")


class FakeComposer:
    """Has two models, and sends what it is given to nobody."""

    def __init__(self, form: RequestForm = FORM, *, models: list[str] | str = "") -> None:
        self._form = form
        self._models = models or ["tiny", "[bold]large[/]"]
        self.sent: list[RequestForm] = []
        self.sources: list[Live] = []
        self.gate = threading.Event()  # sending waits for it
        self.gate.set()

    def form(self) -> RequestForm:
        return self._form

    def models(self) -> list[str]:
        if isinstance(self._models, str):
            raise InspectorError(self._models)
        return self._models

    def send(self, form: RequestForm) -> Live:
        self.gate.wait()
        if form.temperature == "warm":
            raise InspectorError("The temperature 'warm' is no number: give one such as 0.7.")
        self._form = form
        self.sent.append(form)
        self.sources.append(Live(f"run {len(self.sent)}", is_live=True))
        return self.sources[-1]


HINTS = [
    ("a recording", Recording(), None, {"^n new ": False, "M messages": False}),
    ("a run that is watched", Live(is_live=True), None, {"^n new ": False, "M messages": True}),
    ("a run of ours", Live(is_live=True), FakeComposer(), {"^n new ": True, "M messages": True}),
]


@pytest.mark.parametrize(("source", "composer", "said"), [pytest.param(*each[1:], id=each[0]) for each in HINTS])
async def test_the_keys_of_a_run_stand_in_the_last_line_where_they_do_something(
    source: Recording | Live, composer: FakeComposer | None, said: dict[str, bool]
) -> None:
    async with driven(source, composer=composer, size=(130, 34)) as run:
        if isinstance(source, Live):
            source.run(*BEGAN, *STREAMING)
            await run.until(lambda: run.document.last == 3)
        assert {each: each in run.lines()[-1] for each in said} == said


@pytest.mark.parametrize(("typed", "command"), [("messages", "Show the messages sent"), ("request", "New request")])
async def test_the_commands_of_a_run_are_found_in_the_palette(typed: str, command: str) -> None:
    async with driven(composer=FakeComposer()) as run:
        await run.press("ctrl+p", *typed)
        await run.until(lambda: command in run.text())


async def opened(run: Driven) -> None:
    await run.until(lambda: isinstance(run.app.screen, RequestScreen))
    await run.until(lambda: "asking the server" not in run.text())


async def sent(run: Driven) -> None:
    """Send the form, and wait until it is sent or says why not."""
    form = run.app.screen
    await run.press("f5")
    await run.until(lambda: run.app.screen is not form or "⚠" in run.text())


async def test_without_a_source_the_form_is_the_first_thing_and_sending_shows_the_run() -> None:
    composer = FakeComposer()
    app = InspectorApp([], composer=composer)
    try:
        async with app.run_test(size=(120, 34)) as pilot:
            run = Driven(app, pilot)
            await opened(run)
            await sent(run)
            assert composer.sent == [FORM]
            await run.until(lambda: "run 1" in run.lines()[0])
            assert len(app.documents) == 1
            composer.sources[0].run(*BEGAN, *STREAMING)
            await run.until(lambda: run.document.last == 3)
            assert "● streaming" in run.lines()[0]
    finally:
        app.close_feeds()


async def test_leaving_the_form_leaves_an_app_that_says_how_to_open_it_again() -> None:
    app = InspectorApp([], composer=FakeComposer())
    try:
        async with app.run_test(size=(80, 24)) as pilot:
            run = Driven(app, pilot)
            await opened(run)
            await run.press("escape")
            await run.until(lambda: "ctrl+n opens the form" in run.text())
            await run.press("ctrl+n")
            await opened(run)
    finally:
        app.close_feeds()


async def test_before_the_first_request_nothing_is_said_to_be_read_and_esc_stops_nothing() -> None:
    app = InspectorApp([], composer=FakeComposer())
    try:
        async with app.run_test(size=(80, 24)) as pilot:
            run = Driven(app, pilot)
            await opened(run)
            await run.press("escape", "escape", "escape")
            assert "reading" not in run.text()
            assert "esc stops" not in run.text()
            assert "stopped" not in run.text()
    finally:
        app.close_feeds()


async def test_what_was_written_is_there_again_until_it_is_sent() -> None:
    composer = FakeComposer()
    async with driven(Recording(), composer=composer) as run:
        await run.press("ctrl+n")
        await opened(run)
        run.app.screen.query_one("#request-prompt", TextArea).text = "A long prompt"
        await run.press("escape", "ctrl+n")
        await opened(run)
        assert run.app.screen.query_one("#request-prompt", TextArea).text == "A long prompt"
        await sent(run)
        assert composer.sent == [FORM._replace(prompt="A long prompt")]


async def test_a_run_is_read_as_the_command_line_says() -> None:
    composer = FakeComposer()
    async with driven(Recording(), composer=composer, dialect="raw", framing="ndjson") as run:
        await run.press("ctrl+n")
        await opened(run)
        await sent(run)
        composer.sources[0].run(*BEGAN, *STREAMING)
        await run.until(lambda: run.document.last > 0)
        assert (run.document.transcript.dialect, run.document.transcript.framing) == ("raw", "ndjson")


async def test_a_second_request_is_filled_as_the_first_and_stands_beside_it() -> None:
    composer = FakeComposer()
    async with driven(Recording(), composer=composer) as run:
        await run.press("ctrl+n")
        await opened(run)
        run.app.screen.query_one("#request-max_tokens", Input).value = "9"
        await sent(run)
        await run.press("ctrl+n")
        await opened(run)
        assert run.app.screen.query_one("#request-max_tokens", Input).value == "9"
        run.app.screen.query_one("#request-prompt", TextArea).text = "And in Rome?"
        await sent(run)
        assert composer.sent == [FORM._replace(max_tokens="9"), FORM._replace(max_tokens="9", prompt="And in Rome?")]
        assert "run 2 · run 3/3" in run.lines()[0]
        await run.press("less_than_sign")
        assert "run 1 · run 2/3" in run.lines()[0]


async def test_a_value_that_cannot_be_sent_keeps_the_form_open_and_is_said() -> None:
    composer = FakeComposer(FORM._replace(temperature="warm"))
    async with driven(Recording(), composer=composer) as run:
        await run.press("ctrl+n")
        await opened(run)
        await sent(run)
        assert isinstance(run.app.screen, RequestScreen)
        assert "⚠ The temperature 'warm' is no number" in run.text()
        run.app.screen.query_one("#request-temperature", Input).value = "0.7"
        await sent(run)
        assert composer.sent[0].temperature == "0.7"


async def test_a_model_is_picked_from_the_list() -> None:
    composer = FakeComposer()
    async with driven(Recording(), composer=composer) as run:
        await run.press("ctrl+n")
        await opened(run)
        assert "[bold]large[/]" in run.text()
        run.app.screen.query_one(OptionList).focus()
        await run.press("down", "down", "enter")
        await sent(run)
        assert composer.sent[0].model == "[bold]large[/]"


async def test_a_model_that_is_none_of_the_servers_is_warned_of_and_sent_all_the_same() -> None:
    composer = FakeComposer()
    async with driven(Recording(), composer=composer) as run:
        await run.press("ctrl+n")
        await opened(run)
        warning = "⚠ the model written is not among the 2 at the server"
        run.app.screen.query_one("#request-model", Input).value = "What is the weather?"
        await run.until(lambda: warning in run.text())
        run.app.screen.query_one("#request-model", Input).value = "[bold]large[/]"
        await run.until(lambda: warning not in run.text())
        run.app.screen.query_one("#request-model", Input).value = "other"
        await sent(run)
        assert composer.sent[0].model == "other"


async def test_where_no_list_of_models_comes_it_is_said_and_one_can_be_typed() -> None:
    composer = FakeComposer(models="127.0.0.1:8080 refused the connection: is the server running?")
    async with driven(Recording(), composer=composer) as run:
        await run.press("ctrl+n")
        await opened(run)
        assert "no list of models: 127.0.0.1:8080 refused" in run.text()
        run.app.screen.query_one("#request-model", Input).value = "other"
        await sent(run)
        assert composer.sent[0].model == "other"


async def test_what_is_not_touched_is_sent_as_it_was_given() -> None:
    odd = FORM._replace(prompt="tab\there \x1b[1m\u202e", system="\u200b", model="a\u200bb")
    composer = FakeComposer(odd)
    async with driven(Recording(), composer=composer) as run:
        await run.press("ctrl+n")
        await opened(run)
        assert "\u202e" not in run.text()
        await sent(run)
        assert composer.sent == [odd]


async def test_a_run_that_was_opened_after_the_form_was_left_is_dropped() -> None:
    composer = FakeComposer()
    composer.gate.clear()
    async with driven(Recording(), composer=composer) as run:
        await run.press("ctrl+n")
        await opened(run)
        await run.press("f5", "f5")
        assert "opening" in run.text()
        await run.press("escape")
        composer.gate.set()
        await run.until(lambda: bool(composer.sources) and composer.sources[0].cancelled)
        assert len(composer.sent) == len(run.app.documents) == 1


async def test_without_a_composer_it_is_said_where_requests_come_from() -> None:
    async with driven(Recording(), clock=Clock()) as run:
        await run.press("ctrl+n")
        assert "stage-inspector chat" in run.text()


@pytest.mark.parametrize("size", [(60, 15), (80, 24), (200, 50)], ids=lambda size: f"{size[0]}x{size[1]}")
async def test_every_field_can_be_reached(size: tuple[int, int]) -> None:
    composer = FakeComposer()
    async with driven(Recording(), composer=composer, size=size) as run:
        await run.press("ctrl+n")
        await opened(run)
        await run.press("shift+tab")
        assert "Send (f5)" in run.text()
        await run.press("enter")
        await run.until(lambda: composer.sent == [FORM])


async def test_with_ascii_the_form_is_ascii() -> None:
    async with driven(Recording(), composer=FakeComposer(), ascii_only=True, size=(80, 24)) as run:
        await run.press("ctrl+n")
        await opened(run)
        assert run.text().isascii()
