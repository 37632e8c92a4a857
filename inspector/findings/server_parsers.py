"""Which parser of a server reads a tool format (CATALOG.md, "flags"). Knows formats by name only."""

from __future__ import annotations

# What vLLM and SGLang take as `--tool-call-parser`; llama.cpp and Ollama go by the chat template.
_PARSERS = {
    "hermes": ("hermes", "qwen25"),
    "ernie45": ("ernie45", ""),
    "granite4": ("granite4", ""),
    "granite3": ("granite", ""),
    "granite_20b_fc": ("granite-20b-fc", ""),
    "internlm2": ("internlm", "interns1"),
    "jamba": ("jamba", ""),
    "hunyuan_a13b": ("hunyuan_a13b", ""),
    "minimax_m1": ("minimax", ""),
    "longcat": ("longcat", ""),
    "apertus": ("apertus", "apertus2509"),
    "cohere_action": ("cohere_command3", "cohere_command4"),
    "xlam": ("xlam", ""),
    "phi4_mini": ("phi4_mini_json", ""),
    "gigachat3": ("gigachat3", "gigachat3"),
    "llama3_json": ("llama3_json", "llama3"),
    "pythonic": ("pythonic", "pythonic"),
    "llama4_pythonic": ("llama4_pythonic", "pythonic"),
    "mistral": ("mistral", "mistral"),
    "mistral_v11": ("mistral", "mistral"),
    "deepseek_v3": ("deepseek_v3", "deepseekv3"),
    "deepseek_v31": ("deepseek_v31", "deepseekv31"),
    "deepseek_v32_dsml": ("deepseek_v32", "deepseekv32"),
    "deepseek_v4_dsml": ("deepseek_v4", "deepseekv4"),
    "kimi_k2": ("kimi_k2", "kimi_k2"),
    "kimi_k3": ("kimi_k3", "kimi_k3"),
    "qwen3_coder_xml": ("qwen3_coder", "qwen3_coder"),
    "step3p5_xml": ("step3p5", "step3p5"),
    "seed_oss_xml": ("seed_oss", ""),
    "minimax_m2_xml": ("minimax_m2", "minimax-m2"),
    "minimax_m3_xml": ("minimax_m3", "minimax-m3"),
    "glm45_xml": ("glm45", "glm45"),
    "glm47_xml": ("glm47", "glm47"),
    "poolside_v1": ("poolside_v1", "poolside_v1"),
    "hy_v3": ("hy_v3", "hunyuan"),
    "step3": ("step3", "step3"),
    "minicpm5_xml": ("minicpm5xml", "minicpm5"),
    "dots": ("dots", "dots"),
    "glimmer": ("muse_glimmer", "muse_glimmer"),
    "functiongemma": ("functiongemma", ""),
    "gemma4": ("gemma4", "gemma4"),
    "gemma3_tool_code": ("pythonic", ""),
    "lfm2": ("lfm2", "lfm2"),
    "olmo3_pythonic": ("olmo3", ""),
    "harmony": ("openai", "gpt-oss"),
    "inkling": ("inkling", "inkling"),
}


def parser_for(tool_format: str) -> str:
    """In a sentence, with a blank behind; `""` where no server is known to have one."""
    vllm, sglang = _PARSERS.get(tool_format, ("", ""))
    of_vllm = f"vLLM with `--enable-auto-tool-choice --tool-call-parser {vllm}`" if vllm else ""
    of_sglang = f"SGLang with `--tool-call-parser {sglang}`" if sglang else ""
    known = " or ".join(filter(None, (of_vllm, of_sglang)))
    return f"For {tool_format} start {known}. " if known else ""
