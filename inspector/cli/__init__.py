"""The command line: builds source and transcript and picks a front end. Knows no format and no pane."""

from inspector.cli.main import main

__all__ = ["main"]
