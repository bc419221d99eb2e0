"""What is counted: ``config/indicators.yaml``.

An indicator keeps its code for ever; its versions say from which year to which it was worded, measured or owed
otherwise, so that a report of 2023 stays what it was.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from graphlib import CycleError, TopologicalSorter
from itertools import pairwise
from pathlib import Path
from typing import Annotated, Any, NamedTuple

from pydantic import Field, field_validator, model_validator

from plan_lifecycle.config.yaml_file import ConfigFile, Location, Strict, config_file, read_yaml
from plan_lifecycle.domain.errors import InputError, raise_all
from plan_lifecycle.domain.indicator import (
    NO_CHECKS,
    NUMERIC,
    Checks,
    Evidence,
    FigureRule,
    Indicator,
    IndicatorType,
    Jump,
    RollUp,
)
from plan_lifecycle.domain.text import nfc

Level = Annotated[int, Field(ge=1, le=5)]
"""The tier of a unit: of a province's departments 1, of residential groups the last."""
_AMOUNTS = frozenset({IndicatorType.COUNT, IndicatorType.MONEY})


class _Years(Strict):
    from_year: int | None = Field(default=None, ge=1990, le=2200)
    to_year: int | None = Field(default=None, ge=1990, le=2200)


class JumpRow(Strict):
    """How far from the last period: ``factor`` times, and by at least ``by``. Neither: no leap is looked for."""

    factor: float | None = Field(default=None, gt=1)
    by: float | None = Field(default=None, gt=0)

    def made(self) -> Jump | None:
        """The leap to look for; None for none."""
        return Jump(self.factor, self.by) if self.factor or self.by else None


class _Checks(Strict):
    """What a figure is held against; an empty ``jump`` takes the file's own off."""

    parts: tuple[str, ...] = ()
    at_most: str | None = None
    share_of: tuple[str, str] | None = None
    cumulative: bool = False
    jump: JumpRow | None = None
    evidence: Evidence | None = None
    blocking: frozenset[FigureRule] = NO_CHECKS.blocking

    @field_validator("share_of", mode="before")
    @classmethod
    def _of_two(cls, codes: object) -> object:
        if isinstance(codes, list) and len(codes) != 2:
            raise ValueError("two codes: what is counted, and of what it is a share")
        return codes

    def made(self, otherwise: JumpRow | None) -> Checks:
        jump = self.jump or otherwise
        values = {name: getattr(self, name) for name in type(self).model_fields if name != "jump"}
        return Checks(**values, jump=jump.made() if jump else None)


class _Version(_Years):
    """The years of a version and what differs in it; what is left out is as in the indicator."""

    name: str | None = None
    unit_of_measure: str | None = None
    roll_up: RollUp | None = None
    required: bool | None = None
    levels: tuple[Level, ...] | None = None
    minimum: float | None = None
    maximum: float | None = None
    weight: str | None = None
    checks: _Checks | None = None

    @model_validator(mode="after")
    def _in_order(self) -> _Version:
        if self.from_year and self.to_year and self.to_year < self.from_year:
            raise ValueError(f"a to_year of {self.from_year} or later")
        return self


class IndicatorRow(Strict):
    """An indicator as a file has it."""

    code: str = Field(pattern=r"^[a-z][a-z0-9_]{0,62}$")
    name: str = Field(min_length=1)
    unit_of_measure: str = ""
    type: IndicatorType
    roll_up: RollUp
    levels: tuple[Level, ...] = ()
    by: frozenset[str] = frozenset()
    options: dict[int, str] = {}
    required: bool = False
    minimum: float | None = None
    maximum: float | None = None
    weight: str | None = None
    checks: _Checks = _Checks()
    versions: tuple[_Version, ...] = (_Version(),)

    @field_validator("versions", mode="after")
    @classmethod
    def _apart(cls, versions: tuple[_Version, ...]) -> tuple[_Version, ...]:
        for earlier, later in pairwise(sorted(versions, key=lambda each: each.from_year or 0)):
            if earlier.to_year is None or later.from_year is None or later.from_year <= earlier.to_year:
                raise ValueError("versions whose years do not overlap")
        return versions

    def made(self, jump: JumpRow | None) -> list[Indicator]:
        """One ``Indicator`` a version; ``jump`` is for amounts that name none of their own."""
        common = self.model_dump(include=set(IndicatorRow.model_fields) - {"versions", "checks", "by", "options"})
        common["by"] = frozenset(map(nfc, self.by))
        common["options"] = tuple((number, nfc(words)) for number, words in self.options.items())
        return [self._made(common, version, jump if self.type in _AMOUNTS else None) for version in self.versions]

    def _made(self, common: dict[str, Any], version: _Version, jump: JumpRow | None) -> Indicator:
        own = version.model_dump(exclude={"from_year", "to_year", "checks"})
        values = common | {name: value for name, value in own.items() if value is not None}
        values["checks"] = (version.checks or self.checks).made(jump)
        values["name"], values["unit_of_measure"] = nfc(values["name"]), nfc(values["unit_of_measure"])
        return Indicator(**values, valid_from_year=version.from_year, valid_to_year=version.to_year)


class _File(Strict):
    jump: JumpRow | None = None
    indicators: tuple[IndicatorRow, ...]


def read_indicators(given: Path | ConfigFile) -> tuple[Indicator, ...]:
    """Every version of every indicator, in the order of the file (``domain.indicator.of_year`` picks a year's).

    Raises InputError that names file, line and field.
    """
    source = config_file(given)
    read = read_yaml(source, _File)
    return checked(source, [(("indicators", index), row) for index, row in enumerate(read.indicators)], read.jump)


