"""`check` and `rules`: shapes, exit codes, which files and which rules (CLI.md)."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from inspector.cli.main import cli, main
from inspector.cli.several import check_each
from inspector.errors import InspectorError
from inspector.findings.registry import RULES
from inspector.report.checked import Asked, Checked
from tests.dialects.reading import calls, chunk, fragment, sse, text

GOOD = sse(text("Hi"), chunk(finish="stop"), "[DONE]")
NO_DONE = sse(text("Hi"), chunk(finish="stop"))  # a warning
CUT = sse(text("Hi"))  # an error
COMMENT = b": ping\n\n" + GOOD  # a note
NO_INDEX = sse(calls(*[fragment(None, "a", "f", "{}")]), chunk(finish="tool_calls"), "[DONE]")


def check(*arguments: Path | str) -> Result:
    """With the rules that the streams above are made for, unless others are named: new ones are tested elsewhere."""
    if not {"--select", "--ignore"} & set(arguments):
        arguments = (*arguments, "--select", "TS,TC001")
    return CliRunner().invoke(cli, ["check", *map(str, arguments)], standalone_mode=False)


def write(folder: Path, **files: bytes) -> Path:
    for name, data in files.items():
        (folder / f"{name}.sse").write_bytes(data)
    return folder


def test_the_json_is_one_object_with_each_file_and_a_summary(tmp_path: Path) -> None:
    result = check(write(tmp_path, cut=CUT) / "cut.sse", "--format", "json")
    assert result.stdout_bytes.isascii()
    (line,) = result.stdout.splitlines()
    said: dict[str, Any] = json.loads(line)
    (file,) = said["files"]
    (finding,) = file.pop("findings")
    path = str(tmp_path / "cut.sse")
    assert file == {
        "file": path,
        "dialect": "openai-chat",
        "framing": "sse",
        "frames": 1,
        "events": 4,
        "stages": 1,
        "unlisted": {},
    }
    assert said["summary"] == {"error": 1, "warn": 0, "info": 0}
    assert finding.pop("advice").startswith("Do not run a call of this answer.")
    assert finding == {
        "code": "TS108",
        "name": "stream-cut",
        "severity": "error",
        "stage": "s1",
        "choice": None,
        "frame": 0,
        "start": 6,
        "end": len(CUT) - 2,
        "message": "the stream ends here without a finish reason or [DONE]",
        "count": 1,
    }


def test_json_lines_are_a_finding_each(tmp_path: Path) -> None:
    write(tmp_path, cut=CUT, good=GOOD, comment=COMMENT)
    lines = [json.loads(line) for line in check(tmp_path, "--format", "jsonl").stdout.splitlines()]
    assert [(Path(line["file"]).name, line["code"]) for line in lines] == [
        ("comment.sse", "TS103"),
        ("cut.sse", "TS108"),
    ]


def test_the_text_groups_what_one_rule_found_and_says_its_advice_once(tmp_path: Path) -> None:
    write(tmp_path, bad=NO_INDEX.replace(b"data: [DONE]\n\n", b""), good=GOOD)
    said = check(tmp_path).stdout.replace(str(tmp_path), "FOLDER")
    assert said == (
        "FOLDER/bad.sse  (openai-chat, sse, 2 frames, 1 stage)\n"
        "  error TC001 missing-index\n"
        "      frame 0, bytes 92-149: a fragment of call 0 (f) has no index; held to belong to it by its id\n"
        "      → Join the fragments by `id`; where there is none either, by their place, as long as only one\n"
        "        call is open.\n"
        "  warn  TS107 missing-done\n"
        "      frame 1, bytes 162-268: the stream ends after its finish reason without [DONE]\n"
        "      → Take the finish reason as the end. Tell the server's authors.\n"
        "\n"
        "2 files: 1 error, 1 warning; none in 1 of them\n"
        "3 rules said nothing: a recording by `chat` or `attach` would let them speak\n"
    )


def test_nothing_found_is_said(tmp_path: Path) -> None:
    assert check(write(tmp_path, good=GOOD), "--select", "TC001").stdout == "1 file: nothing found\n"


FAIL_ON = [
    (CUT, "error", 1),
    (CUT, "info", 1),
    (CUT, "never", 0),
    (NO_DONE, "error", 0),
    (NO_DONE, "warn", 1),
    (COMMENT, "warn", 0),
    (COMMENT, "info", 1),
    (GOOD, "info", 0),
]


@pytest.mark.parametrize(("stream", "fail_on", "code"), FAIL_ON)
def test_the_exit_code_says_whether_something_so_bad_was_found(
    tmp_path: Path, stream: bytes, fail_on: str, code: int
) -> None:
    path = write(tmp_path, a=stream) / "a.sse"
    assert check(path, "--fail-on", fail_on).return_value == code
    if fail_on == "error":
        assert check(path).return_value == code


CHOSEN: list[tuple[list[str], set[str]]] = [
    ([], {"TC001", "TS107", "TS103"}),
    (["--select", "TC"], {"TC001"}),
    (["--select", "ts1"], {"TS107", "TS103"}),
    (["--select", "missing-index,TS107"], {"TC001", "TS107"}),
    (["--select", "TS", "--ignore", "missing-done"], {"TS103"}),
    (["--ignore", "TS103", "--ignore", "TC001"], {"TS107"}),
]


@pytest.mark.parametrize(("options", "codes"), CHOSEN, ids=lambda each: " ".join(sorted(each)) or "all")
def test_rules_are_chosen_by_code_by_block_and_by_name(tmp_path: Path, options: list[str], codes: set[str]) -> None:
    write(tmp_path, a=b": ping\n\n" + NO_INDEX.replace(b"data: [DONE]\n\n", b""))
    lines = check(tmp_path, "--format", "jsonl", *options).stdout.splitlines()
    assert {json.loads(line)["code"] for line in lines} & {"TC001", "TS107", "TS103"} == codes


def test_a_directory_is_its_recordings_without_sidecars_and_what_is_hidden(tmp_path: Path) -> None:
    write(tmp_path, b=CUT, a=CUT)
    (tmp_path / "below").mkdir()
    (tmp_path / "below" / "c.ndjson").write_bytes(b"")
    for name in ("a.meta.jsonl", "a.times.jsonl", "notes.txt", ".hidden.sse"):
        (tmp_path / name).write_bytes(b"")
    said = json.loads(check(tmp_path, "--format", "json").stdout)
    names = [str(Path(each["file"]).relative_to(tmp_path)) for each in said["files"]]
    assert names == ["a.sse", "b.sse", "below/c.ndjson"]


def test_a_pattern_is_the_files_that_fit_it(tmp_path: Path) -> None:
    write(tmp_path, ab=CUT, ac=CUT, b=CUT)
    said = json.loads(check(tmp_path / "a*.sse", tmp_path / "ab.sse", "--format", "json").stdout)
    assert [Path(each["file"]).name for each in said["files"]] == ["ab.sse", "ac.sse"]


def test_what_cannot_be_opened_is_said_and_the_others_are_done(tmp_path: Path) -> None:
    result = check(tmp_path / "none.sse", write(tmp_path, a=CUT) / "a.sse", tmp_path / "x*", "--format", "json")
    assert result.return_value == 2
    assert len(json.loads(result.stdout)["files"]) == 1
    assert "none.sse" in result.stderr
    assert "No file is named like" in result.stderr


@pytest.mark.parametrize("option", [["--select", "XX"], ["--ignore", "no-such"], ["--tools", "no-such.json"]])
def test_bad_usage_is_said_before_anything_is_done(tmp_path: Path, option: list[str]) -> None:
    path = write(tmp_path, a=CUT) / "a.sse"
    with pytest.raises(SystemExit) as left:
        main(["check", str(path), *option])
    assert left.value.code == 2


def test_hostile_names_and_messages_are_cleaned(tmp_path: Path) -> None:
    (tmp_path / "a\x1b[2J.sse").write_bytes(sse({"error": {"message": "\x1b]52;c;x\x07 [/red] \u202e"}}))
    said = check(tmp_path).stdout
    assert "\x1b" not in said
    assert "\u202e" not in said
    assert "[/red]" in said


def test_many_files_give_the_same_in_processes_as_in_one(tmp_path: Path) -> None:
    files = [str(write(tmp_path, **{f"f{i}": CUT if i % 2 else GOOD}) / f"f{i}.sse") for i in range(10)]
    asked = Asked(tuple(rule.code for rule in RULES))
    missing = str(tmp_path / "none.sse")
    together = list(check_each([*files, missing], asked))
    alone = [next(check_each([file], asked)) for file in files]
    assert together[:-1] == alone
    assert isinstance(alone[0], Checked)
    assert isinstance(together[-1], InspectorError)


def test_the_rules_are_listed_with_what_they_need() -> None:
    said = CliRunner().invoke(cli, ["rules"]).stdout.splitlines()
    assert len(said) == len(RULES)
    assert said[0].startswith("TS101  info   data-no-space ")
    assert next(line for line in said if "TS106" in line).endswith("(needs the times of the reads)")
    lines = [json.loads(line) for line in CliRunner().invoke(cli, ["rules", "--json"]).stdout.splitlines()]
    assert set(lines[0]) == {"code", "name", "severity", "needs", "what", "why", "advice", "off"}


@pytest.mark.parametrize("code", ["TS108", "ts108", "stream-cut"])
def test_a_rule_is_explained_by_code_or_name(code: str) -> None:
    said = CliRunner().invoke(cli, ["rules", "explain", code]).stdout
    assert said.startswith("TS108 stream-cut (error)\n\nThe stream stopped")
    assert len(said.split("\n\n")) == 4


def test_the_beginning_of_several_codes_lists_these_rules() -> None:
    every, some = (
        CliRunner().invoke(cli, command).stdout.splitlines() for command in (["rules"], ["rules", "explain", "tc00"])
    )
    assert some == [row for row in every if row.startswith("TC00")]
    assert len(some) > 1


def test_an_unknown_rule_is_bad_usage(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        main(["rules", "explain", "TS999"])
    assert left.value.code == 2
    assert "There is no rule 'TS999'" in capsys.readouterr().err


def test_no_other_command_pays_for_the_rules() -> None:
    script = (
        "import sys\nfrom inspector.cli.main import cli\n"
        "assert all(cli.get_command(None, name) for name in cli.list_commands(None))\n"
        "print([name for name in sys.modules if 'inspector.findings' in name])"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
