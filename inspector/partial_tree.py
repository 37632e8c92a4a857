"""Turns JSON text, whole or still arriving, into flat rows for a line view; must not know how they are drawn.

jiter reads the text. What gets lost with that, beside blanks and the way a string was escaped: the earlier values of
a key that comes twice (a row says so), the sign of `-0`, and a last piece that is no value yet (`tru`, `1.`, half a
key, a key without its value). Other numbers keep their digits as sent.
"""

import re
from collections.abc import Iterable, Iterator
from itertools import repeat
from typing import Any, Final, Literal, NamedTuple

import jiter

Kind = Literal["object", "array", "string", "number", "bool", "null", "error"]

DEEPEST: Final = 200  # jiter goes no deeper

KINDS: Final[dict[type, Kind]] = {
    dict: "object",
    list: "array",
    str: "string",
    int: "number",
    jiter.LosslessFloat: "number",
    bool: "bool",
    type(None): "null",
}
WORDS: Final = {True: "true", False: "false", None: "null"}

DUPLICATE: Final = "Detected duplicate key"
REFUSALS: Final = (  # how jiter says it, and what it means to the reader
    (DUPLICATE, "a key comes twice in one object and only its last value is shown"),
    ("recursion limit", f"nested more than {DEEPEST} levels deep, which is too deep to unfold"),
    ("hex escape", "a string holds half of a surrogate pair, which is no character"),
    ("control character", "a string holds a raw control character"),
    ("unicode code point", "a string holds bytes that are not UTF-8"),
    ("out of range", "a number has more than 4,300 digits"),
    ("Exceeds the limit", "a number has more than 4,300 digits"),  # Python's words
)


# What begins a value, or is the name of one, which a colon follows.
_BEGINNING: Final = re.compile(rb'"[^"\\]*(?:\\.[^"\\]*)*(?:"|\\?\Z)(\s*:)?|[\[{]|[^\s{}\[\],:"]+', re.DOTALL)


class Row(NamedTuple):
    """One value. A tuple, since 68,000 frozen dataclasses alone take longer than the whole tree may.

    `key` is None for an array's items and for the value at the top. `text` is a string's characters, a number's
    digits, or how much a container holds. `open`: more of this value may still come.
    """

    depth: int
    key: str | None
    kind: Kind
    text: str
    open: bool = False


def rows(text: bytes, limit_depth: int = DEEPEST) -> list[Row]:
    """In reading order, without those deeper than `limit_depth`; none as long as no value has begun.

    `text` must end before its first bad byte, as jiter does not notice every one. Where jiter refuses, one row of
    kind `error` says why. Where a key comes twice, such a row stands first and nothing is marked open.
    """
    try:
        tree = list(_flatten(_read(text, catch_duplicate_keys=True), limit_depth))
    except ValueError as error:
        if str(error).startswith(DUPLICATE):
            return [_refusal(error), *_rows_of_last_values(text, limit_depth)]
        return [] if str(error).startswith("EOF") else [_refusal(error)]
    _mark_open(tree, text)
    return tree


def starts(text: bytes) -> list[int]:
    """The byte at which the value of each of the rows of this text begins, where none of them is an error.

    There may be more: what is no value yet has no row.
    """
    return [match.start() for match in _BEGINNING.finditer(text) if match[1] is None]


def _rows_of_last_values(text: bytes, limit_depth: int) -> list[Row]:
    try:
        return list(_flatten(_read(text, catch_duplicate_keys=False), limit_depth))
    except ValueError as error:
        return [_refusal(error)]


def _read(text: bytes, *, catch_duplicate_keys: bool) -> Any:
    return jiter.from_json(
        text,
        allow_inf_nan=False,
        cache_mode="keys",
        catch_duplicate_keys=catch_duplicate_keys,
        float_mode="lossless-float",
        partial_mode="trailing-strings",
    )


def _refusal(error: ValueError) -> Row:
    meaning = next((meaning for part, meaning in REFUSALS if part in str(error)), "not JSON")
    return Row(0, None, "error", f"{meaning} ({error})")


def _flatten(top: Any, limit_depth: int) -> Iterator[Row]:
    unfinished: list[Iterator[tuple[str | None, Any]]] = [iter([(None, top)])]
    while unfinished:
        depth = len(unfinished) - 1
        for key, value in unfinished[-1]:
            kind = KINDS[type(value)]
            if kind == "string":
                yield Row(depth, key, kind, value)
            elif kind == "number":
                yield Row(depth, key, kind, str(value))
            elif kind == "object" or kind == "array":
                yield Row(depth, key, kind, _amount(kind, len(value)))
                if depth < limit_depth:
                    unfinished.append(_members(value))
                    break
            else:
                yield Row(depth, key, kind, WORDS[value])
        else:
            unfinished.pop()


def _members(container: dict[str, Any] | list[Any]) -> Iterator[tuple[str | None, Any]]:
    if isinstance(container, dict):
        return iter(container.items())
    return zip(repeat(None), container, strict=False)


def _amount(kind: Kind, count: int) -> str:
    unit = "key" if kind == "object" else "item"
    return f"{count} {unit}" if count == 1 else f"{count} {unit}s"


def _mark_open(tree: list[Row], text: bytes) -> None:
    """The last row of the tree, and the containers it lies in, are the ones that may still be arriving."""
    outside, in_string = _outside_strings(text)
    opened = sum(outside.count(sign) for sign in (b"{", b"[")) - sum(outside.count(sign) for sign in (b"}", b"]"))
    if in_string:
        named = tree[-1].key is not None
        growing = "name" if named and not outside.rstrip().endswith(b":") else "string"
    else:
        growing = "number" if opened and outside[-1:].isdigit() else "nothing"
    for at in _last_chain(tree):
        depth, kind = tree[at].depth, tree[at].kind
        if depth < opened or (depth == opened and kind == growing):
            tree[at] = tree[at]._replace(open=True)


def _outside_strings(text: bytes) -> tuple[bytes, bool]:
    """What stands between the strings, and whether the text ends inside one."""
    pieces = text.replace(rb"\\", b"").replace(rb"\"", b"").split(b'"')
    return b"".join(pieces[::2]), len(pieces) % 2 == 0


def _last_chain(tree: list[Row]) -> Iterable[int]:
    """The last row and its ancestors, innermost first."""
    outermost = tree[-1].depth + 1
    for at in range(len(tree) - 1, -1, -1):
        if tree[at].depth < outermost:
            outermost = tree[at].depth
            yield at
        if outermost == 0:
            return
