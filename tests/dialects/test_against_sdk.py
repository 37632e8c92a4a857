"""Our completions against those of the official SDK, field by field, with a written list of where the SDK is wrong.

The oracles beside the shared corpus are the streams replayed through openai-python; beside the SDK's result each has a
plain merge ("naive") made for the corpus, which is what streams are held against that the SDK refuses.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

import pytest

from tests.dialects.reading import Json, reading_of
from tests.dialects.recordings import CHAT, CORPUS, TWO_COMPLETIONS
from tests.shared import SHARED, needs_shared

pytestmark = needs_shared

SDK_ONLY = {"parsed", "parsed_arguments"}  # the SDK's own additions, never on the wire


def oracle(name: str) -> Json:
    path = SHARED / "corpus" / f"{name.rpartition('.')[0]}.oracle.json"
    found: Json = json.loads(path.read_text(encoding="utf-8"))
    return found


ORACLES = {name: oracle(name) for name in CHAT}
GOOD = [name for name, each in ORACLES.items() if each["sdk"]["ok"]]
REFUSED = [name for name in CHAT if name not in GOOD]
# The SDK adds these up to their end, and then refuses them for the finish reason `length`.
TOO_LONG = [name for name in REFUSED if ORACLES[name]["sdk"]["error"]["type"] == "LengthFinishReasonError"]
COMPARED = [name for name in GOOD + TOO_LONG if name not in TWO_COMPLETIONS]


class Difference(NamedTuple):
    """`explains(ours, sdk)` says whether two values of `field` differ for this reason."""

    why: str
    field: str
    explains: Callable[[Any, Any], bool]
    fixture: str
    files: int


def repeated(ours: Any, sdk: Any) -> bool:
    return bool(ours and sdk) and sdk == ours * (len(sdk) // len(ours))


def lost(ours: Any, sdk: Any) -> bool:
    return ours is not None and sdk is None


def of_the_filter(ours: Any, sdk: Any) -> bool:
    return bool(ours) and sdk in ("", 0)


SDK_DIFFERENCES = [
    Difference(
        "the role is appended to itself where a server sends it in every chunk",
        "choices[].message.role",
        repeated,
        "avian-chat-kimi-multi-tool-streaming.sse",
        50,
    ),
    Difference(
        "a message whose server sends no role has none, though it is always the assistant's",
        "choices[].message.role",
        lambda ours, sdk: ours == "assistant" and sdk is None,
        "cloudflare-chat-data-extraction-r3.sse",
        1,
    ),
    Difference(
        "a service tier that comes after the first chunk is lost",
        "service_tier",
        lost,
        "groq-chat-kimi-k2-tool-streaming.sse",
        17,
    ),
    Difference(
        "the format of reasoning details is appended to itself",
        "choices[].message.reasoning_details[].format",
        repeated,
        "openrouter-chat-glm-tool-streaming.sse",
        15,
    ),
    Difference(
        "the id of a reasoning detail is appended to itself",
        "choices[].message.reasoning_details[].id",
        repeated,
        "snowflake-chat-thinking-streaming.sse",
        2,
    ),
    Difference(
        "Groq's channel is appended to itself",
        "choices[].message.channel",
        repeated,
        "groq-chat-tool-use-failed-error-streaming-r1.sse",
        2,
    ),
    Difference(
        "the name of the speaker is appended to itself",
        "choices[].message.name",
        repeated,
        "huggingface-chat-images.sse",
        1,
    ),
    *(
        Difference(
            "Azure's filter results come first and have no id, model or time; the answer has",
            field,
            of_the_filter,
            "azure-chat-o4-mini-tool-streaming.sse",
            5,
        )
        for field in ("id", "model", "created")
    ),
    Difference(
        "usage is lost in `x_groq`, and where a chunk without any comes after it",
        "usage",
        lost,
        "openai-chat-moderation-stream.sse",
        3,
    ),
    Difference(
        "a fingerprint is lost where the last chunk has none",
        "system_fingerprint",
        lost,
        "openrouter-chat-tool-variations.sse",
        1,
    ),
    Difference(
        "a call whose server sends no type has none, though it is always a function",
        "choices[].message.tool_calls[].type",
        lambda ours, sdk: ours == "function" and sdk is None,
        "mistral-chat-stream-with-tools-1-1.sse",
        1,
    ),
    Difference(
        "an empty list of calls stays in an answer that `length` cut, where others have none",
        "choices[].message.tool_calls",
        lambda ours, sdk: ours is None and sdk == [],
        "dynamo-chat-deepseek-r1-distill-llama-8b-chat-completions-stream-1.sse",
        1,
    ),
]


def differences(ours: Any, sdk: Any, path: str = "") -> Iterator[tuple[str, Any, Any]]:
    """`(field, our value, the SDK's)`; a field that is absent is one that is null."""
    if isinstance(ours, dict) and isinstance(sdk, dict):
        for key in {*ours, *sdk} - SDK_ONLY:
            yield from differences(ours.get(key), sdk.get(key), f"{path}.{key}" if path else key)
    elif isinstance(ours, list) and isinstance(sdk, list) and len(ours) == len(sdk):
        for one, other in zip(ours, sdk, strict=True):
            yield from differences(one, other, f"{path}[]")
    elif ours != sdk or type(ours) is not type(sdk):
        yield path, ours, sdk


def differences_of(name: str) -> list[tuple[str, Any, Any]]:
    sdk = ORACLES[name]["sdk"]
    return list(differences(reading_of(SHARED / "corpus" / name).completion, sdk["final"] or sdk["partial"]))


def reasons_of(name: str) -> list[Difference]:
    """Why this stream's completions differ; raises where nothing in the list explains it."""
    found = []
    for field, ours, sdk in differences_of(name):
        reasons = [each for each in SDK_DIFFERENCES if each.field == field and each.explains(ours, sdk)]
        assert len(reasons) == 1, f"{field}: {ours!r} here, {sdk!r} there"
        found += reasons
    return found


