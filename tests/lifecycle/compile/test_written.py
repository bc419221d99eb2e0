"""What units wrote stands in the consolidated report under its heading: once, with who wrote it, and whole in Excel."""

from __future__ import annotations

import io
from dataclasses import replace

import docx
import pytest
from python_calamine import CalamineWorkbook
from sqlalchemy import select
from tests.factories import BINH_AN, CHO_LAU, HOA_THANG, arrival, day, report_file, rules
from tests.fakes import FakeChannel

from plan_lifecycle.documents.read import Paragraph, read_blocks, read_passages
from plan_lifecycle.documents.report_form import TextRow, write_report_form
from plan_lifecycle.domain.decider import Decider
from plan_lifecycle.domain.indicator import IndicatorType
from plan_lifecycle.domain.period import Period
from plan_lifecycle.domain.unit import Unit
from plan_lifecycle.lifecycle.collect import collect
from plan_lifecycle.lifecycle.compile import _texts, compile_report
from plan_lifecycle.lifecycle.compile._outline import SILENT, rooms
from plan_lifecycle.lifecycle.office import Office
from plan_lifecycle.lifecycle.review import Subject, SubjectId, reopen
from plan_lifecycle.store import reports as report_rows
from plan_lifecycle.store.tables import submission

COMMUNES = (BINH_AN, HOA_THANG, CHO_LAU)
MORE = "Ngoài ra, còn 04 nội dung khác của 01 đơn vị, nêu theo từng đề mục tại trang “Lời văn” của tệp Excel."
SHARED = (
    "Ủy ban nhân dân {unit} đã niêm yết công khai thủ tục hành chính tại bộ phận một cửa và phát trên hệ thống truyền "
    "thanh cơ sở vào các buổi sáng trong tuần."
)


def paper(*lines: str) -> bytes:
    """A report in Word, as a unit writes it."""
    document = docx.Document()
    for line in ("BÁO CÁO", "Kết quả tuyên truyền cải cách hành chính 6 tháng đầu năm 2023", *lines):
        document.add_paragraph(line)
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def send(office: Office, unit: Unit, *lines: str, at: str = "2023-06-10") -> None:
    """The form with figures, then the report in words."""
    files = [(report_file(unit), "bieu.xlsx")] + ([(paper(*lines), "bao-cao.docx")] if lines else [])
    for number, (data, name) in enumerate(files):
        given = arrival(data, unit, "report", "2023-H1", at, key=f"{unit.id}{at}{number}", file_name=name)
        assert collect(office, [FakeChannel([given])], day(at)).filed == 1


def lines_of(office: Office, version: int = -1) -> list[str]:
    with office.store.read() as connection:
        stored = report_rows.every(connection)[version]
    blocks = read_blocks(office.store.blobs.get(stored.word_blob))
    return [block.full for block in blocks if isinstance(block, Paragraph) and block.text.strip()]


def under(office: Office, heading: str, version: int = -1) -> list[str]:
    """The lines below a heading, to the next one."""
    lines = lines_of(office, version)
    start = next(number for number, line in enumerate(lines) if line.endswith(heading)) + 1
    is_heading = [line.split(" ")[0].rstrip(".)").isalnum() and line.split(" ")[0][-1:] in ".)" for line in lines]
    end = next((number for number in range(start, len(lines)) if is_heading[number]), len(lines))
    return lines[start:end]


def sheet(office: Office, name: str) -> list[list[object]]:
    with office.store.read() as connection:
        stored = report_rows.every(connection)[-1]
    data = office.store.blobs.get(stored.excel_blob)
    return CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_name(name).to_python()


def compiled(office: Office, at: str = "2023-06-17") -> int:
    return compile_report(office, "bb", "2023-H1", day(at)).version


