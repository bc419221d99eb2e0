"""Whom a phrase addresses, mention by mention."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from plan_lifecycle.domain.unit import UnitKind

ALL = "all"


class Role(StrEnum):
    """How a phrase addresses someone: orders, requests, goes through them, or addresses their head in person."""

    ORDERED = "ordered"
    REQUESTED = "requested"
    VIA = "via"
    HEAD = "head"


@dataclass(frozen=True, slots=True)
class Mention:
    """One addressee: a whole audience ("các sở, ban, ngành"), or with ``name`` a unit of it ("Sở Nội vụ").

    ``within`` narrows it to a named territory ("huyện Bắc Bình") or department ("Sở Y tế"); ``every`` says that the
    name stands for each unit whose name begins so ("Phòng Nội vụ các huyện"), ``at`` being the kind of their parents;
    ``limit`` holds words that narrow it in a way no tree can tell ("viễn thông").
    """

    audience: str
    role: Role
    name: str | None = None
    within: str | None = None
    every: bool = False
    at: UnitKind | None = None
    limit: str | None = None


@dataclass(frozen=True, slots=True)
class Audience:
    """The reading of a phrase. ``reasons`` say in Vietnamese why a person must decide; empty where all is clear."""

    phrase: str
    mentions: tuple[Mention, ...]
    reasons: tuple[str, ...] = ()

    @property
    def audiences(self) -> tuple[str, ...]:
        """Each audience once, in the order of the phrase: ``all`` or a value of ``UnitKind``."""
        return tuple(dict.fromkeys(mention.audience for mention in self.mentions))

    @property
    def roles(self) -> dict[str, Role]:
        """The role of each audience; where it has several, being addressed goes before being gone through."""
        roles: dict[str, Role] = {}
        for mention in self.mentions:
            if roles.get(mention.audience, Role.VIA) is Role.VIA:
                roles[mention.audience] = mention.role
        return roles

    @property
    def named(self) -> tuple[str, ...]:
        """The proper names, as written."""
        return tuple(mention.name for mention in self.mentions if mention.name)

    @property
    def needs_decision(self) -> bool:
        """Whether a part of the phrase is left to a person."""
        return bool(self.reasons)
