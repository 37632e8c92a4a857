"""Scans a file for lines as toolong does when it opens one, without its screen."""

import importlib
import sys
from threading import Event

log = importlib.import_module("toolong.log_file").LogFile(sys.argv[1])
log.open(Event())
for _ in log.scan_line_breaks():
    pass
