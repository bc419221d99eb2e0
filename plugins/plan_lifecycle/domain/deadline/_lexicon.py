"""What each word of the grammar stands for."""

from __future__ import annotations

import re
from datetime import time

from plan_lifecycle.domain.deadline._expressions import Count, Every
from plan_lifecycle.domain.deadline._points import Grain, Point
from plan_lifecycle.domain.regex import regex
from plan_lifecycle.domain.text import number_in_words

_NUMBERS = regex(r"\d+")
_YEAR = regex(r"(?:19|20)\d\d(?!\d)")
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5}
_WEEKDAYS = {"hai": 0, "ba": 1, "tư": 2, "năm": 3, "sáu": 4, "bảy": 5}
_QUARTERS = (3, 6, 9, 12)
_ALL_MONTHS = tuple(range(1, 13))
_UNEQUAL_WEEKS = regex(r"\b(?:0?[2-9]|[1-9]\d|hai|ba) tuần")
_TIMES = r"(\d+|một|hai|ba|bốn) lần"
_HOW_OFTEN = regex(r"^(?:\d+|một|hai|ba|bốn) lần|(?:(?<!\d)\d+|một|hai|ba|bốn) lần$")
_FOLLOWING = regex(r" (?:sau|tiếp|kế|liền)\b")
_STEPS = {"tháng": 1, "quý": 3, "năm": 12, "nửa năm": 6}


def date_point(text: str) -> Point:
    """ "ngày 01/3/2023", "15 tháng 12", "2023-03-01", "15/1 năm sau"."""
    numbers = [int(number) for number in _NUMBERS.findall(text)]
    if numbers[0] > 999:
        numbers.reverse()
    day, month = numbers[0], numbers[1]
    year = numbers[2] if len(numbers) > 2 else None
    if year is not None and year < 100:
        year += 2000
    return Point(Grain.DAY, day, month, month, year, _years_on(text), spelled="tháng" in text)


def day_point(text: str) -> Point:
    """ "ngày 15", with the month still to be found."""
    return Point(Grain.DAY, int(_NUMBERS.findall(text)[-1]))


def month_point(text: str) -> Point:
    """ "tháng 6", "tháng 06/2023", "t6/2023"."""
    numbers = [int(number) for number in _NUMBERS.findall(text)]
    year = numbers[1] if len(numbers) > 1 else None
    return Point(Grain.MONTH, None, numbers[0], numbers[0], year, _years_on(text))


def bare_month_point(text: str) -> Point:
    """ "6/2023": a month, or a quarter after a quarter."""
    return month_point(text)._replace(bare=True)


def number_point(text: str) -> Point:
    """ "12" or "12/2025" in a list or at the end of a range."""
    numbers = [int(number) for number in _NUMBERS.findall(text)]
    return Point(Grain.PART, None, numbers[0], numbers[0], numbers[1] if len(numbers) > 1 else None, bare=True)


def roman_point(text: str) -> Point:
    """ "iv/2025" in a list of quarters."""
    number = _ROMAN[re.split(r"[^iv]", text)[0]]
    return Point(Grain.PART, None, number, number, _year(text), bare=True)


def quarter_point(text: str) -> Point:
    """ "quý ii/2023", "quý 2", "q2/2023"."""
    name = re.match(r"q(?:uý)?[ .]*(iv|i{1,3}|v|\d{1,2})", text)
    number = (_ROMAN.get(name[1]) or int(name[1])) if name else 0
    return Point(Grain.QUARTER, None, 3 * number - 2, 3 * number, _year(text), _years_on(text))


def part_point(text: str) -> Point:
    """ "6 tháng đầu năm 2025", "9 tháng đầu năm", "nửa cuối năm"."""
    length = _months_long(text)
    first, last = (1, length) if "đầu" in text else (13 - length, 12)
    return Point(Grain.PART, None, first, last, _year(text))


def generic_point(text: str) -> Point:
    """ "6 tháng", "9 tháng", "báo cáo năm": a reporting period, every year unless one is named."""
    length = _months_long(text) if "tháng" in text else 12
    return Point(Grain.PART, None, 1, length, _year(text), generic=True)


def year_point(text: str) -> Point:
    """ "năm 2023", "2023", "năm nay"."""
    return Point(Grain.YEAR, None, 1, 12, _year(text))


def feast_point(text: str) -> Point:
    """ "quốc khánh 2/9", "tết nguyên đán giáp thìn 2024"."""
    if "quốc khánh" in text:
        return Point(Grain.DAY, 2, 9, 9, _year(text))
    if "dương lịch" in text:
        return Point(Grain.DAY, 1, 1, 1, _year(text))
    return Point(Grain.FEAST, year=_year(text), name=text)


def weekday_point(text: str) -> Point:
    """ "thứ 4" is Wednesday."""
    if text == "chủ nhật":
        return Point(Grain.WEEKDAY, weekday=6)
    name = text[1:] if text[1:].isdigit() else text.removeprefix("thứ").strip()
    return Point(Grain.WEEKDAY, weekday=_WEEKDAYS[name] if name in _WEEKDAYS else int(name) - 2)


def hour(text: str) -> time | None:
    """ "17h00", "10 giờ 30 phút", "17g00", "4 giờ chiều", the end of "8h - 17h"; None for what no clock shows."""
    text = re.split(r"-|đến", text)[-1]
    numbers = [int(number) for number in _NUMBERS.findall(text)]
    minute = numbers[1] if len(numbers) > 1 else 0
    late = numbers[0] < 12 and ("chiều" in text or "tối" in text)
    if numbers[0] == 24 and not minute:
        return time(23, 59)
    try:
        return time(numbers[0] + 12 * late, minute)
    except ValueError:
        return None


