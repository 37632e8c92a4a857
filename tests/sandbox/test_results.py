"""Whatever a tool returns has a defined form as text, or a sentence that says why not (E6)."""

from __future__ import annotations

from pathlib import Path

import pytest

from inspector.sandbox.limits import Limits
from tests.sandbox.files import error_of, run_f

SENT = {
    "text": ("'é ☀ \\x00 <b>'", "é ☀ \x00 <b>"),
    "empty text": ("''", ""),
    "None": ("None", "null"),
    "a dict": ("{'temp': 3, 'sky': 'é', 4: True}", '{"temp": 3, "sky": "é", "4": true}'),
    "a tuple": ("(1, 2.5)", "[1, 2.5]"),
    "a long number": ("10 ** 30", "1" + "0" * 30),
    "a dataclass": ("Point(1)", '{"x": 1}'),
    "a model": ("Model(day='2026-11-21')", '{"day": "2026-11-21"}'),
    "a path and a date": ("[pathlib.Path('a'), datetime.date(2026, 1, 2)]", '["a", "2026-01-02"]'),
    "a coroutine": ("coroutine()", "awaited"),
    "text that looks like an answer": ("'{\"answer\": 1}'", '{"answer": 1}'),
}
REFUSED = {
    "bytes": ("b'x'", "f returned bytes, which JSON does not have: return text"),
    "a set": ("{1, 2}", "a set, which JSON does not have: return a list"),
    "NaN": ("float('nan')", "what JSON does not have (NaN)"),
    "infinity inside": ("{'a': [float('-inf')]}", "what JSON does not have (-Infinity)"),
    "bad bytes inside": ("[b'\\xff']", "invalid utf-8"),
    "a cycle": ("cycle", "Circular reference"),
    "too deep": ("deep", "depth exceeded"),
    "a generator": ("(n for n in range(3))", "a generator, which has no end"),
    "an endless iterator": ("itertools.count()", "a generator, which has no end"),
    "an async generator": ("agen()", "a generator, which has no end"),
    "an object": ("object()", "Unable to serialize unknown type: <class 'object'>"),
    "a coroutine inside": ("[coroutine()]", "Unable to serialize unknown type: <class 'coroutine'>"),
    "a lone surrogate": ("'ab\\ud83d'", "text that is not Unicode (half a surrogate pair at 2)"),
    "a lone surrogate inside": ("['\\ud83d']", "surrogates not allowed"),
    "100 MB": ("'x' * 100_000_000", "100,000,000 bytes, more than the 1,048,576 that a result may have"),
    "100 MB of JSON": ("['x' * 100_000_000]", "100,000,004 bytes, more than"),
    "long only as UTF-8": ("'é' * 600_000", "1,200,000 bytes, more than"),
    "a model that raises": ("Raising()", "is not for you"),
}
SOURCE = """
import dataclasses, datetime, itertools, pathlib, pydantic

@dataclasses.dataclass
class Point:
    x: int

class Model(pydantic.BaseModel):
    day: datetime.date

class Raising(pydantic.BaseModel):
    @pydantic.model_serializer
    def no(self):
        raise RuntimeError("this is not for you")

async def coroutine():
    return "awaited"

async def agen():
    yield 1

cycle = []
cycle.append(cycle)
deep = []
for _ in range(5000):
    deep = [deep]

def f():
    return RESULT
"""


@pytest.mark.parametrize(("result", "content"), SENT.values(), ids=SENT.keys())
def test_a_result_becomes_text(result: str, content: str, tmp_path: Path) -> None:
    outcome = run_f(tmp_path, SOURCE.replace("RESULT", result))
    assert (outcome.content, outcome.failure) == (content, None)


@pytest.mark.parametrize(("result", "says"), REFUSED.values(), ids=REFUSED.keys())
def test_a_result_that_has_no_such_form_is_told(result: str, says: str, tmp_path: Path) -> None:
    outcome = run_f(tmp_path, SOURCE.replace("RESULT", result))
    assert says in error_of(outcome)


def test_a_result_may_be_as_long_as_the_limit(tmp_path: Path) -> None:
    outcome = run_f(tmp_path, "def f(): return '\\x00' * 1000", limits=Limits(output_bytes=1000))
    assert outcome.content == "\x00" * 1000
