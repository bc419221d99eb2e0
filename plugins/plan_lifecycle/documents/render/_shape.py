"""What can be said of a template before any data: names, balance, tables.

docxtpl parses every filled document again, to mend what its template may have broken. Most templates cannot break
anything: every branch and loop of theirs holds whole elements. Where that is proven once, no filling needs mending.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from jinja2 import meta, nodes

from plan_lifecycle.documents.render._tables import has_nested_tables, has_settled_grids

_TAG = re.compile(r"<!--.*?-->|<\?.*?\?>|<(/?)([^\s/>]+)(?:\"[^\"]*\"|[^\">])*?(/?)>", re.DOTALL)
_ANY_NAME = frozenset({"default", "d"})
_MARKUP_FILTERS = frozenset({"safe", "urlize", "xmlattr", "tojson", "forceescape"})


class Shape(NamedTuple):
    """``variables`` are the names that a template needs from outside, ``required`` those it has no substitute for.

    ``whole`` means that no filling can break an element, ``settled`` that none can unsettle a table's grid.
    ``fields`` maps the last name of a dotted expression to the whole ("content" to "row.content").
    """

    variables: frozenset[str]
    required: frozenset[str]
    fields: dict[str, str]
    whole: bool
    settled: bool
    drawings: bool


def shape_of(tree: nodes.Template, source: str) -> Shape:
    """Look at one part of a template: its parsed tree, and the source it was parsed from."""
    variables = frozenset(meta.find_undeclared_variables(tree))
    return Shape(
        variables=variables,
        required=variables - set(_optional(tree)),
        fields=_fields(tree),
        whole=_is_whole(tree) and not has_nested_tables(source),
        settled=has_settled_grids(source),
        drawings="<wp:docPr" in source,
    )


def _optional(tree: nodes.Template) -> Iterable[str]:
    """Names that the template itself asks about ("is defined") or has a substitute for ("default")."""
    for test in tree.find_all(nodes.Test):
        if test.name in ("defined", "undefined") and isinstance(test.node, nodes.Name):
            yield test.node.name
    for use in tree.find_all(nodes.Filter):
        if use.name in _ANY_NAME and isinstance(use.node, nodes.Name):
            yield use.node.name


def _fields(tree: nodes.Template) -> dict[str, str]:
    found: dict[str, str] = {}
    for node in tree.find_all(nodes.Getattr):
        names = [node.attr]
        inner: nodes.Node = node.node
        while isinstance(inner, nodes.Getattr):
            names.append(inner.attr)
            inner = inner.node
        if isinstance(inner, nodes.Name):
            found.setdefault(node.attr, ".".join([inner.name, *reversed(names)]))
    return found


def _is_whole(tree: nodes.Template) -> bool:
    """Whether every branch holds whole elements and no value brings markup of its own making."""
    if any(use.name in _MARKUP_FILTERS for use in tree.find_all(nodes.Filter)):
        return False
    try:
        return _balanced(_skeleton(tree.body))
    except _UnprovenError:
        return False


class _UnprovenError(Exception):
    """A construct about whose output nothing is known beforehand, or a branch with half an element."""


def _skeleton(body: Sequence[nodes.Node]) -> str:
    """The markup of a body; branches within it are proven on their own and leave nothing behind."""
    pieces: list[str] = []
    for node in body:
        if isinstance(node, nodes.Output):
            pieces += [part.data if isinstance(part, nodes.TemplateData) else "x" for part in node.nodes]
        elif isinstance(node, nodes.If):
            _prove(node.body, node.else_, *([branch] for branch in node.elif_))
        elif isinstance(node, nodes.For):
            _prove(node.body, node.else_)
        elif isinstance(node, nodes.With):
            _prove(node.body)
        elif not isinstance(node, nodes.Assign | nodes.ExprStmt):
            raise _UnprovenError
    return "".join(pieces)


def _prove(*bodies: Sequence[nodes.Node]) -> None:
    for body in bodies:
        if not _balanced(_skeleton(body)):
            raise _UnprovenError


def _balanced(markup: str) -> bool:
    open_elements: list[str] = []
    for tag in _TAG.finditer(markup):
        closing, name, empty = tag.groups()
        if name is None or empty:
            continue
        if not closing:
            open_elements.append(name)
        elif not open_elements or open_elements.pop() != name:
            return False
    return not open_elements and _TAG.sub("", markup).count("<") == 0
