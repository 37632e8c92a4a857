"""The bundled model server starts, says why where it does not, and is never left behind."""

import json
import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any

import pytest

from inspector.demo import server
from inspector.demo.server import TinyServer
from inspector.errors import InspectorError

OURS = (
    "from inspector.demo.server import TinyServer\nwith TinyServer() as url:\n    print(url, flush=True)\n    input()"
)


def get(url: str) -> Any:
    with urllib.request.build_opener(urllib.request.ProxyHandler({})).open(url, timeout=5) as reply:
        return json.load(reply)


def is_gone(url: str, patience_s: float = 3.0) -> bool:
    end_s = time.monotonic() + patience_s
    while time.monotonic() < end_s:
        try:
            get(url + "/health")
        except (urllib.error.URLError, OSError):
            return True
    return False


def test_it_serves_the_bundled_model(tiny_server: str) -> None:
    assert [model["id"] for model in get(tiny_server + "/v1/models")["data"]] == ["tiny"]


def test_it_asks_for_the_key_it_was_given(tiny_server: str) -> None:
    with TinyServer(api_key="k1") as url, pytest.raises(urllib.error.HTTPError) as refused:
        get(url + "/props")
    refused.value.close()
    assert refused.value.code == 401


def test_it_ends_with_the_block(tiny_server: str) -> None:
    with TinyServer() as url:
        assert url != tiny_server
    assert is_gone(url, 0.5)


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
def test_it_ends_with_our_process(how: signal.Signals, tiny_server: str) -> None:
    pipe = subprocess.PIPE
    with subprocess.Popen([sys.executable, "-c", OURS], stdin=pipe, stdout=pipe, stderr=subprocess.DEVNULL) as ours:
        assert ours.stdout is not None
        url = ours.stdout.readline().decode().strip()
        assert get(url + "/health") == {"status": "ok"}
        os.kill(ours.pid, how)
    assert is_gone(url)


def test_without_llama_cpp_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(server, "is_installed", lambda: False)
    with pytest.raises(InspectorError, match=r"pip install 'stage-inspector\[demo\]'"), TinyServer():
        pass


FAILURES = {
    "its last words": ("import no_such_module", "did not start: ModuleNotFoundError: No module named 'no_such_module'"),
    "nothing to say": ("", "did not start: it said nothing"),
    "hangs": ("input()", "did not start: it said nothing"),
    "never ready": ("print('http://127.0.0.1:9', flush=True); input()", "at http://127.0.0.1:9 was not ready"),
}


@pytest.mark.parametrize(("program", "sentence"), FAILURES.values(), ids=FAILURES)
def test_a_failed_start_says_why(program: str, sentence: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "serve.py").write_text(program)
    monkeypatch.setattr(server, "FOLDER", tmp_path)
    monkeypatch.setattr(server, "START_S", 0.5)
    monkeypatch.setattr(server, "is_installed", lambda: True)
    with pytest.raises(InspectorError, match=sentence), TinyServer():
        pass
