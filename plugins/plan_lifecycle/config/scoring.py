"""How units are scored, classed, ranked and proposed for awards: ``config/scoring.yaml``."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations, pairwise
from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator, Field, field_validator, model_validator

from plan_lifecycle.config.yaml_file import ConfigFile, Strict, config_file, read_yaml
from plan_lifecycle.domain.award import Award
from plan_lifecycle.domain.criteria import Criterion, Fact, Part, RankedGroup, Scale, Scheme
from plan_lifecycle.domain.errors import InputError, raise_all
from plan_lifecycle.domain.score import Band, Scoring
from plan_lifecycle.domain.text import nfc, normalise
from plan_lifecycle.domain.unit import UnitKind

Text = Annotated[str, Field(min_length=1), AfterValidator(nfc)]
Code = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_-]{0,62}$")]
Points = Annotated[Decimal, Field(gt=0, le=1000, decimal_places=2)]
Year = Annotated[int, Field(ge=2000, le=2100)]
Place = tuple[str | int, ...]


class _Band(Strict):
    name: Text
    at_least: Decimal = Field(alias="from", ge=0, le=100)


class _Scale(Strict):
    full: Decimal = Field(default=Decimal(100), gt=0, le=100)
    least: Decimal = Field(default=Decimal(0), alias="from", ge=0, le=100)

    @model_validator(mode="after")
    def _least_below_full(self) -> _Scale:
        if self.least > self.full:
            raise ValueError("a share from which points begin that is not above the one for all points")
        return self


class _Criterion(Strict):
    code: Code
    name: Text
    maximum: Points
    fact: Fact | None = None
    scale: _Scale | None = None

    def made(self) -> Criterion:
        scale = Scale(self.scale.full, self.scale.least) if self.scale else Scale() if self.fact else None
        return Criterion(self.code, self.name, self.maximum, self.fact, scale)


class _Part(Strict):
    name: Text
    criteria: tuple[_Criterion, ...] = Field(min_length=1)


class _Group(Strict):
    name: Text
    kinds: frozenset[UnitKind] = Field(min_length=1)
    classed_only: frozenset[Text] = frozenset()


class _Years(Strict):
    first: Year | None = Field(default=None, alias="from")
    last: Year | None = Field(default=None, alias="to")


class _Scheme(Strict):
    code: Code
    name: Text
    years: _Years = _Years()
    groups: tuple[_Group, ...] = Field(min_length=1)
    parts: tuple[_Part, ...] = Field(min_length=1)

    def made(self) -> Scheme:
        groups = tuple(RankedGroup(group.name, group.kinds, group.classed_only) for group in self.groups)
        parts = tuple(Part(part.name, tuple(one.made() for one in part.criteria)) for part in self.parts)
        return Scheme(self.code, self.name, groups, parts, self.years.first, self.years.last)


class _Award(Strict):
    code: Code
    name: Text
    scheme: Code
    band: Text
    first: dict[Text, Annotated[int, Field(ge=1)]] | Annotated[int, Field(ge=1)] | None = None
    collectives: int = Field(default=1, ge=0)
    individuals: int = Field(default=1, ge=0)
    moves_up: bool = True
    also: tuple[Text, ...] = ()

    def made(self) -> Award:
        first = dict(self.first) if isinstance(self.first, dict) else {"": self.first}
        names = (self.code, self.name, self.scheme, self.band)
        return Award(*names, first, self.collectives, self.individuals, self.moves_up, self.also)


class _Scoring(Strict):
    bands: tuple[_Band, ...] = Field(min_length=1)
    not_ranked: tuple[Text, ...] = ()
    decimals: int = Field(default=2, ge=0, le=6)
    schemes: tuple[_Scheme, ...] = ()
    awards: tuple[_Award, ...] = ()

    @field_validator("bands", mode="after")
    @classmethod
    def _down_to_nothing(cls, bands: tuple[_Band, ...]) -> tuple[_Band, ...]:
        if any(higher.at_least <= lower.at_least for higher, lower in pairwise(bands)):
            raise ValueError("bands from the highest down")
        if bands[-1].at_least != 0:
            raise ValueError("a last band from 0, so that every index has one")
        return bands


@dataclass(frozen=True, slots=True)
class ScoreRules:
    """All rules of scoring, validated."""

    scoring: Scoring
    schemes: tuple[Scheme, ...] = ()
    awards: tuple[Award, ...] = ()

    def scheme(self, code: str, year: int) -> Scheme:
        """The scheme of a code that is in force in a year. Raises InputError that names what there is."""
        found = next((scheme for scheme in self.schemes if scheme.code == code and scheme.in_force(year)), None)
        if found is None:
            known = ", ".join(dict.fromkeys(scheme.code for scheme in self.of_year(year))) or "-"
            vi = f"Năm {year} không có bộ tiêu chí “{code}”; các bộ tiêu chí của năm: {known}."
            raise InputError(f"a scheme of {year}: {known}", field="--scheme", found=code, vi=vi)
        return found

    def of_year(self, year: int) -> list[Scheme]:
        """The schemes that are in force in a year."""
        return [scheme for scheme in self.schemes if scheme.in_force(year)]

    def award(self, code: str) -> Award:
        """The award of a code. Raises InputError that names what there is."""
        found = next((award for award in self.awards if award.code == code), None)
        if found is None:
            known = ", ".join(award.code for award in self.awards) or "-"
            vi = f"Không có hình thức khen thưởng “{code}”; hiện có: {known}."
            raise InputError(f"an award: {known}", field="--award", found=code, vi=vi)
        return found


NO_SCORES = ScoreRules(Scoring((), frozenset(), 2), (), ())
"""Where nobody is scored."""


def read_score_rules(given: Path | ConfigFile) -> ScoreRules:
    """Everything in the file. Raises InputError with file, line and field for every place that does not fit."""
    source = config_file(given)
    read = read_yaml(source, _Scoring)
    raise_all([*_amiss(source, read)])
    bands = tuple(Band(band.name, band.at_least) for band in read.bands)
    scoring = Scoring(bands, frozenset(read.not_ranked), read.decimals)
    return ScoreRules(
        scoring, tuple(scheme.made() for scheme in read.schemes), tuple(award.made() for award in read.awards)
    )


def _amiss(source: ConfigFile, read: _Scoring) -> Iterator[InputError]:
    for at, scheme in enumerate(read.schemes):
        yield from _criteria_amiss(source, scheme, ("schemes", at))
    for (_, earlier), (later_at, later) in combinations(enumerate(read.schemes), 2):
        if earlier.code == later.code and _overlap(earlier.years, later.years):
            vi = f"bộ tiêu chí “{later.code}” có hai bản cùng áp dụng cho một năm."
            yield _error(source, ("schemes", later_at, "years"), "years that no other set of this code has", None, vi)
    yield from _awards_amiss(source, read)


def _criteria_amiss(source: ConfigFile, scheme: _Scheme, where: Place) -> Iterator[InputError]:
    criteria = [
        ((*where, "parts", at, "criteria", index), one)
        for at, part in enumerate(scheme.parts)
        for index, one in enumerate(part.criteria)
    ]
    codes, names = Counter(one.code for _, one in criteria), Counter(normalise(one.name) for _, one in criteria)
    for here, one in criteria:
        if codes[one.code] > 1:
            vi = f"mã tiêu chí “{one.code}” bị trùng."
            yield _error(source, (*here, "code"), "a code that no other criterion of the scheme has", one.code, vi)
        if names[normalise(one.name)] > 1:
            vi = f"tên tiêu chí “{one.name}” bị trùng."
            yield _error(source, (*here, "name"), "a name that no other criterion of the scheme has", one.name, vi)
    kinds = Counter(kind for group in scheme.groups for kind in group.kinds)
    for kind in sorted(kind for kind, number in kinds.items() if number > 1):
        vi = f"loại đơn vị “{kind}” thuộc hai nhóm."
        yield _error(source, (*where, "groups"), "each kind of unit in one group", kind.value, vi)


def _awards_amiss(source: ConfigFile, read: _Scoring) -> Iterator[InputError]:
    schemes, bands = {scheme.code for scheme in read.schemes}, {band.name for band in read.bands}
    times = Counter(award.code for award in read.awards)
    for at, award in enumerate(read.awards):
        where: Place = ("awards", at)
        groups = {group.name for scheme in read.schemes if scheme.code == award.scheme for group in scheme.groups}
        if times[award.code] > 1:
            yield _error(source, (*where, "code"), "a code that no other award has", award.code, "mã bị trùng.")
        if award.scheme not in schemes:
            vi = f"không có bộ tiêu chí “{award.scheme}”."
            yield _error(source, (*where, "scheme"), "the code of a scheme", award.scheme, vi)
        if award.band not in bands:
            vi = f"không có mức xếp loại “{award.band}”."
            yield _error(source, (*where, "band"), "the name of a band", award.band, vi)
        for name in award.first if isinstance(award.first, dict) else ():
            if award.scheme in schemes and name not in groups:
                vi = f"bộ tiêu chí “{award.scheme}” không có nhóm “{name}”."
                yield _error(source, (*where, "first"), "the name of a group of the scheme", name, vi)


def _overlap(one: _Years, other: _Years) -> bool:
    return (one.first or 0) <= (other.last or 9999) and (other.first or 0) <= (one.last or 9999)


def _error(source: ConfigFile, where: Place, expected: str, found: object, vi: str) -> InputError:
    line = source.line(where)
    shown = f"Tệp {source.path}, dòng {line}: {vi}"
    return InputError(expected, file=source.path, line=line, field=".".join(map(str, where)), found=found, vi=shown)
