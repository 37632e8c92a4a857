"""What `open` makes of its paths before the app begins, and after it ended."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from inspector.cli import main
from inspector.sources.source import Source

Calls = list[tuple[list[str], dict[str, Any]]]


@pytest.fixture
def app(monkeypatch: pytest.MonkeyPatch) -> Calls:
    """A terminal, and an app that only says what it was given."""
    calls: Calls = []

    def make(sources: Sequence[Source], **options: Any) -> None:
        calls.append(([Path(source.name).name for source in sources], options))
        for source in sources:
            source.close()

    monkeypatch.setattr("inspector.ui.app.InspectorApp", make)
    monkeypatch.setattr("inspector.ui.app.run", lambda app: 0)
    monkeypatch.setattr("os.isatty", lambda fd: fd == 1)
    return calls


@pytest.fixture
def recording(tmp_path: Path) -> Path:
    path = tmp_path / "answer.sse"
    path.write_bytes(b"data: [DONE]\n\n")
    return path


def _code(*arguments: str | Path) -> object:
    with pytest.raises(SystemExit) as left:
        main([str(each) for each in arguments])
    return left.value.code


def test_options_reach_the_app(recording: Path, app: Calls) -> None:
    assert _code(recording, "--follow", "--ascii", "--dialect", "stage") == 0
    assert app == [(["answer.sse"], {"framing": None, "dialect": "stage", "follow": True, "ascii_only": True})]


REQUEST = b'{"model": "m", "tools": [{"type": "function", "function": {"name": "f"}}]}'


@pytest.mark.parametrize("first", [[], ["open"]], ids=["a path alone", "open"])
def test_the_app_is_given_the_tools_that_the_user_knows(recording: Path, app: Calls, first: list[str]) -> None:
    request = recording.parent / "request.json"
    request.write_bytes(REQUEST)
    assert _code(*first, recording, "--tools", request) == 0
    assert app[0][1]["tools"] == {"f": {"type": "object", "properties": {}}}


def test_tools_that_cannot_be_read_are_said_before_the_app_begins(recording: Path, app: Calls) -> None:
    assert _code(recording, "--tools", recording) == 2
    assert app == []


def test_of_several_paths_those_that_can_be_opened_are(
    recording: Path, app: Calls, capfd: pytest.CaptureFixture[str]
) -> None:
    assert _code(recording, recording.parent / "missing.sse") == 2
    assert [names for names, _ in app] == [["answer.sse"]]
    assert "missing.sse" in capfd.readouterr().err


def test_without_any_path_that_can_be_opened_there_is_no_app(
    recording: Path, app: Calls, capfd: pytest.CaptureFixture[str]
) -> None:
    assert _code(recording.parent / "missing.sse") == 2
    assert app == []
    assert "missing.sse" in capfd.readouterr().err


def test_demo_opens_the_named_recording(app: Calls) -> None:
    assert _code("demo", "cut") == 0
    assert app[0][0] == ["cut.sse"]
