"""Imports point down, and the engine is sans-IO (ARCHITECTURE §2)."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "inspector"

# Each module's layer, by the longest prefix that fits. Layers 7 and 8 hold siblings that do not know each other.
LAYERS: dict[str, tuple[int, str]] = {
    "inspector": (0, "root"),
    "inspector.errors": (0, "vocabulary"),
    "inspector.events": (0, "vocabulary"),
    "inspector.asides": (0, "vocabulary"),
    "inspector.tools": (0, "tools"),
    "inspector.kinds": (0, "vocabulary"),
    "inspector.gate": (0, "gate"),
    "inspector.wire": (1, "wire"),
    "inspector.dialects": (2, "dialects"),
    "inspector.tracks": (3, "tracks"),
    "inspector.json_scan": (3, "tracks"),
    "inspector.partial_tree": (3, "tracks"),
    "inspector.json_layout": (3, "tracks"),
    "inspector.json_place": (3, "tracks"),
    "inspector.json_value": (3, "tracks"),
    "inspector.schema_fit": (3, "tracks"),
    "inspector.schema_pattern": (3, "tracks"),
    "inspector.calls": (3, "tracks"),
    "inspector.call_identity": (3, "tracks"),
    "inspector.twins": (3, "tracks"),
    "inspector.choice": (3, "tracks"),
    "inspector.telling": (3, "tracks"),
    "inspector.watching": (3, "tracks"),
    "inspector.stage": (3, "tracks"),
    "inspector.run": (3, "tracks"),
    "inspector.stages": (3, "tracks"),
    "inspector.merging": (3, "tracks"),
    "inspector.turn_chunks": (3, "tracks"),
    "inspector.transcript": (4, "transcript"),
    "inspector.exchanges": (4, "transcript"),
    "inspector.playback": (4, "transcript"),
    "inspector.pace": (4, "transcript"),
    "inspector.completion": (4, "transcript"),
    "inspector.client_views": (4, "transcript"),
    "inspector.tool_formats": (2, "tool_formats"),
    "inspector.findings": (5, "findings"),
    "inspector.daemon": (6, "daemon"),
    "inspector.toolchain": (6, "toolchain"),
    "inspector.config": (7, "config"),
    "inspector.payloads": (7, "payloads"),
    "inspector.demo": (7, "demo"),
    "inspector.sources": (7, "sources"),
    "inspector.recording": (7, "sources"),
    "inspector.sandbox": (7, "sources"),
    "inspector.live": (7, "sources"),
    "inspector.official_sdk": (7, "sources"),
    "inspector.report": (8, "report"),
    "inspector.ui": (8, "ui"),
    "inspector.cli": (9, "cli"),
    "inspector.__main__": (9, "cli"),
}
ENGINE_TO = 5
# fmt: off
BANNED = frozenset({
    "asyncio", "click", "datetime", "httpx", "httpx2", "openai", "os", "pathlib", "pydantic", "rich", "select",
    "shutil", "socket", "ssl", "subprocess", "tempfile", "textual", "threading", "time",
})
# fmt: on


def modules() -> Iterator[tuple[str, Path]]:
    for path in sorted(PACKAGE.rglob("*.py")):
        parts = path.relative_to(PACKAGE.parent).with_suffix("").parts
        yield ".".join(parts[:-1] if parts[-1] == "__init__" else parts), path


def layer_of(module: str) -> tuple[int, str]:
    fitting = [name for name in LAYERS if module == name or module.startswith(name + ".")]
    return LAYERS[max(fitting, key=len)]


def imports(source: str, module: str) -> Iterator[tuple[int, str]]:
    """Every module imported anywhere in a source, with its line; `from inspector import x` counts as `inspector.x`."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, f"{module}:{node.lineno}: imports are absolute here"
            for alias in node.names:
                full = f"{node.module}.{alias.name}"
                yield node.lineno, full if node.module == "inspector" else str(node.module)


def breaches(source: str, module: str) -> list[str]:
    layer, sibling = layer_of(module)
    found = []
    for line, imported in imports(source, module):
        if imported.split(".")[0] == "inspector":
            other, other_sibling = layer_of(imported)
            if other > layer or (other == layer and other_sibling != sibling and layer):
                found.append(f"{module}:{line} imports {imported}, which is above or beside it")
        elif layer <= ENGINE_TO and imported.split(".")[0] in BANNED:
            found.append(f"{module}:{line} imports {imported}: the engine is sans-IO")
    return found


def test_every_module_and_folder_has_a_layer() -> None:
    known = {name.split(".")[1] for name in LAYERS if "." in name}
    assert {name.split(".")[1] for name, _ in modules() if "." in name} == known


@pytest.mark.parametrize(("module", "path"), [pytest.param(*each, id=each[0]) for each in modules()])
def test_a_module_imports_only_what_lies_below_it(module: str, path: Path) -> None:
    assert breaches(path.read_text(encoding="utf-8"), module) == []


@pytest.mark.parametrize(
    ("source", "module"),
    [
        ("from inspector.transcript import Transcript", "inspector.wire.sse"),
        ("def f():\n    import inspector.ui.app", "inspector.report.text"),
        ("import os.path", "inspector.stage"),
        ("from textual.app import App", "inspector.playback"),
        ("from inspector import cli", "inspector.sources.file"),
    ],
    ids=["upward", "sibling, lazily", "the operating system", "the screen", "by way of the package"],
)
def test_a_breach_is_found(source: str, module: str) -> None:
    assert breaches(source, module)


def _loaded_by(statement: str) -> set[str]:
    script = f"import sys\n{statement}\nprint(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    return set(done.stdout.split())


@pytest.mark.parametrize(
    "module", sorted(name for name, _ in modules() if layer_of(name)[0] <= ENGINE_TO and name != "inspector")
)
def test_an_engine_module_loads_no_screen_no_network_and_no_model_library(module: str) -> None:
    heavy = {"asyncio", "click", "httpx", "httpx2", "openai", "pydantic", "rich", "socket", "textual"}
    assert _loaded_by(f"import {module}") & heavy == set()


def test_importing_the_package_loads_nothing() -> None:
    before = _loaded_by("pass")
    assert _loaded_by("import inspector") - before == {"inspector"}
