"""Every sentence that people read, reworded: a release that does so may change nothing but the sentences.

``import_reworded`` loads the package with the words of every Vietnamese text turned round ("Chưa có" becomes
"aưhC óc"), and ``decided_by_words`` names the places where code decides by such a text. What reads Vietnamese out of
papers and mails is left as it is: those words are other people's.
"""

from __future__ import annotations

import ast
import re
import sys
import unicodedata
from collections.abc import Iterator, Sequence
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec, PathFinder, SourceFileLoader
from pathlib import Path
from types import CodeType, ModuleType
from typing import Any

import plan_lifecycle

PACKAGE = Path(plan_lifecycle.__file__).parent
READERS = (
    "channels/",  # pages, feeds and mails of others
    "config/",  # what coordinators write in tables
    "documents/check/",  # the form of papers
    "documents/formatting/",
    "documents/read/",  # plans
    "documents/registry_book.py",  # the registry's book
    "documents/score_form.py",  # what a unit scores itself, in our form or a table of its own
    "documents/report_form/",  # our own form: what a unit filled in last year is read as well
    "documents/gate/_pdf_text.py",  # the mark of secrecy
    "documents/gate/_secrecy.py",
    "documents/gate/_word.py",
    "domain/audience/",
    "domain/deadline/",
    "domain/figure.py",  # what stands beside a figure in a form, an estimate is said to be one
    "domain/figure_text.py",
    "domain/measure.py",
    "domain/phrase.py",
    "domain/plan_check/_matching.py",
    "domain/plan_version.py",
    "domain/short_forms.py",  # what they abbreviate
    "domain/spoken_date.py",
    "domain/statement.py",
    "domain/target/",
    "domain/text.py",
    "domain/unit.py",
    "domain/unit_list.py",
    "mail/incoming/",
    "simulation/",  # the units of the demo write plans, reports and mails
    "store/migrations/",  # words as they were
)
"""Modules that read what others have written; their words are no messages."""
_DECIDING = frozenset({"startswith", "endswith", "index", "find", "count", "fullmatch", "partition", "rpartition"})
_GROUPS = frozenset({"set", "frozenset"})
_NAMES_IN_TRAILS = frozenset({"BY_RULE"})
"""Names under which the software signs: stored as a person's name is, no message."""


def is_reader(path: Path) -> bool:
    """Whether a module reads what others have written."""
    return path.is_relative_to(PACKAGE) and path.relative_to(PACKAGE).as_posix().startswith(READERS)


def speaks(text: object) -> bool:
    """Whether a constant is a text in Vietnamese."""
    return isinstance(text, str) and any(ord(each) > 127 and unicodedata.category(each)[0] == "L" for each in text)


def reworded(text: str) -> str:
    """The same with its words turned round; what stands in braces is filled in as before."""
    parts = re.split(r"(\{[^{}]*\})", text)
    turned = "".join(
        each if at % 2 else re.sub(r"\w+", lambda word: word[0][::-1], each) for at, each in enumerate(parts)
    )
    return turned if turned != text else f"{text}…"


def _turned(text: str) -> str:
    return re.sub(r"\w+", lambda word: word[0][::-1], text)


class _Reworder(ast.NodeTransformer):
    """Rewords a module's texts, but for docstrings, patterns and the values of enums.

    By what is compared or is a key nothing may be decided (``decided_by_words``), but for what is read: left alone too.
    """

    def visit_Constant(self, node: ast.Constant) -> ast.AST:
        return ast.copy_location(ast.Constant(reworded(node.value)), node) if speaks(node.value) else node

    def visit_Expr(self, node: ast.Expr) -> ast.AST:
        return node if isinstance(node.value, ast.Constant) else self.generic_visit(node)

    def visit_ClassDef(self, node: ast.ClassDef) -> ast.AST:
        return node if _is_enum(node) and not any(isinstance(each, ast.FunctionDef) for each in node.body) else (
            self.generic_visit(node)
        )  # fmt: skip

    def visit_Call(self, node: ast.Call) -> ast.AST:
        return node if _is_pattern(node) else self.generic_visit(node)

    def visit_Assign(self, node: ast.Assign) -> ast.AST:
        named = {each.id for each in node.targets if isinstance(each, ast.Name)}
        return node if named & _NAMES_IN_TRAILS else self.generic_visit(node)


def _is_enum(node: ast.ClassDef) -> bool:
    return any(isinstance(base, ast.Name) and base.id in ("Enum", "StrEnum") for base in node.bases)


