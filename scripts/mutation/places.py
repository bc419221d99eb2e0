"""Find the places of a module where a small fault can be put, and say what would stand there instead.

A place is one edit of the source: a span of bytes and its replacement. Layout and comments around it stay, so that
the difference can be read.
"""

from __future__ import annotations

import ast
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass

from scripts.mutation.expressions import expression_changes
from scripts.mutation.kinds import WEIGHTS, Kind
from scripts.mutation.statements import statement_changes

PASSED_OVER = ("TYPE_CHECKING", "__all__")


@dataclass(frozen=True)
class Place:
    """One possible fault: bytes ``start`` to ``end`` of a module's source become ``text``.

    ``lines`` are those of the statement that it stands in, without the statements within that.
    """

    kind: Kind
    line: int
    lines: range
    start: int
    end: int
    text: str

    def in_source(self, source: str) -> str:
        """The source with this fault in it."""
        raw = source.encode()
        return (raw[: self.start] + self.text.encode() + raw[self.end :]).decode()


def places_in(source: str) -> list[Place]:
    """Every place of a module's source, in order; what does not compile or changes nothing is left out."""
    whole = ast.parse(source)
    starts, statements = _line_starts(source), _statements(whole)
    found = {
        Place(
            kind,
            node.lineno,
            statements[node.lineno],
            starts[node.lineno - 1] + node.col_offset,
            _end(node, starts),
            text,
        )
        for holder in _code(whole)
        for kind, node, text in (*expression_changes(holder), *statement_changes(holder))
    }
    plain = ast.dump(whole)
    usable = (place for place in found if _differs(place.in_source(source), plain))
    return sorted(usable, key=lambda place: (place.start, place.end, place.text))


def chosen(modules: dict[str, list[Place]], number: int, seed: int) -> list[tuple[str, Place]]:
    """Choose ``number`` places: one of each module in turn, heavier kinds first, the same ones for the same seed."""
    queues = {
        module: sorted(places, key=lambda place: _rank(seed, module, place))
        for module, places in sorted(modules.items(), key=lambda item: _chance(f"{seed}:{item[0]}"))
        if places
    }
    rounds = max(map(len, queues.values()), default=0)
    in_turn = [(module, queue[turn]) for turn in range(rounds) for module, queue in queues.items() if turn < len(queue)]
    return in_turn[:number]


def _rank(seed: int, module: str, place: Place) -> float:
    """A place's rank by its chance and its kind's weight: the heavier, the nearer to the front on average."""
    chance = _chance(f"{seed}:{module}:{place.line}:{place.kind}:{place.text}")
    return -float(chance ** (1 / WEIGHTS[place.kind]))


def _chance(text: str) -> float:
    """A number from 0 to 1 that hangs on the text alone, so that an edit elsewhere does not reshuffle the choice."""
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:8], "big") / 2**64


def _code(whole: ast.Module) -> Iterator[ast.AST]:
    """Every node that runs: no annotation or decorator, nothing in an f-string (Python 3.11 gives its spans wrong)."""
    waiting: list[ast.AST] = [whole]
    while waiting:
        node = waiting.pop()
        yield node
        waiting.extend(_below(node))


def _below(node: ast.AST) -> Iterator[ast.AST]:
    for name, value in ast.iter_fields(node):
        if name in ("annotation", "returns", "decorator_list", "type_params"):
            continue
        for child in value if isinstance(value, list) else [value]:
            if isinstance(child, ast.AST) and not isinstance(child, ast.JoinedStr) and not _is_passed_over(child):
                yield child


def _is_passed_over(node: ast.AST) -> bool:
    """Whether a statement is for type checkers and star imports only."""
    named = node.test if isinstance(node, ast.If) else node.targets[0] if isinstance(node, ast.Assign) else None
    return isinstance(named, ast.Name) and named.id in PASSED_OVER


def _statements(whole: ast.Module) -> dict[int, range]:
    """For each line the lines of its statement; of one that holds others only its head."""
    found: dict[int, range] = {}
    for node in ast.walk(whole):  # outer ones first, so that inner ones take their place
        if isinstance(node, ast.stmt):
            body = getattr(node, "body", [])
            last = body[0].lineno - 1 if body else node.end_lineno or node.lineno
            lines = range(node.lineno, max(last, node.lineno) + 1)
            found |= dict.fromkeys(lines, lines)
    return found


def _line_starts(source: str) -> list[int]:
    starts = [0]
    for line in source.encode().splitlines(keepends=True):
        starts.append(starts[-1] + len(line))
    return starts


def _end(node: ast.expr | ast.stmt, starts: list[int]) -> int:
    if node.end_lineno is None or node.end_col_offset is None:
        raise ValueError(ast.dump(node))
    return starts[node.end_lineno - 1] + node.end_col_offset


def _differs(mutated: str, plain: str) -> bool:
    try:
        return ast.dump(ast.parse(mutated)) != plain
    except SyntaxError:
        return False
