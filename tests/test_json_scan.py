"""Checks the verdict on every prefix: by cases, by laws, and against `json` for all short texts."""

import json
import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any, NoReturn

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspector.json_scan import JsonScanner, Verdict

DEEP = 100_000

# text, state, first bad byte
CASES: list[tuple[bytes, str, int | None]] = [
    (b"", "empty", None),
    (b" ", "partial", None),
    (b" \t\r\n", "partial", None),
    (b"{", "partial", None),
    (b"{ }", "valid", None),
    (b"[ ]", "valid", None),
    (b' {"a" : [1 , {} ] } ', "valid", None),
    (b'{"a":[true,false,null,"x"]}', "valid", None),
    (b'{"a": 1 "b', "invalid", 8),
    (b'{"a" 1', "invalid", 5),
    (b'{"a":}', "invalid", 5),
    (b'{"a":1,}', "invalid", 7),
    (b"[1,]", "invalid", 3),
    (b"[,", "invalid", 1),
    (b"{,", "invalid", 1),
    (b"[1}", "invalid", 2),
    (b'{"a":1]', "invalid", 6),
    (b"]", "invalid", 0),
    (b"{1", "invalid", 1),
    (b"{'a'", "invalid", 1),
    (b'{"a":1}{', "invalid", 7),
    (b"{} x", "invalid", 3),
    (b"tru", "partial", None),
    (b"true", "valid", None),
    (b"tru}", "invalid", 3),
    (b"truee", "invalid", 4),
    (b"nulL", "invalid", 3),
    (b"True", "invalid", 0),
    (b"NaN", "invalid", 0),
    (b"-Infinity", "invalid", 1),
    (b"-", "partial", None),
    (b"-0", "valid", None),
    (b"01", "invalid", 1),
    (b"[01", "invalid", 2),
    (b"+1", "invalid", 0),
    (b".5", "invalid", 0),
    (b"12", "valid", None),
    (b"1.", "partial", None),
    (b"1.5", "valid", None),
    (b"1.5.", "invalid", 3),
    (b"1e", "partial", None),
    (b"1e+", "partial", None),
    (b"-1.25E-10 ", "valid", None),
    (b"1 2", "invalid", 2),
    (b"[1.]", "invalid", 3),
    (b"1_000", "invalid", 1),
    (b'"abc', "partial", None),
    (b'"a\\', "partial", None),
    (b'"a\\"', "partial", None),
    (b'"\\"\\\\\\/\\b\\f\\n\\r\\t"', "valid", None),
    (b'"\\x', "invalid", 2),
    (b'"\\u12', "partial", None),
    (b'"\\u12g', "invalid", 5),
    (b'"\\ud800"', "valid", None),
    (b'"a\nb"', "invalid", 2),
    (b'"\x7f"', "valid", None),
    (b'"\xff\xc3"', "valid", None),
    (b'{"a\tb', "invalid", 3),
    (b'{"\\u0061\\"":0}', "valid", None),
    (b"\xef\xbb\xbf{}", "invalid", 0),
    (b"// x", "invalid", 0),
]

OPEN: list[tuple[bytes, str]] = [
    (b"", ""),
    (b"{", "{"),
    (b'{"a', '{ "'),
    (b'{"a": ["x\\u00', '{ [ "'),
    (b'{"a": [1', "{ ["),
    (b'{"a": [1]', "{"),
    (b'{"a": [1]}', ""),
    (b"[1}", "["),
    (b"[" * 32, " ".join("[" * 32)),
    (b"{" + b'"":[' + b"[" * 31, "… " + " ".join("[" * 32)),
    (b"[" * 32 + b'"', "… " + " ".join("[" * 31) + ' "'),
]


def scan(pieces: Sequence[bytes]) -> JsonScanner:
    scanner = JsonScanner()
    for piece in pieces:
        scanner.feed(piece)
    return scanner


def verdicts(scanner: JsonScanner) -> list[Verdict]:
    return [scanner.verdict(length) for length in range(scanner.size + 1)]


def refuse(constant: str) -> NoReturn:
    raise ValueError(constant)


DECODE = json.JSONDecoder(parse_constant=refuse).decode


def json_accepts(text: str) -> bool:
    try:
        DECODE(text)
    except ValueError:
        return False
    return True


@pytest.mark.parametrize(("text", "state", "bad"), CASES, ids=[repr(text) for text, _, _ in CASES])
def test_text_gets_its_verdict_whole_and_byte_by_byte(text: bytes, state: str, bad: int | None) -> None:
    for pieces in ([text], [bytes([byte]) for byte in text]):
        verdict = scan(pieces).verdict(len(text))
        assert (verdict.state, verdict.first_bad_byte) == (state, bad)


@pytest.mark.parametrize(("text", "opened"), OPEN)
def test_what_is_open_at_the_end_is_listed_outermost_first(text: bytes, opened: str) -> None:
    assert scan([text]).open_at_end() == opened


def test_number_at_the_top_is_whole_at_each_length_that_ends_in_a_digit() -> None:
    states = [verdict.state[0] for verdict in verdicts(scan([b"-10.5e+7 "]))]
    assert "".join(states) == "epvvpvppvv"  # empty, partial, valid


