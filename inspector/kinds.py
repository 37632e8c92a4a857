"""What a frame mainly was: one code for each, for lists, the timeline, and jumps.

Least telling first: of several things that a frame says, the greatest wins.
"""

SILENT = 0
CHUNK = 1
USAGE = 2
TEXT = 3
REASONING = 4
SYNTHESIS = 5
CALL = 6
STATUS = 7
FINISH = 8
END = 9
RESULT = 10
UNDECODED = 11
ERROR = 12
