"""A decompression bomb ends with a sentence, in little memory; measured from outside, in a process of its own."""

import json
import os
import subprocess
import sys
import zlib
from pathlib import Path

import pytest

BOMB_MIB = 400
MAX_RSS_KIB = 300 << 10

PROGRAM = """
import json, os, re, resource, sys
from inspector.errors import InspectorError
from inspector.sources.opening import open_path, open_stdin
from inspector.sources.source import Read

source = open_stdin() if sys.argv[1] == "-" else open_path(sys.argv[1])
size, error = 0, None
try:
    for item in source.reads():
        assert isinstance(item, Read), item
        size += len(item.data)
except InspectorError as caught:
    error = str(caught)
if sys.platform == "linux":  # where ru_maxrss begins with what the parent had before exec
    rss_kib = int(re.search(r"VmHWM:\\s*(\\d+) kB", open("/proc/self/status").read()).group(1))
else:
    rss_kib = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
print(json.dumps({"size": size, "error": error, "rss_kib": rss_kib}))
"""


@pytest.fixture(scope="module")
def bomb(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """400 MiB of zeros in 400 KiB: a stretch of it is packed once and repeated, which deflate allows."""
    path = tmp_path_factory.mktemp("bomb") / "bomb.gz"
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    head = packer.compress(bytes(1 << 20)) + packer.flush(zlib.Z_FULL_FLUSH)
    path.write_bytes(b"\x1f\x8b\x08" + bytes(7) + head * BOMB_MIB)
    return path


@pytest.mark.parametrize("way", ["path", "stdin"])
def test_a_bomb_is_refused_in_little_memory(bomb: Path, way: str) -> None:
    assert bomb.stat().st_size < 600 << 10
    with bomb.open("rb") as packed:
        done = subprocess.run(
            [sys.executable, "-c", PROGRAM, str(bomb) if way == "path" else "-"],
            stdin=packed if way == "stdin" else subprocess.DEVNULL,
            capture_output=True,
            check=True,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        )
    told = json.loads(done.stdout)
    name = str(bomb) if way == "path" else "standard input"
    assert told["error"] == (
        f"{name} unpacks to more than 64 MiB and 200 times its size, as a decompression bomb does: "
        "if you trust it, unpack it (gzip -dc) and open what comes out."
    )
    assert 60 << 20 < told["size"] < 110 << 20
    assert told["rss_kib"] < MAX_RSS_KIB
