"""Asking a server for its models."""

from __future__ import annotations

import json

import pytest

from inspector.errors import InspectorError
from inspector.live.connection import Connection
from inspector.live.models import models
from tests.live.raw_server import Do, RawServer, answer, free_port

LISTS = [
    ({"object": "list", "data": [{"id": "b"}, {"id": "a"}]}, ["b", "a"]),
    ({"models": [{"name": "x:latest"}]}, ["x:latest"]),
    ([{"id": "c"}], ["c"]),
    ({"data": []}, []),
]


@pytest.mark.parametrize(("value", "ids"), LISTS, ids=str)
async def test_the_ids_come_in_the_servers_order(value: object, ids: list[str]) -> None:
    with RawServer([answer(json.dumps(value).encode(), "200 OK", "application/json")]) as server:
        assert await models(Connection(server.url + "/v1/", api_key="sk-abcdef")) == ids
        (visit,) = server.visits
    assert visit.head.startswith("GET /v1/models HTTP/1.1")
    assert visit.header("authorization") == "Bearer sk-abcdef"


@pytest.mark.parametrize("body", [b"", b"<html>", b'{"data": 3}', b'{"data": [3]}', b"[" * 10_000, b"3"])
async def test_what_is_no_list_of_models_is_said(body: bytes) -> None:
    with (
        RawServer([answer(body)]) as server,
        pytest.raises(InspectorError, match="did not answer /models with a list of models"),
    ):
        await models(Connection(server.url))


async def test_trouble_is_an_error_in_words_without_the_key() -> None:
    with (
        RawServer([answer(b"sk-abcdef is bad", "401 Unauthorized", "text/plain")]) as server,
        pytest.raises(InspectorError, match="answered 401 Unauthorized") as caught,
    ):
        await models(Connection(server.url, api_key="sk-abcdef"))
    assert "sk-abcdef" not in str(caught.value)
    with pytest.raises(InspectorError, match="Nothing listens at"):
        await models(Connection(f"http://127.0.0.1:{free_port()}"))


async def test_a_server_that_says_nothing_is_not_waited_for_long() -> None:
    with RawServer([Do.WAIT]) as server, pytest.raises(InspectorError, match=r"sent nothing for 0\.2 s"):
        await models(Connection(server.url, timeout_s=0.2))
