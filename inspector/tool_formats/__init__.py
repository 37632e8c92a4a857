"""Calls that models write as plain text: how each format is recognised. Knows no dialect, no stage, no file."""
