"""Find the tests that run certain lines of a module: only they can find a fault there.

The tests are run once under coverage, which notes for each line by which tests it was run.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from coverage import CoverageData

RECORDED = ".mutation-coverage"
RECORDING = ("--cov=plugins", "--cov-context=test", "--cov-report=")


@dataclass(frozen=True)
class Reach:
    """What was noted of one run of test files, in a file of coverage's."""

    recorded: Path

    def tests_of(self, module: Path, lines: range) -> list[str] | None:
        """The tests that run one of these lines, by file and function; None where it is run when it is imported."""
        data = CoverageData(str(self.recorded))
        data.read()
        by_line = data.contexts_by_lineno(str(module))
        contexts = {context for line in lines for context in by_line.get(line, [])}
        if "" in contexts:
            return None
        return sorted({context.partition("|")[0].partition("[")[0] for context in contexts})
