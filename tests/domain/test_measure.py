"""Units of measure that are another's thousandfold, as bookkeepers write them."""

from __future__ import annotations

from decimal import Decimal

import pytest

from plan_lifecycle.domain.measure import count_scale, money_named, money_scale, rescaled


@pytest.mark.parametrize(
    ("unit", "scale"),
    [
        ("đồng", 1),
        ("VNĐ", 1),
        ("Đồng", 1),
        ("nghìn đồng", 1000),
        ("ngàn đồng", 1000),
        ("1.000 đồng", 1000),
        ("1000đ", 1000),
        ("1,000,000 đồng", 10**6),
        ("Triệu đồng", 10**6),
        ("(triệu đồng)", 10**6),
        ("trđ", 10**6),
        ("tr.đ", 10**6),
        ("Tr. đồng", 10**6),
        ("tỷ đồng", 10**9),
        ("tỉ đồng", 10**9),
        ("nghìn tỷ đồng", 10**12),
        ("triệu", 10**6),
        ("người", None),
        ("tin, bài", None),
        ("%", None),
        ("hội đồng", None),
        ("đ/c", None),
        ("", None),
    ],
)
def test_how_many_dong_a_unit_is(unit: str, scale: int | None) -> None:
    assert money_scale(unit) == scale


@pytest.mark.parametrize(
    ("unit", "scale"), [("lượt", 1), ("nghìn lượt", 1000), ("1.000 tờ", 1000), ("triệu lượt", 10**6), ("", 1)]
)
def test_how_many_are_counted_as_one(unit: str, scale: int) -> None:
    assert count_scale(unit) == scale


@pytest.mark.parametrize(
    ("line", "unit"),
    [
        ("Đơn vị tính: triệu đồng", "triệu đồng"),
        ("(ĐVT: 1.000đ)", "1.000đ"),
        ("Số liệu (đồng)", "đồng"),
        ("Kinh phí được giao (nghìn đồng)", "nghìn đồng"),
        ("Đơn vị: UBND xã Bình An", None),
        ("Số cuộc đối thoại với cộng đồng", None),
        ("Hội đồng nhân dân (HĐND)", None),
        ("Kinh phí", None),
    ],
)
def test_the_money_that_a_line_names(line: str, unit: str | None) -> None:
    assert money_named(line) == unit


def test_a_number_in_another_unit_is_whole_where_it_is() -> None:
    assert rescaled(Decimal(1250500000), Decimal(1) / 10**6) == 1250.5
    made = rescaled(Decimal("1.2"), Decimal(1000))
    assert (made, type(made)) == (1200, int)
