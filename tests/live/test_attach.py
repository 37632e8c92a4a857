"""Watching a stream, and reconnecting where the user asked for it."""

from __future__ import annotations

import pytest

from inspector.asides import ExchangeBegan
from inspector.errors import InspectorError
from inspector.live.attach import MOST_VAIN_TRIES, Watch, attach_source
from inspector.live.connection import Connection
from tests.live.driving import Run, run
from tests.live.memory_tape import MemoryTape
from tests.live.raw_server import Do, RawServer, Visit, answer, free_port, head

NO_MORE = head("204 No Content", "")


def watch(watched: Watch) -> Run:
    return run(attach_source(watched, MemoryTape()))


def reconnected(*scripts: list[bytes | Do], method: str = "GET", resend: bool = False) -> tuple[Run, list[Visit]]:
    with RawServer(*scripts) as server:
        return watch(Watch(Connection(server.url), method, reconnect=True, resend=resend)), server.visits


def test_a_body_is_posted_as_it_was_given() -> None:
    with RawServer([answer(b"data: 1\n\n")]) as server:
        outcome = watch(Watch(Connection(server.url, (("X-Tenant", "a"),)), body='{"b" : 1.0}'))
        (visit,) = server.visits
    assert visit.head.startswith("POST / HTTP/1.1")
    assert visit.body == b'{"b" : 1.0}'
    assert [visit.header(name) for name in ("accept", "x-tenant")] == ["text/event-stream", "a"]
    assert visit.header("content-type") == "application/json"
    assert outcome.all(ExchangeBegan)[0].body == {"b": 1.0}
    assert outcome.end.how == "end"


@pytest.mark.parametrize("wanted", [{"body": "{"}, {"method": "G T"}], ids=str)
def test_what_cannot_be_asked_is_refused_before_anything_is_sent(wanted: dict[str, str]) -> None:
    with pytest.raises(InspectorError):
        Watch(Connection("http://127.0.0.1/"), **wanted)  # type: ignore[arg-type]  # the table has only texts


def test_it_reconnects_with_the_last_event_id_and_drops_the_half_event() -> None:
    first = b"retry: 100\nid: 1\ndata: a\n\nid: 2\ndata: b\n\nid: 3\ndata: half"
    outcome, visits = reconnected([head(), first, Do.CLOSE], [answer(b"id\ndata: c\n\n")], [NO_MORE])
    assert [visit.header("last-event-id") for visit in visits] == [None, "2", None]
    assert outcome.data == first + b"id\ndata: c\n\n"
    assert outcome.notices == [
        "The stream ended: reconnecting after the event '2' in 0.1 s.",
        "The stream ended: reconnecting in 0.1 s.",
    ]
    assert outcome.end.how == "end"


def test_it_does_not_reconnect_unasked() -> None:
    with RawServer([answer(b"retry: 1\n\n")]) as server:
        assert watch(Watch(Connection(server.url))).end.how == "end"
        assert len(server.visits) == 1


@pytest.mark.parametrize("status", ["204 No Content", "404 Not Found", "500 Oops", "302 Found"])
def test_no_content_and_refusals_end_it(status: str) -> None:
    outcome, visits = reconnected([answer(b"retry: 1\ndata: 1\n\n")], [answer(b"", status)])
    assert len(visits) == 2
    assert outcome.end.how == ("end" if "204" in status else "error")


def test_a_post_is_not_sent_again_unless_that_is_asked_for_too() -> None:
    scripts: list[list[bytes | Do]] = [[answer(b"retry: 1\ndata: 1\n\n")], [NO_MORE]]
    outcome, visits = reconnected(*scripts, method="POST")
    assert len(visits) == 1
    assert outcome.notices == ["Not reconnected: a POST would be done twice on the server."]
    assert len(reconnected(*scripts, method="POST", resend=True)[1]) == 2


def test_it_gives_up_where_nothing_comes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("inspector.live.last_event.RETRY_S", 0.001)
    outcome = watch(Watch(Connection(f"http://127.0.0.1:{free_port()}/"), reconnect=True))
    assert len(outcome.all(ExchangeBegan)) == MOST_VAIN_TRIES
    assert outcome.end.how == "error"


def test_an_event_id_of_any_letters_goes_back_as_it_came() -> None:
    _, visits = reconnected([answer("retry: 1\nid: é\ndata: 1\n\n".encode())], [NO_MORE])
    assert len(visits) == 2
    assert visits[1].header("last-event-id") == "é"
