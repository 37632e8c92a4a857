"""`stage-inspector demo`: what comes along, opened in the app; `--live` runs the bundled model."""

from __future__ import annotations

import os
from contextlib import ExitStack

import click

from inspector.cli import live
from inspector.cli.chat import chat
from inspector.cli.opening import open_in_app
from inspector.demo import DEFAULT, NAMES, transcripts

PROMPT = "Compare the weather in Paris and Lima."
_SLOWED = "Slowed to {:.0f} events a second so that it can be watched; --fast does not slow it."


@click.command(short_help="Open a bundled recording of a real server, or run the bundled model.")
@click.argument("name", type=click.Choice(NAMES), required=False)
@click.option("--live", "is_live", is_flag=True, help="Ask the bundled model behind a real llama.cpp server.")
@click.option("--fast", is_flag=True, help="With --live: not slowed to 20 events a second.")
@click.option("--prompt", metavar="TEXT", help=f"With --live: ask it something else than {PROMPT!r}")
@click.option("--yes", is_flag=True, help="With --live: run the tools without asking.")
@click.option("--record", metavar="PATH", help="With --live: where to record.")
@click.option("--no-tui", is_flag=True, help="With --live: print events as JSON lines.")
@click.option("--ascii/--no-ascii", "ascii_only", default=None, help="Draw with ASCII only, for poor fonts.")
@click.pass_context
def demo(
    context: click.Context,
    name: str | None,
    is_live: bool,
    fast: bool,
    prompt: str | None,
    yes: bool,
    record: str | None,
    no_tui: bool,
    ascii_only: bool | None,
) -> int:
    """Open a recording that comes along, of a small model behind a real llama.cpp server.

    weather: two calls at once, their results, and the answer, from a stage server. parallel: the same as plain
    chat streams. cut: a call that max_tokens cut in the middle. reasoning: thinking first, then a call.

    With --live that server is started, asked while you watch, and stopped when you leave; it needs no network.
    """
    if not is_live:
        if fast or prompt or yes or record or no_tui:
            raise click.UsageError("Only --live has options for a run: add it.")
        return open_in_app((str(transcripts()[name or DEFAULT]),), ascii_only=ascii_only)
    if name is not None:
        raise click.UsageError(f"{name} is a recording, and --live makes one: give one of the two.")
    live.check_terminal(no_tui=no_tui)
    chosen = {"yes": yes, "record": record, "no_tui": no_tui, "ascii_only": ascii_only}
    return _live(context, fast=fast, prompt=prompt or PROMPT, **chosen)


def _live(context: click.Context, *, fast: bool, **chosen: str | bool | None) -> int:
    """A `chat` with a server of our own."""
    from inspector.demo.pacing import EVENTS_PER_S, PacedRelay
    from inspector.demo.server import TOOLS, TinyServer

    os.environ.pop("OPENAI_API_KEY", None)  # the user's key is for other servers
    with ExitStack() as running:
        url = running.enter_context(TinyServer())
        if not fast:
            url = running.enter_context(PacedRelay(url))
        ours = {"base_url": f"{url}/v1", "model": "tiny", "tools_path": str(TOOLS), "framing": None, "dialect": None}
        ours["notice"] = None if fast else _SLOWED.format(EVENTS_PER_S)
        code: int = context.invoke(chat, **ours, **chosen)
        return code
