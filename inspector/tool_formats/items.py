"""The items of a list, of an object, or of a call's arguments: what is between them. Knows nothing of what they are."""

from __future__ import annotations

from inspector.tool_formats.reader import Reader, Steps, blanks, need


def at_item(reader: Reader, closing: str) -> Steps[bool | None]:
    """Past blanks and commas, as many as there are, to the next item.

    False where there is none, and the bracket that closes has been read; `None` where the text ends before.
    """
    while True:
        yield from blanks(reader)
        if not (yield from need(reader)):
            return None
        if reader.peek() not in (",", closing):
            return True
        if reader.take(1) == closing:
            return False
