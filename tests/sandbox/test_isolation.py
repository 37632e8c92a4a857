"""Nothing but the file named is imported, nothing of a transcript is run, and no secret is handed on (E1, E3, E7)."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from inspector.sandbox.environment import MARK, environment_of
from inspector.sandbox.limits import RUNNING
from inspector.sandbox.loading import load_tools
from inspector.sandbox.process import Job, run_host
from tests.sandbox.files import run_f, write

PLANTS = ("json.py", "tools.py", "inspector.py", "pydantic.py", "sitecustomize.py", "usercustomize.py", "typing.py")
SECRETS = (
    "OPENAI_API_KEY",
    "OPENAI_BASE_URL",
    "openai_org",
    "AWS_SECRET_ACCESS_KEY",
    "GITHUB_TOKEN",
    "My_Password",
    "PGPASSWORD",
    "SSH_AUTH_SOCK",
    "GOOGLE_APPLICATION_CREDENTIALS",
    "SESSION_COOKIE",
)


@pytest.fixture
def planted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The current folder, that of the tools file, and PYTHONPATH all hold modules that must not be imported."""
    for name in PLANTS:
        write(tmp_path, f"open({str(tmp_path / 'ran')!r}, 'w').write('x')\n", name)
    (tmp_path / "__pycache__").mkdir()
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    monkeypatch.setenv("PYTHONSTARTUP", str(tmp_path / "tools.py"))
    return tmp_path


def test_only_the_file_named_is_imported(planted: Path) -> None:
    source = """
        import json, sys, typing
        from inspector.tools import tool

        @tool
        def f():
            import pydantic
            return [json.__file__, typing.__file__, pydantic.__file__, *sys.path, *sys.argv[1:]]
        """
    path = write(planted, source, "mine.py")
    assert [spec.name for spec in load_tools("mine.py").specs] == ["f"]
    ended = run_host(Job("call", path, "f", "{}"), RUNNING)
    where = json.loads(json.loads(ended.answer)["answer"])
    assert not [each for each in where if Path(each).is_relative_to(planted) or not each]
    assert not (planted / "ran").exists()
    assert list((planted / "__pycache__").iterdir()) == []


def test_a_file_named_as_the_standard_library_is_shadows_nothing(tmp_path: Path) -> None:
    path = write(tmp_path, "import json\ndef f(a: int): return json.dumps([a])", "json.py")
    assert [spec.name for spec in load_tools(path).specs] == ["f"]


def test_a_file_beside_it_is_not_found(tmp_path: Path) -> None:
    write(tmp_path, "x = 3", "beside.py")
    outcome = run_f(tmp_path, "import beside\ndef f(): ...")
    assert outcome.failure is not None
    assert "it needs beside, which is not installed here (files beside it are not searched)" in outcome.failure


def test_cached_bytecode_is_not_believed(tmp_path: Path) -> None:
    evil = write(tmp_path, f"open({str(tmp_path / 'ran')!r}, 'w')\ndef f(): return 'evil'", "evil.py")
    code = (
        f"import py_compile; py_compile.compile({evil!r}, {str(tmp_path)!r} + '/__pycache__/tools.cpython-{{}}{{}}.pyc'"
    )
    code += ".format(*__import__('sys').version_info), invalidation_mode=py_compile.PycInvalidationMode.UNCHECKED_HASH)"
    subprocess.run([sys.executable, "-c", code], check=True)
    assert run_f(tmp_path, "def f(): return 'good'").content == "good"
    assert not (tmp_path / "ran").exists()


def test_opening_a_transcript_runs_and_imports_nothing_of_it(planted: Path) -> None:
    call = {"index": 0, "id": "c", "function": {"name": "tools", "arguments": json.dumps({"path": "tools.py"})}}
    chunk = {"id": "a", "choices": [{"index": 0, "delta": {"tool_calls": [call]}, "finish_reason": "tool_calls"}]}
    (planted / "tools.sse").write_text(f"data: {json.dumps(chunk)}\n\ndata: [DONE]\n\n")
    script = """
import sys
heard = []
sys.addaudithook(lambda name, args: heard.append(name + ' ' + repr(args)))
from inspector.cli import main
try:
    main(['export', 'tools.sse', '--to', 'state'])
finally:
    started = [each for each in heard if each.split()[0] in
               ('subprocess.Popen', 'os.system', 'os.exec', 'os.fork', 'os.posix_spawn', 'os.spawn')]
    print(*started, file=sys.stderr)
"""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    done = subprocess.run([sys.executable, "-P", "-c", script], capture_output=True, text=True, env=environment)
    assert '"name": "tools"' in done.stdout.replace('":"', '": "')
    assert done.stderr.strip() == ""
    assert not (planted / "ran").exists()


def test_no_secret_is_in_the_environment_of_a_tool(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in SECRETS:
        monkeypatch.setenv(name, "canary-4711")
    monkeypatch.setenv("PLAIN", "kept")
    source = """
        import os, subprocess
        def f():
            inside = subprocess.run(['env'], capture_output=True, text=True).stdout
            return [inside, open('/proc/self/environ').read(), str(os.environ), os.getcwd(), os.listdir()]
        """
    content = run_f(tmp_path, source).content
    assert "canary-4711" not in content
    inside, _, _, folder, listed = json.loads(content)
    assert "PLAIN=kept\n" in inside
    assert f"{MARK}={folder}\n" in inside
    assert listed == []
    assert not os.path.exists(folder)


def test_names_of_secrets_are_known_in_any_case() -> None:
    own = dict.fromkeys(SECRETS, "x") | {"PATH": "p", "HOME": "h"}
    assert environment_of(own, "/run") == {"PATH": "p", "HOME": "h", "TMPDIR": "/run", MARK: "/run"}
