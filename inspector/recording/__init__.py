"""What came over a wire, kept as it came: the bytes, and beside them who said what and when. Interprets nothing."""
