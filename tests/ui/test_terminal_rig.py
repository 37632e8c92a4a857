"""The terminal rig, by small commands and by a tiny app that draws attacks through the gate (V1, V3, V7, V8)."""

import json
import re
import sys
from collections.abc import Iterable, Iterator

import pytest
import wcwidth
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from inspector.gate import clean
from tests.ui.terminal import Terminal

# What a model might send, what is drawn for it, and the bytes that must not arrive.
ATTACKS: dict[str, tuple[str, str, bytes]] = {
    "OSC 52": ("\x1b]52;c;UFdORUQ=\x07", "␛]52;c;UFdORUQ=␇", b"\x1b]52"),
    "OSC 0": ("\x1b]0;PWNED\x07", "␛]0;PWNED␇", b"\x1b]0"),
    "CSI 2J": ("\x1b[2J", "␛[2J", b"\x1b[2J"),
    "C1 CSI": ("\x9b31mred", "<9B>31mred", b"\xc2\x9b"),
    "bidi override": ("abc\u202efed", "abc<U+202E>fed", "\u202e".encode()),
    "closing tag": ("[/foo]", "[/foo]", b"\x1b]8"),
    "click action": ("[@click=app.quit]x[/]", "[@click=app.quit]x[/]", b"\x1b]8"),
    "zalgo": ("z" + "\u0301" * 500, "z" + "\u0301" * 8 + "<+492 marks>", "\u0301".encode() * 9),
    "lone surrogate": ("\ud800", "<U+D800>", b"\xed\xa0\x80"),
    "ZWJ": ("a\u200db 👩\u200d🚀 ❤\ufe0f 🇳🇴 漢", "a<U+200D>b 👩\u200d🚀 ❤\ufe0f 🇳🇴 漢", b"a\xe2\x80\x8db"),
}
HARMLESS = dict.fromkeys(ATTACKS, "harmless")
TINY_APP = """
import json, sys
from textual.app import App
from textual.widgets import Header, Label, OptionList
from textual.widgets.option_list import Option
from inspector.gate import clean
from inspector.ui.literal import literal, literal_markup

TEXTS = list(json.loads(sys.argv[1]).values())

class Tiny(App):
    CSS = "Label { border: solid white; width: 60; height: 3; text-wrap: nowrap; } OptionList { width: 60; }"
    BINDINGS = [("q", "quit", "Quit"), ("x", "notify('still here')", "Say so")]

    def compose(self):
        yield Header()
        for text in TEXTS:
            label = Label(literal(text))
            label.border_title = literal(text)
            yield label
        yield OptionList(*[Option(literal(text)) for text in TEXTS])

    def on_mount(self):
        self.title = clean("".join(TEXTS))
        for text in TEXTS:
            self.notify(clean(text), title=clean(text), markup=False, timeout=600)
            self.notify(literal_markup(text), timeout=600)

Tiny().run()
"""
ESCAPES = re.compile(rb"\x1b(?:\[[0-?]*[ -/]*[@-~]|[\]PX^_].*?(?:\x07|\x1b\\)|.)", re.DOTALL)
COLUMNS, ROWS, LABEL_RIGHT = 140, 120, 59
# A label and its title, an option, a notification, its title, and a notification that reads markup.
PLACES = 6


def kinds(raw: bytes) -> set[bytes]:
    """The control sequences in what was written; all colours are one kind, and so are all places."""
    return {re.sub(rb"[0-9;]+(?=[mH]$)", b"", found) for found in ESCAPES.findall(raw)}


def tiny(texts: dict[str, str], shown: Iterable[str]) -> Terminal:
    """The tiny app with everything drawn that is `shown`."""
    terminal = Terminal([sys.executable, "-c", TINY_APP, json.dumps(texts)], columns=COLUMNS, rows=ROWS)
    terminal.wait_until(lambda: all(times_seen(terminal, each) >= PLACES for each in shown), timeout_s=60)
    terminal.wait_quiet()  # to the end of the last escape sequence
    return terminal


def times_seen(terminal: Terminal, text: str) -> int:
    return sum(line.count(text) for line in terminal.lines)


@pytest.fixture(scope="module")
def attacked() -> Iterator[Terminal]:
    sources = {name: source for name, (source, _, _) in ATTACKS.items()}
    with tiny(sources, [shown for _, shown, _ in ATTACKS.values()]) as terminal:
        yield terminal


