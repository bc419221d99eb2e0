"""A corrected draft is held against the draft: figures with both values and their place, paragraphs that changed."""

from __future__ import annotations

import pytest
from tests.factories import day

from plan_lifecycle.domain.correction import (
    Comparison,
    Correction,
    FigureChange,
    Line,
    TextChange,
    compare_lines,
    differing,
    is_draft_mark,
)

HEADS = ("STT", "Chỉ tiêu", "Số liệu")
DRAFT = (
    Line("Phần đầu", ("DỰ THẢO",)),
    Line("Phần đầu", ("Số:       /BC-UBND",)),
    Line("Phần đầu", ("Bắc Bình, ngày       tháng       năm 2023",)),
    Line("Mục I", ("Đã đăng 1.280 tin, bài; 06 tin trên mạng xã hội.",)),
    Line("Mục II", ("Xã Bình An mở tổ công nghệ số.",)),
    Line("Mục II", ("Xã Hòa Thắng đối thoại với người dân.",)),
    Line("Biểu 1", HEADS, HEADS),
    Line("Biểu 1", ("1", "Số tin, bài", "1.280"), HEADS),
    Line("Biểu 1", ("2", "Số cuộc đối thoại", "6"), HEADS),
)


def compared(*changed: tuple[int, Line | None]) -> Comparison:
    """The draft against itself with some of its lines changed, or without them."""
    new: dict[int, Line | None] = dict(enumerate(DRAFT)) | dict(changed)
    return compare_lines(DRAFT, [line for _, line in sorted(new.items()) if line is not None])


def test_nothing_differs_where_only_the_draft_s_mark_went_and_what_stood_open_was_filled_in() -> None:
    made = compared(
        (0, None),
        (1, Line("Phần đầu", ("Số: 45/BC-UBND",))),
        (2, Line("Phần đầu", ("Bắc Bình, ngày 20 tháng 6 năm 2023",))),
    )
    assert made == Comparison((), (), 1.0)


def test_a_figure_is_told_with_both_values_and_where_it_stands_whatever_dresses_it() -> None:
    made = compared(
        (3, Line("Mục I", ("Đã đăng 1.208 tin, bài; 6 tin trên mạng xã hội.",))),
        (7, Line("Biểu 1", ("1", "Số tin, bài", "1280"), HEADS)),
        (8, Line("Biểu 1", ("2", "Số cuộc đối thoại", "7"), HEADS)),
    )
    assert made.texts == ()
    assert made.figures == (
        FigureChange(f"Mục I: “{DRAFT[3].text}”", "1.280", "1.208"),
        FigureChange("Biểu 1, dòng “Số cuộc đối thoại”, cột “Số liệu”", "6", "7"),
    )


def test_a_row_that_is_gone_or_has_come_is_told_by_its_figure() -> None:
    made = compared((8, Line("Biểu 1", ("2", "Tỷ lệ hồ sơ giải quyết đúng hạn", "98,5%"), HEADS)))
    assert made.figures == (
        FigureChange("Biểu 1, dòng “Số cuộc đối thoại”, cột “Số liệu”", "6", ""),
        FigureChange("Biểu 1, dòng “Tỷ lệ hồ sơ giải quyết đúng hạn”, cột “Số liệu”", "", "98,5%"),
    )


def test_a_paragraph_is_reworded_taken_out_put_in_and_one_that_moved_is_itself() -> None:
    reworded = Line("Mục II", ("Xã Bình An mở tổ công nghệ số tại các thôn.",))
    new = Line("Mục II", ("Huyện đề nghị tỉnh bố trí kinh phí.",))
    made = compared((4, reworded), (5, None), (9, new))
    assert (made.figures, round(made.shared, 2)) == ((), 0.88)
    assert made.texts == (
        TextChange("Mục II", DRAFT[4].text, reworded.text),
        TextChange("Mục II", DRAFT[5].text, ""),
        TextChange("Mục II", "", new.text),
    )
    moved = compared((4, DRAFT[5]), (5, DRAFT[4]))
    assert (moved.figures, moved.texts) == ((), ())


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ("trả lời 06 (đạt 100%)", "trả lời 05 (đạt 83,3%), còn 01", ("06, 100%", "05, 83,3%, 01")),
        ("đạt 98,50% kế hoạch", "đạt 98,5% kế hoạch", None),
        ("chi 12,5 tỷ đồng trong kỳ", "chi 12,05 tỷ đồng trong kỳ", ("12,5", "12,05")),
        ("có 3 lớp và 5 hội nghị", "có 3 lớp và hội nghị", ("5", "")),
        ("đạt 85 điểm trong kỳ này", "đạt 85% trong kỳ này", ("85", "85%")),
    ],
)
def test_numbers_of_a_sentence_are_held_against_each_other_by_what_they_are_worth(
    before: str, after: str, told: tuple[str, str] | None
) -> None:
    made = compare_lines([Line("Mục I", (before,))], [Line("Mục I", (after,))])
    assert [(one.ours, one.theirs) for one in made.figures] == ([told] if told else [])


def test_a_day_that_the_draft_did_not_leave_open_is_a_difference() -> None:
    made = compare_lines(
        [Line("Mục I", ("Họp ngày 20 tháng 6 năm 2023.",))], [Line("Mục I", ("Họp ngày 21 tháng 6 năm 2023.",))]
    )
    assert [(one.ours, one.theirs) for one in made.figures] == [("20", "21")]


@pytest.mark.parametrize(
    ("text", "is_one"),
    [("DỰ THẢO", True), ("(Dự thảo lần 2)", True), ("Dự  thảo:", True), ("Dự thảo nghị quyết về tuyên truyền", False)],
)
def test_what_says_just_that_it_is_a_draft_is_its_mark(text: str, is_one: bool) -> None:
    assert is_draft_mark(text) is is_one


def test_how_much_differs_is_said_in_a_sentence() -> None:
    figures, texts = (FigureChange("Mục I", "1", "2"),), (TextChange("Mục I", "a", "b"),)
    of = Correction(1, "0" * 64, "sua.docx", day("2023-06-19"), "Lan")
    both = Correction(1, "0" * 64, "sua.docx", day("2023-06-19"), "Lan", figures, texts)
    assert (differing(of), differing(both)) == (
        "",
        "Bản Word đã sửa có 01 số liệu khác số đã tổng hợp và 01 đoạn có thay đổi.",
    )


def test_thousands_of_lines_that_differ_all_are_compared_in_bounded_steps() -> None:
    ours = [Line("Mục I", (f"Đơn vị {number} đã tổ chức {number} hội nghị.",)) for number in range(3_000)]
    theirs = [Line("Mục I", (f"Đơn vị {number} đã tổ chức {number + 1} hội nghị.",)) for number in range(3_000)]
    made = compare_lines(ours, theirs)
    assert (len(made.figures) + len(made.texts) >= 3_000, made.shared > 0.9) == (True, True)
