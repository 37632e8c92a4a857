"""The table of keys."""

from __future__ import annotations

from collections import Counter

import pytest

from inspector.ui.keys import COMMANDS, bindings, commands_of, keys_of, shown
from inspector.ui.pane import Pane
from inspector.ui.screens.main import MainScreen

KEPT_FREE = {f"ctrl+{letter}" for letter in "himjbsq"} | set("sSnNfbcCBmxop/")


def test_no_key_means_two_things_and_no_id_stands_twice() -> None:
    commands = [*COMMANDS, *commands_of(Pane.BINDINGS)]
    keys = Counter(key for command in commands for key in command.keys.split(","))
    assert [key for key, count in keys.items() if count > 1] == []
    assert len({command.id for command in commands}) == len(commands)


def test_keys_that_terminals_or_later_commands_need_are_free() -> None:
    assert {key for command in COMMANDS for key in command.keys.split(",")} & KEPT_FREE == set()


def test_every_command_has_an_action_where_it_says() -> None:
    for command in COMMANDS:
        if not command.action.startswith("app."):
            assert hasattr(MainScreen, f"action_{command.action.partition('(')[0]}"), command


def test_every_command_is_bound_once() -> None:
    bound = [binding.id for app in (True, False) for binding in bindings(app=app) if not isinstance(binding, tuple)]
    assert sorted(str(id) for id in bound) == sorted(command.id for command in COMMANDS)


SHOWN = [("l", "l"), ("right_square_bracket", "]"), ("ctrl+p", "^p"), ("shift+tab", "shift+tab"), ("right", "right")]


@pytest.mark.parametrize(("key", "drawn"), SHOWN, ids=[key for key, _ in SHOWN])
def test_a_key_is_shown_as_a_person_knows_it(key: str, drawn: str) -> None:
    assert shown(key) == drawn


def test_a_remapped_command_shows_its_new_keys() -> None:
    forward = COMMANDS[0]
    assert keys_of(forward, {}) == "l right ."
    assert keys_of(forward, {"step.forward": "j,f9"}) == "j f9"
