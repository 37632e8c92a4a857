"""`config`, and what a configuration makes of `check` and of the app: a flag wins, a broken file stops nothing."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from inspector.cli import main
from inspector.cli.configured import for_app
from inspector.cli.known import ALL
from inspector.config.files import VARIABLE
from inspector.config.fitting import fit
from inspector.config.settings import BY_NAME
from tests.dialects.reading import chunk, sse, text

COMMENT_AND_NO_DONE = b": ping\n\n" + sse(text("Hi"), chunk(finish="stop"))  # TS103, a note, and TS107, a warning


@pytest.fixture
def user(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The user's file, empty, and a recording in the working directory."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv(VARIABLE, "user.toml")
    monkeypatch.delenv("TEXTUAL_THEME", raising=False)
    (tmp_path / "a.sse").write_bytes(COMMENT_AND_NO_DONE)
    path = tmp_path / "user.toml"
    path.touch()
    return path


def code(*arguments: str) -> int:
    with pytest.raises(SystemExit) as left:
        main(arguments)
    assert isinstance(left.value.code, int)
    return left.value.code


def found(capfd: pytest.CaptureFixture[str]) -> list[str]:
    said: dict[str, Any] = json.loads(capfd.readouterr().out)
    return [finding["code"] for finding in said["files"][0]["findings"] if finding["code"] in ("TS103", "TS107")]


CHECKS = [
    ("", (), ["TS103", "TS107"], 0),
    ("ignore = ['TS103']", (), ["TS107"], 0),
    ("ignore = ['missing-done']", (), ["TS103"], 0),
    ("select = ['TS103']", (), ["TS103"], 0),
    ("fail_on = 'warn'", (), ["TS103", "TS107"], 1),
    ("fail_on = 'warn'", ("--fail-on", "never"), ["TS103", "TS107"], 0),
    ("ignore = ['TS103']", ("--ignore", "TS107"), ["TS103"], 0),
    ("ignore = ['TS103']", ("--select", "TS103"), ["TS103"], 0),
    ("select = ['TS107']", ("--select", "TS103"), ["TS103"], 0),
    ("select = ['TS107']", ("--ignore", "TS107"), [], 0),
    ("ignore = ['TX9', 'TS107']", (), ["TS103"], 0),
    ("fail_on = 3", (), ["TS103", "TS107"], 0),
]


@pytest.mark.parametrize(("findings", "flags", "codes", "exit_code"), CHECKS, ids=[f"{a} {b}" for a, b, *_ in CHECKS])
def test_check_looks_with_the_rules_of_the_configuration_unless_a_flag_says_others(
    user: Path,
    capfd: pytest.CaptureFixture[str],
    findings: str,
    flags: tuple[str, ...],
    codes: list[str],
    exit_code: int,
) -> None:
    user.write_text(f"[findings]\n{findings}\n", encoding="utf-8")
    assert code("check", "a.sse", "--format", "json", *flags) == exit_code
    assert found(capfd) == codes


def test_check_says_what_is_wrong_with_a_configuration_and_goes_on(
    user: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    user.write_text("[findings]\nignore = ['TX9\x1b']\n".replace("\x1b", "\\u001b"), encoding="utf-8")
    assert code("check", "a.sse") == 0
    told = capfd.readouterr().err
    assert told.startswith("stage-inspector: user.toml: findings.ignore: there is no rule 'TX9")
    assert "\x1b" not in told


ASCII_ONLY: dict[str, Any] = {"ascii_only": True}
NOTICE = "user.toml: app.ascii: true or false is expected, and not 1."
APPS: dict[str, tuple[str, bool | None, dict[str, Any]]] = {
    "nothing": ("", None, {}),
    "ascii": ("app.ascii = true", None, ASCII_ONLY),
    "a flag wins": ("app.ascii = true", False, {}),
    "theme": ("app.theme = 'high-contrast'", True, ASCII_ONLY | {"theme": "high-contrast"}),
    "keys": ("app.keys.'go.to' = 'n, ], +'", None, {"keymap": {"go.to": "n,right_square_bracket,plus"}}),
    "keys of panes": ("app.keys.'pane.up' = 'k'", None, {"keymap": {"pane.up": "k"}}),
    "a notice": ("app.ascii = 1", None, {"notices": (NOTICE,)}),
}


@pytest.mark.parametrize(("text", "flag", "options"), APPS.values(), ids=APPS)
def test_the_app_is_run_with_what_the_configuration_says(
    user: Path, text: str, flag: bool | None, options: dict[str, Any]
) -> None:
    user.write_text(text, encoding="utf-8")
    assert for_app(ascii_only=flag) == {"ascii_only": False} | options


def test_the_app_looks_with_the_rules_of_the_configuration(user: Path) -> None:
    user.write_text("findings.ignore = ['TS103']", encoding="utf-8")
    assert set(for_app(ascii_only=None)) == {"ascii_only", "watch"}


@pytest.mark.parametrize(
    "keys", ["foo", "ctrl+", "", "n,", "ctr+n", "plus_sign", "ctrl+zz"], ids=lambda keys: keys or "no key at all"
)
def test_what_is_no_key_is_told(keys: str) -> None:
    (sentence,) = fit({"app": {"keys": {"step.forward": keys}}}, "f", ALL)[1]
    assert "there is no key" in sentence


@pytest.mark.parametrize("keys", ["n", "ctrl+n", "f2", "comma", "n,N", "]", "+", "right_square_bracket", "shift+tab"])
def test_a_key_is_a_character_or_what_textual_calls_it(keys: str) -> None:
    assert fit({"app": {"keys": {"step.forward": keys}}}, "f", ALL)[1] == []


def test_the_default_theme_is_textuals() -> None:
    from textual.constants import DEFAULT_THEME

    assert BY_NAME["app.theme"].default == DEFAULT_THEME


def test_config_path_lists_what_is_looked_at(user: Path, capfd: pytest.CaptureFixture[str]) -> None:
    (user.parent / "stage-inspector.toml").touch()
    assert code("config", "path") == 0
    assert capfd.readouterr().out.splitlines() == [
        f"not there    {user.parent / '.stage-inspector.toml'}",
        f"used         {user.parent / 'stage-inspector.toml'}",
        f"used         {user}",
    ]


def test_config_show_says_where_each_setting_comes_from(user: Path, capfd: pytest.CaptureFixture[str]) -> None:
    user.write_text("findings.ignore = ['TS103']\napp.keys.'step.forward' = 'n'", encoding="utf-8")
    assert code("config", "show") == 0
    lines = capfd.readouterr().out.splitlines()
    assert lines[:2] == ['findings.ignore = ["TS103"]  # user.toml', "findings.select = []  # default"]
    assert 'app.keys."step.forward" = "n"  # user.toml' in lines
    assert 'app.keys."step.back" = "h,left,comma"  # default' in lines
    assert code("config", "show", "--json") == 0
    first = capfd.readouterr().out.splitlines()[0]
    assert json.loads(first) == {"name": "findings.ignore", "value": ["TS103"], "from": "user.toml"}


def test_rules_that_are_off_are_listed_and_explained_as_such(user: Path, capfd: pytest.CaptureFixture[str]) -> None:
    user.write_text("findings.ignore = ['TS103']", encoding="utf-8")
    code("rules")
    marked = [
        line.split()[0] for line in capfd.readouterr().out.splitlines() if line.endswith(" (off by your settings)")
    ]
    code("rules", "--json")
    told = [row["code"] for row in map(json.loads, capfd.readouterr().out.splitlines()) if row["off"]]
    assert marked == told == ["TS103"]
    for rule, is_off in (("TS103", True), ("TS107", False)):
        code("rules", "explain", rule)
        assert ("Your settings leave it out" in capfd.readouterr().out) is is_off


def test_what_config_show_prints_is_a_configuration(user: Path, capfd: pytest.CaptureFixture[str]) -> None:
    code("config", "show")
    user.write_text(capfd.readouterr().out, encoding="utf-8")
    assert code("config", "validate") == 0


@pytest.mark.parametrize(
    ("text", "arguments", "exit_code", "out", "err"),
    [
        ("", (), 0, "Nothing is wrong with user.toml.\n", ""),
        ("app.ascii = true", ("user.toml",), 0, "Nothing is wrong with user.toml.\n", ""),
        ("x = 1", (), 2, "", "user.toml: there is no setting x; `stage-inspector config show` lists them."),
        (
            "app.ascii = true\napp.ascii = true\n",
            (),
            2,
            "",
            "user.toml is no TOML: a key comes a second time (at line 2, column 17); nothing of it is used.",
        ),
        ("x = ", (), 2, "", "user.toml is no TOML: Invalid value (at end of document); nothing of it is used."),
        ("", ("no.toml",), 2, "", "no.toml cannot be read: No such file or directory; nothing of it is used."),
    ],
    ids=["empty", "a file", "unknown", "twice", "no TOML", "missing"],
)
def test_config_validate_leaves_with_2_where_something_is_wrong(
    user: Path,
    capfd: pytest.CaptureFixture[str],
    text: str,
    arguments: tuple[str, ...],
    exit_code: int,
    out: str,
    err: str,
) -> None:
    user.write_text(text, encoding="utf-8")
    assert code("config", "validate", *arguments) == exit_code
    assert capfd.readouterr() == (out, f"stage-inspector: {err}\n" if err else "")
