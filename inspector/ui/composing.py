"""What the request form is filled with and where it goes: the protocol with whoever can send requests. Sends none."""

from __future__ import annotations

from typing import NamedTuple, Protocol

from inspector.sources.source import Source


class RequestForm(NamedTuple):
    """What the user wrote, as text; empty where nothing is to be sent. `tools` is a path; of `params`, one a line."""

    base_url: str = ""  # shown, not changed
    prompt: str = ""
    system: str = ""
    model: str = ""
    tools: str = ""
    tool_choice: str = ""
    max_tokens: str = ""
    temperature: str = ""
    synthesis_max_tokens: str = ""
    synthesis_temperature: str = ""
    params: str = ""


class Composer(Protocol):
    """`form` is what was sent last, or what the options said. The others take a while, and are called in threads."""

    def form(self) -> RequestForm: ...

    def models(self) -> list[str]:
        """Ask the server. `InspectorError` says why there is no answer."""

    def send(self, form: RequestForm) -> Source:
        """Open a run, which begins when it is read. `InspectorError` where a value cannot be sent."""
