"""Which files are read, which of their settings hold, and what is said of everything else (RELIABILITY I14)."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from inspector.config.config import DEFAULT, Config, load
from inspector.config.files import MOST_BYTES, VARIABLE, Place, in_use, places
from inspector.config.fitting import MOST_SENTENCES, Known, fit
from inspector.config.settings import Names

GOOD: dict[Names, set[str]] = {
    "rule": {"TS103", "TC"},
    "theme": {"nord"},
    "command": {"step.forward"},
    "keys": {"n", "n,ctrl+n"},
}
KNOWN: Known = {
    kind: lambda name, names=names: None if name in names else f"there is no {name}."  # type: ignore[misc]
    for kind, names in GOOD.items()
}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working directory, and a user's file beside it, both without anything in them."""
    working = tmp_path / "project"
    working.mkdir()
    monkeypatch.chdir(working)
    monkeypatch.setenv(VARIABLE, str(tmp_path / "user.toml"))
    monkeypatch.delenv("TEXTUAL_THEME", raising=False)
    (tmp_path / "user.toml").touch()
    return tmp_path


def loaded(folder: Path, *, user: str = "", project: str = "") -> Config:
    (folder / "user.toml").write_text(user, encoding="utf-8")
    if project:
        (folder / "project" / ".stage-inspector.toml").write_text(project, encoding="utf-8")
    return load(KNOWN)


WRONG = [
    ("[findings]\nignore = ['TS103', 'TX9']", "findings.ignore: there is no TX9."),
    (
        "[findings]\nfail_on = 'warning'",
        "findings.fail_on: one of error, warn, info, never is expected, and not 'warning'.",
    ),
    ("[findings]\nfail_on = 3", "findings.fail_on: one of error, warn, info, never is expected, and not 3."),
    ("[findings]\nignore = 'TS103'", "findings.ignore: a list of texts is expected, and not 'TS103'."),
    ("[findings]\nselect = [1]", "findings.select: a list of texts is expected, and not this list."),
    ("[findings.fail_on]\na = 1", "findings.fail_on: one of error, warn, info, never is expected, and not a table."),
    ("[app]\nascii = 'yes'", "app.ascii: true or false is expected, and not 'yes'."),
    ("[app]\nascii = 1", "app.ascii: true or false is expected, and not 1."),
    ("[app]\ntheme = true", "app.theme: a text is expected, and not true."),
    ("[app]\ntheme = 'neon'", "app.theme: there is no neon."),
    ("[app]\nkeys = 'n'", "there is no setting app.keys; `stage-inspector config show` lists them."),
    ("[app.keys]\n'step.away' = 'n'", "app.keys: there is no step.away."),
    ("[app.keys]\n'step.forward' = 'ctrl+zz'", "app.keys.step.forward: there is no ctrl+zz."),
    ("[app.keys]\nstep.forward = 1", "app.keys.step.forward: a text is expected, and not 1."),
    ("[app.keys]\na.b.c.d.e = 'n'", "app.keys: there is no a.b."),
    ("[finding]\nignore = []", "there is no setting finding; `stage-inspector config show` lists them."),
    ("[findings]\nignored = []", "there is no setting findings.ignored; `stage-inspector config show` lists them."),
    ("findings = 3", "there is no setting findings; `stage-inspector config show` lists them."),
]


@pytest.mark.parametrize(("text", "sentence"), WRONG, ids=[text.replace("\n", " ") for text, _ in WRONG])
def test_what_is_no_setting_is_told_with_its_file_and_key_and_not_used(folder: Path, text: str, sentence: str) -> None:
    config = loaded(folder, user=text)
    assert config.troubles == (f"{folder / 'user.toml'}: {sentence}",)
    assert config.texts("findings.ignore") == (("TS103",) if "TX9" in text else ())  # the good ones of a list hold
    assert {name: said for name, said in config.said.items() if name != "findings.ignore"} == {}


BROKEN = [
    (b"[findings\n", "is no TOML: Expected ']' at the end of a table declaration (at line 1, column 10); "),
    (b"a = 1\na = 2\n", "is no TOML: a key comes a second time (at line 2, column 6); "),
    (b"\xff\xfe", "is not UTF-8; "),
    (b"a = " + b"[" * 20_000, "is no TOML: it nests too deep; "),
    (b"#" * (MOST_BYTES + 1), "cannot be read: it is larger than 32 KiB; "),
]


