"""A few rules that fire where a test knows, whatever rules there are: tests of the screen depend on no others."""

from __future__ import annotations

from collections.abc import Iterator

from inspector import events as ev
from inspector.findings import arguments_truncated, error_field, html_page, last_frame_cut
from inspector.findings.moments import ChunkCame, EventCame, FragmentCame
from inspector.findings.rule import Rule, Sign
from inspector.findings.watch import watching
from inspector.ui.feed import Watch

# As long as real ones, so that they are wrapped.
_DOC = """A thing that is called {name}: a test wants it there, so a rule looks for it in the chunks as they come.

Who reads {name} in the usual way may take it for something else, and nothing says so until a user does.

Look at the bytes, and then at the `server` that sent them; ask for {name} no more.
"""


def _call(moment: FragmentCame) -> Iterator[Sign]:
    if moment.is_first:
        yield Sign(f"{moment.call.title} has a [b]name[/b]", path=(*moment.path, "function", "name"))


def _second(moment: FragmentCame) -> Iterator[Sign]:
    if moment.is_first and moment.delta.index == 1:
        yield Sign("a second call", path=(*moment.path, "index"))


def _over(moment: EventCame) -> Iterator[Sign]:
    yield Sign("it says that it is over", needle=b"[DONE]", about=moment.n)


def _role(moment: ChunkCame) -> Iterator[Sign]:
    if "role" in moment.body["choices"][0]["delta"]:
        yield Sign("a role is named", path=("choices", 0, "delta", "role"), about=moment.n)


def _rule(code: str, name: str, severity: str, moment: type, check: object) -> Rule:
    return Rule(code, name, severity, _DOC.format(name=name), {moment: check})  # type: ignore[arg-type,dict-item]


# In the stream of `driving`: infos at frames 0 and 5, errors at 1 and 3, warnings at 3, 4 and 8.
RULES = (
    _rule("XX001", "call-begins", "error", FragmentCame, _call),
    _rule("XX002", "second-call", "warn", FragmentCame, _second),
    _rule("XX003", "over", "warn", ev.StreamEnd, _over),
    _rule("XX004", "role", "info", ChunkCame, _role),
)


def watch() -> Watch:
    """What an app is given in place of all rules."""
    return watching(RULES)


def watch_for_ends() -> Watch:
    """A few rules of the real ones, which are quiet over a stream that is whole."""
    return watching((arguments_truncated.RULE, error_field.RULE, html_page.RULE, last_frame_cut.RULE))
