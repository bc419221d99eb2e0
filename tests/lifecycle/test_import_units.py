"""A province is read whole, stored in one step, and linked to what stood there before the reform of 01/7/2025."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import lru_cache

import pytest
from sqlalchemy import select
from tests.factories import ROOT

from plan_lifecycle.domain.errors import InputError
from plan_lifecycle.domain.unit import Contact, ContactRole, Succession, Unit, UnitKind
from plan_lifecycle.lifecycle.import_units import Province, import_province, read_province
from plan_lifecycle.store.database import StoreRefusedError
from plan_lifecycle.store.engine import Store
from plan_lifecycle.store.tables import succession
from plan_lifecycle.store.units import load_contacts, load_tree

OLD_DAY, NEW_DAY = date(2025, 6, 30), date(2025, 7, 1)


@lru_cache(maxsize=2)
def read(name: str, day: date) -> Province:
    return read_province(name, day)


def some_of(province: Province, *ids: str) -> Province:
    """The province with these of its units only, each at the top where its parent is left out."""
    kept = [unit for unit in province.units if unit.id in ids]
    inside = {unit.id for unit in kept}
    units = tuple(unit if unit.parent_id in inside else replace(unit, parent_id=None) for unit in kept)
    return replace(province, units=units)


def agency(parent: Unit, form: str = "snv") -> Unit:
    return Unit(
        f"{parent.id}-{form}", "Sở Nội vụ", UnitKind.DEPARTMENT, 1, parent.id,
        valid_from=parent.valid_from, valid_to=parent.valid_to,
    )  # fmt: skip


def links(store: Store) -> set[tuple[str, str]]:
    with store.read() as connection:
        return {(row.predecessor, row.successor) for row in connection.execute(select(succession))}


@pytest.fixture(scope="module")
def old() -> Province:
    """Tỉnh Bình Thuận as it was, its province unit only."""
    return some_of(read("Bình Thuận", OLD_DAY), "vn3-60")


@pytest.fixture(scope="module")
def new() -> Province:
    """Tỉnh Lâm Đồng, into which it went."""
    return some_of(read("Lâm Đồng", NEW_DAY), "vn2-68")


def test_units_are_counted_by_kind() -> None:
    assert read("Lâm Đồng", NEW_DAY).counts == {UnitKind.PROVINCE: 1, UnitKind.COMMUNE: 124}


def test_agencies_and_people_are_read_with_their_province() -> None:
    config = ROOT / "config"
    found = read_province("Bình Thuận", OLD_DAY, config / "agencies.example.csv", config / "contacts.example.csv")
    assert found.counts[UnitKind.DEPARTMENT] > 1
    assert {person.unit_id for person in found.contacts} <= {unit.id for unit in found.units}
    assert found.note is not None
    assert found.as_of == OLD_DAY


def test_an_unknown_province_is_told() -> None:
    with pytest.raises(InputError):
        read_province("Bình Thuậ", OLD_DAY)


def test_a_link_is_stored_only_where_both_its_ends_are_known(store: Store, old: Province, new: Province) -> None:
    assert import_province(store, new).successions == 0
    assert links(store) == set()
    assert import_province(store, old).successions == 1
    assert links(store) == {("vn3-60", "vn2-68")}


@pytest.mark.parametrize("first", ["old", "new"])
def test_agencies_of_one_short_form_follow_their_province(
    store: Store, old: Province, new: Province, first: str
) -> None:
    with_agencies = [
        replace(one, units=(*one.units, agency(one.units[0]), agency(one.units[0], form)))
        for one, form in ((old, "stttt"), (new, "skhcn"))
    ]
    for province in with_agencies if first == "old" else reversed(with_agencies):
        import_province(store, province)
    assert links(store) == {("vn3-60", "vn2-68"), ("vn3-60-snv", "vn2-68-snv")}


def test_links_of_the_list_itself_are_stored_with_it(store: Store, old: Province) -> None:
    before, after = (agency(old.units[0], form) for form in ("stttt", "skhcn"))
    merged = replace(old, units=(*old.units, before, after), successions=(Succession(before.id, after.id),))
    assert import_province(store, merged).successions == 1
    assert links(store) == {(before.id, after.id)}


def test_importing_again_adds_nothing_and_brings_names_up_to_date(store: Store, old: Province) -> None:
    person = Contact("vn3-60", ContactRole.OFFICER, "Nguyễn Văn An", "an@example.vn")
    given = replace(old, contacts=(person,))
    first = import_province(store, given)
    again = import_province(store, replace(given, units=(replace(old.units[0], name="tỉnh Bình Thuận cũ"),)))
    assert (first.new_units, first.new_contacts, again.new_units, again.new_contacts) == (1, 1, 0, 0)
    with store.read() as connection:
        assert load_tree(connection, OLD_DAY)["vn3-60"].name == "tỉnh Bình Thuận cũ"
        assert load_contacts(connection, OLD_DAY) == {"vn3-60": [person]}


def test_what_cannot_be_stored_leaves_nothing_behind(store: Store, old: Province) -> None:
    stranger = Contact("nobody", ContactRole.OFFICER, "Nguyễn Văn An", "an@example.vn")
    with pytest.raises(StoreRefusedError):
        import_province(store, replace(old, contacts=(stranger,)))
    with store.read() as connection:
        assert load_tree(connection, OLD_DAY).units == ()


def test_nobody_leaves_lines_out_unasked(store: Store, old: Province) -> None:
    left_out = replace(old, skipped=(InputError("a level", file="agencies.csv", line=3, field="level"),))
    with pytest.raises(ValueError, match="nobody has confirmed"):
        import_province(store, left_out)
    with store.read() as connection:
        assert load_tree(connection, OLD_DAY).units == ()
