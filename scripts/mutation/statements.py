"""Faults in statements: a guard that never holds, a second branch left out, a call that is not made."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from scripts.mutation.kinds import Kind

Change = tuple[Kind, ast.expr | ast.stmt, str]
LEAVES = (ast.Return, ast.Continue, ast.Break, ast.Raise)


def statement_changes(node: ast.AST) -> Iterator[Change]:
    """The faults of one node, if it is a statement of a kind that has any."""
    match node:
        case ast.If():
            yield from _branches(node)
        case ast.Expr(value=ast.Call() | ast.Await() | ast.YieldFrom() | ast.Yield()) | ast.AugAssign():
            yield Kind.DROPPED, node, "pass"
        case ast.Continue() | ast.Break():
            yield Kind.GUARD, node, "pass"
        case ast.Return(value=ast.Constant(value=bool())):
            return  # an expression's fault already
        case ast.Return(value=ast.Constant(value=str(text))):
            yield Kind.DEFAULT, node, f"return {'mutated' if not text else ''!r}"


def _branches(node: ast.If) -> Iterator[Change]:
    """A guard, an elif or an else that never happens."""
    if isinstance(node.body[-1], LEAVES):
        yield Kind.GUARD, node.test, "False"
    if not node.orelse:
        if not isinstance(node.body[-1], LEAVES):
            yield Kind.BRANCH, node.test, "False"
        return
    first, last = node.orelse[0], node.orelse[-1]
    if isinstance(first, ast.If) and len(node.orelse) == 1:
        yield Kind.BRANCH, first.test, "False"
        return
    yield from ((Kind.BRANCH, statement, "pass") for statement in ((first,) if first is last else (first, last)))
