"""A file that comes without a word of whose it is: filed by what it says where that is certain, else proposed."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import func, select
from tests.factories import (
    BINH_AN,
    DEPARTMENT,
    DISTRICT,
    HOA_THANG,
    OTHER_DISTRICT,
    UNITS,
    address,
    arrival,
    day,
    fill,
    make_office,
    obligation_of,
    owe,
    plan_file,
    plan_row,
    report_file,
)
from tests.fakes import FakeChannel

from plan_lifecycle.documents.read import Heading
from plan_lifecycle.domain.obligation import Item, ObligationState
from plan_lifecycle.domain.submission import Arrival, Rule
from plan_lifecycle.domain.unit import Unit, UnitKind, UnitTree
from plan_lifecycle.lifecycle.collect import Collected, collect
from plan_lifecycle.lifecycle.collect._by_paper import _own_place, _own_symbol
from plan_lifecycle.lifecycle.office import Office
from plan_lifecycle.lifecycle.review import Waiting, waiting
from plan_lifecycle.store import guesses
from plan_lifecycle.store.engine import Store
from plan_lifecycle.store.submissions import versions
from plan_lifecycle.store.tables import arrival as arrival_table
from plan_lifecycle.store.tables import letter

NAMESAKE = Unit("tp-binh-an", "xã Bình An", UnitKind.COMMUNE, 3, OTHER_DISTRICT.id)
NOW = day("2023-02-21")


@pytest.fixture
def office(store: Store) -> Office:
    """Xã Bình An and xã Hòa Thắng owe a plan by 28/02; what comes is looked at by a person."""
    fill(store)
    plan_id = plan_row(store)
    for unit in (BINH_AN, HOA_THANG):
        owe(store, unit, plan_id=plan_id)
    return make_office(store, accept_clean=False, return_with_findings=False)


def laid(data: bytes, file_name: str = "ke-hoach.docx", unit: str | None = None, key: str = "1") -> Arrival:
    """A file that lies in the inbox itself, or in a folder of this name."""
    return arrival(data, unit, None, None, key=key, file_name=file_name, channel="folder")


def came(office: Office, *items: Arrival) -> Collected:
    return collect(office, [FakeChannel(list(items))], NOW)


def waits(office: Office) -> Waiting:
    """The only file that waits for a person."""
    (found,) = [one for one in waiting(office, NOW) if one.arrival is not None]
    return found


def with_line(data: bytes, line: str) -> bytes:
    """The same Word file with a paragraph of its own below the table of its head."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(made, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name == "word/document.xml":
                paragraph = f"</w:tbl><w:p><w:r><w:t>{line}</w:t></w:r></w:p>"
                content = content.decode().replace("</w:tbl>", paragraph, 1).encode()
            new.writestr(name, content)
    return made.getvalue()


@pytest.mark.parametrize("unit", [None, BINH_AN.id, "xã Bình An"])
def test_what_its_head_tells_is_filed_there_and_says_by_what(office: Office, unit: str | None) -> None:
    assert came(office, laid(plan_file(), unit=unit)) == Collected(arrived=1, filed=1)
    with office.store.read() as connection:
        (sent,) = versions(connection, obligation_of(office.store).id)
        row = connection.execute(select(arrival_table)).one()
        told = connection.execute(select(letter.c.recipient, letter.c.kind)).all()
    (source,) = [finding for finding in sent.findings if finding.rule is Rule.PAPER_PLACED]
    assert "phần đầu văn bản ghi" in source.text
    assert "07/KH-UBND ngày 20/02/2023" in source.text
    assert not source.blocks
    assert (row.unit_id, row.item, row.period) == (BINH_AN.id, "sub_plan", "2023")
    assert [tuple(one) for one in told] == [(address(BINH_AN), "receipt")]
    assert came(office, laid(plan_file(), unit=unit)).filed == 0


def test_the_superior_of_the_letterhead_tells_two_units_of_one_name_apart_else_both_are_proposed(store: Store) -> None:
    fill(store, (*UNITS, NAMESAKE))
    plan_id = plan_row(store)
    for unit in (BINH_AN, NAMESAKE):
        owe(store, unit, plan_id=plan_id)
    office = make_office(store, accept_clean=False)
    came(office, laid(plan_file()))
    found = waits(office)
    assert "có 02 đơn vị cùng tên: UBND xã Bình An; UBND xã Bình An" in found.why[0]
    assert found.arrival is not None
    assert {one.unit_id for one in found.arrival.candidates} == {BINH_AN.id, NAMESAKE.id}
    assert obligation_of(store).state is ObligationState.OPEN


