"""What several kinds of client make of the tool calls in the same chunks; knows no client library."""