def checked(
    source: ConfigFile, rows: Sequence[tuple[Location, IndicatorRow]], jump: JumpRow | None
) -> tuple[Indicator, ...]:
    """Every version of the indicators of a file that has been read, each with where in the file it stands.

    Raises InputError, with file, line and field, for whatever does not go together.
    """
    made = [row.made(jump) for _, row in rows]
    codes = Counter(row.code for _, row in rows)
    numeric = {row.code for _, row in rows if row.type in NUMERIC}
    problems = [
        problem.at(source, where)
        for (where, _), versions in zip(rows, made, strict=True)
        for version in versions
        for problem in (*_of_its_own(version, codes), *_of_its_checks(version, numeric))
    ]
    if not problems:
        every = [version for versions in made for version in versions]
        parts = _circle(every, lambda checks: (*checks.parts, *(checks.share_of or ())))
        bounds = _circle(every, lambda checks: (checks.at_most,) if checks.at_most else ())
        problems = [_in_a_circle(row.code).at(source, where) for where, row in rows if row.code in parts]
        problems += [_bounds_itself(row.code).at(source, where) for where, row in rows if row.code in bounds]
    raise_all(list({(error.line, error.field): error for error in problems}.values()))
    return tuple(version for versions in made for version in versions)


class _Problem(NamedTuple):
    field: str
    found: object
    expected: str
    vi: str

    def at(self, source: ConfigFile, row: Location) -> InputError:
        location = (*row, *self.field.split("."))
        line, where = source.line(location), ".".join(map(str, location))
        vi = f"Tệp {source.path}, dòng {line}: {self.vi}"
        return InputError(self.expected, file=source.path, line=line, field=where, found=self.found, vi=vi)


def _of_its_own(one: Indicator, codes: Counter[str]) -> Iterator[_Problem]:
    """What does not go together in one version."""
    if codes[one.code] > 1:
        yield _Problem("code", one.code, "a code that no other indicator has", f"mã “{one.code}” bị trùng.")
    if not one.fits():
        vi = f"cách tổng hợp “{one.roll_up}” không phù hợp với kiểu “{one.type}”."
        yield _Problem("roll_up", one.roll_up, f"a roll-up that fits type {one.type}", vi)
    if one.roll_up is RollUp.WEIGHTED and (one.weight not in codes or one.weight == one.code):
        vi = f"chỉ tiêu làm trọng số “{one.weight}” không có trong danh sách."
        if one.weight == one.code:
            vi = f"“{one.code}” không thể là trọng số của chính nó."
        elif one.weight is None:
            vi = f"chưa ghi chỉ tiêu làm trọng số của “{one.code}” (weight)."
        yield _Problem("weight", one.weight, "the code of another indicator that weighs it", vi)
    if not one.levels and one.roll_up is not RollUp.COMPUTED:
        yield _Problem("levels", None, "the levels that report it", "chưa ghi cấp báo cáo chỉ tiêu (levels).")
    if one.roll_up is RollUp.COMPUTED and not one.checks.share_of and not one.checks.parts:
        vi = f"“{one.code}” tính từ các thành phần nhưng chưa ghi thành phần (checks.parts hoặc checks.share_of)."
        yield _Problem("roll_up", one.roll_up, "parts or share_of in checks, from which it is computed", vi)
    if (one.type is IndicatorType.CODE) != bool(one.options):
        vi = "chỉ tiêu kiểu code phải ghi các câu trả lời (options), kiểu khác thì không ghi."
        yield _Problem("options", one.code, "options for type code, and for no other", vi)
    if one.minimum is not None and one.maximum is not None and one.maximum < one.minimum:
        vi = "giá trị lớn nhất nhỏ hơn giá trị nhỏ nhất."
        yield _Problem("maximum", one.maximum, f"{one.minimum:g} or more", vi)


def _circle(indicators: Sequence[Indicator], named: Callable[[Checks], Iterable[str]]) -> frozenset[str]:
    """The indicators that name each other in a circle: none of them could be computed, or each would be the other."""
    others: dict[str, set[str]] = {}
    for one in indicators:
        others.setdefault(one.code, set()).update(named(one.checks))
    sorter = TopologicalSorter(others)
    try:
        sorter.prepare()
    except CycleError as error:
        return frozenset(error.args[1])
    return frozenset()


def _in_a_circle(code: str) -> _Problem:
    vi = f"thành phần của “{code}” dẫn trở lại chính nó."
    return _Problem("checks", code, "parts that do not lead back to it", vi)


def _bounds_itself(code: str) -> _Problem:
    vi = f"mức không vượt quá (at_most) của “{code}” dẫn trở lại chính nó."
    return _Problem("checks.at_most", code, "a bound that does not lead back to it", vi)


def _of_its_checks(one: Indicator, numeric: Collection[str]) -> Iterator[_Problem]:
    """Checks compare numbers, and never a figure with itself."""
    checks = one.checks
    named = {"parts": checks.parts, "at_most": (checks.at_most,), "share_of": checks.share_of or ()}
    for rule, codes in named.items():
        for code in codes:
            if code is not None and (code not in numeric or code == one.code):
                vi = f"“{code}” không phải mã của một chỉ tiêu khác có kiểu số."
                yield _Problem(f"checks.{rule}", code, "the code of another indicator that is a number", vi)
    if one.type not in NUMERIC and (checks.codes or checks.cumulative or checks.jump):
        vi = f"các phép kiểm tra này chỉ dùng cho chỉ tiêu kiểu số, không dùng cho kiểu “{one.type}”."
        yield _Problem("checks", str(one.type), "checks of numbers on a numeric type only", vi)
