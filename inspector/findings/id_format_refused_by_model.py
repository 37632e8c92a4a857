"""The id of a call is not of the form that the model's chat template knows.

Mistral's template refuses an id that is not nine letters and digits, and so the next request with this call in it;
Kimi K2 knows `functions.NAME:N` and writes calls into its text after a few turns of others; Cohere's count the calls
of an answer, and come again in the next one.

Where the next request fails, map the ids to those that the model knows, and back. Else send them as they came.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from inspector.findings.moments import CallDone
from inspector.findings.rule import Rule, Sign
from inspector.findings.words import quoted

_FORMS = (
    ("Mistral", re.compile(r"mistral|mixtral|ministral|magistral|codestral|devstral|pixtral"), r"[a-zA-Z0-9]{9}"),
    ("Kimi K2", re.compile(r"kimi-k2"), r"(functions\.)?[^:]+:\d+"),  # Moonshot's own API has NAME:N
)
_COHERE = re.compile(r"cohere|command-(a|r)\b|c4ai")


def check(moment: CallDone) -> Iterator[Sign]:
    call_id, model = moment.call.call.id.last, (moment.turn.stage.stage.model.last or "").lower()
    if not call_id or moment.call.call.origin != "wire":
        return
    shown = f"{quoted(call_id, 80)} of {moment.call.title}"
    for family, names, form in _FORMS:
        if names.search(model) and not re.fullmatch(form, call_id):
            yield moment.sign_first(f"{family}'s template does not know ids such as {shown}", "id")
    if _COHERE.search(model) and _is_of_turn_before(moment, call_id):
        yield moment.sign_first(f"the id {shown} was that of a call of an earlier turn", "id")


def _is_of_turn_before(moment: CallDone, call_id: str) -> bool:
    turns: dict[str, int] = moment.turn.stage.kept.setdefault(RULE.code, {})
    turn = moment.call.call.turn
    return turns.setdefault(call_id, turn) != turn


RULE = Rule("TC010", "id-format-refused-by-model", "warn", __doc__, {CallDone: check})
