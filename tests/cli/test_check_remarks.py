"""What `check` says below its findings: files that are not read, rules that were silent or off, what is not listed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from inspector.cli import main
from inspector.config.files import VARIABLE
from inspector.findings.registry import RULES
from tests.cli.test_check import COMMENT, CUT, GOOD, check, write
from tests.dialects.reading import chunk, sse, text

UNREAD = sse({"type": "response.created"})
BARE = sse(text('{"name": "f", "arguments": {}}'), chunk(finish="stop"), "[DONE]")
TIMES = json.dumps({"t_s": 0.0, "bytes": len(GOOD)}) + "\n"
NEEDY = "TS106,TS124,TC024,TL081,TL082,TL086"


def remarks(*arguments: Path | str) -> list[str]:
    """Without the sum."""
    said = check(*arguments).stdout.splitlines()
    return said[1 + next(number for number, row in enumerate(said) if " file" in row.partition(":")[0]) :]


FILES: dict[str, tuple[dict[str, bytes], list[str]]] = {
    "read": ({"a": GOOD}, []),
    "not read": ({"a": UNREAD}, ["1 file is in no known dialect: only its framing was looked at"]),
    "all not read": (
        {"a": UNREAD, "b": UNREAD},
        ["2 files are in no known dialect: only their framing was looked at"],
    ),
    "one of two": ({"a": GOOD, "b": UNREAD}, ["1 file is in no known dialect: only its framing was looked at (b.sse)"]),
    "the body of an error": ({"a": b'{"error": {"message": "no"}}'}, []),
    "nothing": ({"a": b""}, []),
}


@pytest.mark.parametrize(("files", "said"), FILES.values(), ids=FILES)
def test_files_in_no_known_dialect_are_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, files: dict[str, bytes], said: list[str]
) -> None:
    monkeypatch.chdir(write(tmp_path, **files))
    assert remarks(*(f"{name}.sse" for name in files), "--select", "TC001,TS11") == said


def test_many_files_are_counted(tmp_path: Path) -> None:
    files = {"good": GOOD} | {f"f{number}": UNREAD for number in range(7)}
    said = " ".join(remarks(write(tmp_path, **files), "--select", "TC001"))
    assert said.startswith("7 files are in no known dialect")
    assert said.endswith(" and 2 more)")


SILENT = {
    "one rule": (["--select", "TC024"], "1 rule said nothing: --tools would let it speak"),
    "two of a kind": (["--select", "TC024,TL082"], "2 rules said nothing: --tools would let them speak"),
    "several kinds": (
        ["--select", NEEDY],
        "6 rules said nothing: --tools would let 3 of them speak, --replay 1, a recording by `chat` or `attach` 2",
    ),
    "with tools": (
        ["--select", NEEDY, "--tools", "request.json"],
        "3 rules said nothing: --replay would let 1 of them speak, a recording by `chat` or `attach` 2",
    ),
}


@pytest.mark.parametrize(("options", "said"), SILENT.values(), ids=SILENT)
def test_rules_that_lacked_something_are_counted_with_what_gives_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, options: list[str], said: str
) -> None:
    monkeypatch.chdir(write(tmp_path, a=GOOD))
    Path("request.json").write_text('{"tools": [{"function": {"name": "f"}}]}')
    assert remarks("a.sse", *options, "--width", "200")[-1] == said


def test_rules_that_lacked_something_in_some_files_only_are_told_as_such(tmp_path: Path) -> None:
    write(tmp_path, a=GOOD, b=GOOD)
    (tmp_path / "a.times.jsonl").write_text(TIMES)
    assert remarks(tmp_path, "--select", "TS106")[-1].startswith("1 rule said nothing of some files: ")


def test_no_rule_lacks_anything_of_an_error_body(tmp_path: Path) -> None:
    assert remarks(write(tmp_path, a=b'{"error": {"message": "no"}}'), "--select", NEEDY) == []


@pytest.mark.parametrize("tools", ['[{"function": {"name": "f"}}]', '{"tools": [{"function": {"name": "f"}}]}'])
def test_tools_are_a_list_or_the_request_with_it_and_named(tmp_path: Path, tools: str) -> None:
    (tmp_path / "tools.json").write_text(tools)
    path = write(tmp_path, a=BARE) / "a.sse"
    with_tools = check(path, "--select", "TL082", "--tools", tmp_path / "tools.json")
    assert with_tools.return_value == 1
    assert with_tools.stdout.endswith("1 file: 1 error\non offer by --tools: f\n")
    assert check(path, "--select", "TL082").return_value == 0


OFF = [
    ("ignore = ['TS1', 'TL080']", [], 1 + sum(rule.code.startswith("TS1") and bool(rule.on) for rule in RULES)),
    ("ignore = ['TS1']", ["--select", "TC001"], None),
    ("", ["--ignore", "TC001"], None),
    ("fail_on = 'warn'", [], None),
]


@pytest.mark.parametrize(("settings", "options", "count"), OFF)
def test_rules_that_the_settings_leave_out_are_counted(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
    settings: str,
    options: list[str],
    count: int | None,
) -> None:
    monkeypatch.chdir(write(tmp_path, a=GOOD))
    monkeypatch.setenv(VARIABLE, "user.toml")
    Path("user.toml").touch()
    Path("stage-inspector.toml").write_text(f"[findings]\n{settings}\n")
    with pytest.raises(SystemExit):
        main(["check", "a.sse", *options])
    said = capfd.readouterr().out
    assert (" off (" in said) is (count is not None)
    assert count is None or f"\n{count} rules are off (stage-inspector.toml)\n" in said


SHOWN = [("info", 2, None), ("warn", 1, "1 note not listed"), ("error", 1, "1 note not listed")]


@pytest.mark.parametrize(("least", "listed", "said"), SHOWN)
def test_what_is_not_bad_enough_is_counted_and_decides_the_exit_code_all_the_same(
    tmp_path: Path, least: str, listed: int, said: str | None
) -> None:
    path = write(tmp_path, a=b": ping\n\n" + CUT, b=COMMENT) / "a.sse"
    lines = check(path, "--format", "jsonl", "--show", least).stdout.splitlines()
    assert [json.loads(line)["severity"] for line in lines] == ["info", "error"][-listed:]
    assert ("1 note not listed" in remarks(path, "--show", least)) is (said is not None)
    hidden = check(tmp_path / "b.sse", "--show", "error", "--fail-on", "info")
    assert hidden.return_value == 1
    assert hidden.stdout.startswith("1 file: nothing found\n1 note not listed\n")


def test_lines_are_no_longer_than_the_width_that_is_asked_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(write(tmp_path, a=CUT, b=UNREAD))
    for width in (40, 60, 100):
        rows = check("a.sse", "b.sse", "--width", str(width)).stdout.splitlines()
        assert width - 15 < max(map(len, rows[1:])) <= width


@pytest.mark.parametrize("options", [["--width", "20"], ["--width", "80", "--format", "json"], ["--show", "bad"]])
def test_bad_usage(tmp_path: Path, options: list[str]) -> None:
    with pytest.raises(SystemExit) as left:
        main(["check", str(write(tmp_path, a=GOOD) / "a.sse"), *options])
    assert left.value.code == 2
