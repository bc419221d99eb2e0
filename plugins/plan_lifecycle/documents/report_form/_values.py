"""One cell of figures as a value of its indicator, in the indicator's own unit of measure; or what has to be asked."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from plan_lifecycle.domain.errors import InputError
from plan_lifecycle.domain.figure import Figure, read_note
from plan_lifecycle.domain.figure_text import Cell, parse_value, read_decimal
from plan_lifecycle.domain.indicator import Indicator, IndicatorType, Value
from plan_lifecycle.domain.measure import count_scale, money_scale, rescaled
from plan_lifecycle.domain.regex import regex
from plan_lifecycle.domain.submission import Rule
from plan_lifecycle.domain.text import nfc, normalise
from plan_lifecycle.domain.writing import exact_number, short_date

_ESTIMATE = regex(r"\(?\b(?:ước(?: thực hiện| tính| đạt| khoảng)?|khoảng|xấp xỉ)\b\)?\s*:?\s*", re.IGNORECASE)
_SHARE = regex(r"%|tỷ lệ|phần trăm")
_SCALED = (IndicatorType.MONEY, IndicatorType.COUNT)
_LEAST_DONG = 100_000
"""An amount of less than this, in đồng, is no budget: its unit of measure was written wrongly."""
_SERIALS = range(36_526, 54_789)
"""The days from 2000 to 2049 as a workbook numbers them."""
_EPOCH = date(1899, 12, 30)


@dataclass(frozen=True, slots=True)
class Written:
    """What stands in a row beside its name: the cell of figures, the note, the unit of measure."""

    value: Cell
    note: str = ""
    unit: str = ""
    estimated: bool = False


class Doubtful(InputError):  # noqa: N818  a question, not a fault
    """A cell that has two readings: ``rule`` says of what kind the question is."""

    def __init__(self, rule: Rule, expected: str, indicator: Indicator, found: object, vi: str) -> None:
        super().__init__(expected, field=indicator.code, found=found, vi=f"{indicator.name}: {vi}")
        self.rule = rule


def read_figure(written: Written, indicator: Indicator) -> tuple[Figure, str]:
    """The figure of a row, and what was made of its unit of measure ("" where nothing was); "ước" beside the number
    says as much as in the column for evidence.

    Raises InputError where the cell is no value of the indicator, Doubtful where it may be one of two.
    """
    evidence, estimate = read_note(written.note)
    value, estimate = written.value, estimate or written.estimated
    if isinstance(value, str) and indicator.type is not IndicatorType.TEXT:
        # An apostrophe keeps a number a text in Excel; other programs keep the apostrophe.
        plain = nfc(value).strip().removeprefix("'")
        value = _ESTIMATE.sub("", plain).strip()
        estimate = estimate or value != plain.strip()
    if indicator.type is IndicatorType.DATE and isinstance(value, int) and value in _SERIALS:
        day = _EPOCH + timedelta(days=value)
        vi = f"giá trị {value}; đề nghị xác nhận có phải ngày {short_date(day)} và ghi theo dạng ngày/tháng/năm."
        raise Doubtful(Rule.REPORT_VALUE, "a day", indicator, value, vi)
    _ask_whether_counted_so(value, written.unit, indicator)
    made, said = _in_own_unit(value, written.unit, indicator)
    read = parse_value(value, indicator) if made is None else made
    if indicator.type is IndicatorType.RATIO:
        _ask_whether_share(value, read, indicator)
    return Figure(indicator.code, read, evidence, estimate), said


def _ask_whether_share(cell: Cell, read: Value, indicator: Indicator) -> None:
    """Excel keeps a typed "85%" as 0.85 and 100% as 1, and where the format was lost does not say so."""
    if isinstance(read, str | date | bool) or not 0 < read <= 1:
        return
    if isinstance(cell, str) and re.search(r"%|phần trăm|/", normalise(cell)):
        return
    shown, whole = f"{read:g}".replace(".", ","), f"{100 * read:g}".replace(".", ",")
    vi = f"giá trị {shown}; đề nghị xác nhận là {shown}% hay {whole}% (ghi {whole} nếu là {whole}%)."
    raise Doubtful(Rule.REPORT_PERCENT, "a per cent such as 85", indicator, cell, vi)


def _ask_whether_counted_so(cell: Cell, unit: str, indicator: Indicator) -> None:
    """A per cent or an amount of money in the row of a count is no count, whatever people call the things counted."""
    if indicator.type is not IndicatorType.COUNT or _plain_number(cell) is None:
        return
    if _SHARE.search(normalise(unit)) or money_scale(unit) is not None:
        vi = f"{cell} ghi đơn vị tính “{unit.strip()}”; đề nghị ghi số {indicator.unit_of_measure}."
        raise Doubtful(Rule.REPORT_MEASURE, f"a count of {indicator.unit_of_measure}", indicator, unit, vi)


def _in_own_unit(cell: Cell, unit: str, indicator: Indicator) -> tuple[Value | None, str]:
    """The value turned into the indicator's unit where the row names another; None where nothing is to be turned."""
    number = _plain_number(cell)
    if number is None or not unit or indicator.type not in _SCALED:
        return None, ""
    if indicator.type is IndicatorType.MONEY:
        theirs, own = money_scale(unit), money_scale(indicator.unit_of_measure)
    else:
        theirs, own = count_scale(unit), count_scale(indicator.unit_of_measure)
    if theirs is None or own is None or theirs == own:
        return None, ""
    given = f"{exact_number(number)} {normalise(unit).strip(' ().:')}"
    if indicator.type is IndicatorType.MONEY and 0 < number * theirs < _LEAST_DONG:
        vi = f"{given}; đề nghị xác nhận đơn vị tính (biểu số liệu tính theo {indicator.unit_of_measure})."
        raise Doubtful(Rule.REPORT_MEASURE, f"an amount in {indicator.unit_of_measure}", indicator, given, vi)
    made = rescaled(number, Decimal(theirs) / own)
    parse_value(made, indicator)
    return made, f"{given}, được tính là {exact_number(Decimal(repr(made)))} {indicator.unit_of_measure}"


def _plain_number(cell: Cell) -> Decimal | None:
    """A number that names no unit of its own."""
    if isinstance(cell, bool | date) or cell is None:
        return None
    if isinstance(cell, str):
        return read_decimal(cell) if re.fullmatch(r"[\d.,\s]+", cell) and any(map(str.isdigit, cell)) else None
    number = Decimal(repr(cell))
    return number if number.is_finite() else None