def every(text: str) -> Every:
    """ "hằng quý", "định kỳ 6 tháng, năm", "2 lần/năm", "tháng cuối quý", "ngày cuối tháng"."""
    if re.match(r"ngày (?>.*?tháng cuối).* quý", text):
        return Every("month", _QUARTERS, working="làm việc" in text)
    place = _place_in_period(text)
    if place:
        return place
    if re.match(r"(?:của )?tháng cuối(?: cùng)?(?: của)? năm", text):
        return Every("month", (12,), pinned=True, place=True)
    if re.match(r"(?:của )?tháng đầu.* năm", text):
        return Every("month", (12,), pinned=True, place=True, later=1)
    if re.match(r"(?:của )?tháng (?:sau|tiếp|kế|liền|báo|đó)|của tháng", text):
        return _after_period(text, later=1 if _FOLLOWING.search(text) else 0)
    if "ngày" in text and "ngày cuối" not in text and "ngày làm việc" not in text:
        return Every("day", unclear=_times(text) > 1)
    months = _every_months(_HOW_OFTEN.sub("", text))
    if not months:
        weekly = "tuần" in text and not _UNEQUAL_WEEKS.search(text)
        return Every("week" if "tuần" in text else "month", unclear=not weekly or _times(text) > 1)
    pinned = months == _ALL_MONTHS
    return Every("month", months, pinned, unclear=_times(text) > 1, working="làm việc" in text)


def _after_period(text: str, later: int) -> Every:
    """ "tháng sau", "tháng liền kề quý báo cáo", "tháng liền kề sau kỳ báo cáo"."""
    if "kỳ báo cáo" in text:
        return Every("month", pinned=True, place=True, later=later, of_period=True)
    months = _QUARTERS if "quý" in text else (12,) if "năm" in text else _ALL_MONTHS
    return Every("month", months, pinned=True, place=True, later=later)


def _place_in_period(text: str) -> Every | None:
    """ "tháng cuối quý", "tháng đầu quý sau", "tháng cuối kỳ báo cáo"."""
    found = re.match(r"(?:,? ?của )?tháng (đầu|cuối|giữa|thứ (\w++)).* (quý|kỳ)", text)
    if not found:
        return None
    place = {"đầu": 1, "giữa": 2, "cuối": 3}.get(found[1]) or {"nhất": 1, "1": 1, "hai": 2, "2": 2}.get(found[2], 3)
    following = bool(_FOLLOWING.search(text))
    if found[3] == "kỳ":
        if place == 3 and not following:
            return Every("month", pinned=True, place=True, of_period=True)
        later = place if following and place < 3 else 0
        return Every("month", pinned=True, place=True, later=later, of_period=bool(later), unclear=not later)
    if following:
        return Every("month", _QUARTERS, pinned=True, place=True, later=place)
    return Every("month", tuple(range(place, 13, 3)), pinned=True, place=True)


def _every_months(text: str) -> tuple[int, ...]:
    """The months in which the periods that ``text`` lists come to an end; none for weeks and unequal steps."""
    months: set[int] = set()
    for number, name in re.findall(r"(?:((?<!\d)\d+|hai|ba|sáu|chín) )?(nửa năm|tháng|quý|năm)", text):
        count = int(number) if number.isdigit() else (number_in_words(number) or 1)
        step = count * _STEPS[name]
        if step == 9:
            months.add(9)
        elif step <= 12 and 12 % step == 0:
            months.update(range(step, 13, step))
    return tuple(sorted(months))


def _times(text: str) -> int:
    """How often in each period: "02 lần/tháng", "mỗi năm 2 lần"; "6 tháng một lần" is once."""
    found = re.match(_TIMES, text) or re.match(rf"(?:(?:mỗi|một|hằng|cứ|định kỳ|0?1) )?\w+ {_TIMES}", text)
    if not found:
        return 1
    return int(found[1]) if found[1].isdigit() else (number_in_words(found[1]) or 1)


_LAPSE = regex(r"(\d{1,3}) ?(ngày làm việc|ngày|tuần|tháng|giờ|h\b|năm)( làm việc)?")
_UNITS = {
    "ngày": "day",
    "ngày làm việc": "working day",
    "tuần": "week",
    "tháng": "month",
    "năm": "year",
    "giờ": "hour",
    "h": "hour",
}


def count(text: str) -> Count | None:
    """ "trong thời hạn 10 ngày kể từ ngày nhận kế hoạch này", "trước ngày bầu cử 95 ngày"."""
    found = _LAPSE.search(text)
    if not found:
        return None
    unit = "working day" if found[3] else _UNITS[found[2]]
    before, after = text[: found.start()], text[found.end() :].strip(" ,")
    anchor = after or re.sub(r"^(?:chậm nhất )?", "", before)
    if not after and not re.search(r"\b(?:ngày|khi)\b", before):
        anchor = ""
    back = anchor.startswith("trước") or "so với" in anchor or (not anchor and "trước" in before)
    anchor = re.sub(r"^(?:(?:kể|tính) từ|từ|sau|trước|so với)\b ?", "", anchor).strip()
    return Count(int(found[1]), unit, -1 if back else 1, anchor)


def _months_long(text: str) -> int:
    number = text.split(" ", 1)[0]
    return 6 if number == "nửa" else int(number) if number.isdigit() else (number_in_words(number) or 6)


def _year(text: str) -> int | None:
    found = _YEAR.search(text)
    return int(found[0]) if found else None


def _years_on(text: str) -> int:
    if not re.search(r"năm (?:sau|tiếp|kế|tới|liền|trước)", text):
        return 0
    return -1 if "năm trước" in text else 1
