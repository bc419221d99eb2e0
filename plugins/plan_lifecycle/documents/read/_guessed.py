"""Columns whose headings say nothing, told by their cells: "Dự kiến" over days is a deadline, and so it is said.

Only what a heading leaves open is told so; a heading that names something keeps it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from plan_lifecycle.documents.read._agents import is_agency
from plan_lifecycle.documents.read._columns import Columns, Role, names_another
from plan_lifecycle.domain.deadline import DeadlineKind, read_deadline
from plan_lifecycle.domain.regex import regex

_LONGEST = 200
_YEAR = 2000  # any: what is asked is whether a cell names a time, not which
_TIMELESS = frozenset({DeadlineKind.UNKNOWN, DeadlineKind.EVENT})
_WORD = regex(r"[^\W\d]|\d\s*[/.-]\s*\d")
_MEANINGS = {Role.DEADLINE: "thời hạn", Role.LEAD: "đơn vị chủ trì", Role.CONTENT: "nội dung nhiệm vụ"}


def told_by_cells(columns: Columns, rows: Sequence[Sequence[str]]) -> tuple[Columns, tuple[tuple[str, str], ...]]:
    """The columns with what their cells tell, and of each such column its heading and what it is taken for."""
    roles = list(columns.roles)
    said: list[tuple[str, str]] = []

    def take(role: Role, fits: Callable[[Sequence[str]], bool], held: bool) -> None:
        if held:
            return
        for index, known in enumerate(roles):
            heading = columns.headings[index]
            if known is not Role.OTHER or not heading.strip() or names_another(heading):
                continue
            if fits([row[index] for row in rows]):
                roles[index] = role
                said.append((columns.headings[index].replace("\n", " "), _MEANINGS[role]))
                return

    take(Role.DEADLINE, _days, columns.has(Role.DEADLINE, Role.MARK, Role.OPENS))
    take(Role.LEAD, _agencies, columns.has(Role.LEAD, Role.BOTH))
    named = replace(columns, roles=tuple(roles))
    if named.has(Role.LEAD) and named.has(Role.DEADLINE):  # else a list of addresses would be one of tasks
        take(Role.CONTENT, _sentences, columns.has(Role.CONTENT, Role.TARGET))
    return replace(columns, roles=tuple(roles)), tuple(said)


def is_time(text: str) -> bool:
    """Whether a cell names a time."""
    if len(text) > _LONGEST or not _WORD.search(text):
        return False
    reading = read_deadline(text, year=_YEAR)
    return reading.kind not in _TIMELESS and (bool(reading.due) or reading.kind is DeadlineKind.ONGOING)


def _days(cells: Sequence[str]) -> bool:
    return _most(cells, is_time)


def _agencies(cells: Sequence[str]) -> bool:
    return _most(cells, lambda text: is_agency(text[:1].upper() + text[1:]))


def _sentences(cells: Sequence[str]) -> bool:
    return _most(cells, lambda text: len(text.split()) > 2 and not is_time(text))


def _most(cells: Sequence[str], fits: Callable[[str], bool]) -> bool:
    """Whether three in five of the cells that say something do."""
    filled = [text.strip() for text in cells[:60] if text.strip()]
    return bool(filled) and sum(map(fits, filled)) * 5 >= len(filled) * 3
