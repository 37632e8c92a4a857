"""The bundled transcripts by name: owns where they lie, must not know how they are read."""

from importlib.resources import files
from pathlib import Path

NAMES = ("weather", "parallel", "cut", "reasoning")  # in the order in which they are worth looking at
DEFAULT = "weather"


def transcripts() -> dict[str, Path]:
    """The `.sse` file of each name; its `.times.jsonl` lies beside it (README.md: where they come from)."""
    folder = Path(str(files(__name__)))  # pip unpacks wheels, so the resources are ordinary files
    return {name: folder / f"{name}.sse" for name in NAMES}
