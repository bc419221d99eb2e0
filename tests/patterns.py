"""Every regular expression of the package, found without a list, and texts made to be hard for each.

Modules are imported and read as trees: a pattern is whatever is handed to ``re`` or ``regex``, by its value in its
module. How it is used tells where it may begin: ``match`` at one place, ``search`` and its like at every place of the
text.
"""

from __future__ import annotations

import ast
import importlib
import pkgutil
import re
import sys
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from re import _constants as op  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from types import ModuleType
from typing import Any

import plan_lifecycle
from plan_lifecycle.domain.regex import Regex

AT_ONE_PLACE = frozenset({"match", "fullmatch"})
_FUNCTIONS = AT_ONE_PLACE | {"search", "sub", "subn", "split", "findall", "finditer"}
_METHODS = {name: name if name in AT_ONE_PLACE else "search" for name in _FUNCTIONS}


@dataclass(frozen=True)
class Found:
    """A pattern, where it stands (``module:line``), and the ways in which it is used: match, fullmatch, search."""

    where: str
    pattern: re.Pattern[Any]
    ways: frozenset[str]


def modules() -> Iterator[ModuleType]:
    """Import every module of the package that needs no Airflow."""
    for info in pkgutil.walk_packages(plan_lifecycle.__path__, "plan_lifecycle."):
        source = _source(info.name)
        if info.name == Regex.__module__:
            continue  # has patterns of others alone
        if "airflow" not in source.name and not source.is_relative_to(_root() / "store" / "migrations"):
            yield importlib.import_module(info.name)


@cache
def every_pattern() -> tuple[Found, ...]:
    """Find the patterns of the package; one that is used under several names or in several ways stands once."""
    read = [(module, ast.parse(Path(module.__file__ or "").read_text(encoding="utf-8"))) for module in modules()]
    used = _ways_by_object(read)
    found: dict[re.Pattern[Any], tuple[str, set[str]]] = {}
    for module, tree in read:
        for where, pattern, ways in _patterns_of(module, tree, used):
            found.setdefault(pattern, (where, set()))[1].update(ways)
    return tuple(Found(where, pattern, frozenset(ways)) for pattern, (where, ways) in found.items())


def _patterns_of(
    module: ModuleType, tree: ast.Module, used: dict[int, set[str]]
) -> Iterator[tuple[str, re.Pattern[Any], set[str]]]:
    for value in vars(module).values():
        for pattern in _compiled(value):
            yield module.__name__, pattern, used.get(id(pattern)) or _ways_of_held(module, tree)
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and _is_re(node.func):
            way = node.func.attr  # type: ignore[attr-defined]
            if way in _FUNCTIONS or (way == "compile" and not _at_module_level(node, tree)):
                pattern = _evaluated(node, module)
                yield f"{module.__name__}:{node.lineno}", pattern, {_METHODS.get(way, "search")}


def _compiled(value: object) -> Iterator[re.Pattern[Any]]:
    """Yield the patterns in a module's value: itself, or what it holds."""
    pattern = _pattern(value)
    if pattern is not None:
        yield pattern
    elif isinstance(value, dict):
        for key, held in value.items():
            yield from _compiled(key)
            yield from _compiled(held)
    elif isinstance(value, tuple | list | set | frozenset):
        for held in value:
            yield from _compiled(held)


def _pattern(value: object) -> re.Pattern[Any] | None:
    """Give the compiled pattern that a value is, however it was worded; None where it is none."""
    if isinstance(value, Regex):
        return value.compiled  # type: ignore[no-any-return]
    return value if isinstance(value, re.Pattern) else None


