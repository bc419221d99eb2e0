"""A case as a file: ``examples/NAME/case.yaml`` says who, when, which papers come in, and what must come out.

Bắc Bình 2023: the province's plan 36 comes in on 05/01/2023, nineteen departments, the district and what lies below it
owe a plan and two reports, by days that stand in the file beside the plan that they were read from.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Annotated

from pydantic import BeforeValidator, Field

from plan_lifecycle.config.agencies import read_agencies
from plan_lifecycle.config.country import load_province
from plan_lifecycle.config.yaml_file import Strict, line_of, read_yaml
from plan_lifecycle.documents.read import NotAPlan, read_plan
from plan_lifecycle.domain.errors import InputError, raise_all
from plan_lifecycle.domain.obligation import Item
from plan_lifecycle.domain.period import Period
from plan_lifecycle.domain.plan_target import targets_of
from plan_lifecycle.domain.unit import Unit, UnitKind, UnitTree
from plan_lifecycle.settings import Settings
from plan_lifecycle.simulation.behaviour import Behaviour, BehaviourChange, read_behaviour
from plan_lifecycle.simulation.case import Case, Owed, Owing, Paper, Stage
from plan_lifecycle.simulation.score_plan import ScorePlan
from plan_lifecycle.simulation.settling import SettlingDay

FILE = "case.yaml"
_COUNTS = ("units", "drafts", "obligations", "reports", "on_time", "late", "missing", "returned", "letters")

_PeriodCode = Annotated[str, BeforeValidator(str)]
Where = tuple[str | int, ...]


class _Paper(Strict):
    file: str
    issuer: str
    comes: date


class _Item(Strict):
    item: Item
    period: _PeriodCode
    last_day: date


class _Owing(Strict):
    by: tuple[str, ...] = Field(min_length=1)
    to: str
    paper: str | None = None
    items: tuple[_Item, ...] = Field(min_length=1)
    units: int = Field(ge=1)


class _Expect(Strict):
    units: int | None = None
    drafts: int | None = None
    obligations: int | None = None
    reports: int | None = None
    on_time: int | None = None
    late: int | None = None
    missing: int | None = None
    returned: int | None = None
    letters: int | None = None


class _CaseFile(Strict):
    name: str = Field(min_length=1)
    province: str
    year: int = Field(ge=2000, le=2100)
    ends: date | None = None
    territory: tuple[str, ...] | None = None
    agencies: str | None = None
    lasting: bool = False
    papers: tuple[_Paper, ...] = Field(min_length=1)
    behaviour: BehaviourChange = BehaviourChange()
    owed: tuple[_Owing, ...] = Field(min_length=1)
    scores: ScorePlan | None = None
    settled: tuple[SettlingDay, ...] = ()
    expect: _Expect = _Expect()


@dataclass(frozen=True, slots=True)
class Clause:
    """A line of ``owed``: what units of it owe whom until when, and where in the file that stands."""

    owed: Owed
    last_day: date
    owing: Owing
    number: int
    where: Where


@dataclass(frozen=True)
class CaseFile:
    """A case that was read: what is played, how units behave, and what must come out, by name of the count."""

    path: Path
    name: str
    stage: Stage
    behaviour: Behaviour
    clauses: tuple[Clause, ...]
    counts: dict[str, int]
    scores: ScorePlan | None = None
    settled: tuple[SettlingDay, ...] = ()

    def line(self, where: Where) -> int | None:
        """The line at which a field stands."""
        return line_of(self.path, where)


def case_names(examples: Path) -> list[str]:
    """The cases that there are."""
    return sorted(path.parent.name for path in examples.glob(f"*/{FILE}"))


def read_case(settings: Settings, name: str) -> CaseFile:
    """Read ``examples/NAME/case.yaml`` with its papers and units.

    Raises InputError, with file, line and field, for what does not fit.
    """
    examples = settings.home / "examples"
    path = examples / name / FILE
    if name not in case_names(examples):
        found = ", ".join(case_names(examples))
        vi = f"Không có trường hợp “{name}”; hiện có: {found}."
        raise InputError(f"the name of a folder of examples/ ({found})", field="case", found=name, vi=vi)
    read = read_yaml(path, _CaseFile)
    return _Reading(settings, path, read).case()


class _Reading:
    """One case file being read beside its papers and the units of its province."""

    def __init__(self, settings: Settings, path: Path, read: _CaseFile) -> None:
        self._settings, self._path, self._read = settings, path, read
        self._day = min(paper.comes for paper in read.papers)
        self._tree = UnitTree.on(self._day, self._units())

    def case(self) -> CaseFile:
        read, tree = self._read, self._tree
        raise_all([*self._amiss()])
        papers = tuple(self._paper(number, paper) for number, paper in enumerate(read.papers))
        raise_all([*self._amiss_in_targets(papers)])
        clauses = tuple(self._clauses())
        case = Case(read.year, papers, tuple({id(one.owing): one.owing for one in clauses}.values()), self._ends())
        behaviour = read_behaviour(self._settings.path(self._settings.config) / "simulation.yaml")
        counts = {name: count for name in _COUNTS if (count := getattr(read.expect, name)) is not None}
        changed = read.behaviour.applied(behaviour, self._path)
        return CaseFile(self._path, read.name, Stage(case, tree), changed, clauses, counts, read.scores, read.settled)

    def _units(self) -> Iterator[Unit]:
        """The province, of its territories those that the case names with what is above and below, and all agencies."""
        territory = load_province(self._read.province, self._day)
        kept = [*territory] if self._read.territory is None else [*self._named(territory, self._read.territory)]
        file = self._path.parent / self._read.agencies if self._read.agencies else self._shipped
        if self._read.lasting:
            kept = [replace(unit, valid_to=None) for unit in kept]
        yield from kept
        yield from read_agencies(file, kept).units

    @property
    def _shipped(self) -> Path:
        return self._settings.path(self._settings.config) / "agencies.example.csv"

    def _named(self, territory: list[Unit], names: tuple[str, ...]) -> Iterator[Unit]:
        tree = UnitTree.on(self._day, territory)
        kept = {territory[0].id}
        for number, name in enumerate(names):
            found = next((unit for unit in territory if unit.name == name), None)
            if found is None:
                raise self._error(("territory", number), f"a unit of {territory[0].name}", name)
            kept |= {found.id, *(unit.id for unit in tree.below(found.id))}
            above = tree.parent(found)
            while above is not None:
                kept.add(above.id)
                above = tree.parent(above)
        return (unit for unit in territory if unit.id in kept)

    def _ends(self) -> date:
        return self._read.ends or date(self._read.year, 12, 31)

    def _paper(self, number: int, paper: _Paper) -> Paper:
        where = ("papers", number)
        issuer = next((unit for unit in self._tree.units if paper.issuer in (unit.name, unit.agency, unit.id)), None)
        if issuer is None:
            raise self._error((*where, "issuer"), f"a unit of {self._read.province}", paper.issuer)
        file = self._path.parent / paper.file
        try:
            data = file.read_bytes()
            plan = read_plan(data)
        except OSError as error:
            raise self._error((*where, "file"), "a readable file", f"{paper.file}: {error.strerror}") from error
        except NotAPlan as error:
            raise self._error((*where, "file"), "a plan as a Word file", f"{paper.file}: {error.kind}") from error
        return Paper(paper.comes, issuer, data, paper.file, plan.abstract or "", plan.reference or "")

    def _clauses(self) -> Iterator[Clause]:
        files = [paper.file for paper in self._read.papers]
        for number, row in enumerate(self._read.owed):
            paper = files.index(row.paper) if row.paper else 0
            days = {Owed(item.item, item.period, paper): item.last_day for item in row.items}
            owing = Owing(frozenset(row.by), frozenset({row.to}), days)
            for place, (owed, day) in enumerate(days.items()):
                yield Clause(owed, day, owing, row.units, ("owed", number, "items", place))

    def _amiss(self) -> Iterator[InputError]:
        """What the model alone does not tell: names that are nobody's, periods that are none, an end before its day."""
        names = {unit.name for unit in self._tree.units} | set(UnitKind)
        files = [paper.file for paper in self._read.papers]
        for number, row in enumerate(self._read.owed):
            for place, by in enumerate(row.by):
                if by not in names:
                    yield self._error(("owed", number, "by", place), "a kind of unit, or the name of one", by)
            if row.to not in names:
                yield self._error(("owed", number, "to"), "a kind of unit, or the name of one", row.to)
            if row.paper is not None and row.paper not in files:
                yield self._error(("owed", number, "paper"), f"one of {', '.join(files)}", row.paper)
            if row.paper is None and len(files) > 1:
                yield self._error(("owed", number), "a paper, as the case has several", "none")
            for place, item in enumerate(row.items):
                try:
                    Period.parse(item.period)
                except InputError as error:
                    yield self._error(("owed", number, "items", place, "period"), error.expected, item.period)
        scores = self._read.scores
        for where, expected, found in scores.amiss(self._ends()) if scores else ():
            yield self._error(("scores", *where), expected, found)
        if self._ends() < self._day:
            yield self._error(("ends",), f"a day after the first paper ({self._day})", self._ends())

    def _amiss_in_targets(self, papers: Sequence[Paper]) -> Iterator[InputError]:
        """What is settled of a paper that is none, or of no target of it."""
        by_name = {paper.name: paper for paper in papers}
        for number, settling in enumerate(self._read.settled):
            if settling.paper not in by_name:
                yield self._error(("settled", number, "paper"), f"one of {', '.join(by_name)}", settling.paper)
                continue
            for where, expected, found in settling.amiss(targets_of(read_plan(by_name[settling.paper].data))):
                yield self._error(("settled", number, *where), expected, found)

    def _error(self, where: Where, expected: str, found: object) -> InputError:
        line, field = line_of(self._path, where), ".".join(map(str, where))
        vi = f"Tệp {self._path}, dòng {line}: “{found}” chưa đúng; đề nghị kiểm tra lại."
        return InputError(expected, file=self._path, line=line, field=field, found=found, vi=vi)
