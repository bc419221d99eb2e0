"""Gathering: the same statement once with everybody who makes it, and nothing lost, joined or smoothed over."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.growth import LINEAR, growth

from plan_lifecycle.domain.gathering import Group, Said, gather

LONG = (
    "Ủy ban nhân dân {unit} đã quán triệt đến toàn thể cán bộ, công chức các văn bản chỉ đạo của tỉnh về cải cách hành "
    "chính, niêm yết công khai thủ tục hành chính tại bộ phận một cửa, tổ chức {count} hội nghị tuyên truyền đến các "
    "thôn, buôn và lồng ghép vào sinh hoạt của các đoàn thể trong kỳ báo cáo."
)


def said(unit: str, text: str, name: str = "") -> Said:
    return Said(unit, name, text)


def of(groups: list[Group]) -> list[tuple[str, tuple[str, ...]]]:
    return [(group.text, group.units) for group in groups]


def test_the_same_words_are_one_statement_of_several_units() -> None:
    groups = gather([said("a", "Chưa có vướng mắc."), said("b", "Chưa  có vướng mắc"), said("c", "Thiếu kinh phí.")])
    assert of(groups) == [("Chưa có vướng mắc.", ("a", "b")), ("Thiếu kinh phí.", ("c",))]


def test_a_unit_s_own_name_does_not_make_another_statement_and_is_not_shown_for_all() -> None:
    every = [said(unit, LONG.format(unit=f"xã {unit}", count="05"), f"xã {unit}") for unit in ("An", "Bình", "Chánh")]
    (group,) = gather(every)
    assert group.units == ("An", "Bình", "Chánh")
    assert group.text == LONG.replace("Ủy ban nhân dân {unit}", "đơn vị").format(count="05")
    assert group.copied


def test_what_one_unit_says_stands_as_it_was_written() -> None:
    (group,) = gather([said("An", LONG.format(unit="xã An", count="05"), "xã An")])
    assert group.text == LONG.format(unit="xã An", count="05")
    assert not group.copied


def test_other_numbers_are_another_statement_and_a_long_one_is_told_as_a_copy() -> None:
    first, second = gather([said("a", LONG.format(unit="x", count="05")), said("b", LONG.format(unit="x", count="07"))])
    assert (first.units, second.units) == (("a",), ("b",))
    assert [copy.unit_id for copy in first.resembling] == ["b"]
    assert first.copied


def test_the_same_number_is_the_same_however_it_is_padded() -> None:
    assert len(gather([said("a", "Đã mở 05 lớp tập huấn."), said("b", "Đã mở 5 lớp tập huấn.")])) == 1


def test_short_statements_that_agree_are_no_copies() -> None:
    (group,) = gather([said("a", "Không phát sinh."), said("b", "Không phát sinh.")])
    assert not group.copied


def test_a_few_other_words_do_not_part_a_long_statement() -> None:
    other = LONG.replace("đã quán triệt", "đã kịp thời quán triệt")
    assert (
        len(gather([said("a", LONG.format(unit="x", count="05")), said("b", other.format(unit="x", count="05"))])) == 1
    )


def test_statements_that_mean_something_else_stay_apart() -> None:
    groups = gather([said("a", "Chưa ban hành kế hoạch."), said("b", "Đã ban hành kế hoạch.")])
    assert len(groups) == 2


@given(st.lists(st.tuples(st.sampled_from("abcde"), st.text("xyz 12", max_size=12)), max_size=25))
def test_no_paragraph_is_lost_and_none_counted_twice(pairs: list[tuple[str, str]]) -> None:
    every = [Said(unit, "", text, number) for number, (unit, text) in enumerate(pairs)]
    gathered = [one.source for group in gather(every) for one in group.said]
    assert sorted(gathered) == list(range(len(pairs)))


def test_work_grows_with_the_text_and_not_with_its_square() -> None:
    def work(units: int) -> None:
        gather(said(str(unit), f"{LONG.format(unit=unit, count=unit)} {unit * 7919 % 1009}") for unit in range(units))

    assert growth(work, 200, 1600) < LINEAR


@pytest.mark.parametrize("own", ["Sở Nội vụ tỉnh Lâm Đồng", "Sở Nội vụ tỉnh", "Sở Nội vụ"])
def test_a_department_is_known_by_its_name_however_short(own: str) -> None:
    said = [
        Said("a", "Sở Nội vụ tỉnh Lâm Đồng", f"{own} phân công lãnh đạo phụ trách từng lĩnh vực cải cách hành chính."),
        Said("b", "UBND xã A", "UBND xã A phân công lãnh đạo phụ trách từng lĩnh vực cải cách hành chính."),
    ]
    (group,) = gather(said)
    assert group.text == "đơn vị phân công lãnh đạo phụ trách từng lĩnh vực cải cách hành chính."


def test_a_name_that_is_a_word_of_its_own_stays_a_word() -> None:
    text = "{} đã thanh tra trách nhiệm công vụ tại 05 cơ quan, đơn vị."
    said = [Said("a", "Thanh tra tỉnh Lâm Đồng", text.format("Thanh tra tỉnh")), Said("b", "xã A", text.format("xã A"))]
    (group,) = gather(said)
    assert group.text == text.format("đơn vị")
