"""How openai-python adds up chunks, as far as it decides what it raises and which calls it makes. Judges nothing.

Follows `lib/streaming/chat/_completions.py` and `lib/streaming/_deltas.py` of openai 3.52 step by step, so that the
exceptions are the same and come in the same order; texts are kept only while short, which decides nothing.
"""

from __future__ import annotations

import json
import sys
from typing import Any

from inspector.events import JsonObject

_SHORT = 500  # characters of texts that are kept whole, which are ids and names; entries of lists of texts
_FIELDS = ("content", "function_call", "refusal", "role", "tool_calls")  # of a delta, in the order of the SDK's model
_NO_INDEX = "list indices must be integers or slices, not "


class SdkRaises(Exception):
    """What the SDK raises: the name of the exception, and its message, or `why` where it has none."""

    def __init__(self, kind: str, message: str = "", *, why: str = "") -> None:
        super().__init__(kind, message, why)
        self.kind = kind
        self.message = message
        self.why = why


class SdkSnapshot:
    """The choices of one answer, each a message as the SDK has it, after the chunks taken so far."""

    def __init__(self) -> None:
        self._messages: list[JsonObject] | None = None

    @property
    def is_empty(self) -> bool:
        """No chunk was taken yet."""
        return self._messages is None

    def take(self, body: JsonObject) -> None:
        """Add up a chunk; raises `SdkRaises`."""
        if self._messages is None:
            if "choices" not in body:
                raise SdkRaises("KeyError", "'choices'")
            self._messages = self._first(_choices(body))
        else:
            for choice in _choices(body):
                self._go_on(self._messages, choice)
        for choice in _choices(body):
            _tell(self._messages, choice)

    def call(self, choice: int, index: int) -> JsonObject | None:
        """The call at this index, as the SDK has it."""
        messages = self._messages or []
        calls = messages[choice].get("tool_calls") if -1 < choice < len(messages) else None
        call = calls[index] if isinstance(calls, list) and -1 < index < len(calls) else None
        return call if isinstance(call, dict) else None

    @staticmethod
    def _first(choices: list[JsonObject]) -> list[JsonObject]:
        messages: list[JsonObject] = [{} for _ in choices]
        for choice in choices:
            message = _accumulate({}, _delta(choice))
            messages[_place(choice.get("index"), len(messages), "list assignment index out of range")] = message
        return messages

    @staticmethod
    def _go_on(messages: list[JsonObject], choice: JsonObject) -> None:
        index = choice.get("index")
        try:
            message = messages[_place(index, len(messages))]
        except SdkRaises as raised:
            if raised.kind != "IndexError":
                raise
            message = _accumulate({}, _delta(choice))
            messages.append(message)
        else:
            delta = _delta(choice)
            typed = [call for call in _touched(message, delta) if call.get("type") == "function"]
            _accumulate(message, delta)
            for call in typed:
                if call.get("type") != "function":
                    said = json.dumps(call.get("type"))
                    raise SdkRaises("AssertionError", why=f'the type of a call turns from "function" to {said:.20}')
        for sent in _fragments(choice):
            call = _call_of(message, sent)
            if call.get("type") == "function" and call.get("function") is None:
                raise SdkRaises("AttributeError", "'NoneType' object has no attribute 'name'")


def _tell(messages: list[JsonObject], choice: JsonObject) -> None:
    """The events that the SDK makes of a chunk once it is added up."""
    message = messages[_place(choice.get("index"), len(messages))]
    for sent in _fragments(choice):
        if _call_of(message, sent).get("type") == "function" and sent.get("function") is None:
            raise SdkRaises("AssertionError", why="a fragment has no function")


def _choices(body: JsonObject) -> list[JsonObject]:
    choices = body.get("choices")
    if not isinstance(choices, list):
        raise SdkRaises("TypeError", f"'{type(choices).__name__}' object is not iterable")
    for choice in choices:
        if not isinstance(choice, dict):
            raise SdkRaises("AttributeError", f"'{type(choice).__name__}' object has no attribute 'delta'")
    return choices


def _delta(choice: JsonObject) -> JsonObject:
    delta = choice.get("delta")
    if not isinstance(delta, dict):
        raise SdkRaises("AttributeError", f"'{type(delta).__name__}' object has no attribute 'to_dict'")
    delta = {key: delta[key] for key in _FIELDS if key in delta} | delta
    if isinstance(calls := delta.get("tool_calls"), list) and all(map(_is_valid, calls)):
        return delta | {"tool_calls": [each | {"index": int(float(each["index"]))} for each in calls]}
    return delta


