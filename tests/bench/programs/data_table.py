"""A Textual app with a DataTable of so many rows, which most apps would show a recording in."""

import sys

from textual.app import App, ComposeResult
from textual.widgets import DataTable


class Table(App[None]):
    def compose(self) -> ComposeResult:
        table: DataTable[str] = DataTable()
        table.add_columns("frame", "kind", "text")
        table.add_rows((f"row {n} ", "content", "a word or two") for n in range(int(sys.argv[1])))
        yield table


Table().run()
