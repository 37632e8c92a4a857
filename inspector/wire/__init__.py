"""Bytes to frames. Knows framing and nothing of what a chunk means; keeps no bytes."""
