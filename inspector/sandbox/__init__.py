"""Tools in processes of their own, with limits; nothing else may run code that is not ours."""
