"""Options that several commands share."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import click

F = TypeVar("F", bound=Callable[..., Any])

TOOLS = "a list as JSON, a request with one, or a Python file"  # what a file of `--tools` may be
_FRAMINGS = ("auto", "sse", "ndjson", "jsonl")


def reading(command: F) -> F:
    """`--framing` and `--dialect` of everything that opens something; `auto` arrives as `None`."""
    framing = click.option(
        "--framing",
        type=click.Choice(_FRAMINGS),
        default="auto",
        callback=_auto,
        help="How the input is cut into frames. Named, it is taken at its word: no decompression, no HTTP head.",
    )
    dialect = click.option(
        "--dialect",
        default="auto",
        metavar="ID",
        callback=_auto,
        help="Whose chunks these are; `stage-inspector dialects` lists them.",
    )
    return framing(dialect(command))


def _auto(context: click.Context, option: click.Parameter, value: str) -> str | None:
    return None if value == "auto" else value
