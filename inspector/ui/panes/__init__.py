"""The panes, each a module of its own: only those on the screen are imported."""