@pytest.mark.parametrize("name", COMPARED)
def test_a_completion_is_the_one_of_the_sdk_but_for_what_the_list_explains(name: str) -> None:
    reasons_of(name)


def test_every_line_of_the_list_is_needed_by_as_many_streams_as_it_says() -> None:
    needed = Counter(each for name in COMPARED for each in set(reasons_of(name)))
    assert needed == {each: each.files for each in SDK_DIFFERENCES}


@pytest.mark.parametrize("difference", SDK_DIFFERENCES, ids=lambda each: f"{each.field}: {each.why}")
def test_every_line_of_the_list_has_a_stream_that_shows_it(difference: Difference) -> None:
    assert difference in reasons_of(difference.fixture)


def test_two_completions_in_one_stream_are_not_run_together_as_the_sdk_does() -> None:
    name = "cerebras-chat-cererebras-structured-output-tools-1.jsonl"
    (merged,) = ORACLES[name]["sdk"]["final"]["choices"][0]["message"]["tool_calls"]
    ours = [each["completion"]["choices"][0]["message"] for each in reading_of(SHARED / "corpus" / name).completions()]
    assert [message["tool_calls"][0]["id"] for message in ours] == ["bbd2b9d98", "e0ecf32e0"]
    assert merged["id"] == "".join(message["tool_calls"][0]["id"] for message in ours)
    assert merged["function"]["name"] == "nonUsefulTool" * 2


# Where the plain merge of the corpus differs from us: (field, why it is the one that is wrong).
NAIVE_DIFFERENCES = {
    "groq-chat-testtokencounts-test-groq.sse": ("usage", "it does not look into `x_groq`"),
    "groq-chat-chat-streaming-legacy.sse": ("usage", "it does not look into `x_groq`"),
    "snowflake-chat-thinking-streaming.sse": ("reasoning", "it does not look into `reasoning_details`"),
}
TEXTS = ("content", "reasoning", "refusal", "finish_reason")


def differences_from_naive(name: str) -> Iterator[str]:
    reading, naive = reading_of(SHARED / "corpus" / name), ORACLES[name]["naive"]
    if reading.completion["usage"] != naive["usage"]:
        yield "usage"
    for ours, plain in zip(reading.state["choices"], naive["choices"], strict=True):
        yield from (field for field in TEXTS if (ours[field] or "") != (plain[field] or ""))
        listed = [each for each in ours["tool_calls"] if each.get("origin") != "function_call"]
        if [_call(each) for each in listed] != [_call(each) for each in plain["tool_calls"]]:
            yield "tool_calls"
        legacy = [
            {"name": each["name"], "arguments": each["arguments"]} for each in ours["tool_calls"] if each not in listed
        ]
        if legacy != ([plain["function_call"]] if "function_call" in plain else []):
            yield "function_call"


def _call(call: Json) -> tuple[str | None, str, str]:
    return call["id"], call["name"], call["arguments"]


@pytest.mark.parametrize("name", [name for name in CHAT if name not in TWO_COMPLETIONS])
def test_texts_and_calls_are_those_of_the_plain_merge(name: str) -> None:
    expected = [NAIVE_DIFFERENCES[name][0]] if name in NAIVE_DIFFERENCES else []
    assert list(differences_from_naive(name)) == expected


EXPECTED = {row["file"]: row["expected"] for row in CORPUS if row.get("expected")}
TRIMMED = (
    "vllm-chat-qwen3-0-6b-chat-completion-stream-finish-length.jsonl"  # its last two words are only in what is expected
)


@pytest.mark.parametrize("name", EXPECTED)
def test_text_that_holds_calls_as_markup_holds_all_that_upstream_expects_of_it(name: str) -> None:
    expected = json.loads((SHARED / "corpus" / EXPECTED[name]).read_text(encoding="utf-8"))
    (choice,) = reading_of(SHARED / "corpus" / name).state["choices"]
    content = choice["reasoning"] + choice["content"]
    for text in (expected["normal_content"], expected.get("reasoning_content", "")):
        text = text.removesuffix(" San Francisco in") if name == TRIMMED else text
        assert re.sub(r"\s", "", text) in re.sub(r"\s", "", content)


def test_so_many_streams_are_compared() -> None:
    equal = [name for name in COMPARED if not differences_of(name)]
    assert (len(CHAT), len(GOOD), len(TOO_LONG), len(COMPARED), len(equal)) == (203, 177, 10, 186, 111)
