"""A docstring is the description; under `Args:` stand the parameters."""

from __future__ import annotations

import pytest

from inspector.sandbox.docstring import Docstring, parse

GOOGLE = """Find a train.

Only direct ones: there is no change.

Args:
    start: Where from.
    end (str): Where to,
        or "anywhere".

    **more: Not looked at.

Returns:
    Times of departure."""


@pytest.mark.parametrize(
    ("text", "description", "parameters"),
    [
        ("", "", {}),
        ("Find a train.", "Find a train.", {}),
        ("Note: this is text.\nArgs: none here", "Note: this is text.\nArgs: none here", {}),
        ("Args:\n    a: One.", "", {"a": "One."}),
        ("Find.\n\nArguments:\n    no entry here\n    a: One.", "Find.", {"a": "One."}),
        ("Find.\n\nArgs:\n", "Find.", {}),
        (
            GOOGLE,
            "Find a train.\n\nOnly direct ones: there is no change.\n\nReturns:\n    Times of departure.",
            {"start": "Where from.", "end": 'Where to, or "anywhere".', "more": "Not looked at."},
        ),
    ],
)
def test_a_docstring_is_taken_apart(text: str, description: str, parameters: dict[str, str]) -> None:
    assert parse(text) == Docstring(description, parameters)
