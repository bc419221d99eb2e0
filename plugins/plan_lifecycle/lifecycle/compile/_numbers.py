"""How totals and their changes are written in a report."""

from __future__ import annotations

from collections.abc import Mapping

from plan_lifecycle.domain.contribution import not_known, not_known_text
from plan_lifecycle.domain.indicator import Indicator, RollUp, Value
from plan_lifecycle.domain.report import Change, Consolidated, change, in_points
from plan_lifecycle.domain.roll_up import Total
from plan_lifecycle.domain.sentence import Asked, Slot
from plan_lifecycle.domain.writing import write_value

LONGEST_CELL = 200
"""Signs of a text in a table whose rows stay on one page."""


class Numbers:
    """The totals of one report, as text."""

    def __init__(self, whole: Consolidated) -> None:
        self._whole = whole
        self._indicators: Mapping[str, Indicator] = {one.code: one for one in whole.indicators}
        self._totals: Mapping[str, Total] = {total.indicator: total for total in whole.totals}
        self._not_known = not_known(whole.contributions)

    def indicator(self, code: str) -> Indicator | None:
        """The indicator of a code, if it belongs to this report."""
        return self._indicators.get(code)

    def total(self, code: str) -> Total | None:
        """The total of an indicator, if it belongs to this report."""
        return self._totals.get(code)

    def not_known(self, code: str) -> str:
        """How many units have no figure of it yet; of one alone also why. Empty where none says so."""
        return not_known_text(self._not_known.get(code, ()))

    def slot(self, slot: Slot) -> str | None:
        """What a sentence says in a slot; None where it is not known."""
        totals = [self._totals.get(code) for code in slot.codes]
        numbers = [number_of(total) for total in totals]
        indicator = self._indicators.get(slot.code)
        first, second = (*numbers, None)[:2]
        if indicator is None or first is None:
            return None
        match slot.asked:
            case Asked.VALUE:
                return _padded(total_text(self._totals[slot.code], indicator))
            case Asked.CHANGE:
                return self._changed(indicator)
            case Asked.SHARE:
                return percent_text(100 * first / second) if second else None
        return _padded(_amount(first - second, indicator)) if second is not None else None

    def is_nothing(self, slot: Slot) -> bool:
        """Whether what a slot says is nought for sure: an estimate is told."""
        totals = [self._totals.get(code) for code in slot.codes]
        first, *others = [number_of(total) for total in totals]
        sure = not any(total.estimated for total in totals if total)
        return sure and first == (others[0] if others else 0)

    def previous(self, indicator: Indicator) -> str:
        """The total of last year. Texts and what is not put together have none."""
        then = self._whole.last_year.totals.get(indicator.code)
        if indicator.roll_up in (RollUp.NONE, RollUp.LIST):
            return ""
        return total_text(then, indicator) if then and then.value is not None else "không có số liệu"

    def change(self, indicator: Indicator) -> str:
        """ "tăng 12 (28,6%)", "giảm 1,5 điểm %", "không đổi"; marked where other units reported a year ago."""
        changed = self._change(indicator)
        if changed is None:
            return ""
        said = _said(changed, indicator)
        return f"{said} (*)" if indicator.code in self._whole.last_year.uneven else said

    def _changed(self, indicator: Indicator) -> str | None:
        """The change in a sentence; None where units of last year are not those of now."""
        changed = self._change(indicator)
        if changed is None or indicator.code in self._whole.last_year.uneven:
            return None
        return f"{_said(changed, indicator)} so với cùng kỳ năm trước"

    def _change(self, indicator: Indicator) -> Change | None:
        then = self._whole.last_year.totals.get(indicator.code)
        return change(indicator, self._totals[indicator.code], then)


def _padded(text: str) -> str:
    """A count below 10 as it is written in a sentence: "04 sở, ngành"; nothing is 0."""
    return f"0{text}" if len(text) == 1 and text.isdecimal() and text != "0" else text


def number_of(total: Total | None) -> float | None:
    """A total that is a number."""
    value = total.value if total else None
    return value if isinstance(value, int | float) and not isinstance(value, bool) else None


def total_text(total: Total, indicator: Indicator) -> str:
    """A share of units is a per cent, whatever each unit's value is; what rests on an estimate says so."""
    text = stored_text(total.value, indicator)
    return f"{text} (ước)" if text and total.estimated else text


def stored_text(value: Value | tuple[Value, ...] | None, indicator: Indicator) -> str:
    """The value of a total, of which nothing else is known."""
    text = text_of(value, indicator)
    return f"{text}%" if text and indicator.roll_up is RollUp.SHARE else text


def text_of(value: Value | tuple[Value, ...] | None, indicator: Indicator) -> str:
    """A value as it stands in a table; a long text is cut, the whole of it stands in the workbook."""
    if value is None:
        return ""
    if isinstance(value, tuple):
        return "; ".join(write_value(day, indicator) for day in value)
    text = write_value(value, indicator)
    return text if len(text) <= LONGEST_CELL else f"{text[:LONGEST_CELL]}…"


def said_change(indicator: Indicator, now: Total, then: Total) -> str:
    """ "tăng 12 (28,6%)"; empty where one of them is no number."""
    changed = change(indicator, now, then)
    return _said(changed, indicator) if changed else ""


def percent_text(percent: float) -> str:
    """99,81%; 50%: every share of a report is written so."""
    return f"{percent:.2f}".rstrip("0").rstrip(".").replace(".", ",") + "%"


def _said(changed: Change, indicator: Indicator) -> str:
    amount = round(float(abs(changed.difference)), 2)
    if not amount:
        return "không đổi"
    way = "tăng" if changed.difference > 0 else "giảm"
    points = " điểm %" if in_points(indicator) else ""
    share = f" ({percent_text(abs(changed.percent))})" if changed.percent is not None else ""
    return f"{way} {_amount(amount, indicator)}{points}{share}"


def _amount(amount: float, indicator: Indicator) -> str:
    rounded = round(float(amount), 2)
    return write_value(int(rounded) if rounded.is_integer() else rounded, indicator)
