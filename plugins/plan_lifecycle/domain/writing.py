"""How days and values are written in a Vietnamese administrative document."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal

from plan_lifecycle.domain.indicator import Indicator, IndicatorType, Value
from plan_lifecycle.domain.text import without_accents

LONGEST_FILE_NAME = 150
YES, NOT_YET = "Có", "Chưa"
"""The answers that a form offers to a question."""
_WEEKDAYS = ("Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy", "Chủ nhật")


def short_date(day: date) -> str:
    """05/01/2023, 29/6/2023: days below 10 and the months 1 and 2 are padded (Nghị định 30/2020/NĐ-CP, Phụ lục I)."""
    month = f"{day.month:02}" if day.month < 3 else str(day.month)
    return f"{day.day:02}/{month}/{day.year}"


def latest_on(days: Iterable[date]) -> str:
    """ "chậm nhất ngày 15/11/2023", of several "chậm nhất ngày 15/11/2023, ngày 15/12/2023"."""
    return f"chậm nhất ngày {', ngày '.join(map(short_date, days))}"


def moment_words(value: datetime) -> str:
    """14 giờ 05 phút ngày 16/6/2026."""
    return f"{value.hour:02d} giờ {value.minute:02d} phút ngày {short_date(value)}"


def weekday_date(day: date) -> str:
    """Thứ Sáu, 30/01/2026."""
    return f"{_WEEKDAYS[day.weekday()]}, {short_date(day)}"


def first_up(text: str) -> str:
    """With a capital at its beginning; the rest as it is."""
    return text[:1].upper() + text[1:]


def first_down(text: str) -> str:
    """With a small letter at its beginning, as it reads on in a sentence, unless an abbreviation stands there."""
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]


def count_text(count: int) -> str:
    """05, 119, 2.396: a count below 10 is padded, thousands are parted."""
    return f"{count:02,}".replace(",", ".")


def half_up(number: float, places: int) -> float:
    """Round as a workbook does: a half away from 0."""
    return float(Decimal(repr(float(number))).quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP))


def file_name(text: str, ending: str) -> str:
    """Name a file as people read it, in letters that every system keeps: "Bieu so lieu nam 2023 - UBND xa A.xlsx"."""
    plain = re.sub(r"[^A-Za-z0-9 ._-]+", " ", without_accents(text.replace("–", "-")))
    return f"{' '.join(plain.split())[:LONGEST_FILE_NAME].rstrip(' .-')}.{ending}"


def write_value(value: Value, indicator: Indicator) -> str:
    """1.250; 98,5; có/không; a code's words; a day as ``short_date`` does; texts as they are."""
    if isinstance(value, bool):
        return "có" if value else "không"
    if isinstance(value, date):
        return short_date(value)
    if isinstance(value, str):
        return value
    if indicator.type is IndicatorType.CODE:
        return dict(indicator.options).get(int(value), str(value))
    if indicator.type is IndicatorType.DATE:
        raise ValueError(f"{indicator.code}: {value!r} is no date")
    return number_text(value)


def answer_text(value: Value, indicator: Indicator) -> str:
    """A value as it is typed into a form and read back to itself: every decimal, a share of 1 % or less with its sign,
    the words that a form offers for yes and no."""
    if isinstance(value, bool):
        return YES if value else NOT_YET
    if isinstance(value, int | float) and indicator.type is not IndicatorType.CODE:
        share = indicator.type is IndicatorType.RATIO and 0 < value <= 1
        return exact_number(Decimal(repr(value))) + ("%" if share else "")
    return write_value(value, indicator)


def exact_number(number: Decimal) -> str:
    """A number in Vietnamese notation with all that it has behind the comma."""
    whole = number == number.to_integral_value()
    text = f"{int(number):,}" if whole else f"{number:,f}".rstrip("0")
    return text.translate(str.maketrans(",.", ".,"))


def number_text(value: float) -> str:
    """1.250; 98,5."""
    text = f"{value:,}" if isinstance(value, int) else f"{value:,.2f}".rstrip("0").rstrip(".")
    return text.translate(str.maketrans(",.", ".,"))
