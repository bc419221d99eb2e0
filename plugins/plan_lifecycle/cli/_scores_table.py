"""A table of points by unit and criterion, line by line, as ``scores appraise --file`` takes it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from plan_lifecycle.cli._output import read_table
from plan_lifecycle.domain.appraisal import NOT_APPLICABLE, applies_not, read_points
from plan_lifecycle.domain.errors import InputError

if TYPE_CHECKING:
    from plan_lifecycle.lifecycle.appraise import Ruling


class Where(NamedTuple):
    """A line of a table."""

    file: Path
    line: int


def rulings_in(path: Path, complain: Callable[[InputError], None]) -> Iterator[tuple[Ruling, Where]]:
    """The lines of a table of rulings with where they stand; a faulty line is told."""
    from plan_lifecycle.lifecycle.appraise import Ruling

    seen: dict[tuple[str, str], int] = {}
    for row in read_table(path, ["unit", "criterion", "points"]):
        where = Where(path, row.line)
        unit, criterion = row.cells["unit"].strip(), row.cells["criterion"].strip()
        first = seen.setdefault((unit, criterion), row.line)
        try:
            if first != row.line:
                vi = f"Tệp {path}, dòng {row.line}: {unit}, tiêu chí “{criterion}” đã có ở dòng {first}."
                raise InputError(
                    "each criterion of a unit once", file=path, line=row.line, field="unit", found=unit, vi=vi
                )
            yield Ruling(unit, criterion, points_of(row.cells["points"]), row.cells.get("reason", "")), where
        except InputError as error:
            complain(placed(error, where))


def points_of(text: str) -> Decimal | None:
    """Points, or None where it does not apply. Raises InputError."""
    if applies_not(text):
        return None
    try:
        return read_points(text)
    except ValueError as error:
        vi = f"Điểm “{text}” không phải là số; không áp dụng thì ghi “{NOT_APPLICABLE}”."
        raise InputError(f"a number such as 2,5, or {NOT_APPLICABLE}", field="points", found=text, vi=vi) from error


def placed(error: InputError, where: Where | None) -> InputError:
    """The same error with the place of its line, where it came from a file."""
    if where is None or error.file is not None:
        return error
    vi = f"Tệp {where.file}, dòng {where.line}: {error.for_user}"
    return InputError(error.expected, file=where.file, line=where.line, field=error.field, found=error.found, vi=vi)
