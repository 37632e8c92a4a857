"""The one way in which UI code turns a string from outside into something drawable. Knows Textual and Rich, no pane.

Textual 8.2 reads a `str` as markup nearly everywhere: `[/foo]` in a tool argument crashes the app, and
`[@click=app.quit]` is live. The rule, held by `tests/ui/test_gate_is_the_only_way.py` over `ui/` and `cli/`:

* **Where markup is read** (Static, Label, `.update()`, Button, Tab, TabPane, Option, Tree and table cells, border
  titles, tooltips, placeholders, the display of a palette hit, what `render()` returns …) goes `literal(text)`, or
  for what wants Rich `literal_text(text)`. A constant string of our own may stand there, with markup.
* **Where a `str` is drawn as it is** (`Content()`, `Text()`, `.assemble()`, `.append()`, `+`, `Segment()`, `.title`,
  `.sub_title`, Input, TextArea, logs, `notify(…, markup=False)` and its title) goes `clean(text)`. A `Segment` is
  best had from `strip_segments(text, style)`.
* **Where only a `str` goes and Textual reads markup** (help of a palette hit, SystemCommand, a Collapsible's title,
  `notify` without `markup=False`) goes `literal_markup(text)`. `textual.markup.escape` will not do: it loses
  a backslash before a bracket and doubles one at the end.
* **Where a `str` is read in other ways, or acts** (Binding, `highlight`, `from_markup`, Markdown, `Style(link=…)`,
  `"@click"`) stands a constant of our own, nothing else.
* **Numbers** are constants too: `f"{n:d} of {total:,}"`, with a format that only a number can have, or `len(…)`.
* **Names**: an ALL_CAPS name is a constant, and so is what it holds: `GLYPHS[state]`, `WORDS.get(kind, "other")`,
  `command.title` in `for command in COMMANDS`, `glyphs.cut` where all Glyphs stand in such tables. A local name is
  what all its assignments are. Everything annotated as Content, Text, Segment, Strip (or a list of them) is drawable,
  and what is annotated as a number is one, be it parameter, field or result of a function: mypy holds it to that.

There is no way to waive it: what the test cannot follow is annotated, or cleaned once more, which for clean text
costs a microsecond and changes nothing. Never read `border_title` back: Textual returns it as markup.
"""

from rich.segment import Segment
from rich.style import Style as RichStyle
from rich.text import Text
from textual.content import Content
from textual.style import Style

from inspector.gate import clean


def literal(text: str, style: str | Style = "", *, multiline: bool = False) -> Content:
    """Clean text with nothing in it that acts. `style` is a constant of our own or a Style, never from outside."""
    return Content.styled(clean(text, multiline=multiline), style)


def literal_text(text: str, style: str | RichStyle = "", *, multiline: bool = False) -> Text:
    """The same for what wants Rich: tree labels, table cells, Rich tables."""
    return Text(clean(text, multiline=multiline), style, end="")


def literal_markup(text: str, *, multiline: bool = False) -> str:
    """Clean text written so that Textual's markup parser, not Rich's, gives it back as it is."""
    return clean(text, multiline=multiline).replace("[", "\\[")


def strip_segments(text: str, style: RichStyle | None = None) -> list[Segment]:
    """The same for `Strip(…)` in the line API: one line."""
    return [Segment(clean(text), style)]
