"""The words of a report: what is empty, whose they are, and what was said before."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from tests.factories import rules
from tests.growth import LINEAR, TIMES, growth

from plan_lifecycle.documents.read import read_passages
from plan_lifecycle.domain.gathering import ALIKE
from plan_lifecycle.domain.passage import OTHER, Passage
from plan_lifecycle.domain.period import PeriodKind
from plan_lifecycle.domain.text_check import copied_from, empty_sections, paragraphs, repeated_from, unplaced

CCHC = rules().profile_of("Cải cách hành chính năm 2026")
SAID = (
    "UBND {unit} đã ban hành {plans} kế hoạch và {letters} văn bản chỉ đạo, tổ chức {meetings} hội nghị quán triệt với "
    "{people} lượt cán bộ, công chức tham dự; niêm yết công khai 100% thủ tục hành chính tại Trung tâm Phục vụ hành "
    "chính công và trả lời {answers} phản ánh, kiến nghị của người dân trong kỳ báo cáo {period}."
)
FIRST = {"plans": "02", "letters": "15", "meetings": "04", "people": "320", "answers": "27"}
SECOND = {"plans": "03", "letters": "19", "meetings": "06", "people": "411", "answers": "31"}


def said(unit: str, figures: dict[str, str], period: str = "6 tháng đầu năm 2026", section: str = "outlook") -> Passage:
    return Passage(section, SAID.format(unit=unit, period=period, **figures), "IV", 9)


@pytest.mark.parametrize("figures", [FIRST, SECOND], ids=["with its figures", "with other figures"])
@pytest.mark.parametrize("named", ["xã Bình An", "xã Hòa Thắng"], ids=["its own name", "still the neighbour's"])
def test_a_neighbour_s_words_are_a_copy_whatever_was_changed_in_it(figures: dict[str, str], named: str) -> None:
    own = paragraphs([said(named, figures)], "UBND xã Bình An", "UBND xã Hòa Thắng")
    other = paragraphs([said("xã Hòa Thắng", FIRST)], "UBND xã Hòa Thắng", "UBND xã Bình An")
    assert copied_from(own, other, ALIKE) == own


def test_reworded_text_is_nobody_s_but_the_unit_s() -> None:
    own = paragraphs(
        [
            Passage(
                "outlook",
                "Trong kỳ, xã tập trung rà soát các thủ tục có tỷ lệ trễ hạn cao, phân công lãnh đạo trực tiếp công "
                "dân vào thứ Hai hằng tuần, số hóa 1.204 hồ sơ đất đai tồn đọng và mở 02 lớp bồi dưỡng kỹ năng số.",
                "IV",
                9,
            )
        ]
    )
    assert copied_from(own, paragraphs([said("xã Hòa Thắng", FIRST)]), ALIKE) == ()


def test_a_short_sentence_that_everybody_writes_is_no_copy() -> None:
    short = [Passage("outlook", "Trong kỳ báo cáo không phát sinh phản ánh, kiến nghị của người dân.", "IV", 9)]
    assert copied_from(paragraphs(short), paragraphs(short), ALIKE) == ()


def test_several_short_paragraphs_of_one_neighbour_are_a_copy_together() -> None:
    short = [
        Passage("outlook", f"Đơn vị thực hiện nhiệm vụ thứ {word} trong năm đúng tiến độ được giao.", "IV", place)
        for place, word in enumerate(("nhất", "hai", "ba"), start=1)
    ]
    assert len(copied_from(paragraphs(short), paragraphs(short), ALIKE)) == 3


def test_last_period_s_text_with_only_the_period_changed_is_repeated() -> None:
    own = paragraphs([said("xã Bình An", FIRST)], "UBND xã Bình An")
    last = paragraphs([said("xã Bình An", FIRST, "quý I năm 2026")], "UBND xã Bình An")
    assert repeated_from(own, last, ALIKE) == own


def test_last_period_s_sentence_with_new_figures_is_a_new_statement() -> None:
    own = paragraphs([said("xã Bình An", SECOND)], "UBND xã Bình An")
    last = paragraphs([said("xã Bình An", FIRST, "năm 2025")], "UBND xã Bình An")
    assert repeated_from(own, last, ALIKE) == ()


def test_a_required_heading_is_empty_unless_something_stands_at_below_or_just_above_it() -> None:
    def empty(*passages: Passage, level: int = 2) -> set[str]:
        return {one.section.code for one in empty_sections(passages, CCHC, PeriodKind.YEAR, level)}

    needed = {"direction_acts", "direction_communication", "assessment_weak", "outlook"}
    assert empty() == needed
    assert empty(said("xã Bình An", FIRST)) == needed - {"outlook"}
    assert empty(Passage("outlook", "…………", "IV", 1)) == needed
    assert empty(Passage("outlook", "Không phát sinh.", "IV", 1)) == needed - {"outlook"}
    assert empty(Passage("assessment", "Còn thiếu thiết bị.", "III", 1)) == needed - {"assessment_weak"}
    assert empty(level=3) == set()


def test_text_under_nobody_s_heading_is_told_and_a_dotted_line_is_no_text() -> None:
    strange = Passage(OTHER, "Tình hình thời tiết trong kỳ thuận lợi.", "5. Khí tượng", 3)
    assert unplaced([strange, Passage(OTHER, "……", "", 4), said("xã An", FIRST)]) == (strange,)


def test_comparing_costs_in_proportion_to_the_text() -> None:
    def compare(size: int) -> None:
        words = [f"từ{number}" for number in range(size * 40)]
        texts = [Passage("outlook", " ".join(words[at : at + 40]), "IV", at) for at in range(0, size * 40, 40)]
        copied_from(paragraphs(texts), paragraphs(texts), ALIKE)

    assert growth(compare, 50, 50 * TIMES) < LINEAR


def test_in_a_real_province_s_report_no_paragraph_is_another_s_and_its_copy_is_seen(samples: Path) -> None:
    passages = read_passages((samples / "lam-dong/bao-cao-cchc-2025.docx").read_bytes(), CCHC.sections)
    own = paragraphs(passages, "tỉnh Lâm Đồng")
    half = len(own) // 2
    assert half > 20
    assert copied_from(own[:half], own[half:], ALIKE) == ()
    changed = [replace(one, text=one.text.replace("Lâm Đồng", "Khánh Hòa").replace("5", "7")) for one in passages]
    copies = copied_from(paragraphs(changed, "tỉnh Khánh Hòa", "tỉnh Lâm Đồng"), own, ALIKE)
    assert len(copies) > 0.9 * len(own)
    assert len(repeated_from(own, own, ALIKE)) == len(own)
    assert empty_sections(passages, CCHC, PeriodKind.YEAR, 1) == ()
