"""Trouble at our own edge. Trouble in the data is data and never raised (ARCHITECTURE §4)."""


class InspectorError(Exception):
    """One sentence that names the thing and the remedy; front ends print it and exit with code 2."""
