"""A headless run answers from its flags, and carefully where no flag speaks."""

from __future__ import annotations

import pytest

from inspector.toolchain.questions import (
    GoDeeper,
    MayRun,
    Question,
    RecoveredCall,
    RunRecovered,
    TypeResult,
    WaitForModel,
    headless,
)

MAY_RUN = MayRun("c1", "f", "{}", "tools.py", None)
RECOVERED = RunRecovered((RecoveredCall("f", "{}", "bare_json"),))


@pytest.mark.parametrize(
    ("question", "careful", "daring"),
    [
        (MAY_RUN, "no", "always"),
        (TypeResult("c1", "f", "{}", "rainy"), None, None),
        (WaitForModel("The model is loading."), False, False),
        (GoDeeper(8), False, False),
        (RECOVERED, False, True),
    ],
)
async def test_a_flag_answers(question: Question, careful: object, daring: object) -> None:
    assert await headless(yes=False, recover=False)(question) == careful
    assert await headless(yes=True, recover=True)(question) == daring
