"""Says which expressions may reach a sink; knows where expressions come from, not where they go.

Syntax alone cannot tell what a string holds, so what is not known is refused.
"""

import ast
import re
from collections.abc import Sequence

from tests.ui.gate_names import Declared, Scope, is_caps, is_drawable_type, last_name
from tests.ui.gate_sinks import SINKS, Need

MAKERS = {"literal", "literal_text", "strip_segments", *(name for name in SINKS if name[0].isupper())}
CLEANERS = {"clean": Need.CLEAN, "literal_markup": Need.MARKUP}
NUMBER_FORMAT = re.compile(r"[deEfFgGnoxX%,_]$")


class Judge:
    """Says whether an expression may reach a sink, given the scopes it stands in."""

    def __init__(self, scopes: Sequence[Scope], declared: Declared) -> None:
        self._scopes = scopes
        self._declared = declared
        self._asked: set[tuple[str, Need | None]] = set()

    def allows(self, node: ast.expr, need: Need) -> bool:
        """Whether `node` is what `need` asks for."""
        if need < Need.MARKUP and self.is_drawable(node):
            return True
        match node:
            case ast.Constant():
                return True
            case ast.JoinedStr(values=parts):
                inner = Need.CONSTANT if need is Need.DRAWABLE else need
                return all(self._allows_part(part, inner) for part in parts)
            case ast.Name(id=name):
                return self._allows_name(name, need)
            case ast.Attribute(value=owner, attr=name):
                if is_caps(name) or self._declared.agree(name, self._declared.is_constant_type):
                    return True
                return self.allows(owner, Need.CONSTANT)
            case ast.Call():
                return self._allows_call(node, need)
            case _:
                parts_of = _parts(node)
                return parts_of is not None and all(self.allows(part, need) for part in parts_of)

    def is_drawable(self, node: ast.expr) -> bool:
        """Whether `node` is Content, Text, a Segment and the like, whose makers are sinks themselves."""
        match node:
            case ast.Name(id=name):
                return self._is_drawable_name(name)
            case ast.Attribute(attr=name):
                return self._declared.agree(name, is_drawable_type)
            case ast.Call(func=function):
                name = last_name(function)
                if name in MAKERS or name in self._declared.sinks or self._declared.agree(name, is_drawable_type):
                    return True
                return isinstance(function, ast.Attribute) and (
                    last_name(function.value) in MAKERS or self.is_drawable(function.value)
                )
            case ast.Subscript(value=value):
                return self.is_drawable(value)
            case ast.BinOp(left=left, op=ast.Add(), right=right):
                return self.is_drawable(left) or self.is_drawable(right)
            case _:
                return False

    def _allows_part(self, part: ast.expr, need: Need) -> bool:
        if not isinstance(part, ast.FormattedValue):
            return True
        spec = part.format_spec.values[-1:] if isinstance(part.format_spec, ast.JoinedStr) else []
        if spec and isinstance(spec[0], ast.Constant) and NUMBER_FORMAT.search(str(spec[0].value)):
            return True
        return self.allows(part.value, need)

    def _allows_call(self, node: ast.Call, need: Need) -> bool:
        function, given = node.func, [*node.args, *(keyword.value for keyword in node.keywords)]
        name = last_name(function)
        if name == "len" or (name in CLEANERS and need is CLEANERS[name]):
            return True
        if isinstance(function, ast.Name):
            return name == "str" and all(self.allows(value, Need.CONSTANT) for value in given)
        if not isinstance(function, ast.Attribute) or not self.allows(function.value, need):
            return False
        # A method of something allowed, with allowed arguments: "…".join(…), clean(x).ljust(9), WORDS.get(any, "?").
        return all(self.allows(value, need) for value in (given[1:] if name == "get" else given))

    def _allows_name(self, name: str, need: Need) -> bool:
        if is_caps(name):
            return True
        scope = self._scope_with(name)
        if scope is None:
            return False
        if name in scope.types:
            return self._declared.is_constant_type(scope.types[name])
        if (name, need) in self._asked:  # text = text + more: the other assignments decide
            return True
        self._asked.add((name, need))
        allowed = all(value is not None and self.allows(value, need) for value in scope.values[name])
        self._asked.discard((name, need))
        return allowed

    def _scope_with(self, name: str) -> Scope | None:
        return next((scope for scope in self._scopes if name in scope.types or name in scope.values), None)

    def _is_drawable_name(self, name: str) -> bool:
        scope = self._scope_with(name)
        if scope is None or (name, None) in self._asked:
            return False
        if name in scope.types:
            return is_drawable_type(scope.types[name])
        self._asked.add((name, None))
        drawable = all(value is not None and self.is_drawable(value) for value in scope.values[name])
        self._asked.discard((name, None))
        return drawable


def _parts(node: ast.expr) -> list[ast.expr] | None:
    """The expressions that must all be allowed for `node` to be; None where nothing is known of such a node."""
    match node:
        case ast.IfExp(body=body, orelse=other):
            return [body, other]
        case ast.BoolOp(values=values):
            return values
        case ast.BinOp(left=left, op=ast.Mult(), right=right):
            return [right if isinstance(right, ast.Constant) and isinstance(right.value, str) else left]
        case ast.BinOp(left=left, right=right):
            return [left, right]
        case ast.Tuple(elts=elements) | ast.List(elts=elements):
            return elements
        case ast.GeneratorExp(elt=element) | ast.ListComp(elt=element):
            return [element]
        case ast.Starred(value=value) | ast.Subscript(value=value) | ast.NamedExpr(value=value):
            return [value]
        case _:
            return None
