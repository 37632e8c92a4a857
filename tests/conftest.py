"""What tests of every folder have: a real model server to ask, and no settings of whoever runs them."""

import os
from collections.abc import Iterator

import pytest

from inspector.config.files import VARIABLE
from inspector.demo.server import TinyServer, is_installed


@pytest.fixture(autouse=True)
def _no_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, os.devnull)


@pytest.fixture(scope="session")
def tiny_server() -> Iterator[str]:
    """The address of a llama.cpp server that has loaded our tiny model; one for each pytest worker."""
    if not is_installed():
        pytest.skip("xllamacpp, which brings llama.cpp, is not installed: there may be no wheel for this machine")
    with TinyServer() as url:
        yield url
