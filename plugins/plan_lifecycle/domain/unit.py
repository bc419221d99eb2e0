"""Units and the tree that they form on a given day.

Levels, parents and validities are data: until 30/6/2025 a commune stood under a district, since 01/7/2025 it stands
directly under its province (Luật 72/2025/QH15, NQ 203/2025/QH15), and nothing here knows either word. Official codes,
names and parents all recur with other meanings, so a unit has an id of our own.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from plan_lifecycle.domain.text import normalise


class UnitKind(StrEnum):
    """What a unit is; the vocabulary of the audiences that a plan addresses."""

    PROVINCE = "province"
    DISTRICT = "district"
    COMMUNE = "commune"
    DEPARTMENT = "department"
    DIVISION = "division"
    MASS_ORGANISATION = "mass_organisation"
    FATHERLAND_FRONT = "fatherland_front"
    PARTY = "party"
    VERTICAL_AGENCY = "vertical_agency"
    PUBLIC_UNIT = "public_unit"
    ENTERPRISE = "enterprise"
    MEDIA = "media"
    RESIDENTIAL_GROUP = "residential_group"


KIND_WORDS: dict[str, str] = {
    UnitKind.PROVINCE: "tỉnh, thành phố",
    UnitKind.DISTRICT: "đơn vị cấp huyện",
    UnitKind.COMMUNE: "đơn vị cấp xã",
    UnitKind.DEPARTMENT: "sở, ban, ngành",
    UnitKind.DIVISION: "phòng chuyên môn",
    UnitKind.MASS_ORGANISATION: "tổ chức chính trị - xã hội",
    UnitKind.FATHERLAND_FRONT: "Mặt trận Tổ quốc",
    UnitKind.PARTY: "cơ quan Đảng",
    UnitKind.VERTICAL_AGENCY: "cơ quan ngành dọc",
    UnitKind.PUBLIC_UNIT: "đơn vị sự nghiệp",
    UnitKind.ENTERPRISE: "doanh nghiệp",
    UnitKind.MEDIA: "cơ quan báo chí",
    UnitKind.RESIDENTIAL_GROUP: "thôn, tổ dân phố",
}
"""What people call the units of a kind."""

UNNAMED = "đơn vị chưa có trong danh mục"
"""What a unit is called of which only an id is known."""
_TERRITORY_TYPES = ("thành phố", "thị trấn", "thị xã", "đặc khu", "phường", "quận", "huyện", "tỉnh", "xã")

TERRITORIAL = frozenset({UnitKind.PROVINCE, UnitKind.DISTRICT, UnitKind.COMMUNE})


REQUESTED_ONLY = frozenset(
    {UnitKind.FATHERLAND_FRONT, UnitKind.PARTY, UnitKind.VERTICAL_AGENCY, UnitKind.MASS_ORGANISATION}
)
"""Outside the chain of command of any People's Committee: they are requested, never ordered."""


class Standing(StrEnum):
    """Whether a superior may order the unit (*yêu cầu*) or only request it (*đề nghị*)."""

    ORDERED = "ordered"
    REQUESTED = "requested"

    @classmethod
    def of(cls, kind: UnitKind) -> Standing:
        """The standing of a unit of which nothing else is said."""
        return cls.REQUESTED if kind in REQUESTED_ONLY else cls.ORDERED


class Asking(StrEnum):
    """The word with which something is asked."""

    REQUEST = "đề nghị"
    ORDER = "yêu cầu"


@dataclass(frozen=True, slots=True)
class Unit:
    """One unit during one validity. ``valid_from`` and ``valid_to`` are both inclusive; None is an open end.

    ``name`` is what the unit is called in a sentence ("huyện Bắc Bình", "Sở Nội vụ"); ``level`` is its tier, 1 for a
    province and its departments, growing downwards.
    """

    id: str
    name: str
    kind: UnitKind
    level: int
    parent_id: str | None = None
    code: str | None = None
    short_name: str | None = None
    symbol: str | None = None
    standing: Standing = Standing.ORDERED
    valid_from: date | None = None
    valid_to: date | None = None

    @property
    def territorial(self) -> bool:
        """Whether the unit governs a territory, so that a People's Committee acts for it."""
        return self.kind in TERRITORIAL

    @property
    def agency(self) -> str:
        """The agency that writes and is written to: "UBND huyện Bắc Bình", "Sở Nội vụ"."""
        return f"UBND {self.name}" if self.territorial else self.name

    def exists_on(self, day: date) -> bool:
        """Whether the unit exists on ``day``."""
        return (self.valid_from is None or self.valid_from <= day) and (self.valid_to is None or day <= self.valid_to)


@dataclass(frozen=True, slots=True)
class Succession:
    """``successor`` took over from ``predecessor``; many to many. ``whole`` is False where only a part went over."""

    predecessor: str
    successor: str
    whole: bool = True


class ContactRole(StrEnum):
    """Who a contact is within the unit."""

    OFFICER = "officer"
    HEAD = "head"
    COORDINATOR = "coordinator"


ROLE_WORDS = {
    ContactRole.OFFICER: "cán bộ đầu mối",
    ContactRole.HEAD: "lãnh đạo",
    ContactRole.COORDINATOR: "cán bộ điều phối",
}
"""What people call who has a role."""


