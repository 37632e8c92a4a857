"""What commands say beside their data, on standard error. That nobody can hear it must not matter to what they do."""

from __future__ import annotations

import os
import sys

import click

from inspector.gate import clean


def say(sentence: str) -> None:
    """Say one sentence, or notice, whoever's words are in it."""
    _tell(f"stage-inspector: {sentence}")


def say_usage(usage: str) -> None:
    _tell(usage)


def _tell(line: str) -> None:
    if sys.stderr is None:  # what Python makes of a closed descriptor
        return
    try:
        click.echo(clean(line), err=True)
    except OSError:  # a full disk, a reader that left: Python would complain about the rest at exit
        os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
