"""A coordinator puts paragraphs under another heading or out of the report; it holds for every later version."""

from __future__ import annotations

import json

import pytest
from tests.factories import BINH_AN, CHO_LAU, HOA_THANG, day, rules
from tests.lifecycle.compile.reports import compiled, send_file, sheet, stored, text

from plan_lifecycle.documents.report_form import TextRow, read_form_texts, write_report_form
from plan_lifecycle.domain.act import ActKind
from plan_lifecycle.domain.decider import Decider
from plan_lifecycle.domain.errors import InputError
from plan_lifecycle.domain.indicator import IndicatorType
from plan_lifecycle.domain.passage import OTHER
from plan_lifecycle.domain.period import Period
from plan_lifecycle.domain.unit import Unit
from plan_lifecycle.lifecycle.compile import (
    Paragraph,
    leave_out_paragraph,
    move_paragraph,
    put_back_paragraph,
    report_paragraphs,
    reports_due,
)
from plan_lifecycle.lifecycle.office import Office
from plan_lifecycle.lifecycle.release import Signed, issue_report, shown_report
from plan_lifecycle.store import audit

LAN, WHY = Decider("Trần Thị Lan"), Decider("Trần Thị Lan", "Không thuộc nội dung báo cáo")
REPORT = ("bb", "2023-H1")
NOW = day("2023-06-19")
OWN = {BINH_AN: "Xã Bình An mở tổ công nghệ số tại 5 thôn.", HOA_THANG: "Xã Hòa Thắng mở tổ công nghệ số tại 5 thôn."}
INDICATORS = rules().profile_of().of_year(2023, 3)
REQUIRED = {one.code: True if one.type is IndicatorType.BOOLEAN else 3 for one in INDICATORS if one.required}


def write(office: Office, unit: Unit, other: str, at: str = "2023-06-10", good: str = "") -> None:
    """A commune's form with words that stand under no heading of ours."""
    rows = [TextRow("x", "Khác", other), TextRow("assessment_good", "Mặt tích cực", good or f"Tốt ở {unit.name}.")]
    values = REQUIRED | {"news_items": int(at[-2:])}
    data = write_report_form(INDICATORS, unit, Period.parse("2023-H1"), values=values, texts=rows)
    send_file(office, unit, data, at)


@pytest.fixture
def drafted(district: Office) -> Office:
    """The draft over two communes that wrote the same under no heading, and each one paragraph of its own."""
    for unit, words in OWN.items():
        write(district, unit, f"{words}\nChuyện riêng của {unit.name}: {len(unit.name)} hộ.")
    assert compiled(district).new
    return district


def paragraph(office: Office, words: str) -> Paragraph:
    (found,) = [one for one in report_paragraphs(office, *REPORT).every if words in one.text]
    return found


def below(office: Office, heading: str) -> str:
    """What stands below a heading of the newest draft, up to the next one."""
    return text(office).split(f"{heading}\n", 1)[1].split("\n", 1)[0]


def refusal(office: Office, words: str, target: str = "Mặt tích cực") -> str:
    with pytest.raises(InputError) as error:
        move_paragraph(office, *REPORT, words, target, LAN, NOW)
    return error.value.for_user


def test_paragraphs_are_listed_statement_by_statement_under_the_headings_that_units_wrote_them(drafted: Office) -> None:
    known = report_paragraphs(drafted, *REPORT)
    shared = paragraph(drafted, "tổ công nghệ số")
    assert (shared.section, shared.units, shared.placing, shared.pending) == (
        OTHER,
        ("UBND xã Bình An", "UBND xã Hòa Thắng"),
        None,
        False,
    )
    assert (known.headings["assessment_good"], known.headings[OTHER]) == (
        "Đánh giá chung › Mặt tích cực",
        "Nội dung khác",
    )
    assert len([one for one in known.every if one.section == OTHER]) == 3


def test_a_paragraph_that_is_put_under_a_heading_stands_there_in_the_next_version_and_in_later_ones(
    drafted: Office,
) -> None:
    assert "NỘI DUNG KHÁC" in text(drafted)
    for words in ("tổ công nghệ số", "Chuyện riêng của xã Bình An"):
        assert [move_paragraph(drafted, *REPORT, words, "Mặt tích cực", LAN, NOW) for _ in range(2)] == [True, False]
    leave_out_paragraph(drafted, *REPORT, "Chuyện riêng của xã Hòa Thắng", WHY, NOW)
    assert report_paragraphs(drafted, *REPORT).pending == 3
    shown = shown_report(drafted, *REPORT, NOW)
    assert shown is not None
    assert shown.outdated
    assert [one.unit_id for one in reports_due(drafted, NOW)] == ["bb"]
    assert compiled(drafted).version == 2
    told = "\n".join(str(cell) for row in sheet(drafted, "Thay đổi") for cell in row)
    assert "Lời văn, mục “Mặt tích cực”" in told
    assert reports_due(drafted, NOW) == []
    shown = shown_report(drafted, *REPORT, NOW)
    assert shown is not None
    assert (shown.outdated, report_paragraphs(drafted, *REPORT).pending) == (False, 0)
    assert below(drafted, "1. Mặt tích cực").startswith("Đơn vị mở tổ công nghệ số tại 5 thôn (02 đơn vị, gồm: ")
    assert ("NỘI DUNG KHÁC" in text(drafted), "Hòa Thắng: 12 hộ" in text(drafted)) == (False, False)
    write(drafted, CHO_LAU, "Thị trấn Chợ Lầu mở tổ công nghệ số tại 5 thôn.", at="2023-06-19")
    assert compiled(drafted, "2023-06-20").version == 3
    assert "mở tổ công nghệ số tại 5 thôn (03 đơn vị, gồm: " in text(drafted)
    assert "NỘI DUNG KHÁC" not in text(drafted)


