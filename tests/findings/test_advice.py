"""Advice that goes by what the stream says: the server's words, the page's title, the byte, the calls beside."""

from __future__ import annotations

import json
from typing import Any

import pytest

from inspector.findings.rule import Finding
from tests.dialects.reading import calls, chunk, fragment, sse
from tests.findings.case import found

MEMORY, LOADING = "CUDA out of memory", "Loading model"


def the(code: str, data: bytes) -> Finding:
    return next(each for each in found(data) if each.code == code)


def failed(said: str, *before: dict[str, Any]) -> bytes:
    return sse(chunk({"content": "Hi"}), *before, {"error": {"message": said}})


def page(title: str) -> bytes:
    return f"<html><head><title>{title}</title></head></html>".encode()


def called(*fragments: dict[str, object]) -> bytes:
    return sse(*map(calls, fragments), chunk(finish="tool_calls"), "[DONE]")


BROKEN = called(fragment(0, "a", "f", ""), fragment(1, "b", "f", '{"a{"'))
LINES = called(fragment(0, "a", "f", '{"a": "one\ntwo"}'))
FIRST = {
    "an error of memory": ("TS109", failed(MEMORY), "Have the server hold less"),
    "any other error": ("TS109", failed("upstream timed out"), "Look at the server's log"),
    "a body that says it loads": ("TS112", json.dumps({"error": {"message": LOADING}}).encode(), "Wait until"),
    "a body that says something else": ("TS112", b'{"error": {"message": "no"}}', "Read the server's words"),
    "a body that says it cannot load": (
        "TS112",
        b'{"error": {"message": "the model failed to load"}}',
        "Read the server's words",
    ),
    "a proxy's page": ("TS111", page("502 Bad Gateway"), "A proxy did not reach"),
    "another page": ("TS111", page("Log in"), "Open the address"),
    "no arguments beside broken ones": ("TC031", BROKEN, "Do not read it as"),
    "no arguments": ("TC031", called(fragment(0, "a", "f", "")), "Read it as"),
    "a raw line end": ("TC033", LINES, "Read them with a parser"),
    "a line end within a word": ("TC033", called(fragment(0, "a", "f", '{"a": tr\nue}')), "Look at the byte"),
}


@pytest.mark.parametrize(("code", "data", "begins"), FIRST.values(), ids=FIRST)
def test_the_advice_begins_with_what_fits(code: str, data: bytes, begins: str) -> None:
    assert the(code, data).advice.startswith(begins)


def test_an_error_amid_a_call_says_that_the_call_is_half_there() -> None:
    begun = calls(fragment(0, "a", "f", '{"a": '))
    assert the("TS109", failed(MEMORY, begun)).message == f"the server says: {MEMORY}; call 0 (f) is half there"
    assert the("TS109", failed(MEMORY)).message == f"the server says: {MEMORY}"


def test_a_raw_line_end_in_a_string_of_the_arguments_is_named() -> None:
    said = "the arguments of call 0 (f) are no JSON: a string in them has a raw line end, at byte 10 of 16"
    assert the("TC033", LINES).message == said
