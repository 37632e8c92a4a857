"""The official openai SDK as it is, run over a recorded answer in a process of its own."""
