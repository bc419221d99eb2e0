"""The country's units, as two states of the tree: before and since 01/7/2025 (Luật 72/2025/QH15, NQ 203/2025/QH15).

The first is one picture of the three tiers shortly before they ended (63, 696, 10,035; when each unit began is not
known), the second the two tiers since (34, 3,321). Official codes are used again with other meanings, so an id says
which state it belongs to: ``vn3-22918`` and ``vn2-22918`` are two units. Districts ended without a successor (save
the five that had no communes): their tasks went up and down, not over.
The tables are made by ``scripts/make_units.py``.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date
from functools import cache
from pathlib import Path
from typing import NamedTuple

from plan_lifecycle.domain.errors import InputError
from plan_lifecycle.domain.text import normalise, without_accents
from plan_lifecycle.domain.unit import Succession, Unit, UnitKind
from plan_lifecycle.domain.writing import short_date

DATA = Path(__file__).resolve().parents[1] / "data"
REORGANISED_ON = date(2025, 7, 1)


class _State(NamedTuple):
    table: str
    prefix: str
    kinds: tuple[UnitKind, ...]
    valid_from: date | None
    valid_to: date | None


_THREE_TIERS = _State(
    "three_tier", "vn3", (UnitKind.PROVINCE, UnitKind.DISTRICT, UnitKind.COMMUNE), None, date(2025, 6, 30)
)
_TWO_TIERS = _State("two_tier", "vn2", (UnitKind.PROVINCE, UnitKind.COMMUNE), REORGANISED_ON, None)


class Note(NamedTuple):
    """What a reader of the list should know, for operators and for users."""

    en: str
    vi: str


def load_province(name: str, as_of: date) -> list[Unit]:
    """The province as of a day and all units below it, parents first.

    ``name`` may carry its type and any spelling ("Bình Thuận", "tỉnh Bình Thuận", "TP. Hồ Chí Minh"). Raises
    InputError that names near names, or the province of today where ``name`` has ended.
    """
    state = _state(as_of)
    code = _find(name, state)
    if code is None:
        raise _unknown(name, as_of)
    return list(_units(state, _blocks(state)[code]))


def load_provinces(as_of: date) -> list[list[Unit]]:
    """Every province as of a day with all units below it, parents first; in the order of their codes."""
    state = _state(as_of)
    return [list(_units(state, block)) for block in _blocks(state).values()]


def successions(unit_ids: Collection[str]) -> list[Succession]:
    """The links of 01/7/2025 that begin or end at one of the units."""
    wanted = frozenset(unit_ids)
    return [link for link in _links() if link.predecessor in wanted or link.successor in wanted]


def provinces_before(unit_ids: Collection[str], known: Collection[str]) -> list[str]:
    """The names of the provinces of before 01/7/2025 of which units that are not ``known`` went into these."""
    new, have = frozenset(unit_ids), frozenset(known)
    wanted = {link.predecessor for link in _links() if link.successor in new and link.predecessor not in have}
    prefix = f"{_THREE_TIERS.prefix}-"
    codes = {unit_id.removeprefix(prefix) for unit_id in wanted}
    return [block[0][3] for block in _blocks(_THREE_TIERS).values() if any(row[0] in codes for row in block)]


def snapshot_note(as_of: date) -> Note | None:
    """What to say of a list for ``as_of``: a day before 01/7/2025 is served from one picture of the last state."""
    if as_of >= REORGANISED_ON:
        return None
    return Note(
        f"the list for {as_of} is a snapshot of the last three-tier state (63/696/10,035), in force from 12/2024 until "
        "2025-06-30: communes merged before that are not in it",
        f"Danh mục cho ngày {short_date(as_of)} là hiện trạng ba cấp cuối cùng (từ tháng 12/2024 đến hết ngày "
        "30/6/2025), chưa thể hiện các xã, phường, thị trấn đã sắp xếp trước đó; đề nghị đối chiếu trước khi sử dụng.",
    )


def _state(as_of: date) -> _State:
    return _TWO_TIERS if as_of >= REORGANISED_ON else _THREE_TIERS


def _rows(table: str) -> list[list[str]]:
    text = (DATA / f"{table}.tsv").read_text(encoding="utf-8")
    return [line.split("\t") for line in text.splitlines()[1:]]


@cache
def _blocks(state: _State) -> dict[str, list[list[str]]]:
    """The rows of each province by its code; a province stands before everything below it."""
    blocks: dict[str, list[list[str]]] = {}
    for row in _rows(state.table):
        if row[2] == "1":
            block = blocks[row[0]] = []
        block.append(row)
    return blocks


def _units(state: _State, rows: list[list[str]]) -> Iterator[Unit]:
    prefix = state.prefix
    for code, parent, level, name in rows:
        depth = int(level)
        yield Unit(
            id=f"{prefix}-{code}",
            name=name,
            kind=state.kinds[depth - 1],
            level=depth,
            parent_id=f"{prefix}-{parent}" if parent else None,
            code=code,
            valid_from=state.valid_from,
            valid_to=state.valid_to,
        )


@cache
def _links() -> tuple[Succession, ...]:
    old, new = _THREE_TIERS.prefix, _TWO_TIERS.prefix
    return tuple(
        Succession(f"{old}-{predecessor}", f"{new}-{successor}", whole == "1")
        for predecessor, successor, whole in _rows("succession")
    )


_TYPES = ("tỉnh ", "thành phố ", "tp. ", "tp.", "tp ", "thủ đô ", "tinh ", "thanh pho ")
_ALIASES = {"hcm": "hồ chí minh", "hcmc": "hồ chí minh", "sài gòn": "hồ chí minh", "thừa thiên huế": "huế"}


def _bare(name: str) -> str:
    text = normalise(name).removeprefix("ubnd ")
    for prefix in _TYPES:
        text = text.removeprefix(prefix)
    text = " ".join(text.replace("-", " ").split())
    return _ALIASES.get(text, text)


@cache
def _names(state: _State) -> dict[str, str]:
    """Code by bare name; also by the name without accents, as no two provinces share one."""
    bare = {_bare(block[0][3]): code for code, block in _blocks(state).items()}
    return {without_accents(name): code for name, code in bare.items()} | bare


def _find(name: str, state: _State) -> str | None:
    return _names(state).get(_bare(name))


def _unknown(name: str, as_of: date) -> InputError:
    """Say which province is meant today, or which names are near."""
    wanted = _bare(name)
    if as_of >= REORGANISED_ON and (code := _find(name, _THREE_TIERS)):
        old = f"{_THREE_TIERS.prefix}-{code}"
        heirs = [link.successor.partition("-")[2] for link in _links() if link.predecessor == old]
        shown = ", ".join(_blocks(_TWO_TIERS)[heir][0][3] for heir in heirs)
        expected = f"a province that exists on {as_of} (it ended on {_THREE_TIERS.valid_to} and is now part of {shown})"
        vi = f"{name} đã sắp xếp từ ngày 01/7/2025, nay thuộc {shown}; đề nghị nhập tên tỉnh, thành phố hiện nay."
        return InputError(expected, found=name, field="province", vi=vi)
    near = _near(wanted, _state(as_of))
    expected = f"the name of a province that exists on {as_of}" + (f"; near: {', '.join(near)}" if near else "")
    vi = f"Không có tỉnh, thành phố “{name}” vào ngày {short_date(as_of)}" + (
        f"; có thể là: {', '.join(near)}." if near else "; đề nghị kiểm tra lại tên."
    )
    return InputError(expected, found=name, field="province", vi=vi)


def _near(wanted: str, state: _State) -> list[str]:
    from rapidfuzz import fuzz, process

    codes = _names(state)
    found = process.extract(without_accents(wanted), list(codes), scorer=fuzz.ratio, score_cutoff=60, limit=6)
    return list(dict.fromkeys(_blocks(state)[codes[name]][0][3] for name, _, _ in found))[:3]
