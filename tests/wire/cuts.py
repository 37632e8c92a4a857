"""Ways to cut an input into the pieces that reads deliver; knows nothing of what is in it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise

from hypothesis import strategies as st


def cut(data: bytes, points: Iterable[int]) -> list[bytes]:
    """The pieces between the points; points twice or outside give empty pieces, as some reads are."""
    inside = sorted(min(point, len(data)) for point in points)
    return [data[start:end] for start, end in pairwise([0, *inside, len(data)])]


def bytewise(data: bytes) -> list[bytes]:
    return [data[n : n + 1] for n in range(len(data))]


def in_two(data: bytes, *, every: int = 1) -> Iterator[list[bytes]]:
    """Cut in two at every point, or at one in `every`."""
    for point in range(0, len(data) + 1, every):
        yield [data[:point], data[point:]]


def by(data: bytes, size: int) -> list[bytes]:
    return [data[n : n + size] for n in range(0, len(data), size)]


def cut_points(most: int = 200) -> st.SearchStrategy[list[int]]:
    return st.lists(st.integers(0, most), max_size=12)
