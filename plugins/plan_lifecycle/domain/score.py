"""Scores of a year: the index of each unit, its band, and its place within its group.

Index = points ÷ maximum. A unit has a maximum of its own, because a criterion that does not apply lowers it. Indices
that are exactly equal share a rank, and the next ranks are skipped: 79, 79, 81.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from itertools import pairwise
from typing import Protocol

_MOST_DECIMALS = 12


@dataclass(frozen=True, slots=True)
class Band:
    """A band (*xếp loại*) and the index from which it holds, in per cent."""

    name: str
    at_least: Decimal


@dataclass(frozen=True, slots=True)
class Scoring:
    """How indices are classed and shown: bands from the highest down, the last one from 0, and the fewest decimals."""

    bands: tuple[Band, ...]
    not_ranked: frozenset[str] = frozenset()
    decimals: int = 2

    def band(self, index: Fraction) -> Band:
        """The band of an index in per cent. The exact index counts, not the one that is shown."""
        return next(band for band in self.bands if index >= Fraction(band.at_least))


class Indexed(Protocol):
    """What can be ranked: a unit of a group with its exact index in per cent, None while it has none."""

    @property
    def group(self) -> str: ...
    @property
    def unit(self) -> str: ...
    @property
    def maximum(self) -> Decimal | None: ...
    @property
    def points(self) -> Decimal | None: ...
    @property
    def ranked(self) -> bool: ...
    @property
    def index(self) -> Fraction | None: ...


@dataclass(frozen=True, slots=True)
class Score:
    """What a unit reached in one year. ``ranked`` is false where it is classed only; points are None before it is
    scored."""

    group: str
    unit: str
    maximum: Decimal | None
    points: Decimal | None
    ranked: bool = True

    @property
    def index(self) -> Fraction | None:
        """Points in per cent of the maximum, exactly."""
        if self.points is None or not self.maximum:
            return None
        return Fraction(self.points) * 100 / Fraction(self.maximum)


@dataclass(frozen=True, slots=True)
class MeanScore:
    """What a unit reached over several years: the mean of its indices, None where one year has none."""

    group: str
    unit: str
    indices: tuple[Fraction | None, ...]
    ranked: bool = True
    maximum: Decimal | None = None
    points: Decimal | None = None

    @property
    def index(self) -> Fraction | None:
        """The mean of the years, exactly."""
        known = [index for index in self.indices if index is not None]
        return sum(known, Fraction(0)) / len(known) if known and len(known) == len(self.indices) else None


@dataclass(frozen=True, slots=True)
class Place:
    """A unit's line in the published table: index in per cent with as many decimals as tell it from its neighbours."""

    group: str
    unit: str
    maximum: Decimal | None
    points: Decimal | None
    index: Decimal | None
    rank: int | None
    band: str | None


def rank(scores: Sequence[Indexed], scoring: Scoring, unsettled: Collection[str] = ()) -> list[Place]:
    """Give every unit its index, band and rank, in the order of ``scores``.

    No one is ranked in the groups ``unsettled``: a score is missing there that could move every rank.
    """
    ranks = _ranks(scores, scoring, unsettled)
    decimals = _decimals(scores, scoring)
    return [_place(score, scoring, ranks, decimals) for score in scores]


def _place(
    score: Indexed, scoring: Scoring, ranks: Mapping[tuple[str, Fraction], int], decimals: Mapping[Fraction, int]
) -> Place:
    index = score.index
    shown = None if index is None else rounded(index, decimals[index])
    band = None if index is None else scoring.band(index).name
    ranked = index is not None and _is_ranked(score, scoring)
    place = ranks.get((score.group, index)) if ranked and index is not None else None
    return Place(score.group, score.unit, score.maximum, score.points, shown, place, band)


def _is_ranked(score: Indexed, scoring: Scoring) -> bool:
    return score.ranked and score.group not in scoring.not_ranked


def _ranks(scores: Iterable[Indexed], scoring: Scoring, unsettled: Collection[str]) -> dict[tuple[str, Fraction], int]:
    """The rank of each index within its group."""
    indices: defaultdict[str, Counter[Fraction]] = defaultdict(Counter)
    for score in scores:
        if score.index is not None and score.group not in unsettled and _is_ranked(score, scoring):
            indices[score.group][score.index] += 1
    ranks = {}
    for group, counts in indices.items():
        above = 0
        for index in sorted(counts, reverse=True):
            ranks[group, index] = above + 1
            above += counts[index]
    return ranks


def _decimals(scores: Iterable[Indexed], scoring: Scoring) -> dict[Fraction, int]:
    """How many decimals each index needs, so that it differs from the next ones of its group and from a band's limit
    that it just misses."""
    groups: defaultdict[str, set[Fraction]] = defaultdict(set)
    for score in scores:
        if score.index is not None:
            groups[score.group].add(score.index)
    needed: defaultdict[Fraction, int] = defaultdict(lambda: scoring.decimals)
    limits = {Fraction(band.at_least) for band in scoring.bands}
    for indices in groups.values():
        ordered = sorted(indices | limits)
        for lower, upper in pairwise(ordered):
            decimals = _telling_apart(lower, upper, scoring.decimals)
            for index in (lower, upper):
                needed[index] = max(needed[index], decimals)
    return needed


def _telling_apart(lower: Fraction, upper: Fraction, fewest: int) -> int:
    decimals = fewest
    while decimals < _MOST_DECIMALS and rounded(lower, decimals) == rounded(upper, decimals):
        decimals += 1
    return decimals


def rounded(exact: Fraction, decimals: int) -> Decimal:
    """Round half up, from the exact value."""
    scaled = exact * 10**decimals
    whole = Decimal((2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator))
    return whole.scaleb(-decimals).quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)
