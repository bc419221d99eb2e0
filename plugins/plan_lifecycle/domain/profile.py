"""A profile: what one kind of consolidated report says, heading by heading, and the forms annexed to it.

The reform report follows the outline and the seven forms of công văn 4625/BNV-CCHC of 02/7/2025; the report on
communication has an outline of its own. A section takes the sentences that figures make, what units wrote under the
same heading, or both.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from plan_lifecycle.domain.chart import ChartOrder
from plan_lifecycle.domain.gathering import ALIKE, Likeness
from plan_lifecycle.domain.indicator import Indicator, of_year
from plan_lifecycle.domain.period import PeriodKind
from plan_lifecycle.domain.plan_target import TargetRule
from plan_lifecycle.domain.regex import regex
from plan_lifecycle.domain.sentence import Sentence
from plan_lifecycle.domain.text import normalise

_ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")
_ABOUT = regex(
    r"\W{0,3}(?:(?:v/v|v\.v|về|việc|ban hành|kế hoạch|thực hiện|triển khai|công tác|nhiệm vụ)\b\W{1,3}){0,8}"
)
_LETTERS = "abcdđeghiklmnopqrstuvxy"


class TextRule(StrEnum):
    """What the words of a unit's report are asked about (``domain.text_check``)."""

    EMPTY = "empty"
    COPIED = "copied"
    REPEATED = "repeated"
    OTHER = "other"


class Source(StrEnum):
    """What a section is made of besides its sentences: what units wrote, or what the store knows."""

    TEXT = "text"
    RECEIVED = "received"
    QUOTAS = "quotas"
    PROGRESS = "progress"
    TARGETS = "targets"
    INDICES = "indices"


@dataclass(frozen=True, slots=True)
class Section:
    """A heading of the outline and what stands under it.

    ``also`` are other wordings of the heading, by which a unit's text is found. ``lists`` are indicators in words whose
    answers stand there unit by unit. ``levels`` of the units that write about it, ``periods`` in which it is reported;
    empty is all. Units of the ``required`` levels are asked where they wrote nothing. A section that is ``always``
    shown says so in words where nobody wrote; another one is left out then. ``charts`` stand below all else.
    """

    code: str
    heading: str
    also: tuple[str, ...] = ()
    sources: frozenset[Source] = frozenset()
    sentences: tuple[Sentence, ...] = ()
    lists: tuple[str, ...] = ()
    levels: frozenset[int] = frozenset()
    periods: frozenset[PeriodKind] = frozenset()
    always: bool = True
    sections: tuple[Section, ...] = ()
    required: frozenset[int] = frozenset()
    charts: tuple[ChartOrder, ...] = ()

    def reported(self, kind: PeriodKind, level: int | None = None) -> bool:
        """Whether it belongs to a report of this kind of period, by units of ``level`` where one is given."""
        return (not self.periods or kind in self.periods) and (level is None or not self.levels or level in self.levels)


@dataclass(frozen=True, slots=True)
class Numbered:
    """A section at its place: ``label`` is "I.", "1." or "a)"; ``path`` the labels from the top; ``depth`` from 0."""

    section: Section
    label: str
    path: tuple[str, ...]
    depth: int


@dataclass(frozen=True, slots=True)
class FormRow:
    """A row of a form: an indicator, or a heading over others (``code`` empty). ``number`` is as in the form: "2.1"."""

    number: str
    name: str
    code: str = ""


@dataclass(frozen=True, slots=True)
class Form:
    """A form of the annex (*biểu mẫu*). Where its rows are ``counted`` their numbers are only their places."""

    number: int
    title: str
    rows: tuple[FormRow, ...]
    counted: bool = False

    def ordinal(self, row: FormRow, place: int) -> str:
        """The number of a row that stands at a place, from 1, among those that are shown."""
        return str(place) if self.counted else row.number


