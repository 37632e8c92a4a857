"""`export --to frames`: each frame as the contract's line, and with `--dispatched` exactly the standard's stream."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from inspector.cli.main import cli
from tests.shared import needs_shared
from tests.wire.standard import StandardEvent, read
from tests.wire.test_sse_conformance import cases, small

HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n"
KEYS = ["frame", "event", "data", "id", "retry", "start", "end", "complete", "dispatched", "comments", "unknown"]


def export(path: Path, *options: str) -> Result:
    return CliRunner().invoke(cli, ["export", str(path), "--to", "frames", *options])


def frames_of(data: bytes, folder: Path, *options: str) -> list[dict[str, Any]]:
    path = folder / "input"
    path.write_bytes(data)
    result = export(path, *options)
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout_bytes.isascii()
    return [json.loads(line) for line in result.stdout_bytes.splitlines()]


# id, input, options, frames: what differs from a whole, dispatched frame of nothing; spans are tested by themselves
Told = dict[str, Any]
CUT = {"complete": False, "dispatched": False}
SILENT = {"dispatched": False}
CASES: list[tuple[str, bytes, list[str], list[Told]]] = [
    ("an event", b"event: e\nid: 1\nretry: 9\ndata: x\n\n", [], [{"event": "e", "data": "x", "id": "1", "retry": 9}]),
    ("a name that is empty", b"event:\ndata: x\n\n", [], [{"data": "x"}]),
    ("an id holds on, a retry does not", b"id: 1\nretry: 9\n\ndata: x\n\n", [], [
        {"id": "1", "retry": 9} | SILENT, {"data": "x", "id": "1"}]),
    ("comments and unknown fields", b": a\nfoo: b\ndata: x\n\n", [], [
        {"data": "x", "comments": ["a"], "unknown": ["foo: b"]}]),
    ("a keep-alive", b": ping\n\n", [], [{"comments": ["ping"]} | SILENT]),
    ("a half event", b"data: x\n\ndata: y", [], [{"data": "x"}, {"data": "y"} | CUT]),
    ("empty lines at the end", b"data: x\n\n\n", [], [{"data": "x"}, SILENT]),
    ("bad UTF-8", b"data: \xff\n\n", [], [{"data": "\ufffd"}]),
    ("control characters and line separators", "data: \x1b[2J\x7f\u2028\x85\n\n".encode(), [], [
        {"data": "\x1b[2J\x7f\u2028\x85"}]),
    ("JSON lines", b'{"a":1}\n{"a":', [], [{"data": '{"a":1}'}, {"data": '{"a":'} | CUT]),
    ("a JSON body", b'{"error":"no"}', [], [{"data": '{"error":"no"}', "note": ...} | CUT]),
    ("a page", b"<html>", [], [{"data": "<html>", "note": ...} | CUT]),
    ("the head of an HTTP capture", HEAD + b"data: x\n\n", [], [{"note": ...} | SILENT, {"data": "x"}]),
    ("a cut head", HEAD[:-2], [], [{"note": ...} | CUT]),
    ("nothing", b"", [], []),
    ("only dispatched, numbers unchanged", b": ping\n\ndata: x\n\nid: 1\n\ndata: y\n\ndata: z", ["--dispatched"], [
        {"frame": 1, "data": "x"}, {"frame": 3, "data": "y", "id": "1"}]),
    ("up to a frame", b"data: x\n\ndata: y\n\ndata: z\n\n", ["--at", "1"], [{"data": "x"}, {"data": "y"}]),
    ("up to a frame past the last", b"data: x\n\n", ["--at", "99"], [{"data": "x"}]),
    ("JSON taken as an event stream", b'{"a":1}\n', ["--framing", "sse"], [{"unknown": ['{"a":1}']} | CUT]),
    ("an event stream taken as lines", b"data: x\n\n", ["--framing", "jsonl"], [{"data": "data: x"}, SILENT]),
    ("a head taken as an event stream", HEAD + b"data: x\n\n", ["--framing", "sse"], [
        {"unknown": ["HTTP/1.1 200 OK", "Content-Type: text/event-stream"]} | SILENT, {"data": "x"}]),
    ("one stage", b'data: {"stage_id":"a","chunk":{"choices":[]}}\n\ndata: {"stage_id":"b","chunk":{"choices":[]}}\n\n',
        ["--stage", "b"], [{"frame": 1, "data": '{"stage_id":"b","chunk":{"choices":[]}}'}]),
]  # fmt: skip
PARAMS = [pytest.param(*case, id=id) for id, *case in CASES]


@pytest.mark.parametrize(("data", "options", "expected"), PARAMS)
def test_each_frame_is_a_line_of_the_contract(
    data: bytes, options: list[str], expected: list[Told], tmp_path: Path
) -> None:
    found = frames_of(data, tmp_path, *options)
    for n, (frame, told) in enumerate(zip(found, expected, strict=True)):
        nothing = {"frame": n, "event": "message", "data": "", "id": "", "retry": None, "complete": True}
        nothing |= {"dispatched": True, "comments": [], "unknown": [], "note": None}
        assert [key for key in frame if key != "note"] == KEYS
        assert {"note": None} | frame == nothing | told | {
            "start": frame["start"],
            "end": frame["end"],
            "note": frame.get("note") if "note" in told else None,
        }


@pytest.mark.parametrize(("data", "options", "expected"), PARAMS)
def test_the_lines_tile_the_input(data: bytes, options: list[str], expected: list[Told], tmp_path: Path) -> None:
    whole = frames_of(data, tmp_path, *(option for option in options if option in ("--framing", "sse", "jsonl")))
    edges = [0, *(frame["end"] for frame in whole)]
    assert [frame["start"] for frame in whole] == edges[:-1]
    assert edges[-1] == len(data)


def test_lines_end_with_a_line_feed_and_hold_nothing_else_that_could_end_one(tmp_path: Path) -> None:
    path = tmp_path / "input"
    path.write_bytes("data: \u2028\x85\x0b\x1c\r\ndata: \U0001f600\n\n".encode())
    said = export(path).stdout_bytes
    assert said.count(b"\n") == len(said.splitlines()) == 1
    assert b"\\u2028\\u0085\\u000b\\u001c\\n\\ud83d\\ude00" in said


def test_a_file_is_written_with_the_same_lines_as_standard_output(tmp_path: Path) -> None:
    path, out = tmp_path / "input", tmp_path / "out"
    path.write_bytes(b"data: x\n\ndata: y\n\n")
    result = export(path, "-o", str(out))
    assert (result.exit_code, result.output) == (0, "")
    assert out.read_bytes() == export(path).stdout_bytes


def test_offsets_are_those_of_the_unpacked_input_but_for_a_forced_framing(tmp_path: Path) -> None:
    packed = gzip.compress(b"data: x\n\n")
    assert frames_of(packed, tmp_path)[-1]["end"] == 9
    assert frames_of(packed, tmp_path, "--framing", "sse")[-1]["end"] == len(packed)


def test_a_framing_that_is_not_known_is_bad_usage(tmp_path: Path) -> None:
    assert export(tmp_path, "--framing", "xml").exit_code == 2


# -- the standard's event stream ------------------------------------------------------------------------------------


def events_of(data: bytes, folder: Path, *options: str) -> list[StandardEvent]:
    found = frames_of(data, folder, "--dispatched", *options)
    return [StandardEvent(each["event"], each["data"], each["id"], each["retry"]) for each in found]


@needs_shared
@pytest.mark.parametrize("framing", ["auto", "sse"])
@pytest.mark.parametrize("name", small(100_000))
def test_dispatched_frames_are_the_event_stream_of_the_standard(name: str, framing: str, tmp_path: Path) -> None:
    data, expected, _ = cases()[name]
    assert events_of(data, tmp_path, "--framing", framing) == expected


@pytest.mark.parametrize(("data", "options", "expected"), PARAMS)
def test_any_input_forced_to_be_an_event_stream_gives_what_the_standard_gives(
    data: bytes, options: list[str], expected: list[Told], tmp_path: Path
) -> None:
    assert events_of(data, tmp_path, "--framing", "sse") == read(data)
