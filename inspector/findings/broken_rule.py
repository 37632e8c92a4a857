"""A rule of the inspector itself failed over this stream, and is silent from there on.

What it would have found is missing; the other rules went on. It is found whichever rules are chosen.

This is a bug of the inspector, not of the stream: report it, with the recording if you can. Until it is mended, leave
out the rule that failed.
"""

from __future__ import annotations

from inspector.findings.rule import Rule

RULE = Rule("TS199", "broken-rule", "warn", __doc__, {})  # it looks at nothing: `checks.py` finds it
