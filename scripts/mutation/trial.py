"""Put one fault after the other into a scratch copy and run the tests that concern it."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from scripts.mutation.nearby import Tree

FAILED = re.compile(r"(?m)^(?:FAILED|ERROR) (\S+?\.py)(::\w+)?(.*)")
LEFT_BEHIND = {".git", ".venv", "build", ".demo", "var", "node_modules"}
MARKED = ("-m", "not e2e and not system")
ON_SQLITE = (*MARKED, "-k", "not postgresql")
ON_POSTGRES = (*MARKED, "-k", "postgresql")  # the same rules on the slower database, for what is its own
NO_TESTS = 5  # pytest's exit code where a selection is empty
HANGS = "120"  # seconds after which one test counts as hanging


class Outcome(StrEnum):
    """What the tests made of a fault."""

    KILLED = "killed"
    SURVIVED = "survived"
    TIMED_OUT = "timed out"


@dataclass(frozen=True)
class Verdict:
    """An outcome, the test that found the fault, and a note where not all tests that concern it were run."""

    outcome: Outcome
    by: str = ""
    note: str = ""


@dataclass(frozen=True)
class Result:
    """What one call of pytest came to: the first test that failed, whether it hung, whether the call was cut off."""

    failed: str = ""
    hung: bool = False
    cut: bool = False


@dataclass
class Trial:
    """A scratch copy of the project; ``seconds`` bound each of the calls of pytest that judge one fault."""

    tree: Tree
    seconds: float
    sound: set[str] = field(default_factory=set)
    red: set[str] = field(default_factory=set)

    def verdict(self, module: str, mutated: str, *, wider: bool = True) -> Verdict:
        """Judge a module's mutated source by the tests of its name, then (``wider``) by those that import it."""
        near, notes = self.tree.mirrored(module), list[str]()
        calls = [(near, ON_SQLITE)]
        calls += [(near, ON_POSTGRES)] if "store" in module.split(".") else []
        calls += [(self.tree.importers(module), ON_SQLITE)] if wider else []
        for files, options in calls:
            result = self._first_failure(self.tree.modules[module], mutated, files, options)
            if result.failed:
                return Verdict(Outcome.TIMED_OUT if result.hung else Outcome.KILLED, result.failed)
            notes += [f"cut off after {self.seconds:g} s: {len(files)} test files"] if result.cut else []
        return Verdict(Outcome.SURVIVED, note="; ".join([*notes, *([] if near else ["no test file of its name"])]))

    def _first_failure(self, path: Path, mutated: str, files: Sequence[Path], options: tuple[str, ...]) -> Result:
        """The first test that fails because of the fault; one that fails without it is left out from then on."""
        while True:
            with _replaced(path, mutated):
                result = self._run([str(file.relative_to(self.tree.root)) for file in files], options)
            if not result.failed or result.failed in self.sound:
                return result
            if not self._run([result.failed], MARKED).failed:
                self.sound.add(result.failed)
                return result
            self.red.add(result.failed)

    def _run(self, names: Sequence[str], options: tuple[str, ...]) -> Result:
        if not names:
            return Result()
        command = [sys.executable, "-m", "pytest", "-x", "-q", "--no-header", "--tb=no", "-p", "no:cacheprovider"]
        left_out = [f"--deselect={test}" for test in sorted(self.red)]
        plugins = str(self.tree.root / "plugins")
        try:
            done = subprocess.run(
                [*command, "--timeout", HANGS, *options, *left_out, *names],
                cwd=self.tree.root, timeout=self.seconds, capture_output=True, text=True, check=False,
                env=os.environ | {"PYTHONPATH": plugins, "PYTHONDONTWRITEBYTECODE": "1", "COLUMNS": "400"},
            )  # fmt: skip
        except subprocess.TimeoutExpired:
            return Result(cut=True)
        if done.returncode in (0, NO_TESTS):
            return Result()
        found = FAILED.search(done.stdout)
        if not found:
            raise RuntimeError(done.stdout + done.stderr)
        return Result(found[1] + (found[2] or ""), hung="Timeout" in found[3])


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
