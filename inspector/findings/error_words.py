"""What a user can do about a server's error, by its words. Judges nothing."""

from __future__ import annotations

import re

_TO_DO = (
    (
        re.compile(r"\bloading (the )?model\b|\bmodel\b.{0,40}\b(is|still) (still |currently |being )*loading\b", re.I),
        "Wait until the model is loaded, then send the request again. ",
    ),
    (
        re.compile(r"out of memory|\b(not enough|insufficient) memory|failed to allocate|\boom\b", re.I),
        "Have the server hold less: a smaller model or context, or fewer layers on the GPU (llama.cpp: `-c`, `-ngl`). ",
    ),
)


def to_do(said: str) -> str:
    """In a sentence, with a blank behind; `""` where the words do not tell."""
    return next((advice for words, advice in _TO_DO if words.search(said)), "")
