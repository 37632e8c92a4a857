"""What the panes show, as data on stdout. Knows nothing of the screen."""
