"""The two-phase loop without its I/O: what to send, which tools there are, what fits their schemas, what to ask."""
