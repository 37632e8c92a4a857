"""A sidecar as a whole: where its asides stand, how it may be torn, and what makes it useless."""

import pytest

from inspector.asides import RequestSent, RunBegan
from inspector.recording import meta as meta_module
from inspector.recording.lines import VERSION, ReadCame, RecordingBegan, RecordingClosed, line_of
from inspector.recording.meta import parse_facts

HEAD = line_of(RecordingBegan(VERSION, "stage-inspector 1.0", "2026-11-21T05:00:00Z", "monotonic"))
LINES = [
    HEAD,
    line_of(RunBegan(0.0, "chat")),
    line_of(ReadCame(0.5, 3)),
    line_of(RequestSent(0.6)),
    line_of(ReadCame(0.7, 4)),
    line_of(RecordingClosed(0.8, 7, "00")),
]


def test_a_sidecar_torn_anywhere_tells_what_its_whole_lines_tell() -> None:
    whole, told = b"".join(LINES), list(parse_facts(LINES))
    for end in range(len(whole) + 1):
        lines = whole[:end].splitlines(keepends=True)
        assert list(parse_facts(lines)) == told[: sum(line.endswith(b"\n") for line in lines)]


@pytest.mark.parametrize("lines", [[], [b"x"], [HEAD[:-1]]], ids=["empty", "torn", "no line feed yet"])
def test_a_recorder_killed_at_once_told_nothing(lines: list[bytes]) -> None:
    assert list(parse_facts(lines)) == []


def test_types_of_later_recorders_are_passed_over() -> None:
    assert list(parse_facts([HEAD, b'{"type":"comment"}\n', LINES[1]]))[1:] == [RunBegan(0.0, "chat")]


def test_another_version_is_told() -> None:
    with pytest.raises(ValueError, match=r"^it is of version 2, and this stage-inspector reads version 1$"):
        list(parse_facts([b'{"type":"recording","version":2}\n', b"\xff\n"]))


BAD: list[tuple[str, list[bytes], int]] = [
    ("no JSON", [HEAD, LINES[1], b"{\n"], 3),
    ("an empty line", [HEAD, b"\n"], 2),
    ("wrong field", [HEAD, b'{"type":"sent"}\n'], 2),
    ("no beginning", LINES[1:], 1),
    ("a list first", [b"[]\n"], 1),
    ("a version that is text", [b'{"type":"recording","version":"1"}\n'], 1),
    ("more than can be counted", [HEAD, *[line_of(ReadCame(0, (1 << 62) - 1))] * 2], 3),
    ("a read after the end", [*LINES, LINES[2]], 7),
]


@pytest.mark.parametrize(("lines", "number"), [case[1:] for case in BAD], ids=[case[0] for case in BAD])
def test_the_first_bad_line_is_named(lines: list[bytes], number: int) -> None:
    with pytest.raises(ValueError, match=rf"^its line {number} is not what a recorder writes there$"):
        list(parse_facts(lines))


def test_a_line_without_end_is_not_read_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(meta_module, "MAX_LINE_BYTES", 1 << 20)
    with pytest.raises(ValueError, match=r"^its line 2 is longer than 1 MiB$"):
        list(parse_facts([HEAD, b" " * (1 << 20)]))