@dataclass(frozen=True, slots=True)
class Contact:
    """A person of a unit, or the substitute of one, during a validity (both ends inclusive).

    ``phone`` are the person's numbers as ``domain.telephone`` keeps them.
    """

    unit_id: str
    role: ContactRole
    name: str
    email: str
    valid_from: date | None = None
    valid_to: date | None = None
    substitute: str | None = None
    phone: str | None = None


def each_person_once(contacts: Iterable[Contact]) -> list[Contact]:
    """The contacts without those who stand there already: under the same address, or by the same name in the same unit.

    Somebody who is officer and head, or has two addresses, gets one letter; names of other units are other people.
    """
    found: list[Contact] = []
    addresses: set[str] = set()
    names: set[tuple[str, str]] = set()
    for contact in contacts:
        name = (contact.unit_id, normalise(contact.name))
        if contact.email.lower() not in addresses and name not in names:
            found.append(contact)
        addresses.add(contact.email.lower())
        if name[1]:
            names.add(name)
    return found


@dataclass(frozen=True)
class UnitTree:
    """The units that exist on one day, with constant-time steps up and down. Order of ``units`` is kept.

    Built by ``UnitTree.on``; its depth is whatever the data say. ``former`` are units of other days, by id: no part of
    the tree, but called by the names that they had.
    """

    day: date
    units: tuple[Unit, ...]
    _by_id: dict[str, Unit] = field(repr=False, default_factory=dict)
    _children: dict[str | None, list[Unit]] = field(repr=False, default_factory=dict)
    former: Mapping[str, Unit] = field(repr=False, default_factory=dict)

    @classmethod
    def on(cls, day: date, units: Iterable[Unit]) -> UnitTree:
        """The tree as of ``day``. A unit whose parent does not exist stands at the top."""
        alive = tuple(unit for unit in units if unit.exists_on(day))
        by_id = {unit.id: unit for unit in alive}
        children: dict[str | None, list[Unit]] = {}
        for unit in alive:
            children.setdefault(unit.parent_id if unit.parent_id in by_id else None, []).append(unit)
        return cls(day, alive, by_id, children)

    def __contains__(self, unit_id: object) -> bool:
        return unit_id in self._by_id

    def __getitem__(self, unit_id: str) -> Unit:
        return self._by_id[unit_id]

    def get(self, unit_id: str | None) -> Unit | None:
        """The unit, or None where it does not exist."""
        return self._by_id.get(unit_id) if unit_id else None

    def known(self, unit_id: str | None) -> Unit | None:
        """The unit, or the former one; None where neither is known."""
        return self.get(unit_id) or (self.former.get(unit_id) if unit_id else None)

    def parent(self, unit: Unit) -> Unit | None:
        """The unit directly above."""
        return self.get(unit.parent_id)

    def children(self, unit_id: str | None) -> tuple[Unit, ...]:
        """The units directly below; None gives the top."""
        return tuple(self._children.get(unit_id, ()))

    def below(self, unit_id: str) -> Iterator[Unit]:
        """Every unit below, level by level."""
        wave = self.children(unit_id)
        while wave:
            yield from wave
            wave = tuple(child for unit in wave for child in self.children(unit.id))

    def above(self, unit: Unit) -> Iterator[Unit]:
        """The chain from the unit's parent to the top."""
        step = self.parent(unit)
        while step is not None:
            yield step
            step = self.parent(step)

    def named(self, unit: Unit, *, within: str = "") -> str:
        """The agency so that it cannot be mistaken: "UBND xã Bình An", "Văn phòng Sở Nội vụ".

        In a paper of the unit ``within`` those right below it are called as they are there: "Văn phòng".
        """
        above = self.known(unit.parent_id)
        if unit.territorial or above is None or above.name in unit.name or above.id == within:
            return unit.agency
        own = bare_name(above.name) if above.territorial else above.name.removeprefix("Sở ")
        kind = above.name.removesuffix(own).strip()
        said = kind and unit.name.endswith(f" {kind}")  # "Thanh tra tỉnh", "Văn phòng Sở" say half of it
        return f"{unit.name} {own if said else above.name}"

    def called(self, unit_id: str) -> str:
        """What the unit of an id is called (``named``), also a former one. An id is never what people read."""
        unit = self.known(unit_id)
        return self.named(unit) if unit else UNNAMED


def asking(tree: UnitTree, writer: Unit, recipients: Iterable[Unit]) -> Asking:
    """The word with which ``writer`` asks: only a People's Committee orders, and only units below it that it may order.

    A department requests of its peers, a letter to several orders only where each of them may be ordered, and one that
    asks nothing of any unit orders nobody.
    """
    asked = tuple(recipients)
    below = all(any(above.id == writer.id for above in tree.above(unit)) for unit in asked)
    may_order = all(unit.standing is Standing.ORDERED for unit in asked)
    return Asking.ORDER if asked and writer.territorial and below and may_order else Asking.REQUEST


def bare_name(name: str) -> str:
    """A territory's own name: "Bắc Bình" of "huyện Bắc Bình"."""
    kind = next((each for each in _TERRITORY_TYPES if name.lower().startswith(f"{each} ")), None)
    return name[len(kind) + 1 :] if kind else name