@pytest.mark.parametrize(("data", "why"), BROKEN, ids=["open", "twice", "encoding", "deep", "huge"])
def test_of_a_file_that_is_no_toml_nothing_is_used(folder: Path, data: bytes, why: str) -> None:
    (folder / "user.toml").write_bytes(data)
    config = load(KNOWN)
    assert config.troubles == (f"{folder / 'user.toml'} {why}nothing of it is used.",)
    assert config.said == {}


def test_dotted_keys_of_any_depth_are_one_sentence(folder: Path) -> None:
    (sentence,) = loaded(folder, user="app.keys." + "a." * 2_000 + "a = 1").troubles
    assert sentence.endswith("app.keys: there is no a.a.")


def test_a_file_that_the_variable_names_is_to_be_there(folder: Path) -> None:
    (folder / "user.toml").unlink()
    (trouble,) = load(KNOWN).troubles
    assert trouble.endswith("user.toml cannot be read: No such file or directory; nothing of it is used.")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no named pipes here")
def test_a_pipe_is_not_waited_for(folder: Path) -> None:
    (folder / "user.toml").unlink()
    os.mkfifo(folder / "user.toml")
    (trouble,) = load(KNOWN).troubles
    assert "it is no file" in trouble


def test_the_project_goes_before_the_user_setting_by_setting(folder: Path) -> None:
    user = "[findings]\nignore = ['TC']\nfail_on = 'warn'\n[app.keys]\n'step.forward' = 'n'"
    config = loaded(folder, user=user, project="[findings]\nignore = ['TS103']\n[app]\nascii = true")
    project, users = ".stage-inspector.toml", str(folder / "user.toml")
    assert {name: tuple(config[name]) for name in config} == {
        "findings.ignore": (("TS103",), project),
        "findings.select": ((), DEFAULT),
        "findings.fail_on": ("warn", users),
        "app.theme": ("textual-dark", DEFAULT),
        "app.ascii": (True, project),
        "app.keys.step.forward": ("n", users),
    }
    assert config.keys == {"step.forward": "n"}
    assert config.troubles == ()


@pytest.mark.parametrize(("theme", "held"), [("nord", "nord"), ("neon", "textual-dark")])
def test_the_environment_goes_before_both(folder: Path, monkeypatch: pytest.MonkeyPatch, theme: str, held: str) -> None:
    monkeypatch.setenv("TEXTUAL_THEME", theme)
    config = loaded(folder)
    assert config.text("app.theme") == held
    assert config.troubles == (() if theme == held else ("TEXTUAL_THEME: app.theme: there is no neon.",))


def test_a_key_may_be_written_without_quotes(folder: Path) -> None:
    assert loaded(folder, user="app.keys.step.forward = 'n,ctrl+n'").keys == {"step.forward": "n,ctrl+n"}


def test_of_two_project_files_one_is_used(folder: Path) -> None:
    for name in (".stage-inspector.toml", "stage-inspector.toml"):
        (folder / "project" / name).touch()
    assert [place.path for place in in_use(places())] == [".stage-inspector.toml", str(folder / "user.toml")]


def test_without_the_variable_it_is_the_users_config_directory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(VARIABLE, raising=False)
    monkeypatch.setattr("platformdirs.user_config_dir", lambda name, appauthor: f"nowhere/{name}")
    assert places()[-1] == Place("user", os.path.join("nowhere/stage-inspector", "config.toml"), False)


def test_names_that_nobody_knows_here_are_not_looked_at() -> None:
    assert fit({"app": {"theme": "neon"}}, "f", {}) == ({"app.theme": "neon"}, [])


def test_a_file_has_so_many_sentences_at_most() -> None:
    _, sentences = fit({f"a{n}": 1 for n in range(1000)}, "f", {})
    assert len(sentences) == MOST_SENTENCES + 1
    assert sentences[-1] == "f: 980 more are wrong."


def test_without_a_file_no_parser_is_loaded(tmp_path: Path) -> None:
    script = "import sys; from inspector.config.config import load; load({}); print('tomllib' in sys.modules)"
    own = os.environ | {"HOME": str(tmp_path), "XDG_CONFIG_HOME": str(tmp_path), "APPDATA": str(tmp_path)}
    own.pop(VARIABLE, None)
    own["PYTHONPATH"] = str(Path(__file__).parents[2])
    done = subprocess.run([sys.executable, "-c", script], cwd=tmp_path, env=own, capture_output=True, check=True)
    assert done.stdout.split() == [b"False"]
