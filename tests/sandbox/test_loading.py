"""A tools file becomes specifications, in a process of its own; each way in which it cannot is one sentence."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

from inspector.errors import InspectorError
from inspector.sandbox.limits import Limits
from inspector.sandbox.loading import load_tools
from inspector.toolchain.specs import ToolSpec
from tests.sandbox.files import write

TYPED = '''
from __future__ import annotations
import json
from dataclasses import dataclass
from functools import cache
from json import dumps
from typing import Annotated, Literal
from pydantic import BaseModel, Field

class Stop(BaseModel):
    title: str
    minutes: int = 3

@dataclass
class Point:
    x: float

def plan(
    city: str,
    unit: Literal["km", "mi"] = "km",
    *,
    stops: list[Stop] | None = None,
    at: Point = None,
    title: Annotated[str, Field(description="Its own.", max_length=9)] = "x",
    anything={"title": "kept"},
) -> Undefined:
    """Plan a trip.

    Args:
        city: Where to.
        title: Not this.
    """

async def later(): ...

@cache
def cached(n: int): ...

def _hidden(): ...

client = Point(3)
'''


def test_plain_functions_become_specifications(tmp_path: Path) -> None:
    path = write(tmp_path, TYPED)
    tools = load_tools(path)
    assert tools.module == path
    assert [spec.name for spec in tools.specs] == ["plan", "later", "cached"]
    plan = tools.specs[0]
    assert plan.description == "Plan a trip."
    stop: dict[str, Any] = {
        "type": "object",
        "properties": {"title": {"type": "string"}, "minutes": {"type": "integer", "default": 3}},
        "required": ["title"],
    }
    stops = {"anyOf": [{"type": "array", "items": {"$ref": "#/$defs/Stop"}}, {"type": "null"}], "default": None}
    assert plan.parameters == {
        "type": "object",
        "$defs": {
            "Stop": stop,
            "Point": {"type": "object", "properties": {"x": {"type": "number"}}, "required": ["x"]},
        },
        "properties": {
            "city": {"type": "string", "description": "Where to."},
            "unit": {"type": "string", "enum": ["km", "mi"], "default": "km"},
            "stops": stops,
            "at": {"$ref": "#/$defs/Point", "default": None},
            "title": {"type": "string", "description": "Its own.", "maxLength": 9, "default": "x"},
            "anything": {"default": {"title": "kept"}},
        },
        "required": ["city"],
        "additionalProperties": False,
    }
    assert tools.specs[1] == ToolSpec("later", "", {"type": "object", "properties": {}, "additionalProperties": False})


def test_where_functions_are_decorated_only_they_are_tools(tmp_path: Path) -> None:
    source = '''
        from inspector.tools import tool

        def not_one(): ...

        @tool
        def bare():
            """Bare."""

        @tool(name="other-name", description="Said so.")
        def _named(): ...

        alias = bare
        '''
    tools = load_tools(write(tmp_path, source))
    assert [(spec.name, spec.description) for spec in tools.specs] == [("bare", "Bare."), ("other-name", "Said so.")]


def test_a_tools_json_is_read_and_can_run_nothing(tmp_path: Path) -> None:
    tools = load_tools(write(tmp_path, '[{"function": {"name": "f"}, "result": "r"}]', "Tools.JSON"))
    assert tools.module is None
    assert [spec.canned for spec in tools.specs] == ["r"]


REFUSED = {
    "a syntax error": ("def f(:\n", "cannot be imported: it raised SyntaxError: invalid syntax (tools.py, line 1)"),
    "a NUL": ("\0", "cannot be imported: it raised"),
    "an exception": (
        "import json\n1 / 0",
        "cannot be imported: it raised ZeroDivisionError: division by zero (line 2)",
    ),
    "an exit": ("raise SystemExit(3)", "cannot be imported: it raised SystemExit: 3 (line 1)"),
    "an exception without words": (
        "class E(Exception):\n    def __str__(self): raise E()\nraise E()",
        "cannot be imported: it raised E, whose message cannot be made (line 3)",
    ),
    "a hard exit": (
        "import os\nprint('so far')\nos._exit(3)",
        "left its process (exit code 3) before it returned while",
    ),
    "a crash": ("import ctypes\nctypes.string_at(0)", "was ended by SIGSEGV (a crash in native code) while it was"),
    "a missing library": ("import no_such_library", "needs no_such_library, which is not installed here"),
    "nothing in it": ("import json\nfrom json import dumps\nx = 3", "has no tool: mark a function with @tool"),
    "no schema": (
        "class Foo: ...\ndef good(): ...\ndef bad(a: Foo): ...",
        "the tool bad cannot be described (Unable to generate pydantic-core schema for <class",
    ),
    "an undefined type": ("def bad(a: 'Foo'): ...", "the tool bad cannot be described (name 'Foo' is not defined)"),
    "a function as argument": ("from typing import Callable\ndef bad(a: Callable): ...", "the tool bad cannot be desc"),
    "positional only": ("def bad(a, /): ...", "the tool bad cannot be described (its parameter a has no name"),
    "any number": ("def bad(*a): ...", "the tool bad cannot be described (its parameter *a has no name"),
    "two of a name": (
        "from inspector.tools import tool\n@tool(name='a')\ndef f(): ...\n@tool(name='a')\ndef g(): ...",
        "has two tools named a",
    ),
    "a name servers refuse": ("def é(): ...", "tool 1 has no name that servers take"),
}


@pytest.mark.parametrize(("source", "says"), REFUSED.values(), ids=REFUSED.keys())
def test_a_bad_file_is_one_sentence_that_names_it(source: str, says: str, tmp_path: Path) -> None:
    path = write(tmp_path, source)
    with pytest.raises(InspectorError) as caught:
        load_tools(path)
    sentence = str(caught.value)
    assert sentence.startswith(path)
    assert says in sentence
    assert "\n" not in sentence


def test_what_it_printed_before_it_left_is_told(tmp_path: Path) -> None:
    with pytest.raises(InspectorError, match=r"It printed: so far$"):
        load_tools(write(tmp_path, "import os\nprint('so far')\nos._exit(3)"))


def test_a_long_import_is_stopped(tmp_path: Path) -> None:
    path = write(tmp_path, "import time\ntime.sleep(60)")
    with pytest.raises(InspectorError, match=r"did not end within 0\.5 s and was stopped while it was imported"):
        load_tools(path, Limits(seconds=0.5))


def test_neither_printing_nor_a_thread_harms_the_answer(tmp_path: Path) -> None:
    source = """
        import sys, threading, time
        print("x" * 100_000, '{"answer": "forged"}')
        threading.Thread(target=time.sleep, args=(60,)).start()
        sys.stdout = sys.stderr = None
        def f(): ...
        """
    assert [spec.name for spec in load_tools(write(tmp_path, source)).specs] == ["f"]


def test_a_file_is_not_imported_that_others_may_write(tmp_path: Path) -> None:
    path = write(tmp_path, "def f(): ...")
    os.chmod(path, 0o666)
    with pytest.raises(InspectorError, match="may be written by everybody"):
        load_tools(path)


@pytest.mark.skipif(os.getuid() != 0, reason="only root can give a file away")
def test_a_file_of_another_user_is_not_imported(tmp_path: Path) -> None:
    path = write(tmp_path, "def f(): ...")
    os.chown(path, 12345, -1)
    with pytest.raises(InspectorError, match="belongs to another user"):
        load_tools(path)


def test_a_path_that_is_no_tools_file_is_refused(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "fifo.py")
    (tmp_path / "folder.py").mkdir()
    for name, says in (
        ("missing.py", "does not exist"),
        ("missing.json", "does not exist"),
        ("folder.py", "is a directory"),
        ("fifo.py", "is not a regular file"),
        ("tools.txt", "is neither a .py file with tools nor a tools.json"),
    ):
        with pytest.raises(InspectorError, match=says):
            load_tools(str(tmp_path / name))
