"""What the coordinator of a played case settles of a plan's targets: what measures each, or what was reached.

By the verb that the board and the command have; the reports that are compiled afterwards are held against it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from pydantic import Field

from plan_lifecycle.config.yaml_file import Strict
from plan_lifecycle.domain.clock import opening_of
from plan_lifecycle.domain.decider import Decider
from plan_lifecycle.domain.errors import InputError
from plan_lifecycle.domain.plan_target import WHY_WORDS, PlanTarget, Why
from plan_lifecycle.domain.text import normalise
from plan_lifecycle.lifecycle.office import Office
from plan_lifecycle.lifecycle.progress import TargetChoice, progress_of_plan, settle_targets
from plan_lifecycle.simulation.case import Paper
from plan_lifecycle.simulation.scoring import PLAYED_BY
from plan_lifecycle.store import reports as report_rows

Where = tuple[str | int, ...]


class SettledTarget(Strict):
    """A target, by the beginning of its sentence, and how it is judged; with neither indicators nor a result it is
    followed apart."""

    target: str = Field(min_length=10)
    indicators: tuple[str, ...] = ()
    result: float | None = None
    source: str = ""

    @property
    def choice(self) -> TargetChoice:
        """The same as the verb takes it."""
        return TargetChoice(self.indicators, self.result, self.source)

    def among(self, targets: Sequence[PlanTarget]) -> list[PlanTarget]:
        """The targets that begin so."""
        begins = normalise(self.target)
        return [one for one in targets if normalise(one.text).startswith(begins)]


class SettlingDay(Strict):
    """What is settled on a day of the targets of one paper, and why."""

    day: date
    paper: str
    reason: str = Field(min_length=1)
    targets: tuple[SettledTarget, ...] = Field(min_length=1)

    def amiss(self, targets: Sequence[PlanTarget]) -> Iterator[tuple[Where, str, object]]:
        """What does not fit to the targets of the paper: the place, what is expected there, what was found."""
        for number, one in enumerate(self.targets):
            if len(one.among(targets)) != 1:
                yield ("targets", number, "target"), "the beginning of one target of the plan", one.target


@dataclass
class Settling:
    """Plays the coordinator day by day."""

    office: Office
    days: Sequence[SettlingDay]
    papers: Mapping[str, Paper]

    def play(self, day: date) -> None:
        """Settle what falls on the day. Raises InputError where something cannot be settled."""
        for one in self.days:
            if one.day == day:
                plan, now = self.papers[one.paper].number, opening_of(day)
                targets = progress_of_plan(self.office, plan, now).targets
                choices = {settled.among(targets)[0].key: settled.choice for settled in one.targets}
                problems = settle_targets(self.office, plan, choices, Decider(PLAYED_BY, one.reason), now)
                raise_first(problems)

    def holds(self) -> bool:
        """Whether the newest version of every report says of each target what was settled before it was compiled."""
        get = self.office.store.blobs.get
        with self.office.store.read() as connection:
            newest = {one.key: one for one in report_rows.every(connection)}
        for report in newest.values():
            rows = json.loads(get(report.trace_blob))["targets"] if report.trace_blob else []
            for paper, settled in self._settled_by(report.compiled_at.date()).items():
                of_plan = [row for row in rows if row["plan"] == self.papers[paper].number]
                if of_plan and not all(_says(of_plan, one) for one in settled):
                    return False
        return True

    def _settled_by(self, day: date) -> dict[str, list[SettledTarget]]:
        """What was settled last of each target before a day, by paper."""
        found: dict[str, dict[str, SettledTarget]] = {}
        for one in sorted(self.days, key=lambda settling: settling.day):
            if one.day < day:
                found.setdefault(one.paper, {}).update({settled.target: settled for settled in one.targets})
        return {paper: [*settled.values()] for paper, settled in found.items()}


def raise_first(problems: Mapping[str, InputError]) -> None:
    """Raise the first problem, where there is one."""
    for problem in problems.values():
        raise problem


def _says(rows: Sequence[Mapping[str, Any]], settled: SettledTarget) -> bool:
    """Whether the trace of a report has the target as it was settled."""
    begins = normalise(settled.target)
    row = next((row for row in rows if normalise(row["text"]).startswith(begins)), None)
    if row is None or not row["noted"].startswith(PLAYED_BY):
        return False
    if settled.result is not None:
        return any(settled.source in result["text"] for result in row["results"])
    if settled.indicators:
        return {result["indicator"] for result in row["results"]} <= {*settled.indicators}
    return WHY_WORDS[Why.NOT_MEASURED] in row["verdict"]
