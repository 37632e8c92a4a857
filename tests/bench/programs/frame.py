"""Frames a recording, as opening it does."""

import sys

from inspector.sources.loading import framed

framed(sys.argv[1])
