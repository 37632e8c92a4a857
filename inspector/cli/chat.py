"""`stage-inspector chat`: a run of a model and its tools, printed as it happens or shown in the app."""

from __future__ import annotations

import os
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import click

from inspector.cli import live, options
from inspector.errors import InspectorError
from inspector.wire.framing import FramingName

if TYPE_CHECKING:
    from inspector.live.connection import Connection
    from inspector.toolchain.options import ChatOptions
    from inspector.toolchain.specs import Tools
    from inspector.ui.composing import RequestForm

_DEFAULT_KEY = "OPENAI_API_KEY"
_NO_SERVER = "Say which server to call: --base-url http://127.0.0.1:8080/v1, or that in OPENAI_BASE_URL."
_DEPTH = click.IntRange(min=0)
_TOKENS = click.IntRange(min=1)


@click.command(short_help="Call a model server, run the tools, watch the synthesis.")
@click.option("--base-url", envvar="OPENAI_BASE_URL", metavar="URL", help="As http://127.0.0.1:8080/v1.")
@click.option("--api-key-env", metavar="NAME", help=f"The variable that holds the key; {_DEFAULT_KEY} by default.")
@click.option("--model", metavar="NAME", help="By default the first that the server has.")
@click.option("--prompt", metavar="TEXT", help="What to say to the model, after --messages where both are given.")
@click.option("--messages", metavar="FILE", help="A JSON list of messages to begin with.")
@click.option("--system", metavar="TEXT", help="The system message.")
@click.option("--tools", "tools_path", metavar="FILE.py|tools.json", help="The tools to offer.")
@click.option("--tool-choice", metavar="auto|none|required|NAME", help="A forced call is forced only at first.")
@click.option("--parallel-tool-calls/--no-parallel-tool-calls", default=None, help="As the server has it by default.")
@click.option("--yes", is_flag=True, help="Run the tools without asking.")
@click.option("--recover", is_flag=True, help="Run calls that the model wrote as plain text, too.")
@click.option("--no-synthesis", is_flag=True, help="Stop after the results.")
@click.option("--max-depth", type=_DEPTH, metavar="N", help="How often the model may call; 8 by default.")
@click.option("--max-tokens", type=_TOKENS, metavar="N")
@click.option("--temperature", type=float, metavar="T")
@click.option("--synthesis-max-tokens", type=_TOKENS, metavar="N", help="Once there are results.")
@click.option("--synthesis-temperature", type=float, metavar="T", help="Once there are results.")
@click.option("--no-usage", is_flag=True, help="Do not ask for the count of tokens.")
@click.option("--param", "params", multiple=True, metavar="K=V", help="Another field of the body; a.b=1 nests.")
@live.calling
@options.reading
def chat(
    base_url: str | None,
    api_key_env: str | None,
    prompt: str | None,
    messages: str | None,
    system: str | None,
    tools_path: str | None,
    yes: bool,
    recover: bool,
    headers: tuple[str, ...],
    timeout_s: float | None,
    insecure: bool,
    record: str | None,
    no_tui: bool,
    ascii_only: bool | None,
    framing: FramingName | None,
    dialect: str | None,
    notice: str | None = None,
    **request: Any,
) -> int:
    """Call an OpenAI-compatible server, run the tools that the model calls, and watch its synthesis.

    Tools run only with your consent. Exit code 3: the connection, the server or the stream failed or was cut.
    """
    # `notice` is of another command that calls this one.
    if not base_url:
        raise click.UsageError(_NO_SERVER)
    live.check(no_tui=no_tui, dialect=dialect)
    if no_tui and prompt is None and messages is None:
        raise click.UsageError("Say something to the model with --prompt or --messages.")
    connection = live.connection_to(base_url, headers, timeout_s, insecure=insecure, api_key=_key(api_key_env))
    if not no_tui:
        from inspector.cli.composing import Composing, show

        form = _form(base_url, prompt, system, tools_path, **request)
        form_options = _options(base_url, None, None, messages, **request)
        composing = Composing(connection, form_options, form, record, notice, yes=yes, recover=recover, framing=framing)
        begin = prompt is not None or messages is not None
        return show(composing, begin=begin, dialect=dialect, ascii_only=ascii_only)
    chat_options = _options(base_url, prompt, system, messages, **request)
    tools = _headless_tools(tools_path, yes=yes, synthesis=chat_options.synthesis)
    if tools and tools.module is None:  # nobody is here to type results, so none are sent: not even what does not fit
        chat_options = replace(chat_options, synthesis=False)
    given: dict[str, Any] = {"yes": yes, "recover": recover, "framing": framing, "dialect": dialect}
    return _print(connection, chat_options, tools, record, notice, **given)


