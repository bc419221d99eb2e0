"""Whether a row that takes up a task keeps to its date and its target."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from plan_lifecycle.domain.deadline import Deadline, DeadlineKind
from plan_lifecycle.domain.plan import Activity
from plan_lifecycle.domain.plan_check._model import Covered, Deviation
from plan_lifecycle.domain.target import Target
from plan_lifecycle.domain.text import normalise
from plan_lifecycle.domain.writing import short_date

_PER_YEAR = {"month": 12, "quarter": 4, "half_year": 2, "year": 1}
_CAPS = ("<=", "<")


def later(pairs: Iterable[Covered]) -> Iterator[Deviation]:
    """The rows whose date lies after the superior plan's, or that recur less often."""
    for pair in pairs:
        asked, given = pair.superior.deadline, pair.own.deadline
        if asked is None or given is None or not asked.due or not given.due:
            continue
        if given.due[-1] > asked.due[-1] or _less_often(asked, given):
            yield Deviation(pair.superior, pair.own, _shown(given), _shown(asked))


def _less_often(asked: Deadline, given: Deadline) -> bool:
    return (
        asked.kind is DeadlineKind.RECURRING
        and given.kind is not DeadlineKind.ONGOING
        and len(given.due) < len(asked.due)
        and given.due[0] > asked.due[0]
    )


def _shown(deadline: Deadline) -> str:
    last = short_date(deadline.due[-1])
    return f"{deadline.phrase} (chậm nhất hết ngày {last})"


def lower(pairs: Iterable[Covered]) -> Iterator[Deviation]:
    """The rows whose target is lower than the superior plan's (for a cap: higher), or that name none."""
    for pair in pairs:
        for target in pair.superior.targets:
            given = [other for other in pair.own.targets if _comparable(target, other)]
            if not given:
                if not _anywhere(target, pair.own):
                    yield Deviation(pair.superior, pair.own, "không nêu", describe(target))
            elif not any(_reaches(other, target) for other in given):
                yield Deviation(pair.superior, pair.own, describe(given[0]), describe(target))


def _anywhere(target: Target, own: Activity) -> bool:
    """A target of another measure stands in its place; which of the two is more, a person must see."""
    return any(other.is_ratio == target.is_ratio for other in own.targets)


def _comparable(target: Target, other: Target) -> bool:
    if target.is_ratio != other.is_ratio:
        return False
    return target.is_ratio or not target.unit or not other.unit or _alike(target.unit, other.unit)


def _alike(unit: str, other: str) -> bool:
    mine, theirs = set(normalise(unit).split()), set(normalise(other).split())
    return bool(mine & theirs)


def _reaches(given: Target, asked: Target) -> bool:
    mine, theirs = _yearly(given), _yearly(asked)
    if mine is None or theirs is None:
        mine, theirs = given.value, asked.value
    return mine <= theirs if asked.comparison in _CAPS else mine >= theirs


def _yearly(target: Target) -> float | None:
    if target.is_ratio or target.per is None:
        return None
    times = _PER_YEAR.get(target.per)
    return target.value * times if times else None


_SIGNS = {">=": "ít nhất", ">": "trên", "<=": "không quá", "<": "dưới"}
_PERIODS = {"month": "/tháng", "quarter": "/quý", "half_year": "/6 tháng", "year": "/năm", "unit": "/đơn vị"}


def describe(target: Target) -> str:
    """A target in words: "ít nhất 5 tin, bài/tháng"."""
    value = f"{target.value:g}".replace(".", ",") + ("%" if target.is_ratio else "")
    parts = [_SIGNS.get(target.comparison, ""), value, target.unit or ""]
    return " ".join(part for part in parts if part) + _PERIODS.get(target.per or "", "")
