"""A program that records with a limit on the size of files: `python -m tests.recording.limited PATH BYTES`.

Prints one JSON object of what came of it. The limit is also that of the spool, so that memory must take over.
"""

import json
import resource
import sys

from inspector.recording.tape import Tape
from tests.recording.killing import event


def main(path: str, limit: int) -> None:
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
    tape = Tape.create(path, "attach")
    for number in range(1000):
        tape.append(event(number), number / 1000)
    tape.close()
    whole = b"".join(map(event, range(1000)))
    is_whole = tape.store.read(0, len(whole) + 1) == whole
    print(json.dumps({"notices": tape.notices(), "is_whole": is_whole, "bytes": len(whole)}))


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
