"""A source pumped into a transcript by a thread, without an app."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from inspector.errors import InspectorError
from inspector.findings.watch import findings_of
from inspector.sources.loading import open_source
from inspector.sources.source import Item, Read
from inspector.ui import feed as feed_module
from inspector.ui.feed import Feed
from tests.ui.driving import FRAMES, STREAM, Live, Recording
from tests.ui.rules import watch

PATIENCE_S = 10.0


class Listener:
    """Counts what it is told, and wakes who waits for a state of the feed."""

    def __init__(self) -> None:
        self.told = 0
        self._news = threading.Condition()

    def __call__(self) -> None:
        with self._news:
            self.told += 1
            self._news.notify_all()


def pumped(source: Recording | Live, **options: str) -> Feed:
    """A feed that has read and decoded all there is."""
    feed = Feed(source, lambda: None, **options)  # type: ignore[arg-type]  # framing and dialect by name
    feed.start()
    wait_until_over(feed)
    return feed


def wait_until(holds: Callable[[], bool]) -> None:
    for _ in range(10_000):
        if holds():
            return
        threading.Event().wait(PATIENCE_S / 10_000)
    raise AssertionError("still waiting")


def wait_until_over(feed: Feed) -> None:
    wait_until(lambda: feed.state in ("ended", "stopped"))


def test_a_file_that_is_read_and_not_yet_decoded_is_busy_and_says_how_far_it_is() -> None:
    shares: list[float] = []
    idle: list[str] = []

    def hear() -> None:
        feed.heard()
        if feed.is_busy:
            shares.append(feed.share or 0.0)
        else:
            idle.append(feed.state)

    feed = Feed(Recording(FRAMES[0] * 5_000), hear)
    feed.start()
    wait_until_over(feed)
    assert set(idle) == {"ended"}
    assert shares == sorted(shares)
    assert min(shares) < 0.5


def test_a_recording_is_read_framed_and_decoded() -> None:
    feed = pumped(Recording())
    assert (feed.transcript.framed, feed.transcript.decoded, feed.state) == (9, 9, "ended")
    assert feed.transcript.stages[-1].phase.last == "done"
    assert not feed.is_live
    feed.close()


def test_a_framing_and_a_dialect_can_be_forced() -> None:
    feed = pumped(Recording(), framing="jsonl", dialect="raw")
    assert (feed.transcript.framing, feed.transcript.dialect) == ("jsonl", "raw")
    feed.close()


def test_what_is_told_is_told_again_only_after_it_was_heard() -> None:
    listener = Listener()
    feed = Feed(Recording(), listener)
    feed.start()
    wait_until_over(feed)
    assert listener.told == 1
    feed.close()


class Failing(Recording):
    def __init__(self, error: Exception) -> None:
        super().__init__()
        self._error = error

    def reads(self) -> Iterator[Item]:
        yield Read(FRAMES[0], None)
        raise self._error


def test_an_input_that_fails_keeps_what_came_and_says_why() -> None:
    feed = pumped(Failing(InspectorError("weather.sse cannot be read on: copy it.")))
    assert feed.transcript.decoded == 1
    assert feed.transcript.notices == ["weather.sse cannot be read on: copy it."]
    assert feed.trouble is None
    feed.close()


def test_a_bug_is_kept_to_be_raised_by_the_app() -> None:
    told = threading.Event()
    feed = Feed(Failing(ZeroDivisionError("a bug")), told.set)
    feed.start()
    assert told.wait(PATIENCE_S)
    feed.heard()
    wait_until(lambda: feed.trouble is not None)
    assert isinstance(feed.trouble, ZeroDivisionError)
    feed.close()


def test_it_holds_after_the_first_slice_until_it_may_go_on() -> None:
    source = Live("weather.sse", arrives=False)
    source.send(FRAMES[0])
    source.send(FRAMES[1])
    source.end()
    feed = Feed(source, lambda: None)
    feed.start(wait_s=PATIENCE_S)
    assert feed.transcript.decoded == 1
    assert feed.state == "reading"
    feed.go_on()
    wait_until_over(feed)
    assert feed.transcript.decoded == 2
    feed.close()


def found(feed: Feed) -> list[tuple[int, str]]:
    return [(each.frame, each.code) for each in findings_of(feed.transcript)]


def test_all_of_a_recording_is_watched_but_nothing_of_it_before_the_first_slice_may_be_seen() -> None:
    source = Live("weather.sse", arrives=False)
    for each in FRAMES:
        source.send(each)
    source.end()
    feed = Feed(source, lambda: None, watch=watch)
    feed.start(wait_s=PATIENCE_S)
    assert feed.transcript.watcher is None
    feed.go_on()
    wait_until_over(feed)
    assert found(feed) == [
        (0, "XX004"),
        (1, "XX001"),
        (3, "XX002"),
        (3, "XX001"),
        (4, "XX003"),
        (5, "XX004"),
        (8, "XX003"),
    ]
    feed.close()


def test_no_rule_is_loaded_for_the_first_screen(tmp_path: Path) -> None:
    path = tmp_path / "weather.sse"
    path.write_bytes(STREAM)
    script = (
        "import sys\n"
        "from inspector.sources.loading import open_source\n"
        "from inspector.ui.app import InspectorApp\n"
        "app = InspectorApp([open_source(sys.argv[1])])\n"
        "app.on_load()\n"
        "feed = app.main.document.feed\n"
        "assert feed.transcript.decoded == 9\n"
        "print(*sys.modules)\n"
        "feed.go_on()\n"
        "feed.close()\n"
    )
    done = subprocess.run([sys.executable, "-c", script, str(path)], capture_output=True, text=True, check=True)
    assert [each for each in done.stdout.split() if each.startswith("inspector.findings")] == []


def test_what_is_read_after_a_restart_is_watched_too() -> None:
    source = Live("weather.sse")
    source.send(FRAMES[1])
    feed = Feed(source, lambda: None, watch=watch)
    feed.start()
    wait_until(lambda: found(feed) == [(0, "XX001")])
    source.restart()
    source.send(FRAMES[0] + FRAMES[1])
    wait_until(lambda: found(feed) == [(0, "XX004"), (1, "XX001")])
    feed.close()


def test_of_an_input_without_a_byte_all_rules_say_something() -> None:
    feed = pumped(Recording(b""))
    assert "empty-body" in [each.name for each in findings_of(feed.transcript)]
    feed.close()


def test_halting_keeps_what_is_decoded() -> None:
    source = Live("weather.sse", arrives=False)
    source.send(FRAMES[0])
    feed = Feed(source, lambda: None)
    feed.start(wait_s=PATIENCE_S)
    feed.go_on()
    feed.halt()
    wait_until_over(feed)
    assert feed.state == "stopped"
    assert feed.transcript.decoded == 1
    feed.close()


def test_a_sidecar_of_another_size_is_not_used_and_said(tmp_path: Path) -> None:
    path = tmp_path / "weather.sse"
    path.write_bytes(STREAM)
    (tmp_path / "weather.times.jsonl").write_text('{"t_s": 0.5, "bytes": 7}\n')
    feed = Feed(open_source(str(path)), lambda: None)
    feed.start()
    wait_until_over(feed)
    assert feed.transcript.time_of(0) is None
    assert "are not used" in feed.transcript.notices[0]
    feed.close()


def test_what_others_do_to_an_open_file_is_noticed_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(feed_module, "WATCH_S", 0.001)
    source = Recording()
    source.happened = "weather.sse was deleted."
    feed = pumped(source)
    wait_until(lambda: bool(feed.transcript.notices))
    threading.Event().wait(0.05)
    assert feed.transcript.notices == ["weather.sse was deleted."]
    feed.close()
    assert source.closed


def test_a_followed_file_is_loading_only_until_it_was_read_once() -> None:
    source = Live("weather.sse", size_hint=len(FRAMES[0]) + len(FRAMES[1]), arrives=False)
    feed = Feed(source, lambda: None, follow=True)
    feed.start()
    busy = []
    for n, data in enumerate(FRAMES[:3]):
        source.send(data)
        wait_until(lambda n=n: feed.transcript.decoded == n + 1)  # type: ignore[misc]  # the n of now
        busy.append(feed.is_busy)
    source.restart()
    source.send(FRAMES[0])
    wait_until(lambda: feed.transcript.decoded == 1)
    assert [*busy, feed.is_busy] == [True, False, False, False]
    feed.close()
