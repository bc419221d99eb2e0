"""Reading one cell of a report: "1.250 lượt", "85%", "1,2 tỷ đồng", "Đã ban hành", or what a spreadsheet holds.

Vietnamese numbers: a full stop parts thousands and a comma decimals. What has two readings is refused, not guessed.
"""

from __future__ import annotations

import math
import re
from datetime import date, datetime
from decimal import Decimal

from plan_lifecycle.domain.errors import InputError
from plan_lifecycle.domain.figure import NotKnown
from plan_lifecycle.domain.indicator import WHOLE, Indicator, IndicatorType, Value
from plan_lifecycle.domain.measure import SCALES, money_scale
from plan_lifecycle.domain.regex import regex
from plan_lifecycle.domain.text import nfc, normalise, number_in_words

Cell = str | int | float | bool | date | None

_DIGITS = r"\d[\d.,\u00a0\u202f ]*\d|\d"
_NUMBER = regex(rf"(?P<sign>[+-]?)\s*(?P<digits>{_DIGITS})\s*(?P<rest>%|[^\W\d_%].*)?")
_FRACTION = regex(r"(\d{1,6})\s*/\s*(\d{1,6})")
_MONEY_PART = regex(rf"({_DIGITS})\s*(tỷ|triệu|nghìn|ngàn)\s*")
_RANK_WORDS = regex(r"^(?:xếp\s+)?(?:thứ|hạng|vị trí)(?:\s+(?:thứ|hạng))?\s+(?=\d)")
_DONG = {"đồng", "đ", "vnđ", "vnd", "vn đồng"}
_DASHES = {"-", "--", "–", "—", "/"}
_BLANK = _DASHES | {"", "…", "...", "."}
_NOTHING = {"không", "không có", "không phát sinh", "chưa phát sinh"}
_NOT_KNOWN = regex(
    r"(?:hiện )?(?:chưa (?:có )?(?:đủ )?(?:số liệu|thống kê|tổng hợp|xác định|cập nhật)"
    r"|đang (?:tổng hợp|thống kê|rà soát))(?: được| xong)?"
)
_WHY_NOT = regex(r"(?:hiện )?(?:chưa có|chưa (?:thống kê|tổng hợp|xác định|cập nhật)|đang (?:tổng hợp|thống kê))\b")
_YES = regex(r"(?:x|✓|✔|☑|1|yes|true|rồi|đạt|(?:đã|có)\b.*)")
_NO = regex(r"(?:0|no|false|(?:không|chưa)\b.*)")
_DATE = regex(r"(?:ngày\s+)?(\d{1,2})(?:\s*[/.-]\s*|\s+tháng\s+)(\d{1,2})(?:\s*[/.-]\s*|\s+năm\s+)(\d{4})")
_ISO = regex(r"(\d{4})-(\d{2})-(\d{2})")
_MOST_DIGITS = 15

_EXPECTED = {
    IndicatorType.COUNT: ("a whole number such as 1.250", "số nguyên, ví dụ 1.250"),
    IndicatorType.RANK: ("a rank such as 12 or 12/63", "thứ hạng, ví dụ 12 hoặc 12/63"),
    IndicatorType.RATIO: ("a per cent such as 85 or 85,5%", "tỷ lệ %, ví dụ 85 hoặc 85,5%"),
    IndicatorType.SCORE: ("a number such as 12,5", "số, ví dụ 12,5"),
    IndicatorType.MONEY: ("an amount such as 1.200.000 đồng", "số tiền, ví dụ 1.200.000 đồng"),
    IndicatorType.BOOLEAN: ("có or không", "“có” hoặc “không”"),
    IndicatorType.DATE: ("a date such as 05/01/2023", "ngày, ví dụ 05/01/2023"),
    IndicatorType.TEXT: ("text", "nội dung bằng chữ"),
    IndicatorType.CODE: ("the number of one of the answers", "số của một trong các câu trả lời"),
}


def is_blank(cell: Cell) -> bool:
    """Whether the cell says nothing: empty, or a dash."""
    return cell is None or (isinstance(cell, str) and normalise(cell) in _BLANK)


def says_not_known(cell: Cell, indicator: Indicator) -> bool:
    """Whether a cell says in words that there is no figure yet. "Chưa có" is an answer to a question, and a text is
    whatever it says."""
    if not isinstance(cell, str) or indicator.type is IndicatorType.TEXT:
        return False
    text = normalise(cell).strip(" .;()")
    bare = text == "chưa có" and indicator.type not in (IndicatorType.BOOLEAN, IndicatorType.CODE)
    return bare or _NOT_KNOWN.fullmatch(text) is not None


