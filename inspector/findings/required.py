"""Which parameters a call's tool requires, as far as its schema says so at the top. Judges nothing."""

from __future__ import annotations

from inspector.findings.ledger import CallFacts, Ledger


def required_of(ledger: Ledger, call: CallFacts) -> list[str]:
    """None where the tool is not known, or requires nothing."""
    schema = (ledger.tools or {}).get(call.call.name.last or "", {})
    required = schema.get("required")
    return [each for each in required if isinstance(each, str)] if isinstance(required, list) else []
