"""What a tool may use; owns the numbers, not how they are enforced."""

from __future__ import annotations

from typing import NamedTuple


class Limits(NamedTuple):
    """`seconds` from the start of the process on; `output_bytes` for the result, and again for all it prints."""

    seconds: float = 30
    memory_bytes: int = 1 << 30
    output_bytes: int = 1 << 20


RUNNING = Limits()
"""For one call of a tool."""

LOADING = Limits(seconds=10, output_bytes=4 << 20)
"""For a tools file to be imported and its tools described."""