def test_the_same_words_of_two_communes_stand_once_with_both_names(office: Office) -> None:
    for unit in (BINH_AN, HOA_THANG):
        send(office, unit, "III. Đánh giá chung", "1. Ưu điểm", SHARED.format(unit=unit.name))
    send(office, CHO_LAU, "III. Đánh giá chung", "1. Mặt được", "Tổ chức đối thoại với người dân.")
    compiled(office)
    together = SHARED.replace("Ủy ban nhân dân {unit}", "Đơn vị").removesuffix(".")
    assert under(office, "Mặt tích cực") == [
        f"{together} (02 đơn vị, gồm: UBND xã Bình An, UBND xã Hòa Thắng).",
        "- UBND thị trấn Chợ Lầu: Tổ chức đối thoại với người dân.",
    ]


def test_a_paragraph_that_begins_with_its_unit_s_name_does_not_say_it_twice(office: Office) -> None:
    send(office, BINH_AN, "VI. KIẾN NGHỊ, ĐỀ XUẤT", "UBND xã Bình An đề nghị bổ sung kinh phí tuyên truyền.")
    compile_report(office, "bb", "2023-H1", day("2023-06-17"))
    assert under(office, "KIẾN NGHỊ, ĐỀ XUẤT")[0] == "- UBND xã Bình An đề nghị bổ sung kinh phí tuyên truyền."


def test_under_a_heading_about_which_nobody_wrote_that_is_said_and_no_dots(office: Office) -> None:
    send(office, BINH_AN)
    compiled(office)
    assert under(office, "Tồn tại, hạn chế và nguyên nhân") == ["Các cơ quan, đơn vị chưa báo cáo nội dung này."]
    assert not any("....." in line for line in lines_of(office))
    assert not any(line.endswith("KIẾN NGHỊ, ĐỀ XUẤT") for line in lines_of(office))


def test_every_paragraph_stands_in_the_workbook_with_its_paper_and_place(office: Office) -> None:
    for unit in COMMUNES:
        send(office, unit, "VI. Việc khác", f"Nội dung riêng của {unit.name}.", "II. Kết quả", SHARED.format(unit="xã"))
    compiled(office)
    rows = sheet(office, "Lời văn")[3:]
    own = [row for row in rows if row[0] == "Nội dung khác"]
    assert {(row[1], row[2], row[5]) for row in own} == {
        (f"Nội dung riêng của {unit.name}.", unit.agency, "Mục VI Việc khác") for unit in COMMUNES
    }
    same = [row for row in rows if row[1] == SHARED.format(unit="xã")]
    assert [(row[3], row[6]) for row in same] == [(3, "")] * 3
    assert under(office, "NỘI DUNG KHÁC")


def test_a_paper_and_the_form_beside_it_say_the_same_paragraph_once(office: Office) -> None:
    send(office, BINH_AN, "V. Kiến nghị", "Bổ sung kinh phí.", "Bổ sung  kinh phí.")
    compiled(office)
    assert under(office, "KIẾN NGHỊ, ĐỀ XUẤT")[0] == "- UBND xã Bình An: Bổ sung kinh phí."
    assert len([row for row in sheet(office, "Lời văn") if row[1] == "Bổ sung kinh phí."]) == 1


def test_of_many_single_paragraphs_a_few_stand_there_and_the_rest_is_counted(office: Office) -> None:
    words = ("đường sá", "nhà văn hóa", "máy tính", "phần mềm", "con người", "kinh phí", "thời gian")
    send(office, BINH_AN, "III. Đánh giá chung", "2. Hạn chế", *(f"Còn thiếu {word} để thực hiện." for word in words))
    compiled(office)
    lines = under(office, "Tồn tại, hạn chế và nguyên nhân")
    assert len(lines) == 3
    assert MORE in lines_of(office)
    assert sum("nội dung khác" in line for line in lines_of(office)) == 1


def test_what_a_compiled_report_says_of_itself_is_nobodys_text_in_the_report_above(office: Office) -> None:
    words = ("đường sá", "nhà văn hóa", "máy tính", "phần mềm", "con người", "kinh phí", "thời gian")
    send(office, BINH_AN, "III. Đánh giá chung", "2. Hạn chế", *(f"Còn thiếu {word} để thực hiện." for word in words))
    compiled(office)
    with office.store.read() as connection:
        word = office.store.blobs.get(report_rows.every(connection)[-1].word_blob)
    assert {MORE, SILENT} <= set(lines_of(office))
    read = [one.text for one in read_passages(word, office.rules.profile_of().sections)]
    assert [text for text in read if "Còn thiếu" in text]
    assert [text for text in read if "còn 04" in text or text == SILENT] == []


