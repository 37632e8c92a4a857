"""Rules over what a transcript says, and what they found. Knows no file, no clock and no screen."""
