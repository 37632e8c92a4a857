"""The wrappers around a model's thoughts (CATALOG.md, "Reasoning wrappers"), and the tokens that are no text at all."""

from __future__ import annotations

from typing import NamedTuple


class Wrapper(NamedTuple):
    """`labels` may stand after the opening and belong to it. An `inline` one opens anywhere, else only on a new line.

    A `lone` closing mark says that all before it was reasoning: its opening was in the prompt.
    """

    open: str
    close: str
    labels: tuple[str, ...] = ()
    inline: bool = True
    lone: bool = True


WRAPPERS = (
    Wrapper("<think>", "</think>", inline=False),
    Wrapper("<think:opensource>", "</think:opensource>", inline=False),
    Wrapper("<seed:think>", "</seed:think>", inline=False),
    Wrapper("<mm:think>", "</mm:think>", inline=False),
    Wrapper("[THINK]", "[/THINK]", inline=False),
    Wrapper("◁think▷", "◁/think▷", inline=False),
    Wrapper("<|START_THINKING|>", "<|END_THINKING|>"),
    Wrapper("<|inner_prefix|>", "<|inner_suffix|>"),
    Wrapper("<|channel>", "<channel|>", labels=("thought\n", "thought"), lone=False),
    Wrapper("<|content_thinking|>", "<|end_message|>", lone=False),
    Wrapper("<|open|>think<|sep|>", "<|close|>think<|sep|>"),
    Wrapper("Here is my thought process:", "Here is my response:", inline=False, lone=False),
    Wrapper("Here's my thought process:", "Here's my response:", inline=False, lone=False),
)
BY_OPEN = {each.open: each for each in WRAPPERS}
LONE_CLOSES = (*(each.close for each in WRAPPERS if each.lone), "[BEGIN FINAL RESPONSE]")
NO_PROMPT_THINKING = frozenset({"lfm2"})  # formats whose templates never open the thoughts in the prompt

# Stripped Harmony: the channel's name is glued to what was said in it.
GLUED_START = "analysis"
GLUED_CLOSES = ("assistantfinal", "assistantcommentary")

# DeepSeek's wrapper of calls, as it is and as its distilled models misspell it.
_DEEPSEEK_WRAPPERS = tuple(
    f"<{bar}tool{gap}calls{gap}{end}{bar}>"
    for bar in ("｜", "|")
    for gap in ("▁", "_", " ", "\\_")
    for end in ("begin", "end")
)

# Tokens that say how the answer is made up; no server has them in its content.
NOISE = (
    *_DEEPSEEK_WRAPPERS,
    "<|START_RESPONSE|>",
    "<|END_RESPONSE|>",
    "<|START_TEXT|>",
    "<|END_TEXT|>",
    "<|message_sep|>",
    "<|content_text|>",
    "<|end_message|>",
    "<|end|>",
    "<|call|>",
    "<|return|>",
    "<|eom|>",
    "<|eot|>",
    "<|eom_id|>",
    "<|eot_id|>",
    "<|im_end|>",
    "<|endoftext|>",
    "<|end_of_text|>",
    "<|role_end|>",
    "<|CHATBOT_TOKEN|>",
    "<|END_OF_TURN_TOKEN|>",
    "<|python_end|>",
    "<end_of_turn>",
    "</s>",
    "<turn|>",
    "<channel|>",
    "<SPECIAL_12>",
    "[END FINAL RESPONSE]",
    "<｜end▁of▁sentence｜>",
    "<｜tool▁calls｜>",
    "<｜tool_call_end｜>",
    "<｜tool_sep｜>",
    "<｜tool▁outputs▁begin｜>",
    "<｜tool▁outputs▁end｜>",
    "<｜tool▁output▁begin｜>",
    "<｜tool▁output▁end｜>",
    "<|tool_calls_section_begin|>",
    "<|tool_calls_section_end|>",
    "<|tool_call_section_begin|>",
    "<|tool_call_section_end|>",
    "<|open|>response<|sep|>",
    "<|close|>response<|sep|>",
    "<|open|> response <|sep|>",
    "<|close|> response <|sep|>",
    "<|close|>message<|sep|>",
    "<|close|> message <|sep|>",
    "✿RESULT✿:",
    "✿RESULT✿",
    "✿RETURN✿",
    ">>>all\n",
    "<|tool_response>",
    "<tool_response|>",
)
ENDS_THINKING = frozenset({"<|tool_calls_section_begin|>", "<|tool_call_section_begin|>"})
# What an echo of results stands between: no part of the answer.
ECHOES = {"<｜tool▁outputs▁begin｜>": "<｜tool▁outputs▁end｜>"}
AT_START = ("all\n",)  # Functionary's first recipient: its `>>>` was in the prompt
# Wrappers of the answer, taken for such only where there was reasoning (Hunyuan A13B, Ernie 4.5).
ANSWER_WRAPPERS = ("<answer>", "</answer>", "<response>", "</response>")
