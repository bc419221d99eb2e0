"""Days, counts and values look as in a Vietnamese administrative document."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from plan_lifecycle.domain.clock import LOCAL
from plan_lifecycle.domain.figure_text import parse_value
from plan_lifecycle.domain.indicator import Indicator, IndicatorType, RollUp, Value
from plan_lifecycle.domain.writing import (
    answer_text,
    count_text,
    first_down,
    first_up,
    moment_words,
    short_date,
    write_value,
)


@pytest.mark.parametrize(
    ("day", "text"),
    [
        ("2023-01-05", "05/01/2023"),
        ("2023-02-28", "28/02/2023"),
        ("2023-03-09", "09/3/2023"),
        ("2023-03-10", "10/3/2023"),
        ("2023-06-29", "29/6/2023"),
        ("2023-12-31", "31/12/2023"),
    ],
)
def test_only_days_below_ten_and_the_first_two_months_are_padded(day: str, text: str) -> None:
    assert short_date(date.fromisoformat(day)) == text


def test_a_moment_has_its_hour_and_day() -> None:
    assert moment_words(datetime(2026, 6, 16, 14, 5, tzinfo=LOCAL)) == "14 giờ 05 phút ngày 16/6/2026"
    assert moment_words(datetime(2026, 6, 16, 8, 0, tzinfo=LOCAL)) == "08 giờ 00 phút ngày 16/6/2026"


def test_a_sentence_begins_with_a_capital_and_the_rest_stays() -> None:
    assert (first_up("đề nghị UBND"), first_up("")) == ("Đề nghị UBND", "")


@pytest.mark.parametrize(
    ("text", "within"), [("Đề nghị UBND", "đề nghị UBND"), ("UBND xã", "UBND xã"), ("", ""), ("Ý", "ý")]
)
def test_within_a_sentence_only_abbreviations_keep_their_capital(text: str, within: str) -> None:
    assert first_down(text) == within


def test_a_count_below_ten_is_padded() -> None:
    assert [count_text(count) for count in (0, 9, 10, 119, 2396)] == ["00", "09", "10", "119", "2.396"]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0, "0"),
        (999, "999"),
        (1250, "1.250"),
        (1234567, "1.234.567"),
        (98.5, "98,5"),
        (98.25, "98,25"),
        (1250.0, "1.250"),
        (98.999, "99"),
        (True, "có"),
        (False, "không"),
        (date(2023, 2, 5), "05/02/2023"),
        ("theo kế hoạch", "theo kế hoạch"),
    ],
)
def test_values_are_written_with_comma_and_points(value: Value, text: str) -> None:
    assert write_value(value, Indicator("x", "Số tin", "tin", IndicatorType.COUNT, RollUp.SUM, (3,))) == text


def test_a_number_where_a_day_belongs_is_refused() -> None:
    with pytest.raises(ValueError, match="issued"):
        write_value(5, Indicator("issued", "Ngày ban hành", "", IndicatorType.DATE, RollUp.NONE, (3,)))


def test_a_code_is_written_in_its_words_and_one_that_is_unknown_as_its_number() -> None:
    way = Indicator("way", "Hình thức", "", IndicatorType.CODE, RollUp.NONE, (1,), options=((0, "Trực tuyến"),))
    assert (write_value(0, way), write_value(7, way)) == ("Trực tuyến", "7")


@pytest.mark.parametrize(
    ("kind", "value", "text"),
    [
        (IndicatorType.MONEY, 12.345, "12,345"),
        (IndicatorType.MONEY, 1234.5678, "1.234,5678"),
        (IndicatorType.MONEY, 0.0125, "0,0125"),
        (IndicatorType.COUNT, 1250, "1.250"),
        (IndicatorType.RATIO, 0.5, "0,5%"),
        (IndicatorType.RATIO, 1, "1%"),
        (IndicatorType.RATIO, 0, "0"),
        (IndicatorType.RATIO, 33.333, "33,333"),
        (IndicatorType.BOOLEAN, False, "Chưa"),
    ],
)
def test_an_answer_is_written_so_that_it_is_read_back_to_itself(kind: IndicatorType, value: Value, text: str) -> None:
    one = Indicator("x", "Chỉ tiêu", "", kind, RollUp.NONE, (3,))
    assert answer_text(value, one) == text
    assert parse_value(text, one) == value
