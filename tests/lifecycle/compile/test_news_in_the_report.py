"""Months of news that were counted stand in the report beside what units say of them."""

from __future__ import annotations

import io

from python_calamine import CalamineWorkbook
from tests.factories import BINH_AN, HOA_THANG, day, owe, set_state
from tests.lifecycle.compile.reports import compiled, send_in, sheet, stored, words

from plan_lifecycle.domain.obligation import Item, ObligationState
from plan_lifecycle.domain.publication import PublicationMonth
from plan_lifecycle.domain.unit import Unit
from plan_lifecycle.lifecycle.office import Office
from plan_lifecycle.store import publications


def counted(office: Office, unit: Unit, month: str, count: int | None, seen: str, why: str | None = None) -> None:
    """A month as the check of publications left it."""
    at = day(seen)
    with office.store.write() as connection:
        month_of = PublicationMonth(unit.id, month, 5, count, 0, at, None if why else at, why)
        publications.save_month(connection, month_of)


def test_months_that_were_counted_stand_beside_what_units_report(office: Office) -> None:
    send_in(office, BINH_AN, {"news_items": 20})
    send_in(office, HOA_THANG, {"news_items": 9})
    for month, count in (("2023-M01", 6), ("2023-M02", 3)):
        counted(office, BINH_AN, month, count, "2023-04-01")
    counted(office, BINH_AN, "2023-M03", None, "2023-04-02", "không kết nối được")
    counted(office, BINH_AN, "2023-M06", 4, "2023-06-16")
    owe(office.store, HOA_THANG, Item.QUOTA, "2023-M01", "2023-01-31", plan_id=1)
    compiled(office)
    rows = sheet(office, "Tin, bài theo tháng")[1:]
    assert [(row[2], row[4], row[5]) for row in rows if row[1] == BINH_AN.agency] == [
        ("tháng 01 năm 2023", 6, "Đạt"),
        ("tháng 02 năm 2023", 3, "Chưa đạt"),
        ("tháng 3 năm 2023", "", "Chưa kiểm tra được"),
        ("tháng 6 năm 2023", 4, "Chưa hết tháng"),
        ("Cộng", 13, "Đạt 1/4 tháng"),
    ]
    assert [row[6:8] for row in rows if row[2] == "Cộng"] == [[20, 7], [9, ""]]
    text = words(office)
    assert "02 lượt tháng chưa kiểm tra được (không có nghĩa là không có tin, bài)" in text
    assert "01 đơn vị có số báo cáo khác số đếm được" in text


def test_months_from_which_a_unit_was_let_off_and_later_months_are_not_counted(office: Office) -> None:
    owed = owe(office.store, BINH_AN, Item.QUOTA, "2023-M01", "2023-01-31", plan_id=1)
    set_state(office.store, owed, ObligationState.WAIVED)
    owe(office.store, BINH_AN, Item.QUOTA, "2023-M07", "2023-07-31", plan_id=1)
    send_in(office, BINH_AN)
    compiled(office)
    assert "lượt tháng đạt" not in words(office)
    data = office.store.blobs.get(stored(office)[-1].excel_blob)
    assert "Tin, bài theo tháng" not in CalamineWorkbook.from_filelike(io.BytesIO(data)).sheet_names
