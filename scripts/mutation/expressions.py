"""Faults in expressions: comparisons, and/or, not, +/-, numbers, defaults, conditions of comprehensions and queries."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from typing import Any

from scripts.mutation.kinds import Kind

Change = tuple[Kind, ast.expr, str]

COMPARED: dict[type[ast.cmpop], tuple[Kind, type[ast.cmpop]]] = {
    ast.Lt: (Kind.BOUNDARY, ast.LtE),
    ast.LtE: (Kind.BOUNDARY, ast.Lt),
    ast.Gt: (Kind.BOUNDARY, ast.GtE),
    ast.GtE: (Kind.BOUNDARY, ast.Gt),
    ast.Eq: (Kind.EQUALITY, ast.NotEq),
    ast.NotEq: (Kind.EQUALITY, ast.Eq),
    ast.Is: (Kind.EQUALITY, ast.IsNot),
    ast.IsNot: (Kind.EQUALITY, ast.Is),
    ast.In: (Kind.EQUALITY, ast.NotIn),
    ast.NotIn: (Kind.EQUALITY, ast.In),
}
RENAMED = {
    "min": (Kind.BOUNDARY, "max"),
    "max": (Kind.BOUNDARY, "min"),
    "any": (Kind.CONNECTIVE, "all"),
    "all": (Kind.CONNECTIVE, "any"),
}
CONDITIONS = {"where", "and_", "or_"}


def expression_changes(node: ast.AST) -> Iterator[Change]:
    """The faults of one node, if it is an expression of a kind that has any."""
    change = CHANGES.get(type(node))
    if change is not None:
        yield from change(node)


def _compared(node: ast.Compare) -> Iterator[Change]:
    for position, operator in enumerate(node.ops):
        kind, other = COMPARED[type(operator)]
        operators = [*node.ops[:position], other(), *node.ops[position + 1 :]]
        yield kind, node, _text(ast.Compare(node.left, operators, node.comparators))


def _connected(node: ast.BoolOp) -> Iterator[Change]:
    yield Kind.CONNECTIVE, node, _text(ast.BoolOp(ast.Or() if isinstance(node.op, ast.And) else ast.And(), node.values))
    for position in range(len(node.values)):
        left = [*node.values[:position], *node.values[position + 1 :]]
        yield Kind.CONNECTIVE, node, _text(left[0] if len(left) == 1 else ast.BoolOp(node.op, left))


def _negated(node: ast.UnaryOp) -> Iterator[Change]:
    if isinstance(node.op, ast.Not):
        yield Kind.NEGATION, node, _text(node.operand)


def _reckoned(node: ast.BinOp) -> Iterator[Change]:
    """Change + and - where numbers or times may stand; a text or a list would only fall over."""
    if isinstance(node.op, ast.Add | ast.Sub) and not any(_is_sequence(side) for side in (node.left, node.right)):
        other = ast.Sub() if isinstance(node.op, ast.Add) else ast.Add()
        yield Kind.ARITHMETIC, node, _text(ast.BinOp(node.left, other, node.right))


def _is_sequence(node: ast.expr) -> bool:
    return isinstance(node, ast.JoinedStr | ast.List | ast.Tuple | ast.ListComp) or (
        isinstance(node, ast.Constant) and isinstance(node.value, str | bytes)
    )


def _constant(node: ast.Constant) -> Iterator[Change]:
    if isinstance(node.value, bool):
        yield Kind.DEFAULT, node, str(not node.value)
    elif isinstance(node.value, int):
        yield from ((Kind.CONSTANT, node, f"{node.value + step}") for step in (1, -1) if node.value + step >= 0)


def _chosen(node: ast.IfExp) -> Iterator[Change]:
    yield Kind.BRANCH, node, _text(node.body)
    yield Kind.BRANCH, node, _text(node.orelse)


def _called(node: ast.Call) -> Iterator[Change]:
    if isinstance(node.func, ast.Name) and node.func.id in RENAMED:
        kind, other = RENAMED[node.func.id]
        yield kind, node.func, other
    if not isinstance(node.func, ast.Name | ast.Attribute):
        return
    name = node.func.id if isinstance(node.func, ast.Name) else node.func.attr
    if name in CONDITIONS and not any(isinstance(argument, ast.Starred) for argument in node.args):
        yield from _fewer_conditions(node)
    if isinstance(node.func, ast.Attribute):
        if name == "get" and len(node.args) == 2 and not node.keywords:
            yield Kind.DEFAULT, node, _text(ast.Call(node.func, node.args[:1], []))
        if name == "order_by":
            yield Kind.FILTER, node, _text(node.func.value)


def _fewer_conditions(node: ast.Call) -> Iterator[Change]:
    if len(node.args) == 1 and isinstance(node.func, ast.Attribute) and node.func.attr == "where":
        yield Kind.FILTER, node, _text(node.func.value)
    for position in range(len(node.args) if len(node.args) > 1 else 0):
        left = [*node.args[:position], *node.args[position + 1 :]]
        yield Kind.FILTER, node, _text(ast.Call(node.func, left, node.keywords))


def _filtered(node: ast.ListComp | ast.SetComp | ast.GeneratorExp | ast.DictComp) -> Iterator[Change]:
    for generator in node.generators:
        yield from ((Kind.FILTER, condition, "True") for condition in generator.ifs)


def _text(node: ast.expr) -> str:
    """An expression as source, on one line and in brackets, so that it stands wherever the other one stood."""
    return f"({ast.unparse(ast.fix_missing_locations(node))})"


CHANGES: dict[type[ast.AST], Callable[[Any], Iterator[Change]]] = {
    ast.Compare: _compared,
    ast.BoolOp: _connected,
    ast.UnaryOp: _negated,
    ast.BinOp: _reckoned,
    ast.Constant: _constant,
    ast.IfExp: _chosen,
    ast.Call: _called,
    ast.ListComp: _filtered,
    ast.SetComp: _filtered,
    ast.GeneratorExp: _filtered,
    ast.DictComp: _filtered,
}
