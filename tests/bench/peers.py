"""Which peers are installed on this machine, and where. Installs nothing.

A Python package is looked for in this environment, then in `STAGE_INSPECTOR_PEERS`, a folder with one virtual
environment for each (`toolong/bin/python`), because some cannot live in one environment with ours.
"""

from __future__ import annotations

import importlib.util
import os
import shutil
import sys
from pathlib import Path

FOLDER = "STAGE_INSPECTOR_PEERS"


def python_with(package: str) -> str | None:
    """The Python that can import this top-level package."""
    if importlib.util.find_spec(package) is not None:
        return sys.executable
    folder = os.environ.get(FOLDER)
    found = Path(folder, package, "bin", "python") if folder else None
    return str(found.absolute()) if found and found.exists() else None


def command(name: str) -> str | None:
    return shutil.which(name)


def missing(package: str) -> str:
    return f"{package} is not installed, here or in {FOLDER}"
