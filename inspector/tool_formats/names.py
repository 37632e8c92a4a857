"""What can be the name of a tool where nothing but the text around it says that it is one."""

from __future__ import annotations

NAME_MOST = 128
_NEVER = frozenset("<>{}[]()\"'`\\,;=|")


def is_name(name: str) -> bool:
    """Any script, dots, colons and dashes; no blanks, brackets or quotes."""
    return 0 < len(name) <= NAME_MOST and not any(each.isspace() or each in _NEVER for each in name)
