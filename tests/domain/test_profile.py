"""A profile: numbered as the decree numbers, and what belongs to whose report of which period."""

from __future__ import annotations

from datetime import date

import pytest

from plan_lifecycle.domain.period import PeriodKind
from plan_lifecycle.domain.profile import Form, FormRow, Profile, Section, told_apart

TREE = (
    Section("a", "Chỉ đạo", sections=(Section("a1", "Kế hoạch"), Section("a2", "Kiểm tra"))),
    Section(
        "b",
        "Kết quả",
        sections=(
            Section(
                "b1",
                "Thể chế",
                sections=(
                    Section("b1a", "Xây dựng", sections=(Section("deep", "Chi tiết"),)),
                    Section("b1b", "Rà soát"),
                ),
            ),
        ),
    ),
    Section("year", "Bình xét", periods=frozenset({PeriodKind.YEAR})),
    Section("last", "Kiến nghị", levels=frozenset({2})),
)


def test_sections_are_numbered_as_in_an_administrative_document() -> None:
    profile = Profile("x", "X", "X", sections=TREE)
    assert [(one.label, one.section.code, one.depth) for one in profile.numbered()] == [
        ("I.", "a", 0),
        ("1.", "a1", 1),
        ("2.", "a2", 1),
        ("II.", "b", 0),
        ("1.", "b1", 1),
        ("a)", "b1a", 2),
        ("-", "deep", 3),
        ("b)", "b1b", 2),
        ("III.", "year", 0),
        ("IV.", "last", 0),
    ]


def test_what_does_not_belong_to_the_period_takes_no_number() -> None:
    labels = {one.section.code: one.path for one in Profile("x", "X", "X", sections=TREE).numbered(PeriodKind.QUARTER)}
    assert "year" not in labels
    assert labels["last"] == ("III.",)
    assert labels["b1b"] == ("II.", "1.", "b)")


def test_the_fifth_letter_is_the_vietnamese_one() -> None:
    leaves = tuple(Section(f"s{number}", "x") for number in range(7))
    tree = (Section("a", "x", sections=(Section("b", "x", sections=leaves),)),)
    labels = [one.label for one in Profile("x", "X", "X", sections=tree).numbered() if one.depth == 2]
    assert labels == ["a)", "b)", "c)", "d)", "đ)", "e)", "g)"]


def test_a_section_is_reported_by_its_levels_in_its_periods() -> None:
    section = Section("s", "x", levels=frozenset({1}), periods=frozenset({PeriodKind.YEAR}))
    assert section.reported(PeriodKind.YEAR, 1)
    assert section.reported(PeriodKind.YEAR)
    assert not section.reported(PeriodKind.YEAR, 2)
    assert not section.reported(PeriodKind.QUARTER, 1)


@pytest.mark.parametrize(
    ("abstract", "asked"),
    [
        ("Cải cách hành chính nhà nước năm 2026", True),
        ("về thực hiện công tác CẢI CÁCH HÀNH CHÍNH năm 2026", True),
        ("Ban hành Kế hoạch cải cách hành chính", True),
        ("V/v cải cách hành chính nhà nước năm 2026", True),
        ("(V/v: Ban hành Kế hoạch cải cách hành chính năm 2026)", True),
        ("V/v tuyên truyền cải cách hành chính năm 2026", False),
        ("Tuyên truyền cải cách hành chính năm 2026", False),
        ("Phát động phong trào thi đua đẩy mạnh cải cách hành chính", False),
        ("", False),
    ],
)
def test_a_profile_is_asked_for_by_what_a_plan_is_about(abstract: str, asked: bool) -> None:
    assert Profile("x", "X", "X", asked_by=("cải cách hành chính",)).is_asked_by(abstract) is asked


def test_a_profile_that_no_plan_asks_for_is_never_asked_for() -> None:
    assert not Profile("x", "X", "X").is_asked_by("Cải cách hành chính")


def test_the_newest_document_of_the_ministry_orders_the_report_and_none_before_its_day() -> None:
    profile = Profile("x", "X", "X", orders=((date(2020, 2, 13), "công văn cũ"), (date(2025, 7, 2), "công văn mới")))
    days = (date(2019, 12, 31), date(2025, 7, 1), date(2026, 3, 18))
    assert [profile.orders_on(day) for day in days] == ["", "công văn cũ", "công văn mới"]


def test_indicators_of_one_name_are_told_apart_by_the_rows_above_them() -> None:
    rows = (
        FormRow("1", "Sở, ngành"),
        FormRow("1.1", "Hồ sơ đã giải quyết", "departments"),
        FormRow("2", "Cấp xã", "communes_share"),
        FormRow("2.1", "Kết quả"),
        FormRow("2.1.1", "Hồ sơ đã giải quyết", "communes"),
        FormRow("3", "Hồ sơ trễ hạn", "late"),
    )
    other = Form(2, "Chính quyền số", (FormRow("1", "Hồ sơ đã giải quyết", "online"),))
    found = told_apart([Form(1, "Thủ tục hành chính", rows), other])
    assert found == {"departments": "Sở, ngành", "communes": "Kết quả", "online": "Chính quyền số"}