@pytest.fixture(scope="module")
def left_alone() -> Iterator[Terminal]:
    with tiny(HARMLESS, HARMLESS.values()) as terminal:
        yield terminal


@pytest.mark.parametrize("attack", ATTACKS)
def test_no_payload_reaches_the_terminal_and_all_of_it_is_seen(attacked: Terminal, attack: str) -> None:
    _, shown, payload = ATTACKS[attack]
    assert payload not in attacked.raw
    assert times_seen(attacked, shown) >= PLACES


def test_without_the_gate_the_payload_arrives() -> None:
    ungated = TINY_APP.replace("Label(literal(text))", "Label(Content(text))").replace(
        "import clean", "import clean\nfrom textual.content import Content"
    )
    with Terminal([sys.executable, "-c", ungated, json.dumps({"OSC 52": ATTACKS["OSC 52"][0]})]) as terminal:
        terminal.wait_until(lambda: ATTACKS["OSC 52"][2] in terminal.raw)


def test_hostile_texts_make_the_app_write_no_other_sequences(attacked: Terminal, left_alone: Terminal) -> None:
    assert kinds(bytes(attacked.raw)) == kinds(bytes(left_alone.raw))


def test_borders_stay_straight_beside_any_text(attacked: Terminal) -> None:
    left = [attacked.cell(0, y) for y in range(ROWS)]
    right = [attacked.cell(LABEL_RIGHT, y) for y in range(ROWS)]
    assert left.count("│") == right.count("│") == len(ATTACKS)
    assert [{"┌": "┐", "└": "┘"}.get(mark, mark) for mark in left if mark in "┌│└"] == [
        mark for mark in right if mark in "┐│┘"
    ]


def test_a_click_on_a_model_s_action_does_nothing(attacked: Terminal) -> None:
    # Not on notifications: Textual 8.2.8 itself falls over a second click on one that the first has just dismissed.
    rows = [y for y, line in enumerate(attacked.lines) if "[@click=app.quit]x" in line[:LABEL_RIGHT]]
    assert len(rows) == 3
    for y in rows:
        x = attacked.lines[y].index("]x") + 2
        attacked.send(f"\x1b[<0;{x};{y + 1}M\x1b[<0;{x};{y + 1}m")
    attacked.send("x")
    attacked.wait_for("still here")


def test_a_key_reaches_the_app_and_the_terminal_is_given_back() -> None:
    with tiny(HARMLESS, HARMLESS.values()) as terminal:
        terminal.send("q")
        assert terminal.wait_exit() == 0
        assert b"\x1b[?1049l" in terminal.raw[-200:]


def test_a_command_has_the_terminal_for_its_own() -> None:
    with Terminal(["sh", "-c", "read a </dev/tty; stty size; echo got $a; exit 3"], columns=33, rows=7) as terminal:
        terminal.send("key\n")
        assert terminal.wait_exit() == 3
        assert [line.rstrip() for line in terminal.lines[:3]] == ["key", "7 33", "got key"]


def test_a_resize_is_told_to_the_command() -> None:
    with Terminal(["sh", "-c", "trap 'stty size' WINCH; echo on; while :; do sleep 0.05; done"]) as terminal:
        terminal.wait_for("on")
        terminal.resize(50, 10)
        terminal.wait_for("10 50")
        assert len(terminal.lines) == 10
        assert len(terminal.lines[0]) == 50


def test_waiting_in_vain_shows_the_screen() -> None:
    with (
        Terminal(["sh", "-c", "echo here; sleep 60"]) as terminal,
        pytest.raises(AssertionError, match=r"still waiting after 0.3 s(.|\n)*here"),
    ):
        terminal.wait_for("there", timeout_s=0.3)


def test_closing_ends_the_command() -> None:
    terminal = Terminal(["sleep", "60"])
    terminal.close()
    terminal.close()
    assert terminal.process.returncode < 0


@given(
    st.text(alphabet="aé漢─\u0301\u0302\u20e3\u200d\ufe0e\ufe0f1#⌚❤☀🏳👩👍🏽🏿🇳🇴😀🚀🔥♂©\u1100\u1161\x1b", max_size=12)
)
def test_what_passes_the_gate_is_as_wide_to_rich_as_to_a_terminal(text: str) -> None:
    drawn = clean(text)
    assert cell_len(drawn) == wcwidth.wcswidth(drawn)
