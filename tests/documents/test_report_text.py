"""What units wrote, found under the headings of a profile by what they mean."""

from __future__ import annotations

import io
from pathlib import Path

import docx
import pytest

from plan_lifecycle.config.profiles import read_profiles
from plan_lifecycle.documents.read import read_passages
from plan_lifecycle.domain.passage import OTHER, Passage
from plan_lifecycle.domain.profile import Profile
from plan_lifecycle.settings import ROOT

PROFILES = {profile.code: profile for profile in read_profiles(ROOT / "config/profiles")}
CCHC, COMMUNICATION = PROFILES["cchc"], PROFILES["tuyen-truyen"]


def read(*lines: str, profile: Profile = CCHC) -> tuple[Passage, ...]:
    """The passages of a report; a line that begins with "**" is bold."""
    document = docx.Document()
    for line in lines:
        document.add_paragraph().add_run(line.removeprefix("**")).bold = line.startswith("**")
    file = io.BytesIO()
    document.save(file)
    return read_passages(file.getvalue(), profile.sections)


def sections(*lines: str, profile: Profile = CCHC) -> list[tuple[str, str]]:
    return [(passage.section, passage.text) for passage in read(*lines, profile=profile)]


def test_a_province_s_whole_report_is_told_apart(samples: Path) -> None:
    data = (samples / "lam-dong/bao-cao-cchc-2025.docx").read_bytes()
    passages = read_passages(data, CCHC.sections)
    assert all(passage.section != OTHER for passage in passages)
    wrote = list(dict.fromkeys(passage.section for passage in passages))
    outline = [one.section.code for one in CCHC.numbered() if one.section.always and not one.section.sections]
    assert wrote == outline
    assigned = [passage for passage in passages if passage.section == "direction_assigned"]
    assert [passage.text[:36] for passage in assigned] == ["Tổng số nhiệm vụ được giao là 123, đ"]
    assert assigned[0].heading.startswith("Mục I.5 Về tổng hợp, cập nhật tiến độ")
    assert not any("Trên đây là báo cáo" in passage.text for passage in passages)


@pytest.mark.parametrize(
    "heading",
    [
        "2. Cải cách thủ tục hành chính",
        "2. CẢI CÁCH TTHC",
        "2. Công tác cải cách thủ tục hành chính (TTHC)",
        "2. Về kết quả cải cách thủ tục hành chính:",
        "2) Cai cách thủ tục hành chính",
    ],
)
def test_a_heading_counts_by_its_meaning_not_by_its_number_or_spelling(heading: str) -> None:
    found = sections("II. Kết quả", heading, "Đã niêm yết 100% thủ tục.")
    assert found == [("procedures", "Đã niêm yết 100% thủ tục.")]


def test_fields_named_under_the_outlook_are_the_outlook() -> None:
    found = sections(
        "IV. Phương hướng, nhiệm vụ", "1. Cải cách thể chế", "Rà soát văn bản.", "V. Kiến nghị", "Bổ sung."
    )
    assert found == [("outlook", "Rà soát văn bản."), ("proposals", "Bổ sung.")]


def test_fields_stand_without_a_part_above_them_too() -> None:
    found = sections("1. Cải cách thể chế", "Ban hành 3 văn bản.", "2. Cải cách tài chính công", "Tự chủ.")
    assert found == [("institutions", "Ban hành 3 văn bản."), ("finance", "Tự chủ.")]


def test_text_on_the_line_of_its_heading_is_read() -> None:
    found = sections("I. Công tác chỉ đạo, điều hành", "3. Về công tác kiểm tra CCHC: Đã kiểm tra 5 đơn vị.")
    assert found == [("direction_inspection", "Đã kiểm tra 5 đơn vị.")]


def test_a_subheading_of_one_s_own_stays_under_the_section_above() -> None:
    found = sections("III. Đánh giá chung", "2. Tồn tại, hạn chế", "a) Về con người", "Thiếu biên chế.")
    assert [section for section, _ in found] == ["assessment_weak"] * len(found)
    assert ("assessment_weak", "Thiếu biên chế.") in found


def test_what_stands_under_a_heading_that_is_nobody_s_is_kept_as_other() -> None:
    passages = read("VI. Công tác thi đua khen thưởng", "Khen 3 tập thể.", "IV. Phương hướng, nhiệm vụ", "Tiếp tục.")
    assert [(one.section, one.text, one.heading) for one in passages] == [
        (OTHER, "Khen 3 tập thể.", "Mục VI Công tác thi đua khen thưởng"),
        ("outlook", "Tiếp tục.", "Mục IV Phương hướng, nhiệm vụ"),
    ]


def test_a_report_without_any_heading_is_kept_whole_as_other() -> None:
    found = sections("Trong kỳ, xã đã tổ chức 3 hội nghị.", "Chưa có vướng mắc.")
    assert found == [(OTHER, "Trong kỳ, xã đã tổ chức 3 hội nghị."), (OTHER, "Chưa có vướng mắc.")]


def test_head_opening_closing_and_annex_are_no_text_of_a_section() -> None:
    found = sections(
        "**BÁO CÁO",
        "Kính gửi: Sở Nội vụ",
        "Thực hiện Công văn số 12/SNV ngày 05/6/2026, UBND xã An báo cáo kết quả như sau:",
        "III. Đánh giá chung",
        "1. Mặt tích cực",
        "Công khai thủ tục.",
        "Trên đây là báo cáo của UBND xã An./.",
        "**PHỤ LỤC",
        "Biểu số 1",
    )
    assert found == [("assessment_good", "Công khai thủ tục.")]


def test_a_bold_line_without_a_number_is_a_heading_where_it_is_one_of_the_profile() -> None:
    found = sections("**Hội nghị, tập huấn, đối thoại", "Đã mở 2 lớp.", "**Rất quan trọng", profile=COMMUNICATION)
    assert found == [("channels_meetings", "Đã mở 2 lớp."), ("channels_meetings", "Rất quan trọng")]


@pytest.mark.parametrize("part", ["PHẦN THỨ NHẤT: KẾT QUẢ", "Phần I. KẾT QUẢ", "CHƯƠNG I. KẾT QUẢ", "Phần 1 - KẾT QUẢ"])
def test_a_report_in_parts_or_chapters_is_read_below_them_and_ends_at_its_annex(part: str) -> None:
    found = sections(
        part, "I. CÔNG TÁC KIỂM TRA CCHC", "Đã kiểm tra 02 đơn vị.", "PHỤ LỤC I", "Số liệu kèm theo của phụ lục."
    )
    assert found == [("direction_inspection", "Đã kiểm tra 02 đơn vị.")]


def test_a_numbered_sentence_is_text_with_its_number() -> None:
    found = sections("III. Đánh giá chung", "2. Tồn tại, hạn chế", "1. Thiếu kinh phí.", "2. Thiếu người.")
    assert found == [("assessment_weak", "1. Thiếu kinh phí."), ("assessment_weak", "2. Thiếu người.")]
