"""What several clients make of the calls of one answer, one under the other. Knows not how that is found out."""

from __future__ import annotations

from collections.abc import Iterator

from inspector.client_views.answer import Answer
from inspector.client_views.ours import told_elsewhere
from inspector.client_views.view import ViewedCall
from inspector.gate import clean
from inspector.ui.comparing import Compared, Comparing
from inspector.ui.glyphs import Glyphs
from inspector.ui.lines import Fixed, Line, Span, View, cut, wrapped
from inspector.ui.moment import Canvas, Moment
from inspector.ui.pane import Pane
from inspector.ui.panes.written_calls import written

MOST_CALLS = 20  # that are shown of one client
_SHOWN = 2000  # characters of a call's arguments
_NAME_CELLS = 28
_INDENT = "    "


class ClientViews(Pane):
    """A row for each client; where its calls are others than ours, they stand below it."""

    ID = "client-views"
    TITLE = "Client views"
    HELP = "What other clients make of the calls of this answer; enter goes to the frame from which on they differ."

    def __init__(self, comparing: Comparing, *, glyphs: Glyphs) -> None:
        super().__init__(glyphs=glyphs)
        self._comparing = comparing

    def view_at(self, moment: Moment, canvas: Canvas) -> View:
        return View([Fixed(_lines(self._comparing, moment, canvas))])

    def more_came(self) -> None:
        """The clients are further than they were."""
        self._remake(follow=False)


def _lines(comparing: Comparing, moment: Moment, canvas: Canvas) -> Iterator[Line]:
    answer, glyphs = comparing.answer, canvas.glyphs
    calls = comparing.ours.calls()
    where = clean(f"  {answer.stage.key}, answer {answer.turn + 1}, frames {answer.start} to {answer.end - 1}")
    yield cut([Span("ours", "strong"), Span(where, "dim")], canvas.width, glyphs.cut)
    yield from _calls(calls, canvas, answer.start)
    for why in _unseen(answer, moment, canvas):
        yield from ([Span(_INDENT), *line] for line in wrapped([Span(why, "note")], canvas.width - len(_INDENT)))
    if comparing.official is None:
        doing = f"{glyphs.partial} {comparing.sdk_name}: {comparing.share:.0%}"
        yield cut([Span(clean(doing), "note")], canvas.width, glyphs.cut)
    else:
        yield from _client(comparing.official, canvas)
    for compared in list(comparing.compared):
        yield from _client(compared, canvas)


def _unseen(answer: Answer, moment: Moment, canvas: Canvas) -> Iterator[str]:
    """Of which calls no client knows, for where it has no others to see all clients look well."""
    if elsewhere := told_elsewhere(answer):
        yield f"{elsewhere:,} of the pane's calls stand in no `tool_calls`: no client adds these up"
    in_text = written(moment._replace(n=answer.end - 1), canvas)
    alone = sum(each.frame in range(answer.start, answer.end) and not each.twins for each in in_text)
    if alone == 1:
        yield "a call stands in the text: no client reads it"
    elif alone:
        yield f"{alone:,} calls stand in the text: no client reads them"


def _client(compared: Compared, canvas: Canvas) -> Iterator[Line]:
    first, *more = wrapped(_verdict(compared, canvas.glyphs), max(canvas.width - len(_INDENT), 1))
    yield first
    yield from ([Span(_INDENT), *line] for line in more)
    yield cut([Span(_INDENT), Span(clean(compared.about), "dim")], canvas.width, canvas.glyphs.cut)
    if compared.parts_at is not None:
        yield from _calls(compared.view.calls(), canvas, compared.parts_at)


def _verdict(compared: Compared, glyphs: Glyphs) -> Line:
    """A client that fails on good streams as well is no bad sign here."""
    is_same = compared.parts_at is None and compared.view.gave_up is None
    failed = Span(f"{glyphs.invalid} ", "bad") if compared.flaw is None else Span(f"{glyphs.info} ", "dim")
    mark = Span(f"{glyphs.valid} ", "good") if is_same else failed
    name = clean(compared.name)
    said = clean(_said(compared))
    frame = compared.parts_at
    return [mark._replace(link=frame), Span(f"{name:<{_NAME_CELLS}} ", "strong", frame), Span(said, "", frame)]


def _said(compared: Compared) -> str:
    parts_at, gave_up = compared.parts_at, compared.view.gave_up
    said = []
    if parts_at is not None and (gave_up is None or gave_up.frame != parts_at):
        said.append(f"differs from frame {parts_at}")
    if gave_up is not None:
        kind, colon, rest = gave_up.reason.partition(": ")
        verb = "raised " if kind.isidentifier() and kind != "stopped" else ""
        said.append(f"{verb}{kind} at frame {gave_up.frame}{colon}{rest}")
    if said and compared.flaw is not None:
        said.append(compared.flaw)
    if compared.like is not None:
        said.append(f"has the same calls as {compared.like}")
    return "; ".join(said) or "same as ours"


def _calls(calls: list[ViewedCall], canvas: Canvas, frame: int) -> Iterator[Line]:
    for call in calls[:MOST_CALLS]:
        about = f"{_INDENT}{call.name or '(no name)'}  {call.id or '(no id)'}  "
        arguments = Span(clean(call.arguments[:_SHOWN]) or "(no arguments)", "" if call.arguments else "dim", frame)
        yield cut([Span(clean(about), "call", frame), arguments], canvas.width, canvas.glyphs.cut)
    if len(calls) > MOST_CALLS:
        yield [Span(f"{_INDENT}{len(calls) - MOST_CALLS:,} more calls", "note")]
    if not calls:
        yield [Span(f"{_INDENT}no calls", "note")]
