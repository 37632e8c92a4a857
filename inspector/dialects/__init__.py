"""Frames to events. Each dialect reads its own chunks and never guesses; knows nothing of other frames."""
