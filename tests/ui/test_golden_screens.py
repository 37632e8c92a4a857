"""Golden pictures: one for each screen, size and state that matters. `pytest --snapshot-update` draws them anew."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple, Protocol

import pytest
from textual.pilot import Pilot

from inspector.demo import transcripts
from inspector.sources.loading import open_source
from inspector.sources.source import Source
from inspector.ui.app import InspectorApp
from inspector.ui.feed import Watch
from tests.ui.driving import STREAM, Driven, Recording
from tests.ui.panes.streams import STREAMS
from tests.ui.rules import watch, watch_for_ends

SIZES = ((80, 24), (120, 34), (200, 50))
BROKEN = (
    b'data: {"object":"chat.completion.chunk","model":"m","choices":[{"index":0,"delta":{"tool_calls":'
    b'[{"index":0,"id":"call_1","function":{"name":"get_weather","arguments":"{\\"city\\": Oslo"}}]}}]}\n\n'
    b"data: {half of a chunk\n\n"
    b'error: {"code": 500, "message": "Failed to parse input at pos 18"}\n\n'
    b'data: {"object":"chat.comp'
)


class Compare(Protocol):
    def __call__(self, app: InspectorApp, *, terminal_size: tuple[int, int], run_before: object) -> bool: ...


class Scene(NamedTuple):
    """A moment: what is open, bundled or given, and the keys that lead there."""

    name: str
    opened: str | bytes
    keys: str = ""
    sizes: tuple[tuple[int, int], ...] = SIZES
    watch: Callable[[], Watch] = watch_for_ends


SCENES = (
    Scene("the answer of a normal run", "weather", "G"),
    Scene("the middle of the second call", "weather", "colon 2 5 enter 2"),
    Scene("a call that was cut, with its fields", "cut", "G 2 v"),
    Scene("reasoning before a call", "reasoning", "colon 2 0 enter 4"),
    Scene("a broken stream", BROKEN, "G 2"),
    Scene("calls written as text", STREAMS["written"], "G 2", sizes=((80, 24), (120, 34))),
    Scene("an empty file", b""),
    Scene("a page instead of a stream", b"<!DOCTYPE html><html><body>502</body></html>", "v"),
    Scene("a terminal too small", "weather", sizes=((59, 14),)),
    Scene("help", "weather", "question_mark", sizes=((80, 24), (120, 34))),
    Scene("the list of stages", "parallel", "w", sizes=((80, 24), (120, 34))),
    Scene("go to", "weather", "colon", sizes=((80, 24),)),
    Scene("what was found", STREAM, "! down down", sizes=((80, 24), (120, 34)), watch=watch),
    Scene("the bytes of a finding", STREAM, "! down down enter", sizes=((120, 34),), watch=watch),
    Scene("hex of a chunk, maximised", "weather", "colon 3 enter 5 v v z", sizes=((80, 24), (120, 34))),
)


@pytest.fixture
def source(scene: Scene) -> Iterator[Source]:
    if isinstance(scene.opened, bytes):
        yield Recording(scene.opened)
    else:
        yield open_source(str(transcripts()[scene.opened]))


@pytest.mark.parametrize(
    ("scene", "size"),
    [pytest.param(scene, size, id=f"{scene.name}, {size[0]}x{size[1]}") for scene in SCENES for size in scene.sizes],
)
def test_the_screen_is_as_it_was_approved(
    scene: Scene, size: tuple[int, int], source: Source, snap_compare: Compare
) -> None:
    app = InspectorApp([source], watch=scene.watch)

    async def reach(pilot: Pilot[None]) -> None:
        app.theme = "textual-dark"
        run = Driven(app, pilot)
        await run.until(lambda: run.document.is_over)
        await run.press(*scene.keys.split())

    try:
        assert snap_compare(app, terminal_size=size, run_before=reach)
    finally:
        app.close_feeds()
