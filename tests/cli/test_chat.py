"""`chat --no-tui`: events as they happen, exit codes, what is refused before anything is sent."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

from inspector.cli import main
from tests.cli.test_command_line import Done
from tests.live.chatting import CALLS_END, TEXT, answers, call, chunk
from tests.live.raw_server import Do, RawServer, answer, free_port, head

SPECS = '[{"type": "function", "function": {"name": "get_weather", "parameters": {"type": "object"}}}]'
MODULE = "def get_weather(city: str) -> str:\n    return 'sunny'\n"
ONE_CALL = call(0, "a") + CALLS_END
TOOLS = str(files("inspector.demo") / "weather_tools.py")


@pytest.fixture(autouse=True)
def _own_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    for name in ("OPENAI_BASE_URL", "OPENAI_API_KEY"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def tools_json(tmp_path: Path) -> Path:
    path = tmp_path / "tools.json"
    path.write_text(SPECS, encoding="utf-8")
    return path


@pytest.fixture
def tools_py(tmp_path: Path) -> Path:
    path = tmp_path / "weather.py"
    path.write_text(MODULE, encoding="utf-8")
    return path


class Chat:
    """The command in this process."""

    def __init__(self, output: pytest.CaptureFixture[bytes]) -> None:
        self._output = output

    def __call__(self, *arguments: str | Path) -> Done:
        with pytest.raises(SystemExit) as left:
            main(["chat", "--no-tui", *map(str, arguments)])
        sys.stdout.flush()
        out, err = self._output.readouterr()
        assert isinstance(left.value.code, int)
        return Done(left.value.code, out, err)


@pytest.fixture
def chat(capfdbinary: pytest.CaptureFixture[bytes]) -> Chat:
    return Chat(capfdbinary)


def to(server: RawServer, *more: str | Path) -> list[str | Path]:
    return ["--base-url", f"{server.url}/v1", "--model", "tiny", "--prompt", "Hi", *more]


def events(done: Done) -> list[Any]:
    assert done.stdout.isascii()
    return [json.loads(line) for line in done.stdout.decode().split("\n")[:-1]]


def types(done: Done) -> list[str]:
    return [event["type"] for event in events(done) if event["type"] != "chunk"]


def exported(path: Path, kind: str = "events") -> bytes:
    command = [sys.executable, "-m", "inspector", "export", str(path), "--to", kind]
    return subprocess.run(command, capture_output=True, timeout=30, check=True).stdout


def test_events_are_printed_and_the_recording_gives_them_again(chat: Chat, tmp_path: Path) -> None:
    path = tmp_path / "run.sse"
    with RawServer(*answers(TEXT)) as server:
        done = chat(*to(server, "--record", path))
    assert done.returncode == 0
    assert types(done) == ["content.delta", "content.delta", "content.done", "finished", "stage.done"]
    assert {event["stage"] for event in events(done)} == {"s1"}
    assert done.stderr.decode() == f"stage-inspector: recording to {path}\n"
    assert path.read_bytes() == TEXT
    assert exported(path) == done.stdout


def test_tools_run_with_yes_and_both_phases_are_printed(chat: Chat, tools_py: Path, tmp_path: Path) -> None:
    path = tmp_path / "run.sse"
    with RawServer(*answers(ONE_CALL, TEXT)) as server:
        done = chat(*to(server, "--tools", tools_py, "--yes", "--record", path))
    assert done.returncode == 0
    told = [event for event in events(done) if event["type"] in ("tool_result", "synthesis.done", "stage.done")]
    assert [event.get("content") or event.get("synthesis") for event in told] == ["sunny", "It is sunny.", None]
    assert exported(path) == done.stdout
    messages = json.loads(exported(path, "messages"))["messages"]
    assert [each["role"] for each in messages] == ["user", "assistant", "tool", "assistant"]


def test_with_a_tools_json_it_stops_after_calls_that_do_not_fit_and_says_so(chat: Chat, tools_json: Path) -> None:
    with RawServer(*answers(call(0, "a", "get_time") + CALLS_END, TEXT)) as server:
        done = chat(*to(server, "--tools", tools_json))
        assert len(server.visits) == 1
    assert (done.returncode, types(done)[-2:]) == (0, ["tool_result", "stage.done"])


@pytest.mark.parametrize("more", [[], ["--yes"], ["--no-synthesis"]], ids=["plain", "with --yes", "without synthesis"])
def test_with_a_tools_json_it_stops_after_the_calls(chat: Chat, tools_json: Path, more: list[str]) -> None:
    with RawServer(*answers(ONE_CALL, TEXT)) as server:
        done = chat(*to(server, "--tools", tools_json, *more))
        assert len(server.visits) == 1
    assert (done.returncode, types(done)[-1]) == (0, "stage.done")
    assert "tool_result" not in types(done)


def test_without_consent_and_synthesis_it_stops_after_the_calls(chat: Chat, tools_py: Path) -> None:
    with RawServer(*answers(ONE_CALL, TEXT)) as server:
        done = chat(*to(server, "--tools", tools_py, "--no-synthesis"))
        assert len(server.visits) == 1
    assert (done.returncode, "tool_result" in types(done)) == (0, False)


def test_options_become_the_body_and_the_environment_is_honoured(
    chat: Chat, tools_json: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    messages = tmp_path / "messages.json"
    messages.write_text('[{"role": "user", "content": "first"}]', encoding="utf-8")
    with RawServer(*answers(TEXT)) as server:
        monkeypatch.setenv("OPENAI_BASE_URL", f"{server.url}/v1")
        monkeypatch.setenv("OPENAI_API_KEY", "canary-key-123456")
        done = chat(
            *("--model", "tiny", "--prompt", "last", "--system", "be brief", "--messages", messages),
            *("--tools", tools_json, "--tool-choice", "get_weather", "--no-parallel-tool-calls", "--no-usage"),
            *("--max-tokens", "9", "--temperature", "0", "--param", "options.num_predict=4", "--header", "X-Mine: 1"),
        )
        (visit,) = server.visits
    body = json.loads(visit.body)
    assert [each["content"] for each in body.pop("messages")] == ["be brief", "first", "last"]
    assert body.pop("tools")[0]["function"]["name"] == "get_weather"
    assert body == {
        "model": "tiny",
        "stream": True,
        "max_tokens": 9,
        "temperature": 0.0,
        "tool_choice": {"type": "function", "function": {"name": "get_weather"}},
        "parallel_tool_calls": False,
        "options": {"num_predict": 4},
    }
    assert (visit.header("authorization"), visit.header("x-mine")) == ("Bearer canary-key-123456", "1")
    assert b"canary" not in done.stdout + done.stderr


def test_the_key_is_not_in_the_environment_of_a_tool_whatever_its_name(
    chat: Chat, tools_py: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tools_py.write_text(
        "import os\ndef get_weather(city: str) -> str:\n    return str(dict(os.environ))\n", encoding="utf-8"
    )
    monkeypatch.setenv("MINE", "canary-mine-123456")
    with RawServer(*answers(ONE_CALL, TEXT)) as server:
        done = chat(*to(server, "--tools", tools_py, "--yes", "--api-key-env", "MINE"))
        assert server.visits[0].header("authorization") == "Bearer canary-mine-123456"
    (result,) = [event["content"] for event in events(done) if event["type"] == "tool_result"]
    assert "PATH" in result
    assert "MINE" not in result


REFUSED: dict[str, tuple[list[str], str]] = {
    "nothing to say": (["--base-url", "http://127.0.0.1:1", "--model", "m"], "--prompt"),
    "no server": (["--prompt", "Hi"], "--base-url"),
    "no URL": (["--base-url", "127.0.0.1:8080", "--prompt", "Hi"], "http"),
    "another scheme": (["--base-url", "ftp://127.0.0.1/", "--prompt", "Hi"], "ftp"),
    "tools without consent": (["{to}", "--tools", "{tools}"], "--yes"),
    "tools that are not there": (["{to}", "--tools", "none.json"], "none.json"),
    "a tools file that is not there": (["{to}", "--tools", "none.py"], "none.py does not exist: check the path."),
    "messages that are not there": (["{to}", "--messages", "none.json"], "none.json"),
    "a tool choice that is no tool": (
        ["{to}", "--tools", "{tools}", "--yes", "--tool-choice", "get_wether"],
        "one of get_weather",
    ),
    "a parameter without a value": (["{to}", "--param", "top_p"], "NAME=VALUE"),
    "a header without a colon": (["{to}", "--header", "X"], "colon"),
    "a key that is not set": (["{to}", "--api-key-env", "NO_SUCH_KEY"], "NO_SUCH_KEY"),
    "a recording that is there": (["{to}", "--record", "{tools}"], "weather.py"),
    "a time-out of nothing": (["{to}", "--timeout", "0"], "time-out"),
    "a dialect that is not known": (["{to}", "--dialect", "no"], "no dialect"),
}


@pytest.mark.parametrize(("arguments", "words"), REFUSED.values(), ids=REFUSED)
def test_bad_usage_is_said_before_anything_is_sent(
    chat: Chat, tools_py: Path, arguments: list[str], words: str
) -> None:
    with RawServer(*answers(TEXT)) as server:
        given = [each.replace("{tools}", str(tools_py)) for each in arguments if each != "{to}"]
        done = chat(*(to(server) if "{to}" in arguments else []), *given)
        assert server.visits == []
    assert (done.returncode, done.stdout) == (2, b"")
    assert words in done.stderr.decode()
    assert tools_py.read_text(encoding="utf-8") == MODULE
    assert not list(tools_py.parent.glob("state/**/*.sse"))


FAILURES: dict[str, tuple[list[bytes | Do], str]] = {
    "refused by the server": ([answer(b'{"error": {"message": "Bad key"}}', "401 Unauthorized")], "stage.error"),
    "an error in the stream": ([answer(chunk(content="Hi") + b'data: {"error": "no"}\n\n')], "stage.error"),
    "broken off": ([head("200 OK", "text/event-stream", "Content-Length: 999"), TEXT[:400], Do.CLOSE], "stage.cut"),
    "cut without a word": ([answer(chunk(content="Hi"))], "stage.cut"),
    "empty": ([answer(b"")], "stage.cut"),
    "an HTML page": ([answer(b"<html>Log in</html>", content_type="text/html")], "stage.error"),
}


@pytest.mark.parametrize(("script", "last"), FAILURES.values(), ids=FAILURES)
def test_a_failure_of_server_or_stream_is_exit_code_3(
    chat: Chat, tmp_path: Path, script: list[bytes | Do], last: str
) -> None:
    with RawServer(script) as server:
        done = chat(*to(server, "--record", tmp_path / "run.sse"))
    assert (done.returncode, types(done)[-1]) == (3, last)
    assert len(done.stderr.splitlines()) > 1, "it is said, beside where it is recorded"
    assert exported(tmp_path / "run.sse") == done.stdout


def test_no_server_is_exit_code_3_and_a_sentence(chat: Chat) -> None:
    done = chat("--base-url", f"http://127.0.0.1:{free_port()}/v1", "--prompt", "Hi")
    assert (done.returncode, types(done)) == (3, ["stage.error"])
    assert b"Nothing listens" in done.stderr


def process(server: RawServer | str, *more: str) -> subprocess.Popen[bytes]:
    url = server if isinstance(server, str) else server.url
    command = [sys.executable, "-m", "inspector", "chat", "--no-tui", "--base-url", f"{url}/v1", "--model", "tiny"]
    return subprocess.Popen([*command, *more], stdout=subprocess.PIPE, stderr=subprocess.PIPE)


def test_events_are_printed_as_they_come_and_ctrl_c_ends_it_with_cancelled() -> None:
    with RawServer([head(), chunk(content="Hi"), Do.WAIT]) as server:
        with process(server, "--prompt", "Hi") as running:
            assert running.stdout is not None
            first = [json.loads(running.stdout.readline())["type"] for _ in range(2)]
            running.send_signal(signal.SIGINT)
            out, _ = running.communicate(timeout=10)
        assert server.visits[0].left.wait(5)
    assert first == ["chunk", "content.delta"]
    assert json.loads(out.splitlines()[-1])["type"] == "stage.cancelled"
    assert running.returncode == 130


def test_a_reader_that_has_enough_ends_it_as_cancelled_and_well(tmp_path: Path) -> None:
    path = tmp_path / "run.sse"
    with RawServer([head(), chunk(content="Hi"), Do.WAIT, chunk(content="you"), Do.WAIT]) as server:
        with process(server, "--prompt", "Hi", "--record", str(path)) as running:
            assert running.stdout is not None
            running.stdout.readline()
            running.stdout.close()
            server.release()
            assert running.stderr is not None
            assert b"Traceback" not in running.stderr.read()
        assert server.visits[0].left.wait(5)
    assert running.returncode == 0
    assert json.loads(exported(path, "state"))["phase"] == "cancelled"


def test_both_phases_against_a_real_server(tiny_server: str, tmp_path: Path) -> None:
    path = str(tmp_path / "run.sse")
    more = ["--prompt", "Compare the weather in Paris and Lima.", "--tools", TOOLS, "--yes", "--record", path]
    with process(tiny_server, *more, "--temperature", "0", "--max-tokens", "300") as running:
        out, _ = running.communicate(timeout=30)
    told = [json.loads(line) for line in out.splitlines()]
    assert running.returncode == 0
    assert [each["name"] for each in told if each["type"] == "tool_call.done"] == ["get_weather"] * 2
    assert len([each for each in told if each["type"] == "tool_result"]) == 2
    assert "Lima" in next(each["synthesis"] for each in told if each["type"] == "synthesis.done")
    assert told[-1]["type"] == "stage.done"
    assert exported(Path(path)) == out


def test_help_answers_at_once_and_loads_neither_model_nor_network_libraries() -> None:
    script = "import sys\nsys.argv = ['x', 'chat', '--help']\nfrom inspector.cli import main\n"
    script += "try:\n    main()\nfinally:\n    print(*sys.modules, file=sys.stderr)"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, env=dict(os.environ))
    assert done.returncode == 0
    heavy = {"openai", "httpx", "pydantic", "textual", "asyncio", "jsonschema", "ssl"}
    assert set(done.stderr.split()) & heavy == set()
