"""Finds the recorded streams of stage and agent servers for these tests; must not import the engine."""

from tests.payloads.sse_reader import Dispatched, read_stream
from tests.shared import SHARED

STAGES = SHARED / "stages"


def stream_names(prefix: str) -> list[str]:
    """All recorded bodies of that server that are event streams; none where the shared folder is absent."""
    paths = sorted(STAGES.glob(f"{prefix}-*.sse"))
    return [path.stem for path in paths if b"data: " in path.read_bytes()]


def blocks(name: str) -> list[bytes]:
    """Whole frames with their empty line (the servers write LF only); the cut rest of a body is left out."""
    body = (STAGES / f"{name}.sse").read_bytes()
    return [block + b"\n\n" for block in body.split(b"\n\n")[:-1]]


def frame_of(block: bytes) -> Dispatched | None:
    """What a standard reader makes of one block; `None` where it dispatches nothing."""
    return next(iter(read_stream(block)), None)
