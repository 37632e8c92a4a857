"""V4: no string reaches a sink of `ui/` or `cli/` but through the gate; first, that the rule sees what it must see."""

import ast
from pathlib import Path

import pytest

import inspector
from tests.ui.gate_names import declarations
from tests.ui.gate_rule import findings

PACKAGE = Path(inspector.__file__).parent
FILES = sorted((*(PACKAGE / "ui").rglob("*.py"), *(PACKAGE / "cli").rglob("*.py")))

# One snippet a line; `name`, `call`, `stage` are what nobody knows anything about.
FOUND = """
Static(name)
Static(f"call {name}")
Static(f"call {name:>8}")
Static(f"call {name!r}")
Static("call " + name)
Static("%s" % name)
Static("call {}".format(name))
Static(clean(name))
Static(name if name else "none")
Static(name or "none")
Static(content=call.name)
Static(str(name))
Static(names[0])
Static(", ".join(names))
Static(literal(name).plain)
Label(Text.from_markup(name))
Label(Content.from_markup(f"[b]{clean(name)}[/b]"))
Label(Content.from_markup("[b]$name[/b]", name=name))
Label(Content(name))
Label(Content.assemble("call ", (name, "bold")))
Label(literal(name) + name)
Label(name + literal("x"))
Label(escape(name))
widget.update(name)
self.query_one(Static).update(name)
self.notify(name)
self.notify(clean(name))
self.notify(name, markup=False)
self.notify(clean(name), markup=True)
self.notify("done", title=name)
self.border_title = name
self.border_title = other.border_title
self.border_title = f"{name} calls"
self.border_title: str = name
self.border_subtitle = clean(name)
self.border_title += name
self.tooltip = name
Button("ok", tooltip=name)
self.title = name
self.app.sub_title = f"{name} - {len(names)}"
Segment(name)
Strip([Segment(name[:10], style)])
Text(name)
Text("a").append(name)
OptionList(Option(name))
OptionList("a", name)
OptionList(*names)
options.add_option(name)
TabPane(name)
TabbedContent("a", name)
tree.root.set_label(name)
table.add_row("a", name)
Hit(1.0, name, run)
Hit(1.0, "name", run, help=clean(name))
Hit(1.0, "name", run, help=literal(name))
self.notify(f"{clean(name)} saved")
Static(literal_markup(name))
Static(rows[0].title)
Static(glyphs.cut)
DiscoveryHit(clean(name), run)
SystemCommand(name, "help", run)
matcher.highlight(clean(name))
Binding("a", "run", name)
Markdown(clean(name))
Input(placeholder=name)
TextArea(name)
log.write(name)
Style(link=clean(name))
Style.from_meta({"@click": f"show({name})"})
app.exit(message=name)
click.echo(name, err=True)
WORDS.get(name, name)and Static(WORDS.get(name, name))
""".strip().splitlines()

ALLOWED = """
Static("[b]constant[/b]")
Static()
Static(None)
Static(literal(name))
Static(literal(name, "bold").stylize("red", 0, 3))
Static(literal_text(name))
Static(literal(name) if name else "none")
Static(GLYPHS[state])
Static(GLYPHS.get(state, "?"))
Static(self.HINT)
Static(f"{count:d} of {total:,} · {at_s:.3f}s · {done:.0%} · {len(names)}")
Static(f"{GLYPHS[state]} {'on' if on else 'off'}")
Static("─" * width)
Static(Content.assemble("call ", literal(name), (clean(name), "bold")))
Static(Content("\\n").join(literal(name) for name in names))
Static(literal(name) + " · " + clean(name))
Label(Content.from_markup("[b]$name[/b]", name=clean(name)))
widget.update(literal(name))
bar.update(progress=progress)
self.notify("saved")
self.notify(f"{count:d} saved", title="Export")
self.notify(clean(name), markup=False)
self.notify(f"{clean(name)} saved", title=clean(name), markup=False)
self.border_title = literal(name)
self.border_subtitle = None
self.tooltip = literal(name)
self.title = clean(name)
self.title = f"{clean(name)} · {count:d}"
Segment(clean(name).ljust(20)[:20], style)
Strip(strip_segments(name, style))
OptionList(*[Option(literal(name)) for name in names])
Hit(1.0, literal(name), run, text=clean(name), help="Show it")
SystemCommand("name", literal_markup(f"key {name}"), run)
self.notify(f"{literal_markup(name)} saved")
Static(f"{TABLE[name].title} {self.GLYPHS.cut}")
Static(" ".join(command.title for command in COMMANDS))
Input(value=clean(name), placeholder="frame, time or percent")
log.write(" ".join(clean(name) for name in names))
Style.from_meta({"@click": "app.help", "row": row})
click.echo(name)
click.echo(clean(name), err=True)
names.append(name)
call(name)
""".strip().splitlines()

