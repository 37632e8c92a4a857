"""What a command is given in files beside its recordings: tools, a plain answer, known findings. Judges none of it."""

from __future__ import annotations

from inspector.errors import InspectorError
from inspector.events import JsonObject
from inspector.json_value import load_json


def contents(path: str) -> bytes:
    try:
        with open(path, "rb") as file:
            return file.read()
    except OSError as error:
        raise InspectorError(f"{path} cannot be read: {error.strerror}; name another file.") from None


def schemas(path: str | None) -> dict[str, JsonObject] | None:
    """The arguments' schemas of the tools in a file of `--tools`, by name; `None` where no file is given."""
    if path is None:
        return None
    from inspector.sandbox.loading import load_tools  # not paid for where there are none
    from inspector.toolchain.specs import parse_specs

    specs = load_tools(path).specs if path.lower().endswith(".py") else parse_specs(contents(path), path)
    return {spec.name: spec.parameters for spec in specs}


def completion(path: str | None) -> JsonObject | None:
    """The plain answer in a file of `--replay`."""
    if path is None:
        return None
    try:
        body = load_json(contents(path))
    except ValueError:
        body = None
    if not isinstance(body, dict) or not isinstance(body.get("choices"), list):
        raise InspectorError(f"{path} is no chat.completion in JSON; save what the request gives without `stream`.")
    return body
