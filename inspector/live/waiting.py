"""How a server that is still loading its model is waited for: how long until it is asked again, and when no more."""

from inspector.live.exchange import Exchange
from inspector.live.trouble import Trouble

RETRY_S = 1.0  # where the server says nothing of it, and at least
MOST_RETRY_S = 30.0  # whatever it says: a model may be there sooner
PATIENCE_S = 600.0


def retry_s(exchange: Exchange) -> float:
    """Seconds until the next try: `Retry-After`, within bounds (RFC 9110, 10.2.3; one that is a date is not read)."""
    asked = exchange.headers.get("retry-after", "").strip()
    said_s = float(asked) if asked.isascii() and asked.isdecimal() else 0.0
    return max(min(said_s, MOST_RETRY_S), RETRY_S)


def given_up(trouble: Trouble) -> Trouble:
    waited = f"{PATIENCE_S / 60:g} minutes"
    return trouble._replace(sentence=f"The model was waited for, but was not there after {waited}: {trouble.sentence}")
