"""What one unit gives to a consolidated report, and what can be said of all who give: who is missing, who was late."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from plan_lifecycle.domain.figure import ESTIMATED, NOT_KNOWN, Figure, NotKnown
from plan_lifecycle.domain.indicator import Value
from plan_lifecycle.domain.roll_up import Total
from plan_lifecycle.domain.writing import count_text, first_up

_NAMED = 3


@dataclass(frozen=True, slots=True)
class Contribution:
    """One unit's part: its accepted submission and figures, or none (``submission_id`` None).

    ``received_at`` is when it first came: by that it is late or not. Without a submission it means: something came, but
    nothing was accepted yet; ``waiting`` says that it was not looked at yet either. ``unsigned``: there are figures,
    their signed paper is still awaited. ``doubts`` are what should be looked at again in what was accepted. ``own``: it
    is that of the agency which compiles, a to-do of its own and never late. ``unknown`` are the figures that the unit
    does not know yet. ``version`` counts the unit's submissions, ``files`` are the names of those that this one is made
    of.
    """

    unit_id: str
    unit_name: str
    obligation_id: int
    due_on: date | None
    submission_id: int | None
    received_at: datetime | None
    days_late: int
    document: str | None
    figures: tuple[Figure, ...]
    waiting: bool = False
    unsigned: bool = False
    doubts: tuple[str, ...] = ()
    own: bool = False
    unknown: tuple[NotKnown, ...] = ()
    version: int = 1
    files: tuple[str, ...] = ()

    @property
    def counts(self) -> bool:
        """Whether the unit's figures are in the report."""
        return self.submission_id is not None

    def value(self, code: str) -> Value | None:
        """Its figure of an indicator."""
        return next((figure.value for figure in self.figures if figure.indicator == code), None)


@dataclass(frozen=True, slots=True)
class Standing:
    """How complete and how timely: counts of units; ``missing`` by name, without the agency that compiles (that is
    ``own_missing``). ``on_time + late = received``.
    """

    expected: int
    received: int
    on_time: int
    late: int
    missing: tuple[str, ...]
    own_missing: tuple[str, ...] = ()

    @property
    def completeness(self) -> float:
        """Per cent of the units whose report is in."""
        return 100 * self.received / self.expected if self.expected else 100.0

    @property
    def timeliness(self) -> float:
        """Per cent of the units whose report came in time."""
        return 100 * self.on_time / self.expected if self.expected else 100.0


@dataclass(frozen=True, slots=True)
class PlansKnown:
    """Of how many units a plan of their own is owed, of how many it was accepted, and of how many it came in time."""

    owed: int = 0
    accepted: int = 0
    on_time: int = 0


def completeness(contributions: Sequence[Contribution]) -> Standing:
    """Count the units, each of which contributes once."""
    outside = [contribution for contribution in contributions if not contribution.counts]
    inside = len(contributions) - len(outside)
    late = sum(one.counts and one.days_late > 0 for one in contributions)
    missing = tuple(contribution.unit_name for contribution in outside if not contribution.own)
    own = tuple(contribution.unit_name for contribution in outside if contribution.own)
    return Standing(len(contributions), inside, inside - late, late, missing, own)


def not_known(contributions: Iterable[Contribution]) -> dict[str, list[tuple[str, str]]]:
    """Which units do not know their figure of an indicator yet, by indicator: each by name, with its reason."""
    found: dict[str, list[tuple[str, str]]] = {}
    for contribution in contributions:
        for one in contribution.unknown:
            found.setdefault(one.indicator, []).append((contribution.unit_name, one.note))
    return found


def not_known_text(units: Sequence[tuple[str, str]]) -> str:
    """ "02 đơn vị chưa có số liệu"; of one with its reason."""
    if not units:
        return ""
    said = f"{count_text(len(units))} đơn vị {NOT_KNOWN}"
    reasons = {note for _name, note in units if note}
    return f"{said} ({reasons.pop()})" if len(reasons) == 1 else said


def estimated_by(total: Total, contributions: Iterable[Contribution]) -> list[str]:
    """The names of the units whose figure in a total is an estimate."""
    units = {reported.unit_id for reported in total.figures if reported.figure.estimate}
    return list(dict.fromkeys(one.unit_name for one in contributions if one.unit_id in units))


def estimate_text(names: Sequence[str]) -> str:
    """ "Ước thực hiện của UBND xã Bình An"; of many a few stand for all, whom the workbook names."""
    if not names:
        return ""
    rest = len(names) - _NAMED
    more = f" và {count_text(rest)} đơn vị khác" if rest > 0 else ""
    return f"{first_up(ESTIMATED)} của {', '.join(names[:_NAMED])}{more}"
