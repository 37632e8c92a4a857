"""Opening either of the two files of a recording opens both."""

import os
from pathlib import Path

import pytest

from inspector.errors import InspectorError
from inspector.recording.beside import recording_of

MEANT: list[tuple[list[str], str]] = [
    (["a.sse", "a.meta.jsonl"], "a.sse"),
    (["a.sse.gz", "a.meta.jsonl"], "a.sse.gz"),
    (["a.ndjson", "a.meta.jsonl", "b.sse"], "a.ndjson"),
    (["a", "a.meta.jsonl"], "a"),
    (["a.html", "a.sse", "a.sse.zst", "a.meta.jsonl", "a.times.jsonl"], "a.sse"),
]


@pytest.mark.parametrize(("there", "meant"), MEANT, ids=["+".join(each[0]) for each in MEANT])
def test_a_sidecar_means_the_recording_beside_it(
    there: list[str], meant: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in there:
        (tmp_path / name).touch()
    assert recording_of(tmp_path / "a.meta.jsonl") == str(tmp_path / meant)
    monkeypatch.chdir(tmp_path)
    assert recording_of("a.meta.jsonl") == meant


@pytest.mark.parametrize(
    "name", ["a.sse", "a.times.jsonl", "nothing.meta.jsonl", "folder.meta.jsonl", "a\0.meta.jsonl"]
)
def test_every_other_path_means_itself(name: str, tmp_path: Path) -> None:
    (tmp_path / "folder.meta.jsonl").mkdir()
    (tmp_path / "nothing.sse").touch()
    path = f"{tmp_path}/{name}"
    assert recording_of(path) == path


def test_a_name_that_is_not_utf8_is_found(tmp_path: Path) -> None:
    folder = os.fsencode(tmp_path)
    for name in (b"\xff.sse", b"\xff.meta.jsonl"):
        Path(os.fsdecode(os.path.join(folder, name))).touch()
    assert recording_of(os.path.join(folder, b"\xff.meta.jsonl")) == os.fsdecode(os.path.join(folder, b"\xff.sse"))


def test_a_folder_that_cannot_be_listed_is_said_as_one_without_the_recording(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(folder: str) -> list[str]:
        raise PermissionError(13, "Permission denied", folder)

    (tmp_path / "a.meta.jsonl").touch()
    monkeypatch.setattr(os, "listdir", refuse)
    with pytest.raises(InspectorError, match="not beside it"):
        recording_of(tmp_path / "a.meta.jsonl")


def test_a_sidecar_alone_says_what_is_missing(tmp_path: Path) -> None:
    for name in ("a.meta.jsonl", "a.times.jsonl", "b.sse"):
        (tmp_path / name).touch()
    with pytest.raises(InspectorError, match=r"a\.meta\.jsonl is the sidecar of a recording .*\(a\.sse\)"):
        recording_of(tmp_path / "a.meta.jsonl")
