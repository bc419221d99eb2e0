"""Finding the units that a phrase means: by level, or by name within the province, with typing slips forgiven.

A name that is not found, or that several units bear, is left to a person: no unit is guessed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from plan_lifecycle.domain.audience._model import ALL, Audience, Mention, Role
from plan_lifecycle.domain.audience._names import agency_key, name_key, proper_name
from plan_lifecycle.domain.audience._reading import Reader
from plan_lifecycle.domain.audience._vocabulary import FIELD
from plan_lifecycle.domain.phrase import read_text
from plan_lifecycle.domain.regex import regex
from plan_lifecycle.domain.text import normalise, without_accents
from plan_lifecycle.domain.unit import KIND_WORDS, TERRITORIAL, Unit, UnitKind, UnitTree

# A slip is forgiven where one name is this close (per cent of characters) and the next best is clearly farther; to be
# close only without accents counts a little less.
_CLOSE = 85
_CLEARLY = 4
_ACCENTS = 3
_FIELDED = regex(rf"(?:sở|phòng) {FIELD.pattern}")
_LEADING = regex(r"^(?:công chức|bộ phận|cán bộ) (?=.)")
_MOST_PARTS = 9
"""A name is parted by at most four links, each of which is a part of its own."""
_PARTED = regex(r"([,;\n]| và | cùng )")


class Matched(NamedTuple):
    """The ids meant, in the order of the phrase, and why a person must decide (Vietnamese; empty: all is clear)."""

    units: tuple[str, ...]
    reasons: tuple[str, ...]

    @property
    def needs_decision(self) -> bool:
        """Whether a part of the phrase is left to a person."""
        return bool(self.reasons)


@dataclass(frozen=True, slots=True)
class _Scope:
    """The units in and below one unit, with their names; made once for a tree."""

    units: tuple[Unit, ...]
    by_kind: dict[str, tuple[Unit, ...]]
    by_key: dict[str, tuple[Unit, ...]]
    by_name: dict[str, tuple[Unit, ...]]
    place: str


def match(audience: Audience, tree: UnitTree, under: str) -> Matched:
    """The units of ``tree`` that ``audience`` means, by level below ``under``, by name in the province of ``under``.

    Units that are only gone through ("qua Sở Nội vụ") count where nobody else is addressed. Where the words leave
    something open, units whose whole names stand there are taken by them ("Văn phòng - Thống kê; Tổ 11A"). Raises
    KeyError where ``under`` is not in the tree.
    """
    read = _match(audience, tree, under)
    if not read.needs_decision:
        return read
    named, rest = _by_whole_names(audience.phrase, _scope(tree, under))
    if not named:
        return read
    others = _match(Reader(rest, read_text(rest)).read(), tree, under) if rest else Matched((), ())
    if len(others.reasons) >= len(read.reasons):
        return read
    return Matched(tuple(dict.fromkeys((*named, *others.units))), others.reasons)


def _by_whole_names(phrase: str, near: _Scope) -> tuple[tuple[str, ...], str]:
    """The units directly below that parts of the phrase are the whole names of, and what is left of it.

    A name may hold what else parts a list ("Địa chính - Xây dựng, Đô thị và Môi trường"): the longest part counts.
    """
    parts = _PARTED.split(phrase)
    found: list[str] = []
    rest: list[str] = []
    at = 0
    while at < len(parts):
        for end in range(min(len(parts), at + _MOST_PARTS), at, -2):
            units = near.by_name.get(_plain_name("".join(parts[at:end])), ())
            if len(units) == 1:
                found.append(units[0].id)
                break
        else:
            end = at + 1
            rest += parts[at : at + 2]
        at = end + 1
    return tuple(found), "".join(rest).strip(" ,;\n")


def _plain_name(name: str) -> str:
    return _LEADING.sub("", name_key(name))


def _match(audience: Audience, tree: UnitTree, under: str) -> Matched:
    near, province = _scope(tree, under), _scope(tree, _top(tree, under).id)
    addressed = [mention for mention in audience.mentions if mention.role is not Role.VIA]
    found: dict[str, None] = {}
    reasons: dict[str, None] = {}
    for mention in addressed or audience.mentions:
        units, reason = _units_of(mention, tree, near, province)
        found.update(dict.fromkeys(unit.id for unit in units))
        if reason:
            reasons[reason] = None
    if not tree[under].territorial and found.keys() >= {unit.id for unit in tree.children(under)}:
        reasons = {}  # a department's every part is meant: there is none of a kind that it has not got
    return Matched(tuple(found), tuple(dict.fromkeys((*audience.reasons, *reasons))))


def _units_of(mention: Mention, tree: UnitTree, near: _Scope, province: _Scope) -> tuple[Iterable[Unit], str | None]:
    if mention.within:
        places, reason = _named(Mention(_kind_of(mention.within), mention.role, mention.within), near, province)
        if reason:
            return (), reason
        near = province = _scope(tree, next(iter(places)).id)
    if mention.name and mention.every:
        return _every(mention, tree, near)
    if mention.name:
        return _named(mention, near, province)
    whole = _all(mention, tree, near) if mention.audience == ALL else near.by_kind.get(mention.audience, ())
    if not whole:
        return (), f"Trong phạm vi đang xét không có {KIND_WORDS.get(mention.audience, 'đơn vị trực thuộc nào')}."
    return whole, f"Cụm từ “{mention.limit}” chưa xác định cụ thể đơn vị." if mention.limit else None


def _all(mention: Mention, tree: UnitTree, near: _Scope) -> tuple[Unit, ...]:
    units = near.units[1:]
    if mention.at is None:
        return units
    return tuple(unit for unit in units if (parent := tree.parent(unit)) and parent.kind is mention.at)


def _every(mention: Mention, tree: UnitTree, near: _Scope) -> tuple[Iterable[Unit], str | None]:
    """All units whose name begins so, under parents of the level that the phrase names."""
    key = agency_key(mention.name or "")
    units = [
        unit
        for own, bearers in near.by_key.items()
        if own == key or own.startswith(f"{key} ")
        for unit in bearers
        if mention.at is None or ((parent := tree.parent(unit)) is not None and parent.kind == mention.at)
    ]
    return units, None if units else _not_found(mention)


def _named(mention: Mention, near: _Scope, province: _Scope) -> tuple[Iterable[Unit], str | None]:
    """By the whole name near by and then in the province; only then with a slip: Sở Nội vụ is no Sở Ngoại vụ."""
    for bearers in (_bearers, _nearly):
        for scope in (near, province):
            units = bearers(mention, scope)
            if len(units) == 1:
                return units, None
            if units:
                return (), f"Có {len(units):02d} đơn vị cùng tên “{mention.name}”."
    return (), _not_found(mention)


def _not_found(mention: Mention) -> str:
    return f"Chưa tìm thấy đơn vị “{mention.name}” trong phạm vi đang xét."


def _bearers(mention: Mention, scope: _Scope) -> tuple[Unit, ...]:
    """The units that bear the name exactly."""
    return _of_kind(scope.by_key.get(_key(mention, scope), ()), mention)


def _key(mention: Mention, scope: _Scope) -> str:
    name = mention.name or ""
    return name_key(name) if mention.audience in TERRITORIAL else agency_key(name, scope.place)


def _nearly(mention: Mention, scope: _Scope) -> tuple[Unit, ...]:
    """The units that bear the name under another level ("xã" for "thị trấn"), or with a typing slip.

    A field that there is ("Sở Nội vụ") is no slip of another ("Sở Ngoại vụ").
    """
    key = _key(mention, scope)
    if _FIELDED.fullmatch(normalise(mention.name or "")):
        return ()
    rivals: dict[str, list[Unit]] = {}
    for unit in scope.by_kind.get(mention.audience, ()):
        for own in _keys(unit, scope.place):
            rivals.setdefault(own, []).append(unit)
    if mention.audience in TERRITORIAL:
        same = [unit for own, units in rivals.items() if proper_name(own) == proper_name(key) for unit in units]
        if same:
            return tuple(dict.fromkeys(same))
    return _nearest(key, rivals)


def _nearest(key: str, rivals: dict[str, list[Unit]]) -> tuple[Unit, ...]:
    """The one name that is close; it may be close without accents too, as a keyboard often drops or moves them."""
    plain = {own: without_accents(own) for own in rivals}
    bare = [own for own, spelled in plain.items() if spelled == without_accents(key)]
    if len(bare) == 1:
        return tuple(rivals[bare[0]])
    from rapidfuzz import fuzz  # 50 ms to import, and most names are written as they should be

    typed = without_accents(key)
    scores = {own: max(fuzz.ratio(key, own), fuzz.ratio(typed, spelled) - _ACCENTS) for own, spelled in plain.items()}
    best = max(scores, key=scores.__getitem__, default=None)
    if best is None or scores[best] < _CLOSE:
        return ()
    unclear = [own for own in scores if scores[best] - scores[own] < _CLEARLY and set(rivals[own]) - set(rivals[best])]
    return () if unclear else tuple(rivals[best])


def _of_kind(units: Iterable[Unit], mention: Mention) -> tuple[Unit, ...]:
    """Those of the kind read; where none is, all: data may count a bureau among the departments or the agencies."""
    units = tuple(units)
    return tuple(unit for unit in units if unit.kind == mention.audience) or (
        () if mention.audience in TERRITORIAL else tuple(unit for unit in units if not unit.territorial)
    )


def _kind_of(within: str) -> UnitKind:
    key = name_key(within)
    if key.startswith(("xã ", "phường ", "thị trấn ", "đặc khu ")):
        return UnitKind.COMMUNE
    return UnitKind.DEPARTMENT if key.startswith("sở ") else UnitKind.DISTRICT


def _scope(tree: UnitTree, unit_id: str) -> _Scope:
    """The scope of a unit, kept beside the tree: names are put into their compared form once."""
    scopes: dict[str, _Scope] = tree.__dict__.setdefault("_audience_scopes", {})
    if unit_id not in scopes:
        scopes[unit_id] = _make_scope(tree, unit_id)
    return scopes[unit_id]


def _make_scope(tree: UnitTree, unit_id: str) -> _Scope:
    units = (tree[unit_id], *tree.below(unit_id))
    place = _top(tree, unit_id).name
    by_kind: dict[str, list[Unit]] = {}
    by_key: dict[str, list[Unit]] = {}
    by_name: dict[str, list[Unit]] = {}
    for unit in tree.children(unit_id):
        by_name.setdefault(_plain_name(unit.name), []).append(unit)
    for unit in units:
        by_kind.setdefault(unit.kind, []).append(unit)
        for key in dict.fromkeys((*_keys(unit, place), *_keys_in_parent(unit, tree, place))):
            by_key.setdefault(key, []).append(unit)
    return _Scope(
        units,
        {kind: tuple(members) for kind, members in by_kind.items()},
        {key: tuple(bearers) for key, bearers in by_key.items()},
        {name: tuple(bearers) for name, bearers in by_name.items()},
        place,
    )


def _keys(unit: Unit, place: str) -> Iterator[str]:
    for name in dict.fromkeys((unit.name, unit.short_name, unit.symbol)):
        if name:
            yield name_key(name) if unit.territorial else agency_key(name, place)


def _keys_in_parent(unit: Unit, tree: UnitTree, place: str) -> Iterator[str]:
    """ "Phòng Nội vụ huyện Bắc Bình" is "Phòng Nội vụ" within its district, "Văn phòng Sở" "Văn phòng" within it."""
    parent = tree.parent(unit)
    if parent is not None and not unit.territorial:
        yield agency_key(unit.name, parent.name, place)
        if not parent.territorial:
            yield name_key(unit.name).removesuffix(" sở")


def _top(tree: UnitTree, unit_id: str) -> Unit:
    unit = tree[unit_id]
    return next(reversed([unit, *tree.above(unit)]))
