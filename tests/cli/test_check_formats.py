"""`check` for machines: annotations, JUnit, SARIF, and findings that are known already."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from inspector.cli.main import main
from tests.cli.test_check import COMMENT, CUT, GOOD, NO_DONE, check, write
from tests.dialects.reading import sse

UNREAD = sse({"type": "response.created"})  # in no dialect that is known
HOSTILE = sse({"error": {"message": "50% of\r\n::error:: \x00\x1b[2J ]]> <b> \ud800 ￾"}})


def test_github_annotations_point_at_the_line_of_the_bytes(tmp_path: Path) -> None:
    path = write(tmp_path, a=NO_DONE, b=COMMENT) / "a.sse"
    assert check(path, "--format", "github").stdout == (
        f"::warning file={path},line=3,title=TS107 missing-done::stage s1, frame 1, bytes 104-204: "
        "the stream ends after its finish reason without [DONE]. "
        "Take the finish reason as the end. Tell the server's authors.\n"
    )
    assert check(tmp_path / "b.sse", "--format", "github").stdout.startswith("::notice ")


def test_a_message_cannot_forge_an_annotation(tmp_path: Path) -> None:
    (tmp_path / "a,b:c.sse").write_bytes(HOSTILE)
    (said,) = check(tmp_path, "--format", "github", "--select", "TS109").stdout.splitlines()
    assert "a%2Cb%3Ac.sse,line=1," in said
    assert "50%25 of" in said
    assert "\x1b" not in said


def test_junit_has_a_suite_for_each_file_and_fails_for_all_but_notes(tmp_path: Path) -> None:
    write(tmp_path, cut=CUT, good=GOOD, note=COMMENT, hostile=HOSTILE)
    suites = ElementTree.fromstring(check(tmp_path, "--format", "junit").stdout)
    assert (suites.get("tests"), suites.get("failures")) == ("4", "2")
    told = {
        Path(str(suite.get("name"))).name: [(case.get("name"), [part.tag for part in case]) for case in suite]
        for suite in suites
    }
    (title, parts) = told["cut.sse"][0]
    assert str(title).startswith("TS108 stream-cut, stage s1, frame 0")
    assert parts == ["failure"]
    assert told["good.sse"] == [("no findings", [])]
    assert told["note.sse"][0][1] == ["system-out"]


def test_no_two_tests_of_a_suite_have_one_name(tmp_path: Path) -> None:
    ends = [{"index": number, "delta": {"content": "Hi"}, "finish_reason": "stop"} for number in (0, 1, 1)]
    both = {"object": "chat.completion.chunk", "id": "a", "choices": ends}
    unopened = [{"index": number, "id": str(number), "function": {"name": "f"}} for number in (0, 1)]
    two_calls = {"id": "a", "choices": [{"index": 0, "delta": {"tool_calls": unopened}, "finish_reason": "tool_calls"}]}
    write(tmp_path, choices=sse(both, "[DONE]"), calls=sse(two_calls, "[DONE]"))
    write(tmp_path, bytes=sse(both).replace(b"Hi", b"\xff"))
    suites = ElementTree.fromstring(check(tmp_path, "--format", "junit").stdout)
    for suite in suites:
        names = [case.get("name") for case in suite]
        assert len(set(names)) == len(names)


def test_sarif_has_the_rules_that_found_something_and_a_region_of_bytes(tmp_path: Path) -> None:
    write(tmp_path, cut=CUT)
    (tmp_path / "a b.sse").write_bytes(NO_DONE)
    said: dict[str, Any] = json.loads(check(tmp_path, "--format", "sarif").stdout)
    (run,) = said["runs"]
    assert said["version"] == "2.1.0"
    assert [rule["id"] for rule in run["tool"]["driver"]["rules"]] == ["TS107", "TS108"]
    first, second = run["results"]
    place = first["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"] == f"file://{tmp_path}/a%20b.sse"
    assert place["region"] == {"startLine": 3, "byteOffset": 104, "byteLength": 100}
    assert (first["ruleId"], first["ruleIndex"], first["level"]) == ("TS107", 0, "warning")
    assert (second["ruleId"], second["ruleIndex"], second["level"]) == ("TS108", 1, "error")


@pytest.mark.parametrize("form", ["github", "sarif"])
def test_a_message_with_a_full_stop_has_one(tmp_path: Path, form: str) -> None:
    write(tmp_path, error=sse({"error": {"message": "No model."}}))
    said = check(tmp_path, "--format", form, "--select", "TS109").stdout
    assert "No model. " in said
    assert ".." not in said.replace(str(tmp_path), "")


def test_an_annotation_of_standard_input_names_no_file() -> None:
    command = ["check", "-", "--format", "github", "--select", "TS107"]
    done = subprocess.run([sys.executable, "-m", "inspector", *command], input=NO_DONE, capture_output=True, timeout=30)
    assert done.stdout.startswith(b"::warning title=TS107 missing-done::")


def test_each_form_says_which_dialect_a_file_is_in(tmp_path: Path) -> None:
    write(tmp_path, raw=b": ping\n\n" + UNREAD, unread=UNREAD)
    (first, second) = json.loads(check(tmp_path, "--format", "json").stdout)["files"]
    assert (first["dialect"], second["dialect"]) == ("raw", "raw")
    (line,) = check(tmp_path, "--format", "jsonl").stdout.splitlines()
    assert json.loads(line)["dialect"] == "raw"
    (run,) = json.loads(check(tmp_path, "--format", "sarif").stdout)["runs"]
    assert run["properties"]["inputs"][0] == {"uri": f"file://{tmp_path}/raw.sse", "dialect": "raw", "framing": "sse"}
    suites = ElementTree.fromstring(check(tmp_path, "--format", "junit").stdout)
    assert [each.attrib for each in suites.iter("property")] == [{"name": "dialect", "value": "raw"}] * 2


@pytest.mark.parametrize("form", ["json", "jsonl"])
def test_what_a_baseline_has_is_left_out(tmp_path: Path, form: str) -> None:
    path, known = write(tmp_path, a=CUT) / "a.sse", tmp_path / "known.json"
    assert check(path, "--format", form, "-o", known).return_value == 1
    again = check(path, "--baseline", known)
    assert again.return_value == 0
    assert again.stdout.startswith("1 file: nothing found\n1 known finding left out\n")
    path.write_bytes(CUT + sse({"error": {"message": "no"}}))
    assert check(path, "--baseline", known).return_value == 1
    assert check(write(tmp_path, b=CUT) / "b.sse", "--baseline", known).return_value == 1


@pytest.mark.parametrize("text", ["{", "[1]", '{"files": 3}', '{"a": 1}'])
def test_what_is_no_baseline_is_bad_usage(tmp_path: Path, text: str, capsys: pytest.CaptureFixture[str]) -> None:
    path, known = write(tmp_path, a=CUT) / "a.sse", tmp_path / "known.json"
    known.write_text(text)
    with pytest.raises(SystemExit) as left:
        main(["check", str(path), "--baseline", str(known)])
    assert left.value.code == 2
    assert "is no baseline" in capsys.readouterr().err
