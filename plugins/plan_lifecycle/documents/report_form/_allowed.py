"""What may be typed into the cell of a figure: Excel holds the unit to it, and "no figure yet" may always be said."""

from __future__ import annotations

from typing import Any

from plan_lifecycle.domain.figure import NOT_KNOWN
from plan_lifecycle.domain.indicator import WHOLE, Indicator, IndicatorType
from plan_lifecycle.domain.writing import NOT_YET, YES, first_up

_HINTS = {
    IndicatorType.COUNT: "Ghi số nguyên; chưa phát sinh thì ghi 0.",
    IndicatorType.RANK: "Ghi thứ hạng, ví dụ 12.",
    IndicatorType.RATIO: "Ghi 85 nếu là 85%.",
    IndicatorType.SCORE: "Ghi số điểm.",
    IndicatorType.MONEY: "Ghi số tiền theo đơn vị tính ở cột bên.",
    IndicatorType.DATE: "Ghi ngày, tháng, năm, ví dụ 05/01/2023.",
    IndicatorType.BOOLEAN: "Chọn Có hoặc Chưa.",
    IndicatorType.CODE: "Chọn câu trả lời trong danh sách.",
}
_OR_NOT_KNOWN = "Chưa có thì ghi “chưa có số liệu”, nêu lý do ở cột Minh chứng."
_LONGEST_LIST = 250


def choices_of(indicator: Indicator) -> tuple[str, ...]:
    """The answers that a form offers for an indicator, "no figure yet" among them; none where it is typed freely."""
    if indicator.type is IndicatorType.BOOLEAN:
        return YES, NOT_YET, first_up(NOT_KNOWN)
    words = tuple(words for _, words in indicator.options)
    return (*words, first_up(NOT_KNOWN)) if words else ()


def rule_of(indicator: Indicator, cell: str) -> dict[str, Any] | None:
    """What Excel lets be typed into a cell: what it is to hold, or that there is no figure yet; None for free text."""
    if indicator.type is IndicatorType.TEXT:
        return None
    rule: dict[str, Any] = {
        "input_title": indicator.name[:32],
        "input_message": _HINTS[indicator.type],
        "error_title": "Số liệu chưa đúng",
        "error_message": f"{_HINTS[indicator.type]} {_OR_NOT_KNOWN}",
    }
    if indicator.type is IndicatorType.BOOLEAN:
        return rule | {"validate": "list", "source": list(choices_of(indicator))}
    if indicator.type is IndicatorType.DATE:
        return rule | {"validate": "custom", "value": _or_not_known(cell, f"{cell}>=DATE(1990,1,1)")}
    if indicator.type is IndicatorType.CODE:
        return rule | {"validate": "list", "source": options_of(indicator)}
    lowest = indicator.minimum if indicator.minimum is not None else int(indicator.type is IndicatorType.RANK)
    bounds = [f"{cell}>={lowest:.15g}"]
    bounds += [f"INT({cell})={cell}"] if indicator.type in WHOLE else []
    bounds += [f"{cell}<={indicator.maximum:.15g}"] if indicator.maximum is not None else []
    return rule | {"validate": "custom", "value": _or_not_known(cell, *bounds)}


def _or_not_known(cell: str, *conditions: str) -> str:
    """The formula of a cell that takes a number of these conditions, a dash, or the words for no figure yet."""
    number = ",".join((f"ISNUMBER({cell})", *conditions))
    return f'=IF(ISNUMBER({cell}),AND({number}),OR({cell}="-",LEFT({cell},7)="Chưa có",LEFT({cell},7)="chưa có"))'


def options_of(indicator: Indicator) -> list[str]:
    """The answers to choose from, in words where Excel has room for them: a list takes 255 signs."""
    words = [*(f"{text} = {number}" for number, text in indicator.options), first_up(NOT_KNOWN)]
    plain = all("," not in one for one in words) and len(",".join(words)) <= _LONGEST_LIST
    return words if plain else [*(str(number) for number, _ in indicator.options), first_up(NOT_KNOWN)]