def _print(
    connection: Connection,
    chat_options: ChatOptions,
    tools: Tools | None,
    record: str | None,
    notice: str | None,
    *,
    yes: bool,
    recover: bool,
    framing: FramingName | None,
    dialect: str | None,
) -> int:
    from inspector.live.chat import chat_source
    from inspector.recording.tape import Tape
    from inspector.toolchain.options import check_tool_choice
    from inspector.toolchain.questions import headless

    check_tool_choice(chat_options, tools.specs if tools else ())
    tape = Tape.create(record, "chat")
    source = chat_source(chat_options, tools, headless(yes=yes, recover=recover), tape, connection, framing)
    if notice:
        source.tell(notice)
    return live.print_run(source, tape, framing=framing, dialect=dialect)


def _options(
    base_url: str,
    prompt: str | None,
    system: str | None,
    messages: str | None,
    *,
    params: tuple[str, ...],
    max_depth: int | None,
    no_synthesis: bool,
    no_usage: bool,
    **same: Any,
) -> ChatOptions:
    from inspector.toolchain.options import MAX_DEPTH, ChatOptions, opening_messages, parameters

    return ChatOptions(
        base_url,
        messages=opening_messages(prompt, system, _contents(messages)),
        params=parameters(params),
        max_depth=MAX_DEPTH if max_depth is None else max_depth,
        synthesis=not no_synthesis,
        include_usage=not no_usage,
        **same,
    )


def _form(
    base_url: str, prompt: str | None, system: str | None, tools: str | None, *, params: tuple[str, ...], **request: Any
) -> RequestForm:
    """The request form as the command line fills it."""
    from inspector.ui.composing import RequestForm

    same = {name: str(request[name]) for name in RequestForm._fields if request.get(name) is not None}
    return RequestForm(
        base_url, prompt=prompt or "", system=system or "", tools=tools or "", params="\n".join(params), **same
    )


def _key(variable: str | None) -> str | None:
    """The key that the environment has, taken out of it: whatever its name, no tool is to find it there (E7).

    One that was asked for must be there.
    """
    key = os.environ.pop(variable or _DEFAULT_KEY, None)
    if variable and not key:
        raise click.UsageError(f"The variable {variable} of --api-key-env is not set, or empty.")
    return key or None


def _contents(path: str | None) -> bytes | None:
    if path is None:
        return None
    try:
        with open(path, "rb") as file:
            return file.read()
    except OSError as error:
        raise InspectorError(f"The messages {path} cannot be read: {error.strerror}; name another file.") from None


def _headless_tools(path: str | None, *, yes: bool, synthesis: bool) -> Tools | None:
    """Nobody can be asked here: without --yes nothing runs, and the run stops after the calls."""
    if path is None:
        return None
    if not os.path.exists(path):
        raise InspectorError(f"{path} does not exist: check the path.")
    is_module = path.endswith(".py")
    if is_module and synthesis and not yes:
        raise click.UsageError(f"{path} has tools to run: allow that with --yes, or stop before it: --no-synthesis.")
    from inspector.sandbox.loading import load_tools

    tools = load_tools(path)
    return tools if yes else replace(tools, module=None)
