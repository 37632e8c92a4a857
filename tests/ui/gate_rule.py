"""The rule of `inspector/ui/literal.py`, held against syntax trees; knows where strings go, not what they are."""

import ast
from dataclasses import dataclass

from tests.ui.gate_judge import Judge
from tests.ui.gate_names import Declared, Scope, last_name, scope_of
from tests.ui.gate_sinks import ATTRIBUTES, REMEDY, RENDERERS, SINKS, Need, Sink

GROWING = {"append": Sink(Need.CLEAN), "append_text": Sink(Need.CLEAN), "join": Sink(Need.CLEAN)}
DRAWING = ("textual", "rich")


@dataclass(frozen=True, slots=True)
class Finding:
    """A string that reaches a sink on a way the rule does not know."""

    line: int
    sink: str
    given: str
    need: Need

    def __str__(self) -> str:
        return f"{self.line}: {self.sink} is given `{self.given}`: {REMEDY[self.need]} (rule: inspector/ui/literal.py)"


class Checker(ast.NodeVisitor):
    """Walks one file and gathers findings."""

    def __init__(self, declared: Declared, draws: bool) -> None:
        self.findings: list[Finding] = []
        self._draws = draws
        self._ours: set[str] = set()  # names that Textual has too, but here are classes of our own
        self._declared = declared
        self._scopes: list[Scope] = []
        self._bases: list[str] = []
        self._functions: list[str] = []

    def visit_Module(self, node: ast.Module) -> None:
        self._ours = {name for item in ast.walk(node) for name in _classes_of_ours(item)}
        self._within(node)

    def visit_FunctionDef(self, node: ast.FunctionDef | ast.AsyncFunctionDef) -> None:
        self._functions.append(node.name)
        self._within(node)
        self._functions.pop()

    visit_AsyncFunctionDef = visit_FunctionDef

    def visit_Lambda(self, node: ast.Lambda) -> None:
        self._within(node)

    def visit_ClassDef(self, node: ast.ClassDef) -> None:
        before, self._bases = self._bases, [last_name(base) for base in node.bases]
        self.generic_visit(node)
        self._bases = before

    def visit_Call(self, node: ast.Call) -> None:
        name = last_name(node.func)
        if name == "__init__" and ast.unparse(node.func).startswith("super()."):
            name = next((base for base in self._bases if base in SINKS), name)
        sink = self._sink(name, node)
        if sink:
            self._check_call(name, sink, node)
        for keyword in node.keywords:
            if keyword.arg == "tooltip" and self._draws and name != "Binding":
                self._check(f"{name}(tooltip=)", keyword.value, Need.DRAWABLE)
        self.generic_visit(node)

    def visit_Assign(self, node: ast.Assign) -> None:
        for target in node.targets:
            self._check_target(target, node.value)
        self.generic_visit(node)

    def visit_AnnAssign(self, node: ast.AnnAssign) -> None:
        if node.value:
            self._check_target(node.target, node.value)
        self.generic_visit(node)

    def visit_AugAssign(self, node: ast.AugAssign) -> None:
        self._check_target(node.target, node.value)
        if self._judge.is_drawable(_loaded(node.target)):
            self._check("+=", node.value, Need.CLEAN)
        self.generic_visit(node)

    def visit_BinOp(self, node: ast.BinOp) -> None:
        sides = (node.left, node.right)
        if isinstance(node.op, ast.Add) and any(map(self._judge.is_drawable, sides)):
            for side in sides:
                self._check("+", side, Need.CLEAN)
        self.generic_visit(node)

    def visit_Return(self, node: ast.Return) -> None:
        if node.value and self._functions[-1] in RENDERERS:
            self._check(f"return of {self._functions[-1]}()", node.value, Need.DRAWABLE)
        self.generic_visit(node)

    def visit_Dict(self, node: ast.Dict) -> None:
        for key, value in zip(node.keys, node.values, strict=True):
            if isinstance(key, ast.Constant) and str(key.value).startswith("@"):
                self._check(str(key.value), value, Need.CONSTANT)
        self.generic_visit(node)

    @property
    def _judge(self) -> Judge:
        return Judge(self._scopes, self._declared)

    def _within(self, node: ast.AST) -> None:
        self._scopes.insert(0, scope_of(node))
        self.generic_visit(node)
        self._scopes.pop(0)

    def _sink(self, name: str, node: ast.Call) -> Sink | None:
        if name in ("echo", "secho"):  # stdout is data and has a gate of its own (CLI.md); stderr is talk
            return Sink(Need.CLEAN, (0,), ("message",)) if _option(node, "err") is True else None
        if not self._draws:
            return None
        if name == "notify":
            need = Need.CLEAN if _option(node, "markup") is False else Need.MARKUP
            return Sink(need, (0,), ("message",), (("title", Need.CLEAN),))
        if name in GROWING and isinstance(node.func, ast.Attribute) and self._judge.is_drawable(node.func.value):
            return GROWING[name]
        return self._declared.sinks.get(name) or (None if name in self._ours else SINKS.get(name))

    def _check_call(self, name: str, sink: Sink, node: ast.Call) -> None:
        needs = dict.fromkeys(sink.keywords, sink.need) | dict(sink.also)
        for place, argument in enumerate(node.args):
            if sink.every_place or place in sink.places or isinstance(argument, ast.Starred):
                if name == "assemble" and isinstance(argument, ast.Tuple):
                    argument = argument.elts[0]  # (text, style)
                self._check(f"{name}()", argument, sink.need)
        for keyword in node.keywords:
            if keyword.arg in needs:
                self._check(f"{name}({keyword.arg}=)", keyword.value, needs[keyword.arg])
            elif name == "from_markup":
                self._check("from_markup($…)", keyword.value, Need.CLEAN)

    def _check_target(self, target: ast.expr, value: ast.expr) -> None:
        if self._draws and isinstance(target, ast.Attribute) and target.attr in ATTRIBUTES:
            self._check(f".{target.attr}", value, ATTRIBUTES[target.attr])

    def _check(self, sink: str, given: ast.expr, need: Need) -> None:
        if not self._judge.allows(given, need):
            self.findings.append(Finding(given.lineno, sink, ast.unparse(given), need))


def _option(node: ast.Call, keyword: str) -> object:
    """The constant that a call gives for `keyword`; None where it gives none, or no constant."""
    given = (word.value for word in node.keywords if word.arg == keyword)
    return next((value.value for value in given if isinstance(value, ast.Constant)), None)


def _draws(tree: ast.Module) -> bool:
    """Whether a file has anything of Textual or Rich in it; in others `update` and `write` are other things."""
    names = [alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names]
    names += [node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
    return any(name.split(".")[0] in DRAWING for name in names)


def _classes_of_ours(node: ast.AST) -> list[str]:
    if isinstance(node, ast.ClassDef):
        return [node.name]
    if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("inspector."):
        return [alias.asname or alias.name for alias in node.names]
    return []


def _loaded(target: ast.expr) -> ast.expr:
    return ast.Name(target.id, ast.Load()) if isinstance(target, ast.Name) else target


def findings(tree: ast.Module, declared: Declared) -> list[Finding]:
    """What one file does against the rule, given what all files declare."""
    checker = Checker(declared, _draws(tree))
    checker.visit(tree)
    return checker.findings
