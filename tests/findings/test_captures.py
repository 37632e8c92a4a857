"""The ways in which real servers send a call or fail to, told apart by what is found in their streams."""

from __future__ import annotations

from fnmatch import fnmatch

import pytest

from tests.findings.case import found
from tests.shared import SHARED, needs_shared

pytestmark = needs_shared

# What tells the ways apart: a call in pieces, the first with the name (TC094); id and name in every chunk (TC007,
# TC020); a whole call in one chunk, short (TC095) or long (TC043); no [DONE] (TS107); nothing at all (TS110). The name
# alone first, without arguments, is OpenAI's own way and gets none of them.
WAYS = frozenset({"TC007", "TC020", "TC043", "TC094", "TC095", "TS107", "TS110"})

# The first line that a name fits says what it is.
CAPTURES = {
    "llamacpp-tool-none": set(),
    "llamacpp-tool-*": {"TC094"},
    "llamacpp-*": set(),
    "llamacpppython-tool-named": {"TC007", "TC020", "TC094"},
    "llamacpppython-tool-required": {"TS110"},
    "llamacpppython-error-bad-tool-schema": {"TS110"},
    "llamacpppython-error-too-long": {"TS110"},
    "llamacpppython-*": set(),
    "smollm2-*": set(),
    "transformers-tool-none": {"TS107"},
    "transformers-tool-cut-by-max-tokens": {"TS107"},
    "transformers-tool-long-escapes": {"TC043", "TS107"},
    "transformers-tool-*": {"TC095", "TS107"},
    "transformers-responses-*": set(),  # these two APIs are not read yet
    "transformers-messages-*": set(),
    "transformers-error-no-messages": set(),  # no stream at all
    "transformers-error-wrong-model": set(),
    "transformers-*": {"TS107"},
}
NAME_ALONE = "corpus/openai-chat-tool-openai-gpt-4o-completions.sse"


def ways(name: str) -> set[str]:
    return {each.code for each in found((SHARED / name).read_bytes())} & WAYS


@pytest.mark.parametrize("name", sorted(path.stem for path in (SHARED / "captures").glob("*.sse")))
def test_how_a_server_sends_calls_is_told_by_what_is_found(name: str) -> None:
    assert ways(f"captures/{name}.sse") == next(codes for like, codes in CAPTURES.items() if fnmatch(name, like))


def test_a_name_alone_and_its_arguments_later_is_no_finding() -> None:
    assert ways(NAME_ALONE) == set()