def _ways_by_object(read: Sequence[tuple[ModuleType, ast.Module]]) -> dict[int, set[str]]:
    """Say how each pattern with a name is used, wherever it was imported; one that is handed on, in any way."""
    ways: dict[int, set[str]] = defaultdict(set)
    for module, tree in read:
        for node in ast.walk(tree):
            if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
                pattern = _pattern(vars(module).get(node.value.id))
                if pattern is not None and node.attr in _FUNCTIONS:
                    ways[id(pattern)].add(_METHODS[node.attr])
        direct = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
        for node in ast.walk(tree):
            if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load) and id(node) not in direct:
                pattern = _pattern(vars(module).get(node.id))
                if pattern is not None:
                    ways[id(pattern)].add("search")
    return ways


def _ways_of_held(module: ModuleType, tree: ast.Module) -> set[str]:
    """Say how patterns are used that are held in a table: as the module uses what it takes out of one."""
    ways = {
        _METHODS[node.attr]
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and node.attr in _FUNCTIONS - {"split"} and not _is_re(node)
        if not (isinstance(node.value, ast.Name) and _pattern(vars(module).get(node.value.id)) is not None)
    }
    return ways or {"search"}


def _is_re(node: ast.expr) -> bool:
    return isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "re"


@cache
def _calls_in_functions(tree: ast.Module) -> frozenset[int]:
    return frozenset(
        id(node)
        for function in ast.walk(tree)
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)
        for node in ast.walk(function)
    )


def _at_module_level(node: ast.Call, tree: ast.Module) -> bool:
    return id(node) not in _calls_in_functions(tree)


class _Standing(dict[str, Any]):
    """A module's names; what only a function knows stands as a letter."""

    def __missing__(self, name: str) -> Any:
        builtins = vars(sys.modules["builtins"])
        return builtins[name] if name in builtins else _Letter("x")


class _Letter(str):
    def __getattr__(self, _name: str) -> str:
        return "x"


def _evaluated(node: ast.Call, module: ModuleType) -> re.Pattern[Any]:
    names = _Standing(vars(module))
    flags = next((keyword.value for keyword in node.keywords if keyword.arg == "flags"), None)
    position = {
        "compile": 1,
        "match": 2,
        "fullmatch": 2,
        "search": 2,
        "findall": 2,
        "finditer": 2,
        "sub": 4,
        "split": 3,
    }
    at = position.get(node.func.attr, 9)  # type: ignore[attr-defined]
    flags = flags or (node.args[at] if len(node.args) > at else None)
    text = _value(node.args[0], names)
    return re.compile(text, _value(flags, names) if flags else 0)


def _value(node: ast.expr, names: dict[str, Any]) -> Any:
    return eval(compile(ast.Expression(node), "pattern", "eval"), names)  # noqa: S307  the package's own text


def _root() -> Path:
    return Path(plan_lifecycle.__file__).parent


def _source(name: str) -> Path:
    return _root().joinpath(*name.split(".")[1:])


# --- texts ------------------------------------------------------------------------------------------------------

_UNBOUNDED = 200
"""From how many repetitions on a repeat counts as one without an end."""
_CANDIDATES = "a 1.\n\t,-(\"'<>/:;=&#@ăẬ\u00a0\u0300Z_%)]}|\\+*?!\x01"
_NEAR_MISSES = ("\x00",)