def not_known(cell: Cell, note: str, indicator: Indicator) -> NotKnown | None:
    """What a cell and the note beside it say where there is no figure yet: the cell says so, it is a dash with a
    reason, or the note beside an empty cell says so.

    None where it has a figure, or says nothing.
    """
    note = note.strip()
    dash = isinstance(cell, str) and normalise(cell) in _DASHES and bool(note)
    beside = is_blank(cell) and _WHY_NOT.match(normalise(note)) is not None
    return NotKnown(indicator.code, note) if dash or beside or says_not_known(cell, indicator) else None


def parse_value(cell: Cell, indicator: Indicator) -> Value:
    """Read a cell that is not blank. Whole numbers come back as int, others as float; money in the indicator's unit
    of measure; per cents as 85.

    Raises InputError, in both languages, where the cell is no such value or lies out of bounds.
    """
    if is_blank(cell):
        raise _refuse(cell, indicator)
    if indicator.type is IndicatorType.TEXT:
        return _text(cell)
    if indicator.type is IndicatorType.BOOLEAN:
        return _boolean(cell, indicator)
    if indicator.type is IndicatorType.DATE:
        return _date(cell, indicator)
    if indicator.type is IndicatorType.CODE:
        return _code(cell, indicator)
    number = _written_number(cell, indicator) if isinstance(cell, str) else _stored_number(cell, indicator)
    return _bounded(number, cell, indicator)


def read_decimal(digits: str) -> Decimal | None:
    """The number that digits and separators write; None where they fit no way of writing one.

    ``1.250``, ``1 250`` and ``1,250,000`` part thousands; ``12,5`` and ``12.5`` decimals; ``1.250`` is never 1,25.
    """
    text = re.sub(r"[\s\u00a0\u202f]+", " ", digits.strip())
    if len(text) > 40:
        return None
    if re.fullmatch(r"\d+", text):
        return Decimal(text)
    for thousands, point in ((".", ","), (" ", ","), (",", ".")):
        grouped = rf"[1-9]\d{{0,2}}(?:{re.escape(thousands)}\d{{3}})+"
        if re.fullmatch(rf"{grouped}{re.escape(point)}\d+", text):
            return Decimal(text.replace(thousands, "").replace(point, "."))
        if re.fullmatch(grouped, text) and (thousands != "," or text.count(",") > 1):
            return Decimal(text.replace(thousands, ""))
    return Decimal(text.replace(",", ".")) if re.fullmatch(r"\d+[.,]\d+", text) else None


def _written_number(cell: str, indicator: Indicator) -> Decimal:
    text = normalise(cell).removesuffix(".")
    if indicator.type is not IndicatorType.RANK and text in _NOTHING:
        return Decimal(0)
    if (in_words := number_in_words(text)) is not None:
        return Decimal(in_words)
    if indicator.type is IndicatorType.MONEY and (money := _money(text, indicator)) is not None:
        return money
    if indicator.type is IndicatorType.RANK:
        text = _RANK_WORDS.sub("", text)
    if fraction := _FRACTION.fullmatch(text):
        return _fraction(int(fraction[1]), int(fraction[2]), cell, indicator)
    match = _NUMBER.fullmatch(text)
    number = read_decimal(match["digits"]) if match else None
    if match is None or number is None:
        raise _refuse(cell, indicator)
    number *= _suffix_scale(match["rest"] or "", cell, indicator)
    return -number if match["sign"] == "-" else number


def _fraction(part: int, whole: int, cell: str, indicator: Indicator) -> Decimal:
    """``12/63`` is rank 12 of 63, and as a ratio twelve of sixty-three; as a count it has no reading."""
    if whole == 0 or (indicator.type is IndicatorType.RANK and part > whole):
        raise _refuse(cell, indicator)
    if indicator.type is IndicatorType.RANK:
        return Decimal(part)
    if indicator.type is IndicatorType.RATIO:
        return Decimal(part) * 100 / whole
    raise _refuse(cell, indicator)


def _suffix_scale(rest: str, cell: str, indicator: Indicator) -> int:
    """What the words behind a number multiply it by: "1,2 nghìn lượt". A sign that does not belong is refused."""
    if any(each.isdigit() for each in rest):
        raise _refuse(cell, indicator)
    if rest.startswith(("%", "phần trăm")):
        if indicator.type is not IndicatorType.RATIO:
            raise _refuse(cell, indicator)
        return 1
    return SCALES.get(rest.split(" ")[0], 1)


