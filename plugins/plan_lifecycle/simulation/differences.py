"""What came out of a played case otherwise than its file says, told with file, line and field.

Xã Bình An owes its plan by 28/02/2023, the file says; where the cascade came to another day, or to nobody, the line of
the file stands beside what was found.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from plan_lifecycle.simulation.case_file import CaseFile, Clause, Where
from plan_lifecycle.simulation.score_plan import Candidates
from plan_lifecycle.store.played import Row

_NAMED = 5
_Key = tuple[str, str, str, str, date | None, str]


def differences_of(
    file: CaseFile, owed: Sequence[Row], counts: Mapping[str, int], reviewed: Mapping[str, Candidates]
) -> Iterator[str]:
    """Hold what is owed, row by row, the counts, and whom each review came to against the file."""
    left: dict[_Key, Row] = {(*row,): row for row in owed}
    for clause in file.clauses:
        yield from _of_clause(file, clause, owed, left)
    for row in left.values():
        unit = file.stage.tree.get(row.unit_id)
        name = file.stage.tree.named(unit) if unit else row.unit_id
        yield _told(file, ("owed",), "nothing more", f"{name}: {row.item} {row.period} by {row.due_on}")
    for name, count in file.counts.items():
        if counts[name] != count:
            yield _told(file, ("expect", name), count, counts[name])
    for number, review in enumerate(file.scores.reviews if file.scores else ()):
        came = reviewed.get(review.name, {})
        for group in sorted({*came, *review.candidates}):
            named, found = review.candidates.get(group, ()), came.get(group, ())
            if named != found:
                where = ("scores", "reviews", number, "candidates")
                yield _told(file, where, f"{group}: {', '.join(named)}", f"{group}: {', '.join(found)}")


def _of_clause(file: CaseFile, clause: Clause, owed: Sequence[Row], left: dict[_Key, Row]) -> Iterator[str]:
    """Each unit that the clause means has the item by its day; ``left`` loses what is found."""
    tree, item, period = file.stage.tree, clause.owed.item.value, clause.owed.period
    plan = file.stage.case.papers[clause.owed.paper].number
    meant = [
        unit
        for unit in tree.units
        if clause.owing.owes(unit) and (above := tree.parent(unit)) is not None and clause.owing.receives(above)
    ]
    if len(meant) != clause.number:
        yield _told(file, (*clause.where[:2], "units"), clause.number, len(meant))
    other: Counter[str] = Counter()
    names: dict[str, list[str]] = {}
    for unit in meant:
        row = left.pop((unit.id, str(unit.parent_id), item, period, clause.last_day, plan), None)
        if row is None:
            mine = (unit.id, item, period, plan)
            days = [str(row.due_on) for row in owed if (row.unit_id, row.item, row.period, row.plan) == mine]
            found = ", ".join(days) or "nothing owed"
            other[found] += 1
            names.setdefault(found, []).append(tree.named(unit))
    for found, number in other.items():
        shown = ", ".join(names[found][:_NAMED]) + (" …" if number > _NAMED else "")
        yield _told(file, (*clause.where, "last_day"), f"{clause.last_day} for {len(meant)}", f"{found} for {shown}")


def _told(file: CaseFile, where: Where, expected: object, found: object) -> str:
    place = f"{file.path}, line {file.line(where)}, field '{'.'.join(map(str, where))}'"
    return f"{place}: found {found}, expected {expected}"
