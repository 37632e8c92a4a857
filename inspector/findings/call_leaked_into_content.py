"""A call stands in the content as the model wrote it, with the marks of its tool format.

The server's parser for this format is off or missed the call: the user reads markup, and nothing is run. Where the
same call is also in `tool_calls`, a client that reads the text for calls runs it twice.

Start the server with the parser for this format and with the model's own chat template: vLLM with
`--enable-auto-tool-choice`, llama.cpp with `--jinja`, Ollama with a model for which `ollama show` lists tools,
LM Studio with one that has the badge of native tool use, llama-cpp-python with
`--chat_format chatml-function-calling`. Where the plain answer to the same request has the call, the server's
streaming misses it: update the server, or report it.
"""

from __future__ import annotations

from collections.abc import Iterator

from inspector.findings.leak_words import has_calls, in_words, signs
from inspector.findings.leaks import SAID, leaks_in, said
from inspector.findings.ledger import TurnFacts
from inspector.findings.moments import TurnDone
from inspector.findings.rule import Rule, Sign
from inspector.findings.server_parsers import parser_for
from inspector.findings.text_place import sign_in
from inspector.findings.unread import format_of
from inspector.json_place import Span
from inspector.tool_formats.found import Call
from inspector.tracks import decode

_RAISE_LIMIT = "Raise `max_tokens`: the answer reached its limit within the call. "
_ASK_AGAIN = "Ask again, with a lower temperature or a better quantization: no parser reads what the model wrote. "


def check(moment: TurnDone) -> Iterator[Sign]:
    turn = moment.turn
    yield from signs(
        moment, said(moment, "marked"), lambda call: Sign(in_words(call, turn), advice=_advice(turn, call))
    )
    for name in SAID:
        leaks = leaks_in(moment, name)
        for place in leaks.unread:
            yield _unread(moment, name, place, decode(leaks.text[slice(*place)]))


def _advice(turn: TurnFacts, call: Call) -> str:
    if call.is_complete and call.value is None:
        return _of_unread(call.format)
    is_limit = not call.is_complete and turn.finish == "length"
    return (_RAISE_LIMIT if is_limit else "") + parser_for(call.format) + RULE.advice


def _of_unread(tool_format: str) -> str:
    return _ASK_AGAIN + (parser_for(tool_format).strip() or RULE.advice)


def _unread(moment: TurnDone, name: str, place: Span, written: str) -> Sign:
    row = format_of(written)
    mark = row.opens[0] if row else ""
    what = f"the content has what {mark} and its closing mark say is a call, and cannot be read"
    advice = _of_unread(row.name if row else "")
    about = moment.turn.first_frame, name, place
    return sign_in(moment, name, *place, f"{what}; {has_calls(moment.turn)}", advice=advice, about=about)


RULE = Rule("TL080", "call-leaked-into-content", "error", __doc__, {TurnDone: check})
