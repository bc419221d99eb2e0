"""Cells of reports, as units really write them."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plan_lifecycle.domain.clock import LOCAL
from plan_lifecycle.domain.errors import InputError
from plan_lifecycle.domain.figure import NotKnown
from plan_lifecycle.domain.figure_text import Cell, is_blank, not_known, parse_value
from plan_lifecycle.domain.indicator import Indicator, IndicatorType, RollUp, Value


def indicator(kind: IndicatorType, unit: str = "", **more: float) -> Indicator:
    return Indicator("x", "Số tin, bài", unit, kind, RollUp.NONE, (3,), **more)


COUNT = indicator(IndicatorType.COUNT, "tin, bài")
RATIO = indicator(IndicatorType.RATIO, "%", maximum=100)
MONEY = indicator(IndicatorType.MONEY, "đồng")
MILLIONS = indicator(IndicatorType.MONEY, "triệu đồng")
SCORE = indicator(IndicatorType.SCORE, "điểm")
RANK = indicator(IndicatorType.RANK, "hạng")
TEXT = indicator(IndicatorType.TEXT)
YES_NO = indicator(IndicatorType.BOOLEAN)
DAY = indicator(IndicatorType.DATE)


@pytest.mark.parametrize(
    ("which", "cell", "value"),
    [
        (COUNT, "05", 5),
        (COUNT, "1.250", 1250),
        (COUNT, "1 250", 1250),
        (COUNT, "1\u00a0250", 1250),
        (COUNT, "1,250,000", 1250000),
        (COUNT, "12,0", 12),
        (COUNT, "05 tin, bài", 5),
        (COUNT, "05 (năm)", 5),
        (COUNT, "1.250 lượt người.", 1250),
        (COUNT, "1,2 nghìn lượt", 1200),
        (COUNT, "2 triệu lượt", 2000000),
        (COUNT, "mười hai", 12),
        (COUNT, "không phát sinh", 0),
        (COUNT, "Không", 0),
        (COUNT, 12, 12),
        (COUNT, 12.0, 12),
        (RATIO, "85%", 85),
        (RATIO, "85,5 %", 85.5),
        (RATIO, "85.5%", 85.5),
        (RATIO, "85 phần trăm", 85),
        (RATIO, "85", 85),
        (RATIO, "4/5", 80),
        (RATIO, "0,85", 0.85),
        (RATIO, 99.5, 99.5),
        (MONEY, "1.200.000 đồng", 1200000),
        (MONEY, "1.200.000đ", 1200000),
        (MONEY, "1.200.000 VNĐ", 1200000),
        (MONEY, "1.200.000", 1200000),
        (MONEY, "1,2 tỷ đồng", 1200000000),
        (MONEY, "1,2 tỉ", 1200000000),
        (MONEY, "1 tỷ 200 triệu đồng", 1200000000),
        (MONEY, "350 triệu", 350000000),
        (MILLIONS, "350", 350),
        (MILLIONS, "12,5", 12.5),
        (MILLIONS, "350 triệu đồng", 350),
        (MILLIONS, "1.200.000 đồng", 1.2),
        (MILLIONS, "1 tỷ 200 triệu đồng", 1200),
        (SCORE, "1.250,5", 1250.5),
        (SCORE, "1,250.5", 1250.5),
        (SCORE, "0.125", 0.125),
        (SCORE, "9,75 điểm", 9.75),
        (RANK, "12/63", 12),
        (RANK, "hạng 12", 12),
        (RANK, "xếp thứ 12/63", 12),
        (RANK, "Thứ hạng 3", 3),
        (TEXT, "  Mô hình “Ngày thứ Sáu\nkhông hẹn” ", "Mô hình “Ngày thứ Sáu không hẹn”"),
        (TEXT, 5.0, "5"),
        (TEXT, date(2023, 1, 5), "05/01/2023"),
        (YES_NO, "Có", True),
        (YES_NO, "x", True),
        (YES_NO, "Đã ban hành", True),
        (YES_NO, "Có, Kế hoạch số 12/KH-UBND", True),
        (YES_NO, "Chưa ban hành", False),
        (YES_NO, "không", False),
        (YES_NO, True, True),
        (YES_NO, 0.0, False),
        (DAY, "05/01/2023", date(2023, 1, 5)),
        (DAY, "5-1-2023", date(2023, 1, 5)),
        (DAY, "ngày 05 tháng 01 năm 2023", date(2023, 1, 5)),
        (DAY, "2023-01-05", date(2023, 1, 5)),
        (DAY, datetime(2023, 1, 5, tzinfo=LOCAL), date(2023, 1, 5)),
    ],
)
def test_it_reads_a_cell(which: Indicator, cell: Cell, value: Value) -> None:
    read = parse_value(cell, which)
    assert read == value
    assert type(read) is type(value)


@pytest.mark.parametrize(
    ("which", "cell"),
    [
        (COUNT, "1,25"),
        (COUNT, "1,250"),
        (COUNT, "12.5"),
        (COUNT, "12.5.3"),
        (COUNT, "85%"),
        (COUNT, "4/5"),
        (COUNT, "-5"),
        (COUNT, "05 tin, 03 bài"),
        (COUNT, "khoảng 12"),
        (COUNT, "nhiều"),
        (COUNT, "9" * 400),
        (COUNT, "1e5"),
        (COUNT, "=1+1"),
        (COUNT, ""),
        (COUNT, None),
        (COUNT, True),
        (COUNT, 1.5),
        (COUNT, float("nan")),
        (COUNT, float("inf")),
        (COUNT, date(2023, 5, 1)),
        (RATIO, "120%"),
        (RATIO, "85.125"),
        (RATIO, "4/0"),
        (MONEY, "12.5.1"),
        (RANK, "0"),
        (RANK, "64/63"),
        (RANK, "1,5"),
        (YES_NO, "đang xây dựng"),
        (YES_NO, "2"),
        (DAY, "31/02/2023"),
        (DAY, "05/01/23"),
        (DAY, 44931.0),
        (TEXT, " - "),
    ],
)
def test_it_refuses_a_cell_in_both_languages(which: Indicator, cell: Cell) -> None:
    with pytest.raises(InputError) as error:
        parse_value(cell, which)
    assert error.value.field == "x"
    assert error.value.for_user.startswith("Số tin, bài: giá trị “")


@pytest.mark.parametrize("cell", [None, "", "  ", "-", "–", "…", "..."])
def test_a_dash_says_nothing(cell: Cell) -> None:
    assert is_blank(cell)


@given(st.integers(0, 10**14))
def test_it_reads_what_an_official_writes(number: int) -> None:
    assert parse_value(f"{number:,}".replace(",", "."), COUNT) == number
    assert parse_value(f"{number:,}".replace(",", " ") + " lượt", COUNT) == number


@given(st.integers(0, 10**9), st.integers(1, 99))
def test_it_reads_decimals(whole: int, hundredths: int) -> None:
    text = f"{whole:,}".replace(",", ".") + f",{hundredths:02}"
    assert parse_value(text, SCORE) == float(f"{whole}.{hundredths:02}")


@given(st.text(max_size=30) | st.floats() | st.integers() | st.booleans() | st.none())
def test_it_never_fails_otherwise(cell: Cell) -> None:
    for which in (COUNT, RATIO, MONEY, MILLIONS, SCORE, RANK, TEXT, YES_NO, DAY):
        with suppress(InputError):
            parse_value(cell, which)


def test_what_is_out_of_bounds_is_told_as_people_write_it() -> None:
    share = Indicator("share", "Tỷ lệ", "%", IndicatorType.RATIO, RollUp.MEAN, (3,), maximum=100)
    with pytest.raises(InputError) as refused:
        parse_value(100.5, share)
    assert "giá trị “100,5” nằm ngoài khoảng cho phép (từ 0 đến 100)" in refused.value.for_user
    with pytest.raises(InputError) as refused:
        parse_value(-3, replace(share, maximum=None))
    assert "(từ 0 trở lên)" in refused.value.for_user


def test_an_amount_beyond_its_bound_hints_at_the_unit_of_measure() -> None:
    with pytest.raises(InputError) as refused:
        parse_value(30_000_000, replace(MILLIONS, maximum=100_000))
    assert "(từ 0 đến 100.000 triệu đồng; chú ý đơn vị tính)" in refused.value.for_user


SURVEY = Indicator(
    "way", "Hình thức khảo sát", "", IndicatorType.CODE, RollUp.NONE, (1,),
    options=((0, "Trực tuyến"), (1, "Phát phiếu"), (2, "Kết hợp")),
)  # fmt: skip


@pytest.mark.parametrize(
    ("cell", "value"),
    [(2, 2), (2.0, 2), ("2", 2), ("Kết hợp", 2), ("kết hợp = 2", 2), ("2 - Kết hợp", 2), (0, 0), ("TRỰC TUYẾN", 0)],
)
def test_a_code_is_read_as_its_number_or_its_words(cell: Cell, value: int) -> None:
    assert parse_value(cell, SURVEY) == value


@pytest.mark.parametrize("cell", [3, "3", "Qua điện thoại", -1, "0, 1", 0.5])
def test_a_code_that_is_none_is_refused_with_the_answers(cell: Cell) -> None:
    with pytest.raises(InputError) as raised:
        parse_value(cell, SURVEY)
    assert "Trực tuyến = 0; Phát phiếu = 1; Kết hợp = 2" in raised.value.for_user


@pytest.mark.parametrize(
    ("cell", "note", "reason"),
    [
        ("-", "Chưa có hướng dẫn của Bộ Nội vụ", "Chưa có hướng dẫn của Bộ Nội vụ"),
        ("–", "đang rà soát", "đang rà soát"),
        ("chưa có", "chờ cơ quan thuế", "chờ cơ quan thuế"),
        ("Chưa có số liệu", "", ""),
        ("chưa thống kê được", "", ""),
        (None, "Chưa có số liệu do hệ thống bảo trì", "Chưa có số liệu do hệ thống bảo trì"),
    ],
)
@pytest.mark.parametrize("kind", [IndicatorType.COUNT, IndicatorType.MONEY, IndicatorType.RATIO, IndicatorType.DATE])
def test_what_is_not_known_yet_is_told_with_its_reason_and_is_no_0(
    cell: Cell, note: str, reason: str, kind: IndicatorType
) -> None:
    assert not_known(cell, note, indicator(kind)) == NotKnown("x", reason)
    with pytest.raises(InputError):
        parse_value(cell, indicator(kind))


@pytest.mark.parametrize(
    ("cell", "note"),
    [("-", ""), ("", "Công văn số 5"), ("…", "Công văn số 5"), ("0", "chưa có số liệu cả năm"), (12, "")],
)
def test_a_figure_and_an_empty_field_are_not_not_known(cell: Cell, note: str) -> None:
    assert not_known(cell, note, COUNT) is None


def test_not_yet_is_an_answer_to_a_question_and_a_text_is_what_it_says() -> None:
    assert not_known("Chưa có", "", YES_NO) is None
    assert parse_value("Chưa có", YES_NO) is False
    assert not_known("chưa có số liệu", "", YES_NO) is not None
    assert not_known("chưa có số liệu", "", TEXT) is None
