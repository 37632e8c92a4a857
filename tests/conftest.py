"""The real model server that tests of every folder may ask; must not know what for."""

from collections.abc import Iterator

import pytest

from inspector.demo.server import TinyServer, is_installed


@pytest.fixture(scope="session")
def tiny_server() -> Iterator[str]:
    """The address of a llama.cpp server that has loaded our tiny model; one for each pytest worker."""
    if not is_installed():
        pytest.skip("xllamacpp, which brings llama.cpp, is not installed: there may be no wheel for this machine")
    with TinyServer() as url:
        yield url