@dataclass(frozen=True, slots=True)
class Profile:
    """One kind of report. ``title`` and ``closing`` hold ``{period}`` and ``{unit}``; ``asked_by`` is how the abstract
    of a plan that asks for it begins, in normal form; ``indicators`` hold every version of each indicator. Of
    paragraphs that one unit alone wrote a section shows at most ``singles``; of all that units wrote the whole report
    has about as many ``paragraphs``. ``likeness`` tells what is the same.
    ``blocking`` are the checks of a unit's words whose findings it has to mend; of any other it is only asked.
    ``orders`` are the Ministry's documents that order it, each with the day from which on it does.
    ``targets`` are the rules by which targets of the plan are measured; ``grow_until_year_end`` are indicators that
    reach their target in the course of the year, so that only the report of the year finds them short of it.
    ``tasks`` are the levels whose units report on the plan's tasks that they lead."""

    code: str
    name: str
    title: str
    asked_by: tuple[str, ...] = ()
    opening: str = ""
    closing: str = ""
    sections: tuple[Section, ...] = ()
    forms: tuple[Form, ...] = ()
    indicators: tuple[Indicator, ...] = field(default=(), repr=False)
    likeness: Likeness = ALIKE
    singles: int = 5
    paragraphs: int = 110
    blocking: frozenset[TextRule] = frozenset()
    orders: tuple[tuple[date, str], ...] = ()
    targets: tuple[TargetRule, ...] = ()
    grow_until_year_end: frozenset[str] = frozenset()
    tasks: frozenset[int] = frozenset()
    headline: tuple[str, ...] = ()

    @property
    def reading(self) -> str:
        """By which headings texts are read, as a key: another wording of a heading has them read again."""
        headings = repr([(section.code, section.heading, section.also) for section in walk(self.sections)])
        return f"{self.code[:40]}:{hashlib.sha256(headings.encode()).hexdigest()[:16]}"

    def orders_on(self, day: date) -> str:
        """The document that orders it on a day; empty where none does."""
        return max(((since, text) for since, text in self.orders if since <= day), default=(day, ""))[1]

    def numbered(self, kind: PeriodKind | None = None) -> Iterator[Numbered]:
        """Its sections with their labels, in reading order; those of a report of this kind of period."""
        return _numbered(self.sections, kind, ())

    def asked(self, kind: PeriodKind, level: int) -> tuple[Numbered, ...]:
        """The headings about which a unit of a level writes in a period of this kind."""
        return tuple(
            one
            for one in self.numbered(kind)
            if Source.TEXT in one.section.sources and one.section.reported(kind, level)
        )

    def of_year(self, year: int, level: int | None = None) -> tuple[Indicator, ...]:
        """The indicators in force in a year, those of a level where one is given."""
        return of_year(self.indicators, year, level)

    @property
    def form_rows(self) -> frozenset[str]:
        """The names of all rows of its forms, headings and those for any unit."""
        return frozenset(row.name for form in self.forms for row in form.rows)

    def is_asked_by(self, abstract: str) -> bool:
        """Whether a plan of this abstract asks for this report: "Cải cách hành chính năm 2026" does, a movement to
        foster it does not."""
        text = normalise(abstract)
        about = _ABOUT.match(text)
        return text[about.end() if about else 0 :].startswith(self.asked_by)


def told_apart(forms: Iterable[Form]) -> dict[str, str]:
    """For each indicator that shares its name with another: the row above it in its form, or the form's title."""
    rows = [(form, row) for form in forms for row in form.rows]
    times = Counter(row.name for _, row in rows if row.code)
    return {row.code: _above(form, row) for form, row in rows if row.code and times[row.name] > 1}


def _above(form: Form, row: FormRow) -> str:
    above = [one for one in form.rows if row.number.startswith(f"{one.number}.")]
    return max(above, key=lambda one: len(one.number)).name if above else form.title


def walk(sections: Iterable[Section]) -> Iterator[Section]:
    """These sections and all below them, in reading order."""
    for section in sections:
        yield section
        yield from walk(section.sections)


def _numbered(sections: tuple[Section, ...], kind: PeriodKind | None, above: tuple[str, ...]) -> Iterator[Numbered]:
    shown = [section for section in sections if kind is None or section.reported(kind)]
    for place, section in enumerate(shown):
        path = (*above, label(len(above), place))
        yield Numbered(section, path[-1], path, len(above))
        yield from _numbered(section.sections, kind, path)


def label(depth: int, place: int) -> str:
    """I. 1. a) and, below these, a dash (Nghị định 30/2020/NĐ-CP, Phụ lục I)."""
    match depth:
        case 0:
            return f"{_ROMAN[place]}."
        case 1:
            return f"{place + 1}."
        case 2:
            return f"{_LETTERS[place]})"
    return "-"