# Whole files: what is known of names, types, fields, functions and classes.
FILES_FOUND = {
    "a parameter": "def show(name: str) -> None:\n    Static(name)",
    "a local name with one bad value": "def show(self):\n    t = literal('a')\n    t = self.name\n    Static(t)",
    "a local name that is only clean": "def show(self):\n    t = clean(self.name)\n    Static(t)",
    "a loop variable": "def show(self):\n    for name in self.names:\n        Static(name)",
    "half of a loop variable": "def show(self):\n    for word, row in [('a', self.row)]:\n        Static(word)",
    "a field that is given anything": (
        "class A:\n    def __init__(self, name: Content):\n        self.name = name\n"
        "    def take(self, name):\n        self.name = name\ndef show(a):\n    Static(a.name)"
    ),
    "a class with instances of any kind": (
        "class Row(NamedTuple):\n    title: str\nROWS = (Row('a'),)\n"
        "def show(row: Row, name):\n    Row(name)\n    Static(row.title)"
    ),
    "a with variable": "def show(self):\n    with self.open() as name:\n        Static(name)",
    "an unknown function": "def show(self):\n    Static(describe(self.name))",
    "a function that returns str": "def describe() -> str: ...\ndef show(self):\n    Static(describe())",
    "a union with str": "def show(name: Content | str) -> None:\n    Static(name)",
    "words or any str": "def show(name: Literal['a'] | str) -> None:\n    Static(name)",
    "a field of two minds": "class A:\n    name: Content\nclass B:\n    name: str\ndef show(a):\n    Static(a.name)",
    "a class with instances made later": (
        "class Row(NamedTuple):\n    title: str\nROWS = {'a': lambda name: Row(name)}\n"
        "def show(row: Row):\n    Static(row.title)"
    ),
    "the result of render": "class A(Widget):\n    def render(self):\n        return self.name",
    "a subclass": "class Row(Static): ...\ndef show(name):\n    Row(name)",
    "a subclass of a subclass": "class Sub(Row): ...\nclass Row(Static): ...\ndef show(name):\n    Sub(name)",
    "super": "class Row(Static):\n    def __init__(self, name: str) -> None:\n        super().__init__(name)",
    "text that grows": "def show(name):\n    text = Text()\n    text.append(name)\n    Static(text)",
    "content that grows": "def show(name):\n    text = literal('a')\n    text += name\n    Static(text)",
}
FILES_ALLOWED = {
    "a drawable parameter": "def show(name: Content) -> None:\n    Static(name)",
    "a list of drawables": "def show(names: list[Content]) -> None:\n    for name in names:\n        Static(name)",
    "one of them": "def show(names: Sequence[Text]) -> None:\n    Static(names[0])",
    "a local name": "def show(self):\n    t = literal(self.name)\n    t = t + 'a'\n    Static(t)",
    "a clean local name": "def show(self):\n    t = clean(self.name)\n    self.title = t\n    Text(t)",
    "a number": "def show(count: int, at_s: float | None) -> None:\n    Static(f'{count} {at_s}')",
    "a word of a few": "def show(word: Literal['a', 'b']) -> None:\n    Static(word)",
    "constants in a loop": "def show(self):\n    for word in WORDS:\n        Static(word)",
    "a drawing function": "def describe() -> Content: ...\ndef show(self):\n    Static(self.describe())",
    "a drawable field": "class A:\n    name: Content | None\ndef show(a):\n    Static(a.name)",
    "halves of a loop variable": "def show(self):\n    for word, rows in GROUPS:\n        Static(word)",
    "a field that is given a parameter": (
        "class A:\n    def __init__(self, name: Content):\n        self.name = name\ndef show(a):\n    Static(a.name)"
    ),
    "a class with instances in tables only": (
        "class Row(NamedTuple):\n    title: str\nROWS = (Row('a'),)\ndef show(row: Row):\n    Static(row.title)"
    ),
    "a field of such a class": (
        "class Row(NamedTuple):\n    title: str\nROWS = (Row('a'),)\n"
        "class A:\n    row: Row\n    def show(self):\n        Static(f'{self.row.title} x')"
    ),
    "a class of ours with a name of theirs": "from inspector.ui.text import Text\ndef show(name):\n    Text(name)",
    "the result of render": "class A(Widget):\n    def render(self):\n        return literal(self.name)",
    "a subclass with its own start": (
        "class Row(Static):\n    def __init__(self, name: str) -> None:\n        super().__init__(literal(name))\n"
        "def show(name):\n    Row(name)"
    ),
    "text that grows": "def show(name):\n    text = Text()\n    text.append(clean(name), 'bold')\n    Static(text)",
}


def found_in(source: str) -> list[str]:
    tree = ast.parse("import textual\n" + source)
    return [str(finding) for finding in findings(tree, declarations([tree]))]


@pytest.mark.parametrize("source", FOUND)
def test_a_string_from_anywhere_is_found(source: str) -> None:
    assert found_in(source)


@pytest.mark.parametrize("source", ALLOWED)
def test_the_one_way_is_allowed(source: str) -> None:
    assert found_in(source) == []


@pytest.mark.parametrize("source", FILES_FOUND.values(), ids=FILES_FOUND)
def test_a_way_round_is_found(source: str) -> None:
    assert found_in(source)


@pytest.mark.parametrize("source", FILES_ALLOWED.values(), ids=FILES_ALLOWED)
def test_what_is_declared_is_trusted(source: str) -> None:
    assert found_in(source) == []


def test_a_finding_says_where_what_and_what_to_do() -> None:
    assert found_in("\nStatic(f'call {name}')") == [
        "3: Static() is given `f'call {name}'`: pass literal(text) (rule: inspector/ui/literal.py)"
    ]


def test_files_that_draw_nothing_may_update_and_write() -> None:
    tree = ast.parse("digest.update(data)\nfile.write(data)")
    assert findings(tree, declarations([tree])) == []


def test_every_string_of_the_screen_goes_through_the_gate() -> None:
    trees = {path: ast.parse(path.read_text(encoding="utf-8"), str(path)) for path in FILES}
    assert PACKAGE / "ui" / "literal.py" in trees
    declared = declarations(list(trees.values()))
    assert [
        f"{path.relative_to(PACKAGE.parent)}:{finding}"
        for path, tree in trees.items()
        for finding in findings(tree, declared)
    ] == []
