"""`stage-inspector export`: what the panes show, as data."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import click

from inspector.cli import options
from inspector.cli.output import output
from inspector.cli.talk import say
from inspector.errors import InspectorError
from inspector.report.completions import completion_lines
from inspector.report.events import EventLines
from inspector.report.frames import frames
from inspector.report.messages import message_lines
from inspector.report.state import states
from inspector.report.text import text
from inspector.sources.loading import framed
from inspector.transcript import Transcript
from inspector.wire.framing import FramingName

_Report = Callable[[Transcript, int, str | None], Iterator[str]]
_REPORTS: dict[str, _Report] = {
    "state": lambda transcript, n, stage: states(transcript, n, stage=stage),
    "completion": lambda transcript, n, stage: completion_lines(transcript, n, stage=stage),
    "messages": lambda transcript, n, stage: message_lines(transcript, n, stage=stage),
    "text": lambda transcript, n, stage: text(transcript, n, stage=stage),
}
_KINDS = ("frames", "events", *_REPORTS)


@click.command(short_help="Write frames, events, state, completions, messages or text of a recording.")
@click.argument("path")
@click.option("--to", "kind", type=click.Choice(_KINDS), required=True, help="What to write.")
@click.option("--at", type=click.IntRange(min=0), metavar="N", help="After frame N; by default after the last.")
@click.option("--stage", metavar="ID", help="Only this stage.")
@click.option("--dispatched", is_flag=True, help="Frames: only those that a client by the standard sees.")
@click.option("--snapshots", is_flag=True, help="Events: add the text so far to every delta.")
@click.option("-o", "--output", "out", metavar="OUT", help="A file to write instead of standard output.")
@options.reading
def export(
    path: str,
    kind: str,
    at: int | None,
    stage: str | None,
    dispatched: bool,
    snapshots: bool,
    out: str | None,
    framing: FramingName | None,
    dialect: str | None,
) -> None:
    """Write what is in the recording PATH (`-` is standard input) as JSON lines, or as text to read."""
    for option, given, goes_with in (("--dispatched", dispatched, "frames"), ("--snapshots", snapshots, "events")):
        if given and kind != goes_with:
            raise click.UsageError(f"{option} goes with --to {goes_with}.")
    with output(out) as write:
        listener = EventLines(write, stage=stage, snapshots=snapshots) if kind == "events" else None
        transcript = framed(path, framing=framing, dialect=dialect, listener=listener)
        last = transcript.framed - 1
        n = last if at is None else min(at, last)
        if kind != "frames" or stage is not None:
            transcript.decode_all(n)
        if stage is not None:
            _check_stage(transcript, stage)
        if kind == "frames":
            lines = frames(transcript, n, stage=stage, dispatched_only=dispatched)
        else:
            lines = iter(()) if kind == "events" else _REPORTS[kind](transcript, n, stage)
        for each in lines:
            write(each)
    for notice in transcript.notices:
        say(notice)


def _check_stage(transcript: Transcript, stage: str) -> None:
    keys = [each.key for each in transcript.stages] or ["s1"]  # an input without any has the state of one
    if stage not in keys:
        known = ", ".join(keys[:20]) + (", …" if len(keys) > 20 else "")
        raise InspectorError(f"There is no stage {stage!r} up to there; there is {known or 'none'}.")