def hard_texts(pattern: re.Pattern[Any], size: int) -> Iterator[Any]:
    """Yield texts of about ``size`` characters: what the pattern repeats, and what it begins with, over and over.

    Each is made of the pattern's own parts: what stands before a repeat, then what it takes, again and again, and an
    end that does not fit.
    """
    seen: set[str] = set()
    is_bytes = isinstance(pattern.pattern, bytes)
    text = pattern.pattern.decode("latin-1") if is_bytes else pattern.pattern
    parsed = parser.parse(text, pattern.flags & ~re.UNICODE if is_bytes else pattern.flags)
    for before, taken in _repeats(list(parsed), ""):
        for begin, again in (
            (before, taken),
            ("", taken),
            ("", before + taken),
            ("", before + taken + " "),
            ("", before),
        ):
            if not again or (begin, again) in seen:
                continue
            seen.add((begin, again))  # type: ignore[arg-type]
            for end in _NEAR_MISSES:
                made = begin + again * (size // len(again)) + end
                yield made.encode("latin-1", "ignore") if is_bytes else made


def _repeats(items: list[Any], before: str) -> Iterator[tuple[str, str]]:
    """Yield what stands before each endless repeat, and what it takes once; with each of a few letters it may take."""
    for kind, argument in items:
        if kind in (op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT):
            _least, most, body = argument
            if most > _UNBOUNDED:
                for taken in _samples(list(body)):
                    yield before, taken
            yield from _repeats(list(body), before)
        elif kind is op.SUBPATTERN:
            yield from _repeats(list(argument[3]), before)
        elif kind is op.ATOMIC_GROUP:
            yield from _repeats(list(argument), before)
        elif kind is op.BRANCH:
            for branch in argument[1]:
                yield from _repeats(list(branch), before)
        elif kind in (op.ASSERT, op.ASSERT_NOT):
            yield from _repeats(list(argument[1]), before)
        before += next(iter(_samples([(kind, argument)])), "")
    if before:
        yield "", before


def _samples(items: list[Any]) -> list[str]:
    """Give a few texts that a sequence takes: where one item may be several things, each is tried."""
    made = [""]
    for item in items:
        choices = _choices(item)
        made = (
            [text + choice for text in made for choice in choices][:6]
            if len(made) < 6
            else [text + choices[at % len(choices)] for at, text in enumerate(made)]
        )
    return list(dict.fromkeys(made))


def _choices(item: Any) -> list[str]:
    kind, argument = item
    if kind is op.LITERAL:
        return [chr(argument)]
    if kind in (op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT):
        least, most, body = argument
        once = _samples(list(body))
        return [text * max(least, min(1, most)) for text in once] + ([""] if least == 0 else [])
    if kind is op.SUBPATTERN:
        return _samples(list(argument[3]))
    if kind is op.ATOMIC_GROUP:
        return _samples(list(argument))
    if kind is op.BRANCH:
        return [text for branch in argument[1][:4] for text in _samples(list(branch))[:1]]
    if kind in (op.IN, op.ANY, op.NOT_LITERAL, op.CATEGORY):
        fits = re.compile(_spelt(item), re.DOTALL)
        chosen = [letter for letter in _letters_of(item) + _CANDIDATES if fits.fullmatch(letter)]
        return list(dict.fromkeys(chosen))[:2] or [""]
    return [""]


def _letters_of(item: Any) -> str:
    kind, argument = item
    if kind is not op.IN:
        return ""
    return "".join(
        chr(value if what is op.LITERAL else value[0]) for what, value in argument if what in (op.LITERAL, op.RANGE)
    )


def _spelt(item: Any) -> str:
    """Spell a class of characters as a pattern again."""
    kind, argument = item
    if kind is op.ANY:
        return "."
    if kind is op.NOT_LITERAL:
        return f"[^{re.escape(chr(argument))}]"
    if kind is op.CATEGORY:
        return _CATEGORIES[argument]
    parts = []
    for what, value in argument:
        if what is op.NEGATE:
            parts.insert(0, "^")
        elif what is op.LITERAL:
            parts.append(re.escape(chr(value)))
        elif what is op.RANGE:
            parts.append(f"{re.escape(chr(value[0]))}-{re.escape(chr(value[1]))}")
        else:
            parts.append(_CATEGORIES[value])
    return f"[{''.join(parts)}]"


_CATEGORIES = {
    op.CATEGORY_DIGIT: r"\d", op.CATEGORY_NOT_DIGIT: r"\D", op.CATEGORY_SPACE: r"\s", op.CATEGORY_NOT_SPACE: r"\S",
    op.CATEGORY_WORD: r"\w", op.CATEGORY_NOT_WORD: r"\W",
}  # fmt: skip
