"""After a report was issued a change makes an addendum with a number of its own; the issued report stays as it is."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import docx
import pytest
from docx.document import Document
from python_calamine import CalamineWorkbook
from tests.databases import migrated_copy
from tests.factories import BINH_AN, CHO_LAU, HOA_THANG, arrival, day, fill, make_office, owe, plan_row, report_file
from tests.fakes import FakeChannel

from plan_lifecycle.domain.indicator import Value
from plan_lifecycle.domain.obligation import Item
from plan_lifecycle.domain.release import Issue
from plan_lifecycle.domain.unit import Unit
from plan_lifecycle.lifecycle.collect import collect
from plan_lifecycle.lifecycle.compile import Compiled, compile_report
from plan_lifecycle.lifecycle.office import Office
from plan_lifecycle.store import releases
from plan_lifecycle.store import reports as report_rows
from plan_lifecycle.store.engine import open_store
from plan_lifecycle.store.reports import StoredReport


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    """Three communes of huyện Bắc Bình owe their report of the first half; one has reported."""
    store = open_store(migrated_copy(tmp_path / "store.db"), tmp_path / "blobs", durable=False)
    fill(store)
    plan_id = plan_row(store)
    for unit in (BINH_AN, HOA_THANG, CHO_LAU):
        owe(store, unit, Item.REPORT, "2023-H1", "2023-06-16", plan_id=plan_id)
    made = make_office(store)
    send_in(made, BINH_AN, {"news_items": 12})
    yield made
    store.close()


def send_in(office: Office, unit: Unit, values: dict[str, Value], at: str = "2023-06-10") -> None:
    data = report_file(unit, values=values)
    given = arrival(data, unit, "report", "2023-H1", at, file_name="bao-cao.xlsx", key=unit.id + at)
    assert collect(office, [FakeChannel([given])], day(at)).accepted == 1


def compiled(office: Office, at: str) -> Compiled:
    return compile_report(office, "bb", "2023-H1", day(at))


def stored(office: Office) -> list[StoredReport]:
    with office.store.read() as connection:
        return report_rows.every(connection)


def issue(office: Office, number: str, on: date) -> int:
    """The newest version is signed; returns the id of its issue."""
    newest = stored(office)[-1]
    signed = Issue(newest.id, number, on, "Nguyễn Văn A", newest.word_blob, day(on.isoformat()), "Hoa")
    with office.store.write() as connection:
        made = releases.issue(connection, signed)
    assert made is not None
    return made


def paper(office: Office) -> Document:
    return docx.Document(io.BytesIO(office.store.blobs.get(stored(office)[-1].word_blob)))


def text(office: Office) -> str:
    return "\n".join(paragraph.text for paragraph in paper(office).paragraphs)


def row(office: Office, name: str) -> list[str]:
    """A row of the table of differences."""
    table = next(table for table in paper(office).tables if "Đã báo cáo" in [cell.text for cell in table.rows[0].cells])
    return next(cells for each in table.rows if (cells := [cell.text for cell in each.cells])[1].startswith(name))


def test_what_comes_after_the_issue_makes_a_numbered_addendum_with_its_differences(office: Office) -> None:
    compiled(office, "2023-06-19")
    issue(office, "45", date(2023, 6, 20))
    (issued,) = stored(office)
    assert compiled(office, "2023-06-21").new is False
    send_in(office, HOA_THANG, {"news_items": 30}, "2023-06-22")
    assert compiled(office, "2023-06-23").version == 2
    assert compiled(office, "2023-06-26").new is False
    assert stored(office)[0] == issued
    said = text(office)
    assert "Bổ sung số 1" in said
    assert "Sau khi ban hành Báo cáo số 45/BC-UBND ngày 20/6/2023" in said
    assert "Báo cáo của UBND xã Hòa Thắng" in said
    assert "Các nội dung khác giữ nguyên theo Báo cáo số 45/BC-UBND ngày 20/6/2023." in said
    found = row(office, "Số tin, bài")
    assert found[2:5] == ["12", "42", "tăng 30 (250,0%)"]
    assert found[5].startswith("UBND xã Hòa Thắng")
    book = CalamineWorkbook.from_filelike(io.BytesIO(office.store.blobs.get(stored(office)[-1].excel_blob)))
    changed = book.get_sheet_by_name("Thay đổi").to_python()
    assert any("42" in [str(cell) for cell in cells] and "tăng 30 (250,0%)" in cells for cells in changed)


def test_an_addendum_is_made_again_until_it_is_issued_and_the_next_has_the_next_number(office: Office) -> None:
    compiled(office, "2023-06-19")
    issue(office, "45", date(2023, 6, 20))
    send_in(office, HOA_THANG, {"news_items": 30}, "2023-06-22")
    compiled(office, "2023-06-23")
    send_in(office, CHO_LAU, {"news_items": 8}, "2023-06-23")
    compiled(office, "2023-06-26")
    assert stored(office)[-1].summary["addendum"] == 1
    assert row(office, "Số tin, bài")[2:4] == ["12", "50"]
    issue(office, "52", date(2023, 6, 27))
    send_in(office, BINH_AN, {"news_items": 10}, "2023-06-28")
    compiled(office, "2023-06-29")
    assert "Bổ sung số 2" in text(office)
    assert "Báo cáo số 52/BC-UBND ngày 27/6/2023" in text(office)
    assert row(office, "Số tin, bài")[2:5] == ["50", "48", "giảm 2 (4,0%)"]


def test_an_issue_that_is_taken_back_makes_the_addendum_a_draft_of_the_report_again(office: Office) -> None:
    compiled(office, "2023-06-19")
    recorded = issue(office, "45", date(2023, 6, 20))
    send_in(office, HOA_THANG, {"news_items": 30}, "2023-06-22")
    compiled(office, "2023-06-23")
    with office.store.write() as connection:
        releases.undo_issue(connection, recorded, at=day("2023-06-23"), by="Hoa", reason="ghi nhầm")
    assert compiled(office, "2023-06-26").version == 3
    assert "Bổ sung số" not in text(office)