WRONG: dict[str, tuple[Callable[[], Arrival], str]] = {
    "a copied heading, the place is the writer's own": (
        lambda: laid(plan_file(place="Hòa Thắng")),
        "nơi ban hành ghi “Hòa Thắng”",
    ),
    "no number": (lambda: laid(plan_file(number=None)), "chưa đọc được số, ký hiệu"),
    "no date": (lambda: laid(plan_file(issued=None)), "chưa đọc được ngày ban hành"),
    "another year": (
        lambda: laid(plan_file(year=2022, issued="2022-02-20")),
        "không khớp nội dung đơn vị còn phải gửi",
    ),
    "the file is called after another": (
        lambda: laid(plan_file(), "KH CCHC xa Hoa Thang.docx"),
        "nêu UBND xã Hòa Thắng",
    ),
    "its subject is another's": (
        lambda: laid(plan_file(abstract="Cải cách hành chính xã Hòa Thắng năm 2023")),
        "nêu UBND xã Hòa Thắng",
    ),
    "its sender names nobody we know": (lambda: laid(plan_file(), unit="bb-khong-co"), "nơi gửi ghi “bb-khong-co”"),
    "a plan of the superior's own": (
        lambda: laid(plan_file(DISTRICT, number="15", issued="2023-02-10", place="Bắc Bình", parent=None)),
        "đã có trong danh sách kế hoạch",
    ),
    "addressed to the unit itself": (
        lambda: laid(with_line(plan_file(), "Kính gửi: Ủy ban nhân dân xã Bình An.")),
        "văn bản kính gửi chính UBND xã Bình An",
    ),
    "our own form, which a neighbour may have copied": (
        lambda: laid(report_file(), "bieu.xlsx"),
        "biểu số liệu được lập cho UBND xã Bình An",
    ),
    "another's, in the folder of a unit": (
        lambda: laid(plan_file(HOA_THANG, place="Hòa Thắng"), unit=BINH_AN.id),
        "không khớp nội dung",
    ),
}


@pytest.mark.parametrize("case", WRONG)
def test_what_may_be_another_s_is_proposed_with_the_reason_and_never_filed(office: Office, case: str) -> None:
    make, why = WRONG[case]
    assert came(office, make()) == Collected(arrived=1, unmatched=1)
    assert why in waits(office).why[0]
    assert obligation_of(office.store).state is ObligationState.OPEN
    assert obligation_of(office.store, HOA_THANG).state is ObligationState.OPEN


def test_whose_it_may_be_stands_first_and_is_not_reminded_of_it(office: Office) -> None:
    owe(office.store, item=Item.REPORT, period="2023-Q1", due="2023-02-24", plan_id=obligation_of(office.store).plan_id)
    came(office, laid(plan_file(number=None), "tep.docx"))
    found = waits(office)
    assert found.arrival is not None
    assert found.arrival.units == ("UBND xã Bình An",)
    assert found.arrival.candidates[0].id == f"O{obligation_of(office.store).id}"
    with office.store.read() as connection:
        assert guesses.awaiting(connection) == {obligation_of(office.store).id}


def test_a_paper_of_its_own_that_another_unit_has_sent_is_filed_with_the_word_of_that(office: Office) -> None:
    came(office, arrival(plan_file(), HOA_THANG, key="0"))
    assert came(office, laid(plan_file())).filed == 1
    with office.store.read() as connection:
        (sent,) = versions(connection, obligation_of(office.store).id)
    assert {finding.rule for finding in sent.findings} >= {Rule.PAPER_SAME, Rule.PAPER_PLACED}


def test_what_came_before_it_was_owed_is_filed_when_it_is(store: Store) -> None:
    fill(store)
    office = make_office(store, accept_clean=False)
    came(office, laid(plan_file()))
    assert "đơn vị chưa có kế hoạch phải gửi" in waits(office).why[0]
    owe(store)
    assert came(office).filed == 1
    assert obligation_of(store).state is not ObligationState.OPEN


def test_a_letterhead_of_nobody_and_a_file_without_one_wait_as_before(office: Office) -> None:
    stranger = replace(BINH_AN, id="x", name="xã Không Có")
    came(office, laid(plan_file(stranger, place="Không Có")))
    assert "chưa có trong danh mục đơn vị" in waits(office).why[0]
    pdf = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
    came(office, laid(pdf, "gui-so.pdf", key="2"))
    with office.store.read() as connection:
        reasons = connection.execute(select(arrival_table.c.reason).order_by(arrival_table.c.id)).scalars().all()
        assert connection.execute(select(func.count()).select_from(arrival_table)).scalar_one() == 2
    assert reasons[1] == "chưa rõ đơn vị gửi"


@pytest.mark.parametrize(
    ("unit", "reference", "own"),
    [
        (BINH_AN, "07/KH-UBND", True),
        (BINH_AN, "07/BC-HĐND", False),
        (DEPARTMENT, "15/KH-SNV", True),
        (DEPARTMENT, "15/KH-UBND", False),
        (DEPARTMENT, "15/KH-STC", False),
        (replace(DEPARTMENT, symbol=None), "15/KH-SNV", False),
    ],
)
def test_a_number_bears_the_letters_of_the_agency_that_gave_it(unit: Unit, reference: str, own: bool) -> None:
    assert _own_symbol(unit, reference) is own


@pytest.mark.parametrize(
    ("unit", "place", "own"),
    [
        (BINH_AN, "Bình An", True),
        (BINH_AN, "xã Bình An", True),
        (BINH_AN, "Bắc Bình", False),
        (DISTRICT, "Bắc Bình", True),
        (DISTRICT, "Bình An", False),
        (DEPARTMENT, "Bình Thuận", True),
        (DEPARTMENT, "Phan Thiết", False),
    ],
)
def test_a_place_of_issue_is_the_territory_of_the_agency(unit: Unit, place: str, own: bool) -> None:
    tree = UnitTree.on(date(2023, 2, 21), UNITS)
    assert _own_place(tree, unit, place) is own
    assert Heading(None, None, None).place is None
