"""Stage inspector: step through a tool-call stream event by event. Importing this costs nothing."""

__version__ = "0.1.0"
