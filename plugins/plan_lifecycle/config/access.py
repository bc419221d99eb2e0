"""Whose units somebody may see: ``config/access.yaml``, by login name or by a role of Airflow.

Nobody sees more by a fault in it: a unit that is not known, or may be two, and whatever else is wrong is refused.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import Self

from pydantic import Field, model_validator

from plan_lifecycle.config.unit_names import UnitNames
from plan_lifecycle.config.yaml_file import Strict, line_of, read_yaml
from plan_lifecycle.domain.errors import InputError, raise_all
from plan_lifecycle.domain.sight import Access, Limit

FILE = "access.yaml"


class _Others(StrEnum):
    EVERYTHING = "everything"
    NOTHING = "nothing"


class _Limit(Strict):
    user: str | None = Field(None, min_length=1)
    role: str | None = Field(None, min_length=1)
    below: tuple[str, ...] | str = ()
    units: tuple[str, ...] | str = ()

    @model_validator(mode="after")
    def _says_whom_and_what(self) -> Self:
        if (self.user is None) == (self.role is None):
            raise ValueError("either 'user' or 'role'")
        if not _list(self.below) and not _list(self.units):
            raise ValueError("units, by 'below' or 'units'")
        return self


class _AccessFile(Strict):
    others: _Others
    limits: tuple[_Limit, ...] = ()


def read_access(folder: Path, today: UnitNames, ever: UnitNames) -> Access:
    """Who is limited to what; a name is looked up among the units of ``today``, then of all times.

    Raises InputError that names file, line and field, for every place that is wrong.
    """
    path = folder / FILE
    read = read_yaml(path, _AccessFile)
    problems: list[InputError] = []
    limits = []
    for number, limit in enumerate(read.limits):
        found = [
            _ids((today, ever), path, ("limits", number, field), _list(getattr(limit, field)), problems)
            for field in ("units", "below")
        ]
        limits.append(Limit(limit.user, limit.role, *found))
    raise_all(problems)
    return Access(tuple(limits), others=read.others is _Others.EVERYTHING)


def _ids(
    known: Sequence[UnitNames],
    path: Path,
    place: tuple[int | str, ...],
    given: Sequence[str],
    problems: list[InputError],
) -> frozenset[str]:
    """The units that are named at a place of the file; what is not one unit is added to the problems."""
    found = set()
    for at, name in enumerate(given):
        units = next(filter(None, (names.find(name) for names in known)), [])
        if len(units) == 1:
            found.add(units[0].id)
            continue
        line, field = line_of(path, (*place, at)), ".".join(map(str, place))
        expected = "the id or the unmistakable name of a unit"
        which = "; ".join(f"{unit.id}: {known[-1].within(unit)}" for unit in units[:5])
        said = f"tên “{name}” là của nhiều đơn vị ({which})" if units else f"chưa có đơn vị “{name}”"
        vi = f"Tệp {path}, dòng {line}, mục “{field}”: {said}."
        problems.append(InputError(expected, file=path, line=line, field=field, found=name, vi=vi))
    return frozenset(found)


def _list(given: tuple[str, ...] | str) -> tuple[str, ...]:
    """A list, where one alone may stand without its brackets; a name that is empty is none."""
    names = (given,) if isinstance(given, str) else given
    return tuple(name for name in names if name.strip())
