"""The forms of the annex: every row as the form has it, with last year's figure beside it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import count

from plan_lifecycle.documents.drafts import FormLine, FormTable
from plan_lifecycle.domain.contribution import estimate_text, estimated_by
from plan_lifecycle.domain.figure import NOT_KNOWN
from plan_lifecycle.domain.indicator import OVER_UNITS, RollUp
from plan_lifecycle.domain.profile import Form, FormRow
from plan_lifecycle.domain.report import Consolidated
from plan_lifecycle.domain.writing import count_text, first_up
from plan_lifecycle.lifecycle.compile._numbers import Numbers, total_text

BY_UNIT = "theo từng đơn vị, nêu tại tệp Excel kèm theo"


def forms_of(whole: Consolidated) -> tuple[FormTable, ...]:
    """The forms of the kind of report; a row of another level or year takes no line."""
    numbers = Numbers(whole)
    made = [(form.title, rows) for form in whole.profile.forms if (rows := tuple(_with_headings(form, whole, numbers)))]
    return tuple(FormTable(f"Biểu mẫu {place}", title, rows) for place, (title, rows) in enumerate(made, start=1))


def _with_headings(form: Form, whole: Consolidated, numbers: Numbers) -> Iterator[FormLine]:
    """The rows of the form, and a heading only where a row stands below it."""
    waiting: list[FormRow] = []
    places = count(1)
    for row in form.rows:
        waiting = [above for above in waiting if row.number.startswith(f"{above.number}.")]
        if not row.code:
            waiting.append(row)
        elif (line := _line(row, whole, numbers)) is not None:
            yield from (FormLine(above.number, above.name) for above in waiting)
            waiting = []
            yield replace(line, number=form.ordinal(row, next(places)))


def _line(row: FormRow, whole: Consolidated, numbers: Numbers) -> FormLine | None:
    indicator, total = numbers.indicator(row.code), numbers.total(row.code)
    if indicator is None or total is None:
        return None
    if indicator.roll_up is RollUp.NONE and total.reporters == 1:  # what one agency reports for all
        total = replace(total, value=total.figures[0].value)
    in_words = indicator.roll_up is RollUp.LIST
    open_ = numbers.not_known(row.code)
    value = "" if in_words else total_text(total, indicator)
    asked = whole.asked.get(row.code, whole.standing.expected)
    notes = [estimate_text(estimated_by(total, whole.contributions))] if total.estimated else []
    notes += [f"{total.reporters}/{asked} đơn vị"] if total.figures and total.reporters < asked else []
    notes += [f"{count_text(len(total.figures))} nội dung"] if in_words and total.figures else []
    notes += [BY_UNIT] if total.figures and not (value or in_words) else []
    notes += [open_] if open_ else []
    return FormLine(
        row.number,
        indicator.name,
        OVER_UNITS if indicator.roll_up is RollUp.SHARE else indicator.measured,
        value if value or total.figures else first_up(NOT_KNOWN),
        numbers.previous(indicator),
        numbers.change(indicator),
        "; ".join(notes),
    )