def test_what_was_moved_or_left_out_is_in_workbook_and_trace_with_who_decided_and_why(drafted: Office) -> None:
    move_paragraph(drafted, *REPORT, "Chuyện riêng của xã Bình An", "assessment_good", LAN, NOW)
    leave_out_paragraph(drafted, *REPORT, "Chuyện riêng của xã Hòa Thắng", WHY, NOW)
    compiled(drafted)
    (moved,) = [row for row in sheet(drafted, "Lời văn") if "Chuyện riêng của xã Bình An: 10 hộ." in row]
    assert (str(moved[0]).endswith("Mặt tích cực"), moved[6]) == (True, "Trần Thị Lan chuyển từ “Nội dung khác”")
    (out,) = [row for row in sheet(drafted, "Nội dung không đưa vào") if "Chuyện riêng của xã Hòa Thắng: 12 hộ." in row]
    assert out[0] == "Nội dung khác"
    assert out[-2:] == ["Không thuộc nội dung báo cáo", "Trần Thị Lan"]
    newest = stored(drafted)[-1]
    above = [one.text for one in read_form_texts(drafted.store.blobs.get(newest.excel_blob))]
    assert not any("12 hộ" in words for words in above)
    assert newest.trace_blob is not None
    rows = {row["text"]: row for row in json.loads(drafted.store.blobs.get(newest.trace_blob))["paragraphs"]}
    told = rows["Chuyện riêng của xã Hòa Thắng: 12 hộ."]
    assert (told["left_out"], told["written_under"], told["reason"]) == (True, OTHER, "Không thuộc nội dung báo cáo")


def test_a_decision_is_taken_back_and_another_takes_its_place_and_the_trail_names_who_did_it(drafted: Office) -> None:
    words = "Chuyện riêng của xã Bình An"
    move_paragraph(drafted, *REPORT, words, "Mặt tích cực", LAN, NOW)
    move_paragraph(drafted, *REPORT, words, "assessment_weak", LAN, NOW)
    with pytest.raises(InputError, match="reason"):
        leave_out_paragraph(drafted, *REPORT, words, LAN, NOW)
    leave_out_paragraph(drafted, *REPORT, words, WHY, NOW)
    compiled(drafted)
    assert "10 hộ" not in text(drafted)
    assert [put_back_paragraph(drafted, *REPORT, words, LAN, NOW) for _ in range(2)] == [True, False]
    assert paragraph(drafted, words).pending
    compiled(drafted)
    assert "- Chuyện riêng của xã Bình An: 10 hộ." in text(drafted) or "10 hộ" in text(drafted)
    with drafted.store.read() as connection:
        acts = [(one.act, one.reason) for one in audit.newest(connection, 4)]
    assert acts == [
        (ActKind.PUT_BACK_PARAGRAPH, None),
        (ActKind.LEAVE_OUT_PARAGRAPH, WHY.reason),
        (ActKind.MOVE_PARAGRAPH, None),
        (ActKind.MOVE_PARAGRAPH, None),
    ]


def test_moving_a_paragraph_back_under_its_own_heading_takes_the_decision_back(drafted: Office) -> None:
    move_paragraph(drafted, *REPORT, "Tốt ở", "assessment_weak", LAN, NOW)
    assert move_paragraph(drafted, *REPORT, "Tốt ở", "Mặt tích cực", LAN, NOW)
    assert (paragraph(drafted, "Tốt ở").placing, report_paragraphs(drafted, *REPORT).pending) == (None, 0)


def test_what_names_no_paragraph_or_no_heading_is_refused_and_so_is_an_issued_report(drafted: Office) -> None:
    assert "Không có đoạn này" in refusal(drafted, "không ai viết")
    assert "Nhiều đoạn có lời văn này" in refusal(drafted, "Chuyện riêng")
    assert "Đề nghị chọn một đề mục" in refusal(drafted, "tổ công nghệ số", "Không có")
    issue_report(drafted, *REPORT, Signed("45", NOW.date(), "Ánh"), LAN, NOW)
    assert "Báo cáo đã ban hành" in refusal(drafted, "tổ công nghệ số")
