"""Every key of the app in one table: what it does, under which id it can be remapped, how help shows it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from textual.binding import Binding, BindingType
from textual.keys import format_key

Keymap = Mapping[str, str]


class Command(NamedTuple):
    """`id` never changes: people's keymaps name it. `keys` are Textual's names, comma-separated."""

    id: str
    keys: str
    action: str  # of the main screen, or of the app where it says so
    title: str


GROUPS: tuple[tuple[str, tuple[Command, ...]], ...] = (
    (
        "Step",
        (
            Command("step.forward", "l,right,full_stop", "step(1)", "Step one frame forward"),
            Command("step.back", "h,left,comma", "step(-1)", "Step one frame back"),
            Command("boundary.next", "right_square_bracket", "boundary(1)", "Next call, result, phase or stage"),
            Command(
                "boundary.previous", "left_square_bracket", "boundary(-1)", "Previous call, result, phase or stage"
            ),
            Command("stage.next", "right_curly_bracket", "stage(1)", "Next stage"),
            Command("stage.previous", "left_curly_bracket", "stage(-1)", "Previous stage"),
            Command("finding.next", "e", "finding(1)", "Next finding"),
            Command("finding.previous", "E", "finding(-1)", "Previous finding"),
            Command("call.next", "t", "call_delta(1)", "Next piece of a tool call"),
            Command("call.previous", "T", "call_delta(-1)", "Previous piece of a tool call"),
        ),
    ),
    (
        "Go",
        (
            Command("go.start", "g,home", "start", "Start of the stream"),
            Command("go.end", "G,end", "end", "End of the stream; a live one is followed from there"),
            Command("go.to", "colon", "go_to", "Go to a frame, time, share, call or stage"),
            Command("go.stages", "w", "stages", "List the stages"),
            Command("finding.list", "exclamation_mark", "findings", "List what was found, and explain it"),
        ),
    ),
    (
        "Play",
        (
            Command("play.toggle", "space", "play", "Play, pause"),
            Command("play.faster", "plus", "speed('faster')", "Faster"),
            Command("play.slower", "minus", "speed('slower')", "Slower"),
            Command("play.normal", "equals_sign", "speed('normal')", "Recorded speed"),
        ),
    ),
    (
        "Panes",
        (
            Command("pane.next", "tab", "next_pane(1)", "Focus the next pane"),
            Command("pane.previous", "shift+tab", "next_pane(-1)", "Focus the previous pane"),
            Command("pane.chunks", "1", "pane('chunks')", "Chunks"),
            Command("pane.calls", "2", "pane('calls')", "Tool calls"),
            Command("pane.results", "3", "pane('results')", "Tool results"),
            Command("pane.synthesis", "4", "pane('synthesis')", "Synthesis"),
            Command("pane.maximise", "z", "maximise", "Maximise the focused pane, and back"),
            Command("pane.detail", "5", "pane('detail')", "Detail of the chunk"),
            Command("detail.next", "v", "detail", "Detail of the chunk as raw bytes, fields, JSON, hex"),
            Command("detail.toggle", "V", "toggle_detail", "Show or hide the detail"),
            Command("choice.next", "a", "choice", "Next choice, where the stream has several"),
        ),
    ),
    (
        "Copy",
        (
            Command("copy.pane", "y", "copy", "Copy the focused pane, or what is selected in it"),
            Command("copy.raw", "Y", "copy_raw", "Copy the frame exactly as it came"),
        ),
    ),
    (
        "App",
        (
            Command("file.next", "greater_than_sign", "file(1)", "Next file or run"),
            Command("file.previous", "less_than_sign", "file(-1)", "Previous file or run"),
            Command("file.list", "f2", "files", "List the files and runs"),
            Command("request.compose", "ctrl+n", "compose", "New request, filled as the last one"),
            Command("exchange.show", "M", "messages", "Show the messages sent: the request at the cursor, in full"),
            Command("clients.show", "A", "client_views", "Show what other clients make of these calls"),
            Command("app.help", "question_mark,f1", "help", "Help for the focused pane, and all keys"),
            Command("app.palette", "ctrl+p", "app.command_palette", "Palette of all commands"),
            Command("app.back", "escape", "back", "Leave maximising, cancel a run, stop loading, dismiss a notice"),
            Command("notice.dismiss", "d", "dismiss_notice", "Dismiss a notice, whatever goes on"),
            Command("app.quit", "q", "app.quit", "Quit"),
        ),
    ),
)

# Not so often needed that they have keys: the palette has them.
WITHOUT_KEYS = (
    Command("recording.copy_path", "", "copy_path", "Copy the recording's path"),
    Command("recording.keep", "", "keep", "Keep the recording as another file"),
    Command("screen.save", "", "save_picture", "Save a picture of the screen as SVG, in the working directory"),
)

COMMANDS: tuple[Command, ...] = tuple(command for _, commands in GROUPS for command in commands)
_KEYS = {command.id: command.keys for command in COMMANDS}


def bindings(*, app: bool) -> list[BindingType]:
    """The table as Textual wants it: what belongs to the app, or what belongs to the main screen."""
    return [
        Binding(command.keys, command.action, show=False, id=command.id)
        for command in COMMANDS
        if command.action.startswith("app.") is app
    ]


def commands_of(bindings: Iterable[BindingType]) -> list[Command]:
    """The commands behind bindings that stand elsewhere: those of panes, whose actions are their own."""
    return [
        Command(each.id or "", each.key, each.action, each.description)
        for each in bindings
        if isinstance(each, Binding)
    ]


def keys_of(command: Command, keymap: Keymap) -> str:
    """The keys of a command as they are shown, after remapping."""
    return " ".join(shown(key.strip()) for key in keymap.get(command.id, command.keys).split(","))


def first_key(id: str, keymap: Keymap) -> str:
    """The first key of a command as Textual names it, after remapping."""
    return keymap.get(id, _KEYS[id]).split(",")[0].strip()


def shown(key: str) -> str:
    """A key as a person knows it: `]` for `right_square_bracket`, `^p` for `ctrl+p`; always ASCII."""
    *modifiers, name = key.split("+")
    drawn = format_key(name)
    return "".join("^" if modifier == "ctrl" else f"{modifier}+" for modifier in modifiers) + (
        drawn if drawn.isascii() else name
    )
