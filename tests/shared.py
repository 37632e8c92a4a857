"""Where the data of other projects lies; tests that need it skip, saying so, when it is absent."""

import os
from pathlib import Path

import pytest

SHARED = Path(os.environ.get("STAGE_INSPECTOR_SHARED", Path(__file__).parents[2] / "shared"))

needs_shared = pytest.mark.skipif(
    not SHARED.is_dir(), reason="no shared folder beside the checkout (or in STAGE_INSPECTOR_SHARED)"
)
