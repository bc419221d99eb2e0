"""Put one fault after the other into a scratch copy and run the tests that concern it."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from scripts.mutation.nearby import Tree
from scripts.mutation.places import Place
from scripts.mutation.reach import RECORDED, RECORDING, Reach

FAILED = re.compile(r"(?m)^(?:FAILED|ERROR) (\S+?\.py)(::\w+)?(.*)")
LEFT_BEHIND = {".git", ".venv", "build", ".demo", "var", "node_modules"}
MARKED = ("-m", "not e2e and not system")
ON_SQLITE = (*MARKED, "-k", "not postgresql")
ON_POSTGRES = (*MARKED, "-k", "postgresql")  # the same rules on the slower database, for what is its own
NO_TESTS = 5  # pytest's exit code where a selection is empty
NOTHING: Mapping[str, str] = {}
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
    reach: dict[tuple[Path, ...], Reach] = field(default_factory=dict)

    def verdict(self, module: str, source: str, place: Place, *, wider: bool = True) -> Verdict:
        """Judge a fault by the tests of its module's name, then (``wider``) by those that import the module."""
        near, notes = self._near(module, place), list[str]()
        calls = [(near, ON_SQLITE)]
        calls += [(near, ON_POSTGRES)] if "store" in module.split(".") else []
        calls += [(self._names(self.tree.importers(module)), ON_SQLITE)] if wider else []
        for names, options in calls:
            result = self._first_failure(self.tree.modules[module], place.in_source(source), names, options)
            if result.failed:
                return Verdict(Outcome.TIMED_OUT if result.hung else Outcome.KILLED, result.failed)
            notes += [f"cut off after {self.seconds:g} s"] if result.cut else []
        return Verdict(Outcome.SURVIVED, note="; ".join([*notes, *([] if near else ["run by no test of its name"])]))

    def _near(self, module: str, place: Place) -> list[str]:
        """The tests of a module's name that run the place; all of them where it is run at import."""
        files = self.tree.mirrored(module)
        if not files:
            return []
        if (key := tuple(sorted(files))) not in self.reach:
            recorded = self.tree.root / f"{RECORDED}-{len(self.reach)}"
            self._pytest(
                self._names(files),
                (*RECORDING, *(MARKED if "store" in module.split(".") else ON_SQLITE)),
                None,
                {"COVERAGE_FILE": str(recorded)},
            )
            self.reach[key] = Reach(recorded)
        found = self.reach[key].tests_of(self.tree.modules[module], place.lines)
        return self._names(files) if found is None else found

    def _names(self, files: Sequence[Path]) -> list[str]:
        return [str(file.relative_to(self.tree.root)) for file in files]

    def _first_failure(self, path: Path, mutated: str, names: Sequence[str], options: tuple[str, ...]) -> Result:
        """The first test that fails because of the fault; one that fails without it is left out from then on."""
        while True:
            with _replaced(path, mutated):
                result = self._run(names, options)
            if not result.failed or result.failed in self.sound:
                return result
            if not self._run([result.failed], MARKED).failed:
                self.sound.add(result.failed)
                return result
            self.red.add(result.failed)

    def _run(self, names: Sequence[str], options: tuple[str, ...]) -> Result:
        if not names:
            return Result()
        left_out = [f"--deselect={test}" for test in sorted(self.red)]
        try:
            done = self._pytest(names, ("-x", "--timeout", HANGS, *options, *left_out), self.seconds)
        except subprocess.TimeoutExpired:
            return Result(cut=True)
        if done.returncode in (0, NO_TESTS):
            return Result()
        found = FAILED.search(done.stdout)
        if not found:
            raise RuntimeError(done.stdout + done.stderr)
        return Result(found[1] + (found[2] or ""), hung="Timeout" in found[3])

    def _pytest(
        self,
        names: Sequence[str],
        options: Sequence[str],
        seconds: float | None,
        variables: Mapping[str, str] = NOTHING,
    ) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "pytest", "-q", "--no-header", "--tb=no", "-p", "no:cacheprovider"]
        plain = {"PYTHONPATH": str(self.tree.root / "plugins"), "PYTHONDONTWRITEBYTECODE": "1", "COLUMNS": "400"}
        return subprocess.run(
            [*command, *options, *names], cwd=self.tree.root, timeout=seconds, env=os.environ | plain | variables,
            capture_output=True, text=True, check=False,
        )  # fmt: skip


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
