"""Sources that talk to a server: a chat run, or any event stream. What came is recorded before it is looked at."""
