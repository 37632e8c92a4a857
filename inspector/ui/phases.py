"""How the phases of a stage are called on the screen, where the words of the command line would mislead a reader."""

from __future__ import annotations

from inspector.stage import Phase

# Of chunks that no dialect reads nothing is known but that they came: neither what they are, nor where they end.
_UNREAD: dict[Phase, str] = {"waiting": "", "cut": "end not known"}


def phase_word(phase: Phase, dialect: str) -> str:
    """Empty where there is nothing to be said."""
    if dialect == "raw":
        return _UNREAD.get(phase, phase)
    return "begun" if phase == "waiting" else phase  # nobody waits for what was recorded
