"""After a report was issued a change makes an addendum with a number of its own; the issued report stays as it is."""

from __future__ import annotations

from datetime import date

from tests.factories import BINH_AN, CHO_LAU, HOA_THANG, day
from tests.lifecycle.compile.reports import compiled, paper, send_in, sheet, stored, text

from plan_lifecycle.domain.correction import Correction, FigureChange
from plan_lifecycle.domain.release import Issue
from plan_lifecycle.lifecycle.office import Office
from plan_lifecycle.store import corrections, releases


def issue(office: Office, number: str, on: date) -> int:
    """The newest version is signed; returns the id of its issue."""
    newest = stored(office)[-1]
    signed = Issue(newest.id, number, on, "Nguyễn Văn A", newest.word_blob, day(on.isoformat()), "Hoa")
    with office.store.write() as connection:
        made = releases.issue(connection, signed)
    assert made is not None
    return made


def row(office: Office, name: str) -> list[str]:
    """A row of the table of differences."""
    table = next(table for table in paper(office).tables if "Đã báo cáo" in [cell.text for cell in table.rows[0].cells])
    return next(cells for each in table.rows if (cells := [cell.text for cell in each.cells])[1].startswith(name))


def test_what_comes_after_the_issue_makes_a_numbered_addendum_with_its_differences(district: Office) -> None:
    send_in(district, BINH_AN, {"news_items": 12})
    compiled(district, "2023-06-19")
    issue(district, "45", date(2023, 6, 20))
    (issued,) = stored(district)
    assert compiled(district, "2023-06-21").new is False
    send_in(district, HOA_THANG, {"news_items": 30}, "2023-06-22")
    assert compiled(district, "2023-06-23").version == 2
    assert compiled(district, "2023-06-26").new is False
    assert stored(district)[0] == issued
    said = text(district)
    assert "Bổ sung số 1" in said
    assert "Sau khi ban hành Báo cáo số 45/BC-UBND ngày 20/6/2023" in said
    assert "Báo cáo của UBND xã Hòa Thắng" in said
    assert "Các nội dung khác giữ nguyên theo Báo cáo số 45/BC-UBND ngày 20/6/2023." in said
    found = row(district, "Số tin, bài")
    assert found[2:5] == ["12", "42", "tăng 30 (250%)"]
    assert found[5].startswith("UBND xã Hòa Thắng")
    changed = sheet(district, "Thay đổi")
    assert any("42" in [str(cell) for cell in cells] and "tăng 30 (250%)" in cells for cells in changed)


def test_an_addendum_tells_which_figures_the_issued_text_says_otherwise(district: Office) -> None:
    """The leader had a figure corrected before signing: the table goes by what units reported, and says so."""
    send_in(district, BINH_AN, {"news_items": 12})
    compiled(district, "2023-06-19")
    (base,) = stored(district)
    figures = (FigureChange("Mục II.1, câu thứ 1", "12", "16"), FigureChange("Mục II.2, câu thứ 1", "", "7"))
    given = Correction(base.id, base.word_blob, "sua.docx", day("2023-06-20"), "Hoa", figures)
    with district.store.write() as connection:
        assert corrections.give(connection, given)
    issue(district, "45", date(2023, 6, 20))
    send_in(district, HOA_THANG, {"news_items": 30}, "2023-06-22")
    assert compiled(district, "2023-06-23").version == 2
    assert row(district, "Số tin, bài")[2:4] == ["12", "42"]
    said = text(district)
    assert "- Mục II.1, câu thứ 1: báo cáo đã ban hành ghi 16; số tổng hợp 12." in said
    assert "- Mục II.2, câu thứ 1: báo cáo đã ban hành ghi 7; số tổng hợp không có." in said


def test_an_addendum_is_made_again_until_it_is_issued_and_the_next_has_the_next_number(district: Office) -> None:
    send_in(district, BINH_AN, {"news_items": 12})
    compiled(district, "2023-06-19")
    issue(district, "45", date(2023, 6, 20))
    send_in(district, HOA_THANG, {"news_items": 30}, "2023-06-22")
    compiled(district, "2023-06-23")
    send_in(district, CHO_LAU, {"news_items": 8}, "2023-06-23")
    compiled(district, "2023-06-26")
    assert stored(district)[-1].summary["addendum"] == 1
    assert row(district, "Số tin, bài")[2:4] == ["12", "50"]
    issue(district, "52", date(2023, 6, 27))
    send_in(district, BINH_AN, {"news_items": 10}, "2023-06-28")
    compiled(district, "2023-06-29")
    assert "Bổ sung số 2" in text(district)
    assert "Báo cáo số 52/BC-UBND ngày 27/6/2023" in text(district)
    assert row(district, "Số tin, bài")[2:5] == ["50", "48", "giảm 2 (4%)"]


def test_an_issue_that_is_taken_back_makes_the_addendum_a_draft_of_the_report_again(district: Office) -> None:
    send_in(district, BINH_AN, {"news_items": 12})
    compiled(district, "2023-06-19")
    recorded = issue(district, "45", date(2023, 6, 20))
    send_in(district, HOA_THANG, {"news_items": 30}, "2023-06-22")
    compiled(district, "2023-06-23")
    with district.store.write() as connection:
        releases.undo_issue(connection, recorded, at=day("2023-06-23"), by="Hoa", reason="ghi nhầm")
    assert compiled(district, "2023-06-26").version == 3
    assert "Bổ sung số" not in text(district)
