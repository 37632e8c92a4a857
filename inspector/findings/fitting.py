"""What of a call's arguments does not fit its tool's schema, found out once for all rules. Judges nothing."""

from __future__ import annotations

from inspector.events import JsonObject
from inspector.findings.ledger import Ledger
from inspector.findings.moments import CallDone
from inspector.json_place import Path, place
from inspector.json_value import load_json
from inspector.schema_fit import Misfit, SchemaUnusable, check_schema, misfits

_KEY = "misfits"


def misfits_of(moment: CallDone) -> list[Misfit]:
    """The worst first; none where the tool is not known, its schema cannot be used, or the arguments are no object."""
    kept = moment.call.kept
    if _KEY not in kept:
        kept[_KEY] = _misfits(moment)
    found: list[Misfit] = kept[_KEY]
    return found


def byte_of(moment: CallDone, path: Path) -> int | None:
    """Where in the arguments it stands, as far as it is there."""
    track = moment.call.call.arguments
    span = place(track.slice(0, track.size), path)
    return span[0] if span else None


def _misfits(moment: CallDone) -> list[Misfit]:
    call = moment.call
    schema = (moment.ledger.tools or {}).get(call.call.name.last or "")
    if schema is None or call.worth != "valid" or not _is_usable(moment.ledger, schema):
        return []
    try:
        value = load_json(call.call.arguments.text)
        return misfits(schema, value) if isinstance(value, dict) else []
    except (ValueError, SchemaUnusable):
        return []


def _is_usable(ledger: Ledger, schema: JsonObject) -> bool:
    """Each schema is looked at once. It is kept, so that no other can take its place in memory."""
    known: dict[int, tuple[JsonObject, bool]] = ledger.kept.setdefault(_KEY, {})
    if id(schema) not in known:
        try:
            check_schema(schema)
            known[id(schema)] = schema, True
        except SchemaUnusable:
            known[id(schema)] = schema, False
    return known[id(schema)][1]
