"""`--tools`: a Python file, described in a process of its own, or a tools.json; must not import what it is given."""

from __future__ import annotations

import hashlib
import os
import sys

from inspector.errors import InspectorError
from inspector.sandbox.endings import printed, reply_of
from inspector.sandbox.limits import LOADING, Limits
from inspector.sandbox.process import Job, run_host
from inspector.sandbox.trusted import read_regular, read_trusted
from inspector.toolchain.specs import Tools, parse_specs


def load_tools(path: str, limits: Limits = LOADING) -> Tools:
    """Block until the tools are known, `limits.seconds` at most; `InspectorError`: one sentence, not yet cleaned."""
    if path.lower().endswith(".json"):
        return Tools(parse_specs(read_regular(path), path))
    if not path.lower().endswith(".py"):
        raise InspectorError(f"{path} is neither a .py file with tools nor a tools.json: name one of these.")
    if sys.platform == "win32":
        raise InspectorError(f"{path} is not run, since Windows has no limits for it: use a tools.json there.")
    sha256 = hashlib.sha256(read_trusted(path)).hexdigest()  # of what the process must find when it looks again
    described = _described(Job("describe", path, sha256=sha256), limits)
    return Tools(parse_specs(described.encode(), path), os.path.abspath(path), sha256)


def _described(job: Job, limits: Limits) -> str:
    path = job.path
    try:
        ended = run_host(job, limits)
    except OSError as error:
        raise InspectorError(f"{path} is not run, since no process can be begun ({error}): free something.") from error
    reply = reply_of(ended, limits)
    if reply.answer is not None:
        return reply.answer
    if reply.refused is not None:
        raise InspectorError(reply.refused)
    raise InspectorError(f"{path} {reply.how} while it was imported: run it with Python to see why.{printed(ended)}")
