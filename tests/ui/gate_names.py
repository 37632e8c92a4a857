"""What names stand for in syntax trees: types, tables of constants, and the values that a name gets in a function.

A name is trusted only if all that bear it agree. Types are taken at their word: mypy holds the code to them.
"""

import ast
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from tests.ui.gate_sinks import SINKS, Sink

DRAWABLE = {"Content", "Text", "Segment", "Strip", "Visual", "RichVisual", "Table", "Group"}
AROUND_TYPES = {"None", "list", "tuple", "Sequence", "Iterable", "Iterator"}
WORDS = re.compile(r"Literal\[[^\]]*\](?: \| None)?")
NUMBERS = {"int", "float", "bool", "None"}
CAPS = re.compile(r"_*[A-Z][A-Z0-9_]+")
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)


@dataclass
class Declared:
    """What all files say: types of results and fields by name, sinks that our classes inherit, classes of constants."""

    types: dict[str, list[str]] = field(default_factory=dict)
    sinks: dict[str, Sink] = field(default_factory=dict)
    constants: set[str] = field(default_factory=set)

    def agree(self, name: str, test: Callable[[str], bool]) -> bool:
        """Whether all that bear `name` have a type that passes: a name is trusted only then."""
        return name in self.types and all(map(test, self.types[name]))

    def is_constant_type(self, name: str) -> bool:
        """Numbers, words of a `Literal`, and classes of which every instance stands in an ALL_CAPS table."""
        return is_number_type(name) or name.removesuffix(" | None") in self.constants


def declarations(trees: Sequence[ast.Module]) -> Declared:
    """What the files declare, read together."""
    found = Declared()
    nodes = [node for tree in trees for node in ast.walk(tree)]
    classes = [node for node in nodes if isinstance(node, ast.ClassDef)]
    for node in nodes:
        if isinstance(node, FUNCTIONS) and node.returns:
            found.types.setdefault(node.name, []).append(_type(node.returns))
    for each in classes:
        for name, kind in _fields(each):
            found.types.setdefault(name, []).append(kind)
    for _ in classes:  # bases may stand after those that inherit from them
        found.sinks |= dict(_inherited(classes, SINKS | found.sinks))
    found.constants = {each.name for each in classes} & _made_in_tables(trees)
    return found


def _fields(node: ast.ClassDef) -> Iterator[tuple[str, str]]:
    """The fields of a class with their types: as annotated, or as a parameter is that they get; else `?`."""
    annotated = {last_name(item.target): item for item in ast.walk(node) if isinstance(item, ast.AnnAssign)}
    yield from ((name, _type(item.annotation)) for name, item in annotated.items())
    for method in (item for item in node.body if isinstance(item, FUNCTIONS)):
        types = scope_of(method).types
        for target, value in (pair for item in _own_nodes(method) for pair in _bindings(item)):
            for own in ast.walk(target):
                if isinstance(own, ast.Attribute) and ast.unparse(own.value) == "self" and own.attr not in annotated:
                    yield own.attr, types.get(last_name(value), "?") if isinstance(value, ast.Name) else "?"


def _made_in_tables(trees: Sequence[ast.Module]) -> set[str]:
    """Names that are called in ALL_CAPS tables of modules, and nowhere else."""
    tables = [
        item.value
        for tree in trees
        for item in tree.body
        if isinstance(item, ast.Assign | ast.AnnAssign) and item.value and all(is_caps(name) for name in _names(item))
    ]
    in_tables = [last_name(call.func) for table in tables for call in _calls_at_once(table)]
    anywhere = [last_name(call.func) for tree in trees for call in ast.walk(tree) if isinstance(call, ast.Call)]
    return {name for name in in_tables if in_tables.count(name) == anywhere.count(name)}


def _calls_at_once(table: ast.expr) -> list[ast.Call]:
    """The calls in a table that are made with it: those in a lambda come later, with who knows what."""
    return [item for item in (table, *_own_nodes(table)) if isinstance(item, ast.Call)]


def _names(item: ast.Assign | ast.AnnAssign) -> list[str]:
    return [last_name(target) for target in (item.targets if isinstance(item, ast.Assign) else [item.target])]


def is_caps(name: str) -> bool:
    return CAPS.fullmatch(name) is not None


def _inherited(classes: list[ast.ClassDef], sinks: dict[str, Sink]) -> Iterator[tuple[str, Sink]]:
    for node in classes:
        base = next((name for name in map(last_name, node.bases) if name in sinks), None)
        if base and not any(isinstance(item, ast.FunctionDef) and item.name == "__init__" for item in node.body):
            yield node.name, sinks[base]


def is_drawable_type(name: str) -> bool:
    """`Content`, `list[Segment]`, `Text | None`; not `Text | str`."""
    words = set(re.findall(r"\w+", name)) - AROUND_TYPES
    return bool(words) and words <= DRAWABLE


def is_number_type(name: str) -> bool:
    """`int`, `float | None`, `Literal["a", "b"]`."""
    return bool(WORDS.fullmatch(name)) or set(re.findall(r"[^ |]+", name)) <= NUMBERS


def _type(annotation: ast.expr) -> str:
    return ast.unparse(annotation).strip("'\"")


def last_name(node: ast.expr) -> str:
    return node.id if isinstance(node, ast.Name) else node.attr if isinstance(node, ast.Attribute) else ""


@dataclass
class Scope:
    """The names of one function: the types they were given, and the values they get (`None`: not known)."""

    types: dict[str, str] = field(default_factory=dict)
    values: dict[str, list[ast.expr | None]] = field(default_factory=dict)


def scope_of(node: ast.AST) -> Scope:
    scope = Scope()
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
        arguments = node.args
        for argument in (*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs):
            scope.types[argument.arg] = _type(argument.annotation) if argument.annotation else "?"
    for child in _own_nodes(node):
        for target, value in _bindings(child):
            if isinstance(child, ast.AnnAssign) and isinstance(target, ast.Name):
                scope.types[target.id] = _type(child.annotation)
            for name in ast.walk(target):
                if isinstance(name, ast.Name) and isinstance(name.ctx, ast.Store):
                    scope.values.setdefault(name.id, []).append(value)
    return scope


def _bindings(node: ast.AST) -> Iterator[tuple[ast.expr, ast.expr | None]]:
    """Every target that `node` binds, with the value it gets. What is looped over or unpacked stands for its parts."""
    if isinstance(node, ast.Assign):
        yield from ((target, node.value) for target in node.targets)
    elif isinstance(node, ast.AnnAssign | ast.AugAssign | ast.NamedExpr):
        yield node.target, node.value
    elif isinstance(node, ast.For | ast.AsyncFor | ast.comprehension):
        yield node.target, node.iter
    elif isinstance(node, ast.withitem) and node.optional_vars:
        yield node.optional_vars, None


def _own_nodes(node: ast.AST) -> Iterator[ast.AST]:
    """The nodes under `node`, but not those of functions within it."""
    for child in ast.iter_child_nodes(node):
        if not isinstance(child, ast.Lambda):
            yield child
        if not isinstance(child, (*FUNCTIONS, ast.Lambda)):
            yield from _own_nodes(child)
