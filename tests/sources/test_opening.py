"""Opening costs next to nothing: these modules are loaded before the first screen."""

import subprocess
import sys

SLOW = ("json", "tempfile", "inspect", "dataclasses", "asyncio", "logging", "subprocess", "random", "shutil")


def test_importing_it_loads_no_slow_module() -> None:
    program = f"import sys, inspector.sources.opening; print([m for m in {SLOW!r} if m in sys.modules])"
    loaded = subprocess.run(
        [sys.executable, "-S", "-c", f"import sys; sys.path[:] = {sys.path!r}; {program}"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert loaded.stdout == "[]\n"
