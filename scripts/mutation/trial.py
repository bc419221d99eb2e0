"""Put one fault after the other into a scratch copy and run the tests that concern it."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from scripts.mutation.nearby import Tree

FAILED = re.compile(r"(?m)^(?:FAILED|ERROR) (\S+?\.py)(\S*)")
LEFT_BEHIND = {".git", ".venv", "build", ".demo", "var", "node_modules"}
MARKED = ("-m", "not e2e and not system")
ON_SQLITE = (*MARKED, "-k", "not postgresql")
ON_POSTGRES = (*MARKED, "-k", "postgresql")  # the same rules on the slower database, for what is its own
NO_TESTS = 5  # pytest's exit code where a selection is empty
ROOM = 4  # a fault may make its tests this many times slower before they count as hanging,
LEAST = 60  # and this many seconds in any case


class Outcome(StrEnum):
    """What the tests made of a fault."""

    KILLED = "killed"
    SURVIVED = "survived"
    TIMED_OUT = "timed out"


@dataclass(frozen=True)
class Verdict:
    """An outcome, the test that killed the fault, and a note where the tests that concern it could not all be run."""

    outcome: Outcome
    by: str = ""
    note: str = ""


@dataclass(frozen=True)
class Result:
    """What one call of pytest came to: its exit code (none where it hung) and the first test that failed."""

    code: int | None
    failed: str


@dataclass
class Trial:
    """A scratch copy of the project, and what was learnt of its tests without a fault."""

    tree: Tree
    seconds: float
    usual: dict[tuple[Path, ...], float] = field(default_factory=dict)
    red: set[Path] = field(default_factory=set)

    def verdict(self, module: str, mutated: str) -> Verdict:
        """Judge a module's mutated source by the tests of its name, then by those that import it."""
        near, wide = self.tree.mirrored(module), self.tree.importers(module)
        path = self.tree.modules[module]
        limit = max(self._usual(near) * ROOM, LEAST)
        with _replaced(path, mutated):
            found = self._run(near, ON_SQLITE, limit)
            if found.code is None:
                return Verdict(Outcome.TIMED_OUT)
            if found.code == 0 and "store" in module.split("."):
                found = self._run(near, ON_POSTGRES, limit)
            if found.code == 0 and self.seconds:
                found = self._run(wide, ON_SQLITE, self.seconds)
        if found.code is None:
            return Verdict(Outcome.SURVIVED, note=f"the wider tests did not end within {self.seconds:g} s")
        if not found.code:
            return Verdict(Outcome.SURVIVED, note="" if near else "no test file of its name")
        if self._is_red_anyway(found.failed):
            return self.verdict(module, mutated)
        return Verdict(Outcome.KILLED, found.failed)

    def _usual(self, files: list[Path]) -> float:
        """Seconds that test files take without a fault; files that fail without one are left out from then on."""
        key = tuple(files)
        if key not in self.usual:
            started = time.monotonic()
            while (found := self._run(files, ON_SQLITE, None)).failed:
                self.red.add(self.tree.root / found.failed.split("::")[0])
            self.usual[key] = time.monotonic() - started
        return self.usual[key]

    def _is_red_anyway(self, test: str) -> bool:
        """Whether a test fails without a fault as well; its file is then left out."""
        path = self.tree.root / test.split("::")[0]
        found = self._run([path], MARKED, None)
        if found.code != 0:
            self.red.add(path)
        return path in self.red

    def _run(self, files: list[Path], options: tuple[str, ...], limit: float | None) -> Result:
        names = [str(path.relative_to(self.tree.root)) for path in files if path not in self.red]
        if not names:
            return Result(0, "")
        command = [sys.executable, "-m", "pytest", "-x", "-q", "--no-header", "--tb=no", "-p", "no:cacheprovider"]
        variables = os.environ | {
            "PYTHONPATH": str(self.tree.root / "plugins"),
            "PYTHONDONTWRITEBYTECODE": "1",
            "COLUMNS": "400",
        }
        try:
            done = subprocess.run(
                [*command, *options, *names], cwd=self.tree.root, env=variables, timeout=limit,
                capture_output=True, text=True, check=False,
            )  # fmt: skip
        except subprocess.TimeoutExpired:
            return Result(None, "")
        failed = FAILED.search(done.stdout)
        if done.returncode not in (0, NO_TESTS) and not failed:
            raise RuntimeError(done.stdout + done.stderr)
        return Result(0 if done.returncode == NO_TESTS else done.returncode, "".join(failed.groups()) if failed else "")


@contextmanager
def scratch_copy(root: Path) -> Iterator[Path]:
    """A copy of the work tree in a folder that is gone afterwards; the work tree itself is never written to."""
    with tempfile.TemporaryDirectory(prefix="plan-lifecycle-mutants-") as folder:
        copy = Path(folder) / "copy"
        shutil.copytree(root, copy, ignore=lambda at, names: LEFT_BEHIND & set(names) if Path(at) == root else [])
        yield copy


@contextmanager
def _replaced(path: Path, text: str) -> Iterator[None]:
    """Let a file hold another text for a while; no bytecode of either is taken for the other's."""
    before = path.read_bytes()
    for compiled in (path.parent / "__pycache__").glob(f"{path.stem}.*.pyc"):
        compiled.unlink()
    path.write_text(text, encoding="utf-8")
    try:
        yield
    finally:
        path.write_bytes(before)
