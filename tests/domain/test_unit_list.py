"""A list of units is checked whole, before any of it is stored."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from plan_lifecycle.domain.unit import Contact, ContactRole, Unit, UnitKind
from plan_lifecycle.domain.unit_list import Place, address_problem, validate_contacts, validate_units

PROVINCE = Unit("p", "tỉnh Bình Thuận", UnitKind.PROVINCE, 1, valid_to=date(2025, 6, 30))
DISTRICT = Unit("d", "huyện Bắc Bình", UnitKind.DISTRICT, 2, "p", code="596", valid_to=date(2025, 6, 30))
COMMUNE = Unit("c", "xã Bình An", UnitKind.COMMUNE, 3, "d", code="22918", valid_to=date(2025, 6, 30))
PERSON = Contact("c", ContactRole.OFFICER, "Nguyễn Văn A", "binh-an@bac-binh.example")


def problems(*units: Unit) -> list[tuple[str | None, int | None]]:
    places = [Place("units.csv", line) for line in range(2, len(units) + 2)]
    return [(error.field, error.line) for error in validate_units(units, places)]


def test_it_finds_nothing_in_a_sound_list() -> None:
    assert problems(PROVINCE, DISTRICT, COMMUNE) == []


def test_it_finds_a_cycle_once() -> None:
    units = (replace(PROVINCE, parent_id="c"), DISTRICT, COMMUNE)
    assert problems(*units) == [("parent", 2)]
    error = validate_units(units)[0]
    assert "tỉnh Bình Thuận → xã Bình An → huyện Bắc Bình → tỉnh Bình Thuận" in str(error)
    assert error.for_user.startswith("Quan hệ trực thuộc quay vòng")


def test_it_finds_a_unit_that_is_its_own_parent() -> None:
    assert problems(replace(PROVINCE, parent_id="p"), DISTRICT) == [("parent", 2)]


def test_it_finds_two_cycles_and_a_tail_that_leads_into_one() -> None:
    a, b = replace(DISTRICT, id="a", parent_id="b", code=None), replace(DISTRICT, id="b", parent_id="a", code=None)
    tail = replace(COMMUNE, parent_id="a")
    own = replace(COMMUNE, id="x", parent_id="x", code=None)
    assert problems(tail, a, b, own) == [("parent", 3), ("parent", 5)]


def test_it_finds_an_unknown_parent() -> None:
    assert problems(PROVINCE, DISTRICT, replace(COMMUNE, parent_id="nowhere")) == [("parent", 4)]


@pytest.mark.parametrize(
    ("first", "last"),
    [(None, None), (date(2025, 1, 1), date(2025, 7, 1)), (date(2025, 7, 1), None)],
)
def test_it_finds_a_parent_that_does_not_live_as_long(first: date | None, last: date | None) -> None:
    assert problems(PROVINCE, DISTRICT, replace(COMMUNE, valid_from=first, valid_to=last)) == [("valid_from", 4)]


def test_it_finds_dates_the_wrong_way_round() -> None:
    assert ("valid_to", 3) in problems(
        PROVINCE, replace(DISTRICT, valid_from=date(2025, 1, 2), valid_to=date(2025, 1, 1))
    )


@pytest.mark.parametrize(
    ("other", "field"),
    [
        (replace(COMMUNE, name="xã Sông Lũy", code=None), "id"),
        (replace(COMMUNE, id="c2", name="xã Sông Lũy"), "code"),
        (replace(COMMUNE, id="c2", code="9"), "name"),
        (replace(COMMUNE, id="c2", code="9", name="Xã BÌNH AN"), "name"),
    ],
)
def test_it_finds_overlapping_validities(other: Unit, field: str) -> None:
    assert problems(PROVINCE, DISTRICT, COMMUNE, other) == [(field, 5)]
    assert "overlaps" in str(validate_units((PROVINCE, DISTRICT, COMMUNE, other))[0])


def test_a_code_a_name_or_a_parent_may_come_again_in_another_year() -> None:
    before = replace(COMMUNE, valid_to=date(2024, 11, 30))
    after = replace(COMMUNE, id="c2", valid_from=date(2024, 12, 1))
    assert problems(PROVINCE, DISTRICT, before, after) == []


def test_an_id_never_comes_again() -> None:
    before = replace(COMMUNE, valid_to=date(2024, 11, 30))
    after = replace(COMMUNE, valid_from=date(2024, 12, 1))
    assert problems(PROVINCE, DISTRICT, before, after) == [("id", 5)]


def test_one_day_in_common_is_an_overlap() -> None:
    before = replace(COMMUNE, valid_to=date(2024, 12, 1))
    after = replace(COMMUNE, id="c2", valid_from=date(2024, 12, 1))
    assert {field for field, _ in problems(PROVINCE, DISTRICT, before, after)} == {"code", "name"}


def test_it_tells_every_problem_in_the_order_of_the_file() -> None:
    units = (replace(PROVINCE, parent_id="gone"), DISTRICT, replace(COMMUNE, parent_id="gone too"))
    assert problems(*units) == [("parent", 2), ("parent", 4)]


@pytest.mark.parametrize(
    "address",
    [
        "snv@binhthuan.example",
        "cchc.snv+2023@binhthuan.gov.example",
        "a_b-c@xn--bnh-0qa.example",
        "O'Neil@a.example",
    ],
)
def test_it_accepts_an_address(address: str) -> None:
    assert address_problem(address) is None


@pytest.mark.parametrize(
    "address",
    [
        "",
        "snv",
        "@a.example",
        "snv@",
        "snv@localhost",
        "snv@@a.example",
        "a@b@c.example",
        "snv @a.example",
        " snv@a.example",
        "snv@a.example ",
        "snv@a..example",
        ".snv@a.example",
        "snv.@a.example",
        "s..v@a.example",
        "snv@-a.example",
        "snv@a_b.example",
        "snv@1.2.3.4",
        "nội-vụ@a.example",
        "snv@bìnhthuận.example",
        "snv＠a.example",
        "snv@a.example\nBcc: x@b.example",
        "snv@a.example\r\nBcc: x@b.example",
        "snv\x00@a.example",
        "snv@a.example,x@b.example",
        "snv@a.example;x@b.example",
        "Sở Nội vụ <snv@a.example>",
        "<snv@a.example>",
        "mailto:snv@a.example",
        f"{'a' * 65}@a.example",
        f"a@{'b' * 64}.example",
        f"a@{'b.' * 130}example",
    ],
)
def test_it_refuses_an_address_that_no_mail_can_go_to(address: str) -> None:
    assert address_problem(address) is not None


def test_it_checks_people_with_file_line_and_field() -> None:
    bad = replace(
        PERSON, email="bình-an@bac-binh.example", substitute="x", valid_from=date(2024, 1, 2), valid_to=date(2024, 1, 1)
    )
    errors = validate_contacts([PERSON, bad], [Place("contacts.csv", 2), Place("contacts.csv", 3)])
    assert [(error.file, error.line, error.field) for error in errors] == [
        ("contacts.csv", 3, "email"),
        ("contacts.csv", 3, "substitute"),
        ("contacts.csv", 3, "valid_to"),
    ]
    assert errors[0].for_user.startswith("Dòng 3: Địa chỉ thư")
