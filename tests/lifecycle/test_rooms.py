"""The rooms of the middle floor: each is entered through its face, and nothing else is ever imported from outside."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
FLOOR = "plan_lifecycle.lifecycle"
ROOMS = ROOT / "plugins/plan_lifecycle/lifecycle"
PRIVATE = re.compile(rf"^{re.escape(FLOOR)}\.(\w+)(?:\.\w+)*?\.(_\w+)")
FLAT = {"__init__.py", "import_units.py"}
"""What lies beside the rooms: one verb that needs no room of its own."""


def places() -> list[Path]:
    """Every file of ours that may import a room, the tests left out: they may look behind a face."""
    found = (path for part in ("plugins", "dags", "config", "bench", "scripts") for path in (ROOT / part).rglob("*.py"))
    return [path for path in found if "lifecycle" in path.read_text(encoding="utf-8")]


def module_of(path: Path) -> str:
    """The dotted name of a file below ``plugins``; a package bears the name of its face."""
    return ".".join(path.relative_to(ROOT / "plugins").with_suffix("").parts).removesuffix(".__init__")


def names(tree: ast.Module, package: str) -> Iterator[str]:
    """Whatever a file names of another module, in full: by import of any form, by attribute or in a string."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = package.split(".")[: len(package.split(".")) - node.level + 1] if node.level else []
            base = ".".join([*above, *([node.module] if node.module else [])])
            yield from (f"{base}.{alias.name}" for alias in node.names)
        elif isinstance(node, ast.Attribute):
            yield ast.unparse(node)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value.strip()


def trespasses(source: str, module: str, *, face: bool = False) -> list[str]:
    """Private modules or names of a room that a file of another room, or of no room, names."""
    package = module if face else module.rpartition(".")[0]
    own = re.match(rf"{re.escape(FLOOR)}\.(\w+)", module)
    found = (PRIVATE.match(name) for name in names(ast.parse(source), package))
    return [match[0] for match in found if match and not (own and own[1] == match[1])]


def test_no_room_is_entered_but_through_its_face() -> None:
    """Over the whole tree: neither a room nor an edge nor a DAG names a private module of another room."""
    wrong = {
        str(path.relative_to(ROOT)): found
        for path in places()
        if (
            found := trespasses(
                path.read_text(encoding="utf-8"),
                module_of(path) if path.is_relative_to(ROOT / "plugins") else path.stem,
                face=path.name == "__init__.py",
            )
        )
    }
    assert wrong == {}


@pytest.mark.parametrize(
    "line",
    [
        "from plan_lifecycle.lifecycle.office._desk import Desk",
        "from plan_lifecycle.lifecycle.office import _desk",
        "from plan_lifecycle.lifecycle.office import _desk as desk",
        "import plan_lifecycle.lifecycle.office._desk",
        "import plan_lifecycle.lifecycle.office._desk as desk",
        "from ..office._desk import Desk",
        "from ..office import _desk",
        "from .. import office\nimport plan_lifecycle\nplan_lifecycle.lifecycle.office._desk",
        "import importlib\nimportlib.import_module('plan_lifecycle.lifecycle.office._desk')",
        "def later():\n    from plan_lifecycle.lifecycle.office._desk import Desk",
    ],
)
def test_whatever_the_form_of_the_import_it_is_seen(line: str) -> None:
    """A neighbour's private module is found in each form that Python has for naming it."""
    assert trespasses(line, f"{FLOOR}.remind._run") == ["plan_lifecycle.lifecycle.office._desk"]


def test_a_room_may_use_its_own() -> None:
    """Inside a room its private modules are at home, in its face as well."""
    line = "from plan_lifecycle.lifecycle.office._desk import Desk\nfrom ._links import Links"
    assert trespasses(line, f"{FLOOR}.office._letters") == []
    assert trespasses(line, f"{FLOOR}.office", face=True) == []


def test_nothing_lies_beside_the_rooms() -> None:
    """The floor is twelve rooms; every module in them is private, and every face says what the room is for."""
    assert {path.name for path in ROOMS.glob("*.py")} == FLAT
    for room in (path for path in ROOMS.iterdir() if (path / "__init__.py").exists()):
        assert all(path.stem == "__init__" or path.stem.startswith("_") for path in room.glob("*.py")), room.name
        said = ast.get_docstring(ast.parse((room / "__init__.py").read_text(encoding="utf-8"))) or ""
        assert said.endswith("."), room.name
        assert "\n" not in said, room.name
