"""Find the test files that concern a module: the one of its name, then those that import it, then a step further."""

from __future__ import annotations

import ast
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

PACKAGE = "plan_lifecycle"
STEPS = 2


@dataclass(frozen=True)
class Tree:
    """The project's folder, with what imports what in it."""

    root: Path

    @cached_property
    def modules(self) -> dict[str, Path]:
        """Dotted names of the package's modules, and their files."""
        files = sorted((self.root / "plugins" / PACKAGE).rglob("*.py"))
        return {_dotted(path.relative_to(self.root / "plugins")): path for path in files}

    @cached_property
    def imports(self) -> dict[Path, frozenset[str]]:
        """What each file of the package and each test file imports of the package, by dotted name."""
        tests = sorted((self.root / "tests").rglob("test_*.py"))
        return {path: self._imported(path) for path in (*self.modules.values(), *tests)}

    def mirrored(self, module: str) -> list[Path]:
        """The test files of a module's name, or of the package that it lies in; there its own name comes first."""
        parts = self.face(module).split(".")[1:]
        folder = self.root.joinpath("tests", *parts[:-1])
        files = {path for path in folder.glob("test_*.py") if self._named_after(path) == parts[-1]}
        files |= set((folder / parts[-1]).glob("test_*.py"))
        own = f"test_{module.split('.')[-1].removeprefix('_')}.py"
        return sorted(files, key=lambda path: (path.name != own, path))

    def _named_after(self, path: Path) -> str:
        """The module or package whose name a test file bears: `test_plan_check_rows` is about plan_check, not plan."""
        floor = [PACKAGE, *path.parent.relative_to(self.root / "tests").parts]
        beside = {parts[-1] for parts in (name.split(".") for name in self.modules) if parts[:-1] == floor}
        words = path.stem.removeprefix("test_").split("_")
        starts = ("_".join(words[:length]) for length in range(len(words), 0, -1))
        return next((start for start in starts if start in beside), "")

    def importers(self, module: str) -> list[Path]:
        """The other test files that import a module or its face, nearest first, at most two steps away."""
        reached, found = {module, self.face(module)}, list[Path]()
        mirrored = set(self.mirrored(module))
        for _ in range(STEPS):
            using = [path for path, names in self.imports.items() if names & reached]
            tests = [path for path in using if path.name.startswith("test_") and path not in {*found, *mirrored}]
            found += sorted(tests, key=lambda path: module.split(".")[1] not in path.parts)
            reached |= {name for name, path in self.modules.items() if path in using}
        return found

    def face(self, module: str) -> str:
        """What stands in a floor's package for a module: itself, or the public package that it lies in."""
        parts = module.split(".")[:3]
        private = [position for position, part in enumerate(parts) if part.startswith("_")]
        return ".".join(parts[: private[0]] if private else parts)

    def _imported(self, path: Path) -> frozenset[str]:
        names = set[str]()
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                names |= {alias.name for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                below = {f"{node.module}.{alias.name}" for alias in node.names}
                names |= (below & self.modules.keys()) or {node.module}
        return frozenset(names & self.modules.keys())


def _dotted(path: Path) -> str:
    parts = path.with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
