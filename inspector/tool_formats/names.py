"""What can be the name of a tool where nothing but the text around it says that it is one."""

from __future__ import annotations

NAME_MOST = 128
_NEVER = frozenset("<>{}[]()\"'`\\,;=|")
# Names in calls that only show how one is written.
EXAMPLES = frozenset(
    {"function_name", "function-name", "tool_name", "tool-name", "func_name", "name", "function", "tool", "..."}
    | {"example_function_name", "example_function", "your_function", "my_function", "NAME", "N", "$FUNCTION_NAME"}
)


def is_name(name: str) -> bool:
    """Any script, dots, colons and dashes; no blanks, brackets or quotes."""
    return 0 < len(name) <= NAME_MOST and not any(each.isspace() or each in _NEVER for each in name)