def _is_valid(sent: Any) -> bool:
    """Whether pydantic takes a fragment; then it makes integers of indices that are nearly so."""
    if not isinstance(sent, dict) or sent.get("type", "function") not in ("function", None):
        return False
    function, index = sent.get("function") or {}, sent.get("index")
    if not isinstance(function, dict) or not (isinstance(index, int) or str(index).removesuffix(".0").isdigit()):
        return False
    texts = sent.get("id"), function.get("name"), function.get("arguments")
    return all(each is None or isinstance(each, str) for each in texts)


def _fragments(choice: JsonObject) -> list[JsonObject]:
    sent = _delta(choice).get("tool_calls")
    if isinstance(sent, dict) and sent:  # its keys are taken for fragments
        raise SdkRaises("KeyError", "<built-in method index of str object>")
    if sent and not isinstance(sent, str | list):
        raise SdkRaises("TypeError", f"'{type(sent).__name__}' object is not iterable")
    for each in sent or ():
        if isinstance(each, str | list):  # which have a method of that name
            raise SdkRaises("TypeError", f"{_NO_INDEX}builtin_function_or_method")
        if not isinstance(each, dict):
            raise SdkRaises("AttributeError", f"'{type(each).__name__}' object has no attribute 'index'")
    return sent if isinstance(sent, list) else []


def _touched(message: JsonObject, delta: JsonObject) -> list[JsonObject]:
    """The calls that a delta goes on with."""
    calls, sent = message.get("tool_calls"), delta.get("tool_calls")
    if not isinstance(calls, list) or not isinstance(sent, list):
        return []
    places = [each.get("index") for each in sent if isinstance(each, dict)]
    found = [calls[place] for place in places if isinstance(place, int) and -len(calls) <= place < len(calls)]
    return [each for each in found if isinstance(each, dict)]


def _call_of(message: JsonObject, sent: JsonObject) -> JsonObject:
    calls = message.get("tool_calls")
    calls = calls if isinstance(calls, list) else []
    call = calls[_place(sent.get("index"), len(calls))]
    return call if isinstance(call, dict) else {}


def _place(index: Any, size: int, otherwise: str = "list index out of range") -> int:
    """What Python makes of an index into a list of so many."""
    if not isinstance(index, int):
        raise SdkRaises("TypeError", _NO_INDEX + type(index).__name__)
    if not -size <= index < size:
        raise SdkRaises("IndexError", otherwise)
    return index


def _accumulate(acc: JsonObject, delta: JsonObject) -> JsonObject:
    for key, value in delta.items():
        if acc.get(key) is None:
            if not _is_indexed(value):
                acc[key] = _copied(value)
                continue
            acc[key] = []
        if key in ("index", "type"):
            acc[key] = value
        else:
            acc[key] = _added(acc[key], value)
    return acc


def _added(had: Any, value: Any) -> Any:
    if isinstance(had, str) and isinstance(value, str):
        return had + value if len(had) + len(value) <= _SHORT else had
    if isinstance(had, int | float) and isinstance(value, int | float):
        return had + value
    if isinstance(had, dict) and isinstance(value, dict):
        return _accumulate(had, value)
    if isinstance(had, list) and isinstance(value, list):
        if all(isinstance(each, str | int | float) for each in had) and (had or not _is_indexed(value)):
            had += value[: max(_SHORT - len(had), 0)]
        else:
            _merge(had, value)
    return had


def _merge(had: list[Any], value: list[Any]) -> None:
    """Entries of a list go by their index."""
    for entry in value:
        if not isinstance(entry, dict):
            raise SdkRaises("TypeError", f"Unexpected list delta entry is not a dictionary: {entry}")
        if "index" not in entry:
            raise SdkRaises("RuntimeError", f"Expected list delta entry to have an `index` key; {entry}")
        index = entry["index"]
        if not isinstance(index, int):
            raise SdkRaises("TypeError", f"Unexpected, list delta entry `index` value is not an integer; {index}")
        if abs(index) > sys.maxsize:
            raise SdkRaises("OverflowError", "Python int too large to convert to C ssize_t")
        if not -len(had) <= index < len(had):
            had.insert(index, _copied(entry))
        elif not isinstance(had[index], dict):
            raise SdkRaises("TypeError", "not handled yet")
        else:
            _accumulate(had[index], entry)


def _is_indexed(value: Any) -> bool:
    return isinstance(value, list) and any(isinstance(entry, dict) and "index" in entry for entry in value)


def _copied(value: Any) -> Any:
    """A chunk is never changed, and its long texts are not kept."""
    if isinstance(value, dict):
        return {key: _copied(each) for key, each in value.items()}
    if isinstance(value, list):
        return [_copied(each) for each in value]
    return value[:_SHORT] if isinstance(value, str) else value
