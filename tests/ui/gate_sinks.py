"""Where Textual 8.2.8 and Rich 15 draw a string, read off their source; knows no syntax tree."""

from dataclasses import dataclass
from enum import IntEnum


class Need(IntEnum):
    """What a sink asks of a string."""

    CLEAN = 0  # drawn as it is: clean() will do
    DRAWABLE = 1  # read as markup if it is a str: literal(), or a constant of our own
    MARKUP = 2  # read as Textual's markup, and only a str can go there: literal_markup()
    CONSTANT = 3  # read in other ways, or acted on


REMEDY = {
    Need.CLEAN: "pass clean(text)",
    Need.DRAWABLE: "pass literal(text)",
    Need.MARKUP: "pass literal_markup(text)",
    Need.CONSTANT: "only a constant of our own may stand here",
}


@dataclass(frozen=True, slots=True)
class Sink:
    """Which arguments of a call must be what."""

    need: Need
    places: tuple[int, ...] = (0,)
    keywords: tuple[str, ...] = ()
    also: tuple[tuple[str, Need], ...] = ()  # further keywords with needs of their own
    every_place: bool = False


def _drawable(*keywords: str, places: tuple[int, ...] = (0,)) -> Sink:
    return Sink(Need.DRAWABLE, places, keywords)


_ALL_DRAWABLE = Sink(Need.DRAWABLE, (), every_place=True)
_ALL_CLEAN = Sink(Need.CLEAN, (), every_place=True)
_ACTS = Sink(Need.CONSTANT)
_COMMAND = (("text", Need.CLEAN), ("help", Need.MARKUP))

# By the last name of what is called.
SINKS = {
    "Static": _drawable("content"),
    "Label": _drawable("content"),
    "update": _drawable("content"),
    "Button": _drawable("label"),
    "Checkbox": _drawable("label"),
    "RadioButton": _drawable("label"),
    "RadioSet": _ALL_DRAWABLE,
    "Collapsible": Sink(Need.MARKUP, (), ("title",)),
    "Placeholder": _drawable("label"),
    "Tab": _drawable("label"),
    "Tabs": _ALL_DRAWABLE,
    "TabPane": _drawable("title"),
    "TabbedContent": _ALL_DRAWABLE,
    "Option": _drawable("prompt"),
    "OptionList": _ALL_DRAWABLE,
    "Selection": _drawable("prompt"),
    "SelectionList": _ALL_DRAWABLE,
    "Select": _drawable("options", "prompt"),
    "set_options": _drawable("options"),
    "add_option": _drawable("option"),
    "add_options": _drawable("new_options"),
    "replace_option_prompt": _drawable("prompt", places=(1,)),
    "replace_option_prompt_at_index": _drawable("prompt", places=(1,)),
    "Tree": _drawable("label"),
    "add_leaf": _drawable("label"),
    "set_label": _drawable("label"),
    "add_column": _drawable("label", "header"),
    "add_columns": _ALL_DRAWABLE,
    "add_row": Sink(Need.DRAWABLE, (), ("label",), every_place=True),
    "add_rows": _drawable("rows"),
    "update_cell": _drawable("value", places=(2,)),
    "update_cell_at": _drawable("value", places=(1,)),
    "with_tooltip": _drawable("tooltip"),
    "visualize": _drawable("obj", places=(1,)),
    "Hit": Sink(Need.DRAWABLE, (1,), ("match_display",), _COMMAND),
    "DiscoveryHit": Sink(Need.DRAWABLE, (0,), ("display",), _COMMAND),
    "SystemCommand": Sink(Need.MARKUP, (0, 1), ("title", "help")),
    "Binding": Sink(Need.CONSTANT, (2,), ("description", "tooltip")),
    "highlight": _ACTS,
    "render_str": Sink(Need.MARKUP),
    "exit": Sink(Need.DRAWABLE, (2,), ("message",)),
    "panic": _ALL_DRAWABLE,
    "print": _ALL_CLEAN,
    "Content": Sink(Need.CLEAN, (0,), ("text",)),
    "styled": Sink(Need.CLEAN, (0,), ("text",)),
    "assemble": _ALL_CLEAN,
    "from_text": _drawable(),
    "from_rich_text": _drawable(),
    "from_markup": _ACTS,
    "from_ansi": _ACTS,
    "Text": Sink(Need.CLEAN, (0,), ("text",)),
    "Segment": Sink(Need.CLEAN, (0,), ("text",)),
    "Panel": _drawable("renderable", "title", "subtitle"),
    "Rule": _drawable("title"),
    "Input": Sink(Need.CLEAN, (0, 1), ("value", "placeholder")),
    "TextArea": Sink(Need.CLEAN, (0,), ("text",), (("placeholder", Need.DRAWABLE),)),
    "load_text": Sink(Need.CLEAN, (0,), ("text",)),
    "write": Sink(Need.CLEAN, (0,), ("content", "data")),
    "write_line": Sink(Need.CLEAN),
    "write_lines": Sink(Need.CLEAN),
    "Digits": Sink(Need.CLEAN, (0,), ("value",)),
    "Syntax": Sink(Need.CLEAN, (0,), ("code",)),
    "Link": Sink(Need.DRAWABLE, (0,), ("text",), (("url", Need.CONSTANT),)),
    "Style": Sink(Need.CONSTANT, (), ("link",)),
    "Pretty": _ACTS,
    "Markdown": _ACTS,
    "MarkdownViewer": _ACTS,
}
ATTRIBUTES = {
    "border_title": Need.DRAWABLE,
    "border_subtitle": Need.DRAWABLE,
    "tooltip": Need.DRAWABLE,
    "label": Need.DRAWABLE,
    "prompt": Need.DRAWABLE,
    "placeholder": Need.DRAWABLE,
    "content": Need.DRAWABLE,
    "title": Need.CLEAN,
    "sub_title": Need.CLEAN,
}
# What these return is drawn by the widget that has them.
RENDERERS = {"render", "render_label", "process_label", "format_title"}
