"""`check --replay`: a recording held against the plain answer to the same request."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from inspector.cli.main import cli
from inspector.errors import InspectorError
from tests.findings.leak_cases import plain, told

ANSWER = json.dumps(plain("The quick fox"))


def check(folder: Path, replay: str, files: int = 1) -> str:
    (folder / "answer.json").write_text(replay)
    paths = [folder / f"{number}.sse" for number in range(files)]
    for path in paths:
        path.write_bytes(told("The fox"))
    arguments = ["check", *map(str, paths), "--format", "json", "--replay", str(folder / "answer.json")]
    result = CliRunner().invoke(cli, arguments, standalone_mode=False)
    if result.exception is not None:
        raise result.exception
    return result.stdout


def test_text_that_the_stream_lacks_is_found(tmp_path: Path) -> None:
    assert '"TL087"' in check(tmp_path, ANSWER)


@pytest.mark.parametrize("replay", ["", "{}", "[]", "data: {}", '{"choices": {}}'])
def test_what_is_no_plain_answer_is_refused(tmp_path: Path, replay: str) -> None:
    with pytest.raises(InspectorError, match=r"is no chat\.completion in JSON"):
        check(tmp_path, replay)


def test_one_answer_is_that_to_one_recording(tmp_path: Path) -> None:
    with pytest.raises(InspectorError, match="name one recording"):
        check(tmp_path, ANSWER, files=2)