def _is_pattern(node: ast.Call) -> bool:
    function = node.func
    if isinstance(function, ast.Name):
        return function.id == "regex"
    return isinstance(function, ast.Attribute) and isinstance(function.value, ast.Name) and function.value.id == "re"


class _Loader(SourceFileLoader):
    """Loads a module with its texts reworded, and never a file of it that was compiled as it stands."""

    def path_stats(self, path: str) -> Any:
        raise OSError(path)

    def source_to_code(self, data: Any, path: Any, *, _optimize: int = -1) -> CodeType:
        tree = ast.parse(data, str(path))
        if not is_reader(Path(str(path))):
            tree = ast.fix_missing_locations(_Reworder().visit(tree))
        return compile(tree, str(path), "exec", dont_inherit=True, optimize=_optimize)


class _Finder(MetaPathFinder):
    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        spec = PathFinder.find_spec(fullname, path, target) if fullname.startswith("plan_lifecycle.") else None
        if spec is not None and spec.origin and spec.origin.endswith(".py"):
            spec.loader = _Loader(fullname, spec.origin)
        return spec


def import_reworded() -> None:
    """From now on in this process the package's modules are loaded reworded. None may have been loaded before."""
    loaded = [name for name in sys.modules if name.startswith("plan_lifecycle.")]
    if loaded:
        raise RuntimeError(f"loaded already: {loaded}")
    sys.meta_path.insert(0, _Finder())


def messages() -> dict[Path, list[str]]:
    """Every text of the package that people read, by module."""
    return {path: _said(path) for path in sorted(PACKAGE.rglob("*.py")) if not is_reader(path)}


def _said(path: Path) -> list[str]:
    nodes = ast.walk(ast.parse(path.read_text(encoding="utf-8")))
    constants = (node.value for node in nodes if isinstance(node, ast.Constant))
    return [each for each in constants if isinstance(each, str) and speaks(each)]


def decided_by_words(trees: dict[str, ast.Module]) -> list[str]:
    """Where something is decided by a text, or a set or the keys of a table are texts: "module:line: code"."""
    named = _texts(trees)
    return [
        f"{name}:{node.lineno}: {ast.unparse(node)}"
        for name, tree in trees.items()
        for node in ast.walk(tree)
        if isinstance(node, ast.expr) and any(_told(each, named) for each in _deciding(node))
    ]


def _texts(trees: dict[str, ast.Module]) -> frozenset[str]:
    """The names of constants that hold texts themselves; a table of words by code is none."""
    named: set[str] = set()
    for _ in range(3):  # a constant may be made of others
        for tree in trees.values():
            for node in tree.body:
                if isinstance(node, ast.Assign | ast.AnnAssign) and node.value is not None and _told(node.value, named):
                    targets = node.targets if isinstance(node, ast.Assign) else [node.target]
                    found = (each.id for one in targets for each in ast.walk(one) if isinstance(each, ast.Name))
                    named |= {each for each in found if each.isupper()}
    return frozenset(named - _NAMES_IN_TRAILS)


def _deciding(node: ast.expr) -> Iterator[ast.expr]:
    """The expressions by which a node decides."""
    if isinstance(node, ast.Compare):
        yield from (node.left, *node.comparators)
    elif isinstance(node, ast.Set):
        yield from node.elts
    elif isinstance(node, ast.Dict):
        yield from filter(None, node.keys)
    elif (isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in _GROUPS) or (
        isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in _DECIDING
    ):
        yield from node.args


def _told(node: ast.expr | None, named: frozenset[str] | set[str]) -> bool:
    """Whether an expression is a text, or holds one as an item (a finding with its sentence, a tuple of reasons)."""
    if isinstance(node, ast.Constant):
        return speaks(node.value)
    if isinstance(node, ast.Name):
        return node.id in named
    if isinstance(node, ast.Attribute):  # of a module: a member of an enum is a code
        return node.attr in named and isinstance(node.value, ast.Name) and node.value.id.islower()
    if isinstance(node, ast.JoinedStr | ast.Tuple | ast.List | ast.Set):
        return any(_told(each, named) for each in (node.values if isinstance(node, ast.JoinedStr) else node.elts))
    if isinstance(node, ast.FormattedValue | ast.Starred):
        return _told(node.value, named)
    if isinstance(node, ast.BinOp):
        return _told(node.left, named) or _told(node.right, named)
    if isinstance(node, ast.Call) and not _is_pattern(node) and not isinstance(node.func, ast.Attribute):
        return any(_told(each, named) for each in (*node.args, *(each.value for each in node.keywords)))
    return False
