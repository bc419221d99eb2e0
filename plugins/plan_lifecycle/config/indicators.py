"""What is counted: ``config/indicators.yaml``.

An indicator keeps its code for ever; its versions say from which year to which it was worded, measured or owed
otherwise, so that a report of 2023 stays what it was.
"""

from __future__ import annotations

from collections import Counter
from itertools import pairwise
from pathlib import Path
from typing import Any

from pydantic import Field, field_validator, model_validator

from plan_lifecycle.config.yaml_file import Strict, line_of, read_yaml
from plan_lifecycle.domain.errors import InputError, raise_all
from plan_lifecycle.domain.indicator import Indicator, IndicatorType, RollUp
from plan_lifecycle.domain.text import nfc


class _Years(Strict):
    from_year: int | None = Field(default=None, ge=1990, le=2200)
    to_year: int | None = Field(default=None, ge=1990, le=2200)


class _Version(_Years):
    """The years of a version and what differs in it; what is left out is as in the indicator."""

    name: str | None = None
    unit_of_measure: str | None = None
    roll_up: RollUp | None = None
    required: bool | None = None
    levels: tuple[int, ...] | None = None
    minimum: float | None = None
    maximum: float | None = None
    weight: str | None = None

    @model_validator(mode="after")
    def _in_order(self) -> _Version:
        if self.from_year and self.to_year and self.to_year < self.from_year:
            raise ValueError(f"a to_year of {self.from_year} or later")
        return self


class _Indicator(Strict):
    code: str = Field(pattern=r"^[a-z][a-z0-9_]{0,62}$")
    name: str = Field(min_length=1)
    unit_of_measure: str = ""
    type: IndicatorType
    roll_up: RollUp
    levels: tuple[int, ...] = Field(min_length=1)
    required: bool = False
    minimum: float | None = None
    maximum: float | None = None
    weight: str | None = None
    versions: tuple[_Version, ...] = (_Version(),)

    @field_validator("versions", mode="after")
    @classmethod
    def _apart(cls, versions: tuple[_Version, ...]) -> tuple[_Version, ...]:
        for earlier, later in pairwise(sorted(versions, key=lambda each: each.from_year or 0)):
            if earlier.to_year is None or later.from_year is None or later.from_year <= earlier.to_year:
                raise ValueError("versions whose years do not overlap")
        return versions

    def made(self) -> list[Indicator]:
        """One ``Indicator`` a version."""
        common = self.model_dump(exclude={"versions"})
        return [self._made(common, version) for version in self.versions]

    def _made(self, common: dict[str, Any], version: _Version) -> Indicator:
        changed = {k: v for k, v in version.model_dump(exclude={"from_year", "to_year"}).items() if v is not None}
        values = common | changed
        values["name"], values["unit_of_measure"] = nfc(values["name"]), nfc(values["unit_of_measure"])
        return Indicator(**values, valid_from_year=version.from_year, valid_to_year=version.to_year)


class _File(Strict):
    indicators: tuple[_Indicator, ...]


def read_indicators(path: Path) -> tuple[Indicator, ...]:
    """Every version of every indicator, in the order of the file (``domain.indicator.of_year`` picks a year's).

    Raises InputError that names file, line and field.
    """
    rows = read_yaml(path, _File).indicators
    codes = Counter(row.code for row in rows)
    problems: list[InputError] = []

    def complain(index: int, field: str, found: object, expected: str, vi: str) -> None:
        line = line_of(path, ("indicators", index, field))
        where = f"indicators.{index}.{field}"
        vi = f"Tệp {path}, dòng {line}: {vi}"
        problems.append(InputError(expected, file=path, line=line, field=where, found=found, vi=vi))

    for index, row in enumerate(rows):
        if codes[row.code] > 1:
            complain(index, "code", row.code, "a code that no other indicator has", f"mã “{row.code}” bị trùng.")
        for version in row.made():
            if not version.fits():
                vi = f"cách tổng hợp “{version.roll_up}” không phù hợp với kiểu “{version.type}”."
                complain(index, "roll_up", version.roll_up, f"a roll-up that fits type {version.type}", vi)
            if version.roll_up is RollUp.WEIGHTED and version.weight not in codes:
                vi = f"chỉ tiêu làm trọng số “{version.weight}” không có trong danh sách."
                complain(index, "weight", version.weight, "the code of an indicator that weighs it", vi)
            if None not in (version.minimum, version.maximum) and version.maximum < version.minimum:  # type: ignore[operator]
                complain(
                    index,
                    "maximum",
                    version.maximum,
                    f"{version.minimum:g} or more",
                    "giá trị lớn nhất nhỏ hơn giá trị nhỏ nhất.",
                )
    raise_all(problems)
    return tuple(version for row in rows for version in row.made())