def test_later_pieces_leave_the_verdicts_on_earlier_prefixes_alone() -> None:
    scanner = scan([b'{"a":1}'])
    before = verdicts(scanner)
    scanner.feed(b" x")
    assert verdicts(scanner)[:8] == before
    assert scanner.verdict(9) == Verdict("invalid", 8)


@pytest.mark.parametrize("length", [-1, 3])
def test_length_that_was_never_scanned_is_refused(length: int) -> None:
    with pytest.raises(ValueError, match="2 bytes are scanned"):
        scan([b"{}"]).verdict(length)


def test_nesting_may_be_100_000_deep() -> None:
    scanner = scan([b'[{"":' * (DEEP // 2)])
    assert scanner.open_at_end() == "… " + " ".join("[{" * 16)
    scanner.feed(b"0" + b"}]" * (DEEP // 2))
    assert scanner.verdict(scanner.size).state == "valid"
    assert scanner.verdict(scanner.size - 1).state == "partial"


def test_string_with_many_escapes_is_read_to_its_end() -> None:
    text = b'"' + b"ab\\n\\u00e9" * 5000
    assert scan([text, b'"']).verdict(len(text) + 1).state == "valid"
    assert scan([text, b"\\x"]).first_bad_byte == len(text) + 1


SCALARS = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False)
VALUES: st.SearchStrategy[Any] = st.recursive(
    SCALARS | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)
WRITING = st.fixed_dictionaries({"ensure_ascii": st.booleans(), "indent": st.sampled_from([None, 1])})
DOCUMENTS = st.builds(lambda value, writing: json.dumps(value, **writing), VALUES, WRITING)
NOISE = st.text('{}[]",:1-0e.+true \\nulfas\n\x01N', max_size=12)


@st.composite
def spoilt(draw: st.DrawFn) -> str:
    """A document with some characters replaced by others."""
    document = draw(DOCUMENTS)
    at = draw(st.integers(0, len(document)))
    return document[:at] + draw(NOISE) + document[at + draw(st.integers(0, 2)) :]


TEXTS = DOCUMENTS | NOISE | spoilt()


@given(TEXTS, st.lists(st.integers(0, 60)))
def test_any_cutting_gives_the_same_verdicts(text: str, cuts: list[int]) -> None:
    data = text.encode()
    edges = [0, *sorted(min(cut, len(data)) for cut in cuts), len(data)]
    whole, cut = scan([data]), scan([data[a:b] for a, b in pairwise(edges)])
    assert verdicts(cut) == verdicts(whole)
    assert cut.open_at_end() == whole.open_at_end()


@given(TEXTS)
def test_valid_means_that_json_accepts_it(text: str) -> None:
    scanner = scan([text.encode()])
    assert (scanner.verdict(scanner.size).state == "valid") == json_accepts(text)


@given(DOCUMENTS)
def test_no_prefix_of_a_valid_document_is_invalid(document: str) -> None:
    assert "invalid" not in {verdict.state for verdict in verdicts(scan([document.encode()]))}


@given(TEXTS)
def test_prefixes_are_invalid_from_the_first_bad_byte_on(text: str) -> None:
    scanner = scan([text.encode()])
    bad = scanner.size if scanner.first_bad_byte is None else scanner.first_bad_byte
    for length, verdict in enumerate(verdicts(scanner)):
        assert verdict.first_bad_byte == (bad if length > bad else None)
        assert (verdict.state == "invalid") == (length > bad)


FOR_STRINGS = ["", *['"', '""', '0"', '00"', '000"', '0000"']]
FOR_SCALARS = ["0", "rue", "ue", "e", "alse", "lse", "se", "ull", "ll", "l"]
CONTINUATIONS = [*FOR_STRINGS, *FOR_SCALARS, '"":0', *(ending + ":0" for ending in FOR_STRINGS)]


def continued(text: str) -> Iterator[str]:
    """Endings for the token at the end, then the brackets that are missing; found without the scanner."""
    brackets = re.sub(r'"(\\.|[^"\\])*("|\\?$)|[^][{}]', "", text)
    while brackets != (shorter := brackets.replace("[]", "").replace("{}", "")):
        brackets = shorter
    closing = brackets[::-1].translate(str.maketrans("[{", "]}"))
    return (text + ending + closing for ending in CONTINUATIONS)


@pytest.mark.parametrize("start", ["", '{"":', '{"":0', "[0,", "[1", '"\\', '{"', "[tru", "-0", "[{}", '"\\u00'])
def test_every_short_text_is_alive_exactly_if_json_accepts_a_continuation(start: str) -> None:
    alive = [start]
    for _ in range(3 if start else 5):
        texts = [text + character for text in alive for character in '{}[]",:1-0e.tru \\']
        alive = [text for text in texts if scan([text.encode()]).first_bad_byte is None]
        assert [text for text in texts if any(map(json_accepts, continued(text)))] == alive
        valid = [text for text in alive if scan([text.encode()]).verdict(len(text)).state == "valid"]
        assert [text for text in alive if json_accepts(text)] == valid
