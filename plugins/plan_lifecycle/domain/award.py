"""Who may be proposed for an award: by band and rank, up to a number of units, and never a tie cut without asking.

The plan wants band *Tốt* and one of the first ten communes. Where two share the tenth place, both are shown and a
person chooses. Who is ranked high enough but fails another criterion of the plan is left out by a person, with the
reason, and the next in rank moves up where the plan says so.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from plan_lifecycle.domain.score import Place, Scoring


@dataclass(frozen=True, slots=True)
class Award:
    """What a plan says of one award. ``first`` is the number of units per group by its name ("" for all others; None:
    no such limit), ``band`` the lowest band, ``moves_up`` whether the next in rank takes the place of one left out.

    Each unit may then propose at most ``collectives`` and ``individuals``. ``also`` are the criteria that a person
    looks at.
    """

    code: str
    name: str
    scheme: str
    band: str
    first: Mapping[str, int | None]
    collectives: int = 1
    individuals: int = 1
    moves_up: bool = True
    also: tuple[str, ...] = ()

    def first_of(self, group: str) -> int | None:
        """How many units of a group may be proposed; None: as many as reach the band."""
        return self.first.get(group, self.first.get(""))


@dataclass(frozen=True, slots=True)
class Chosen:
    """What a person decided of one unit: proposed or left out, and why."""

    proposed: bool
    by: str
    reason: str


@dataclass(frozen=True, slots=True)
class Tie:
    """Units of one rank that together are more than the ``left`` proposals: a person chooses among them."""

    group: str
    rank: int
    units: tuple[Place, ...]
    left: int


@dataclass(frozen=True, slots=True)
class Candidates:
    """Who may be proposed in one group; ``tie`` None where nothing is to be chosen.

    ``left_out`` would be among them, had a person not decided otherwise. ``limit`` None: no cap.
    """

    group: str
    limit: int | None
    proposed: tuple[Place, ...]
    tie: Tie | None = None
    left_out: tuple[Place, ...] = ()


def candidates(
    places: Sequence[Place], award: Award, scoring: Scoring, chosen: Mapping[str, Chosen]
) -> list[Candidates]:
    """Who may be proposed, group by group in the order of ``places``; ``chosen`` is by the unit's name."""
    groups = dict.fromkeys(place.group for place in places)
    return [_of_group(group, places, award, scoring, chosen) for group in groups]


def _of_group(
    group: str, places: Sequence[Place], award: Award, scoring: Scoring, chosen: Mapping[str, Chosen]
) -> Candidates:
    limit = award.first_of(group)
    good = frozenset(_bands_from(award.band, scoring))
    able = [place for place in places if place.group == group and place.rank is not None and place.band in good]
    able.sort(key=lambda place: place.rank or 0)
    out = tuple(place for place in able if place.unit in chosen and not chosen[place.unit].proposed)
    if limit is not None and not award.moves_up:
        able = [place for place in able if (place.rank or 0) <= limit]
    proposed, tie = _up_to(limit, [place for place in able if place not in out], chosen, group)
    last = max((place.rank or 0 for place in proposed), default=0)
    shown = tuple(place for place in out if limit is None or (place.rank or 0) <= max(last, limit))
    return Candidates(group, limit, tuple(proposed), tie, shown)


def _up_to(
    limit: int | None, able: Sequence[Place], chosen: Mapping[str, Chosen], group: str
) -> tuple[list[Place], Tie | None]:
    """As many as fit, rank by rank; of a rank that does not fit those whom a person chose, and what is left open."""
    proposed: list[Place] = []
    for rank in dict.fromkeys(place.rank or 0 for place in able):
        same = [place for place in able if place.rank == rank]
        left = len(same) if limit is None else limit - len(proposed)
        if left <= 0:
            break
        if len(same) <= left:
            proposed += same
            continue
        picked = [place for place in same if place.unit in chosen and chosen[place.unit].proposed]
        if len(picked) <= left:
            proposed += picked
            left -= len(picked)
        rest = tuple(place for place in same if place not in proposed)
        return proposed, Tie(group, rank, rest, left) if left else None
    return proposed, None


def _bands_from(lowest: str, scoring: Scoring) -> list[str]:
    """The band and the better ones."""
    names = [band.name for band in scoring.bands]
    return names[: names.index(lowest) + 1]