def _money(text: str, indicator: Indicator) -> Decimal | None:
    """An amount that names its own unit, in the indicator's unit: "1 tỷ 200 triệu đồng" where that is triệu đồng is
    1200. None where no unit is named."""
    dong, rest = Decimal(0), text
    named = False
    while match := _MONEY_PART.match(rest):
        number = read_decimal(match[1])
        if number is None:
            return None
        dong, rest, named = dong + number * SCALES[match[2]], rest[match.end() :], True
    digits = re.match(_DIGITS, rest)
    if digits and rest[digits.end() :].strip() in _DONG:
        number = read_decimal(digits[0])
        if number is None:
            return None
        return (dong + number) / (money_scale(indicator.unit_of_measure) or 1)
    return dong / (money_scale(indicator.unit_of_measure) or 1) if named and rest.strip() in _DONG | {""} else None


def _stored_number(cell: Cell, indicator: Indicator) -> Decimal:
    """A number as a spreadsheet holds it; a date means that the program took "1.5" for the first of May."""
    if isinstance(cell, bool | date) or cell is None or isinstance(cell, str) or not math.isfinite(cell):
        raise _refuse(cell, indicator)
    return Decimal(repr(cell))


def _bounded(number: Decimal, cell: Cell, indicator: Indicator) -> int | float:
    if number.adjusted() >= _MOST_DIGITS or (indicator.type in WHOLE and number != number.to_integral_value()):
        raise _refuse(cell, indicator)
    lowest = indicator.minimum if indicator.minimum is not None else int(indicator.type is IndicatorType.RANK)
    highest = indicator.maximum
    # by repr: Decimal(0.1) would be a little more than a limit of 0.1
    if number < Decimal(repr(lowest)) or (highest is not None and number > Decimal(repr(highest))):
        bounds = f"{lowest:g}…{'' if highest is None else f'{highest:g}'}"
        khoang = f"từ {lowest:g} trở lên" if highest is None else f"từ {lowest:g} đến {_limit(highest)}"
        khoang += f" {indicator.unit_of_measure}; chú ý đơn vị tính" if indicator.type is IndicatorType.MONEY else ""
        vi = f"{indicator.name}: giá trị “{_shown(cell)}” nằm ngoài khoảng cho phép ({khoang}); đề nghị kiểm tra lại."
        raise InputError(f"a number within {bounds}", field=indicator.code, found=cell, vi=vi)
    return int(number) if number == number.to_integral_value() else float(number)


def _limit(number: float) -> str:
    """A bound as people write it: 100.000."""
    return f"{int(number):,}".replace(",", ".") if float(number).is_integer() else f"{number:g}".replace(".", ",")


def _text(cell: Cell) -> str:
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    if isinstance(cell, date):
        return cell.strftime("%d/%m/%Y")
    return nfc(" ".join(str(cell).split()))


def _boolean(cell: Cell, indicator: Indicator) -> bool:
    text = normalise(_text(cell))
    if _NO.fullmatch(text):
        return False
    if _YES.fullmatch(text):
        return True
    raise _refuse(cell, indicator)


def _code(cell: Cell, indicator: Indicator) -> int:
    """The number of an answer, written as that number, as its words, or as both ("Có = 1")."""
    text = normalise(_text(cell))
    for number, words in indicator.options:
        if text in (str(number), normalise(words), normalise(f"{words} = {number}"), normalise(f"{number} - {words}")):
            return number
    raise _refuse(cell, indicator)


def _date(cell: Cell, indicator: Indicator) -> date:
    day = read_day(cell)
    if day is None:
        raise _refuse(cell, indicator)
    return day


def read_day(cell: Cell) -> date | None:
    """A day as it is typed: "05/01/2023", "ngày 05 tháng 01 năm 2023", "2023-01-05"; None where it is none."""
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    text = normalise(cell) if isinstance(cell, str) else ""
    try:
        if match := _DATE.fullmatch(text):
            return date(int(match[3]), int(match[2]), int(match[1]))
        if match := _ISO.fullmatch(text):
            return date(int(match[1]), int(match[2]), int(match[3]))
    except ValueError:
        return None
    return None


def _refuse(cell: Cell, indicator: Indicator) -> InputError:
    expected, mong_doi = _EXPECTED[indicator.type]
    if indicator.type is IndicatorType.CODE:
        mong_doi = f"{mong_doi}: {indicator.measured}"
    shown = "(trống)" if cell is None else _shown(cell)
    vi = f"{indicator.name}: giá trị “{shown}” chưa đúng; đề nghị ghi {mong_doi}."
    return InputError(expected, field=indicator.code, found=shown, vi=vi)


def _shown(cell: Cell) -> str:
    """A cell as people see it: a decimal comma, days as they are written."""
    if isinstance(cell, date):
        return cell.strftime("%d/%m/%Y")
    return f"{cell:g}".replace(".", ",") if isinstance(cell, float) else str(cell)[:80]
