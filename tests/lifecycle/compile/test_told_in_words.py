"""What units wrote, and what is doubtful or missing, is told in the Word report and the workbook."""

from __future__ import annotations

from datetime import date

from tests.factories import BINH_AN, HOA_THANG, arrival, day, make_office, report_file
from tests.fakes import FakeChannel
from tests.lifecycle.compile.reports import COMMUNES, compiled, last_year, line_of, send_in, sheet, words

from plan_lifecycle.domain.indicator import Value
from plan_lifecycle.domain.period import Period
from plan_lifecycle.lifecycle.collect import collect
from plan_lifecycle.lifecycle.office import Office


def test_yes_and_days_are_written_as_people_write_them(office: Office) -> None:
    send_in(office, BINH_AN, {"plan_date": date(2023, 2, 20), "plan_number": "07/KH-UBND"})
    compiled(office)
    head, row, *_ = sheet(office, "Từng đơn vị")
    given = dict(zip(head, row, strict=False))
    assert given["Đã ban hành kế hoạch triển khai"] == "có"
    assert given["Ngày ban hành kế hoạch triển khai"] == "20/02/2023"
    assert given["Số, ký hiệu kế hoạch triển khai"] == "07/KH-UBND"


def test_the_word_report_says_who_is_missing_and_the_workbook_where_each_number_comes_from(office: Office) -> None:
    send_in(office, BINH_AN, {"news_items": 12})
    send_in(office, HOA_THANG, {"news_items": 30}, at="2023-06-16")
    compiled(office)
    text = words(office)
    assert "02/03" in text
    assert "UBND thị trấn Chợ Lầu" in text
    assert "15/KH-UBND" in text
    assert "42" in text
    assert "Đã đăng 42 tin, bài trên cổng, trang thông tin điện tử" in text
    head, *rows = sheet(office, "Từng đơn vị")
    items = next(at for at, name in enumerate(head) if str(name).startswith("Số tin, bài"))
    assert {("UBND xã Bình An", 12), ("UBND xã Hòa Thắng", 30)} <= {(row[1], row[items]) for row in rows}
    assert [row[1] for row in sheet(office, "Nguồn số liệu")[1:]] == ["UBND xã Bình An", "UBND xã Hòa Thắng"]


def test_doubts_are_listed_for_the_coordinator(office: Office) -> None:
    last_year(office, BINH_AN, leaflets=10)
    send_in(office, BINH_AN, {"leaflets": 5000})
    compiled(office)
    doubts = sheet(office, "Cần xem lại")[1:]
    assert any(row[1] == "UBND xã Bình An" and "là 5.000; kỳ trước" in str(row[2]) for row in doubts)


def test_what_waits_for_a_person_is_not_said_to_be_missing_without_a_word(office: Office) -> None:
    send_in(office, HOA_THANG)
    office = make_office(office.store, accept_clean=False)
    given = arrival(report_file(), BINH_AN, "report", "2023-H1", file_name="bao-cao.xlsx")
    collect(office, [FakeChannel([given])], day("2023-06-10"))
    compiled(office)
    assert "UBND xã Bình An | Đã nhận, chờ kiểm tra | Nhận ngày 20/02/2023" in words(office)


def test_what_units_tell_in_words_is_whole_under_its_heading_and_out_of_the_narrow_columns(office: Office) -> None:
    story = "Tổ công nghệ số cộng đồng đến từng nhà. " * 20
    send_in(office, BINH_AN, {"model_cases": story, "plan_number": "07/KH-UBND" * 50})
    compiled(office)
    text = words(office)
    assert line_of(office, "Mô hình, sáng kiến hay")[3:] == ["", "1/3 đơn vị; 01 nội dung"]
    assert f"- UBND xã Bình An: {story.strip()}" in text
    assert text.count(story.strip()) == 1
    assert "07/KH-UBND" * 50 not in text


def test_forty_links_are_whole_in_the_workbook_and_not_in_the_paper(office: Office) -> None:
    from plan_lifecycle.documents.report_form import write_report_form

    indicators = make_office(office.store).rules.profile_of().of_year(2023, 3)
    values: dict[str, Value] = {
        each.code: True if each.type == "boolean" else 3 for each in indicators if each.required
    }
    links = " ".join(f"https://binhan.example.vn/cai-cach-hanh-chinh/{n}" for n in range(40))
    data = write_report_form(
        indicators, BINH_AN, Period.parse("2023-H1"), values=values | {"news_items": 40}, evidence={"news_items": links}
    )
    came = arrival(data, BINH_AN, "report", "2023-H1", file_name="bc.xlsx")
    collect(office, [FakeChannel([came])], day("2023-06-10"))
    compiled(office)
    assert "https://" not in words(office)
    assert links in {row[6] for row in sheet(office, "Minh chứng")}


def test_a_text_longer_than_a_cell_is_cut_and_says_so(office: Office) -> None:
    for unit in COMMUNES:
        send_in(office, unit, {"model_cases": f"{unit.name} " * 2000})
    compiled(office)
    (row,) = (row for row in sheet(office, "Tổng hợp") if row[0] == "model_cases")
    assert len(str(row[3])) == 32_000
    assert str(row[3]).endswith("…")


def test_a_total_that_cannot_be_formed_is_told_in_the_report(office: Office) -> None:
    for unit in COMMUNES:
        send_in(office, unit, {"plan_share_done": 80, "tasks_planned": 0, "tasks_done": 0})
    compiled(office)
    assert "Chưa tổng hợp được chỉ tiêu “Tỷ lệ hoàn thành kế hoạch”" in words(office)


def test_of_what_there_is_nothing_no_nought_is_said(office: Office) -> None:
    send_in(office, BINH_AN, {"dialogues": 0, "conferences": 2, "conference_attendees": 0})
    compiled(office)
    text = words(office)
    assert "Chưa tổ chức đối thoại với người dân, doanh nghiệp." in text
    assert "Đã tổ chức 02 hội nghị, hội thảo." in text
    assert "0 cuộc đối thoại" not in text
