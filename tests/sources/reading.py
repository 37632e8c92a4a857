"""How the tests of this folder run a source: to its end, or in a thread beside the test as the app does."""

import threading
import time
from collections.abc import Callable

from inspector.errors import InspectorError
from inspector.sources.source import Inlet, Item, Notice, Read, Restart

SOON_S = 3.0  # a test that waits this long has failed; no test needs it


def data_of(items: list[Item]) -> bytes:
    """What a transcript holds that was fed with these, starting anew at each restart."""
    data = b""
    for item in items:
        match item:
            case Read():
                data += item.data
            case Restart():
                data = b""
    return data


def notices_of(items: list[Item]) -> list[str]:
    return [item.sentence for item in items if isinstance(item, Notice)]


def read_all(source: Inlet) -> bytes:
    return data_of(list(source.reads()))


def until(happened: Callable[[], object]) -> float:
    """Wait for it, and give the seconds that took."""
    began_s = time.monotonic()
    while not happened():
        assert time.monotonic() - began_s < SOON_S, "it did not happen"
        time.sleep(0.002)
    return time.monotonic() - began_s


class Pump:
    """A worker thread that reads a source; as a context manager it cancels, joins and closes."""

    def __init__(self, source: Inlet) -> None:
        self.items: list[Item] = []
        self.error: InspectorError | None = None
        self.source = source
        self._thread = threading.Thread(target=self._run)

    def _run(self) -> None:
        try:
            for item in self.source.reads():
                self.items.append(item)
        except InspectorError as error:
            self.error = error

    @property
    def data(self) -> bytes:
        return data_of(list(self.items))

    def wait_for_more_than(self, size: int) -> float:
        return until(lambda: len(self.data) > size)

    @property
    def notices(self) -> list[str]:
        return notices_of(list(self.items))

    @property
    def ended(self) -> bool:
        return not self._thread.is_alive()

    def __enter__(self) -> "Pump":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.source.cancel()
        self._thread.join(SOON_S)
        assert self.ended
        self.source.close()