def test_a_file_is_read_once_for_all_reports(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    send(office, BINH_AN, "V. Kiến nghị", "Bổ sung kinh phí.")
    compiled(office)
    monkeypatch.setattr(_texts, "read_passages", lambda data, sections: pytest.fail("read again"))
    assert compiled(office, "2023-06-18") == 1


def test_a_withdrawn_paper_leaves_nothing_behind_and_makes_a_true_new_version(office: Office) -> None:
    send(office, BINH_AN, "V. Kiến nghị", "Bổ sung kinh phí.")
    assert compiled(office) == 1
    send(office, HOA_THANG, "V. Kiến nghị", "Thêm biên chế.", at="2023-06-17")
    assert compiled(office, "2023-06-18") == 2
    assert any("Thêm biên chế." in line for line in lines_of(office))
    with office.store.read() as connection:
        (late,) = connection.execute(
            select(submission.c.id).where(submission.c.received_at >= day("2023-06-17"))
        ).scalars()
    reopen(office, SubjectId(Subject.SUBMISSION, late), Decider("Lê Thị B", "gửi nhầm"), day("2023-06-18"))
    assert compiled(office, "2023-06-18") == 3
    assert not any("Thêm biên chế." in line for line in lines_of(office))
    with office.store.read() as connection:
        assert [one.version for one in report_rows.every(connection)] == [1, 2, 3]


def test_what_is_written_in_the_form_s_own_sheet_stands_in_the_report(office: Office) -> None:
    indicators = rules().profile_of().of_year(2023, 3)
    rows = (TextRow("proposals", "V. Kiến nghị", "Bổ sung kinh phí."), TextRow("outlook", "IV. Phương hướng"))
    required = {one.code: True if one.type is IndicatorType.BOOLEAN else 3 for one in indicators if one.required}
    data = write_report_form(indicators, BINH_AN, Period.parse("2023-H1"), values=required, texts=rows)
    given = arrival(data, BINH_AN, "report", "2023-H1", "2023-06-10", file_name="bieu.xlsx")
    assert collect(office, [FakeChannel([given])], day("2023-06-10")).accepted == 1
    compiled(office)
    assert under(office, "KIẾN NGHỊ, ĐỀ XUẤT")[0] == "- UBND xã Bình An: Bổ sung kinh phí."


def test_text_of_a_heading_that_is_nobodys_moves_when_the_profile_learns_the_heading(office: Office) -> None:
    send(office, BINH_AN, "VI. Việc khác", "Xã đã tổ chức hội thi cải cách hành chính.")
    compiled(office)
    assert under(office, "NỘI DUNG KHÁC")[0] == "- UBND xã Bình An: Xã đã tổ chức hội thi cải cách hành chính."
    rules_of = office.rules
    profile = rules_of.profile_of()
    learnt = tuple(
        replace(section, also=(*section.also, "việc khác"))
        if section.heading.lower() == "kiến nghị, đề xuất"
        else section
        for section in profile.sections
    )
    profiles = tuple(replace(one, sections=learnt) if one is profile else one for one in rules_of.profiles)
    office = replace(office, rules=replace(rules_of, profiles=profiles))
    assert compiled(office, "2023-06-20") == 2
    assert under(office, "KIẾN NGHỊ, ĐỀ XUẤT")[0] == "- UBND xã Bình An: Xã đã tổ chức hội thi cải cách hành chính."
    assert not any(line.endswith("NỘI DUNG KHÁC") for line in lines_of(office))


def test_every_heading_has_one_paragraph_and_the_rest_goes_where_most_was_written() -> None:
    assert rooms({"a": 9, "b": 1, "c": 3, "d": 0}, 6) == {"a": 3, "b": 1, "c": 2, "d": 0}
    assert rooms({"a": 2, "b": 1}, 100) == {"a": 2, "b": 1}
    assert rooms({"a": 5, "b": 5}, 1) == {"a": 1, "b": 1}
    assert rooms({}, 10) == {}
