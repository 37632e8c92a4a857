"""The panes, in the order in which the focus goes through them."""

from inspector.ui.pane import Pane
from inspector.ui.panes.calls import Calls
from inspector.ui.panes.chunks import Chunks
from inspector.ui.panes.detail import Detail
from inspector.ui.panes.results import Results
from inspector.ui.panes.synthesis import Synthesis
from inspector.ui.panes.timeline import Timeline

PANES: tuple[type[Pane], ...] = (Chunks, Calls, Results, Synthesis, Detail, Timeline)

__all__ = ["PANES", "Calls", "Chunks", "Detail", "Pane", "Results", "Synthesis", "Timeline"]
