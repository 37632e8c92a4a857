"""Finds all line ends of a file with numpy: what framing could cost with it."""

import importlib
import sys

numpy = importlib.import_module("numpy")

found = 0
with open(sys.argv[1], "rb", buffering=0) as file:
    while block := file.read(1 << 20):
        found += len(numpy.flatnonzero(numpy.frombuffer(block, dtype=numpy.uint8) == 10))
