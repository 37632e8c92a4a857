"""What was looked up last, a few things of it. Knows nothing of what that is."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

_KEPT = 4  # an answer's signs are in its first chunk, its last ones, and one between

_Value = TypeVar("_Value")


class Recent(Generic[_Value]):
    def __init__(self) -> None:
        self._known: dict[Hashable, _Value] = {}

    def get(self, key: Hashable, make: Callable[[], _Value]) -> _Value:
        """What `make` gives, or gave not long ago."""
        if key not in self._known:
            if len(self._known) == _KEPT:
                del self._known[next(iter(self._known))]
            self._known[key] = make()
        return self._known[key]
