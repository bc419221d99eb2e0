"""xã Bình An's workbook holds what must not be counted: its figures are accepted by a person, not by rule."""

from __future__ import annotations

import io

import pytest
import xlsxwriter
from tests.factories import arrival, day, fill, make_office, owe, plan_row, rules
from tests.fakes import FakeChannel

from plan_lifecycle.domain.indicator import IndicatorType
from plan_lifecycle.domain.obligation import Item
from plan_lifecycle.domain.period import Period
from plan_lifecycle.domain.submission import Rule, Submission, SubmissionState
from plan_lifecycle.lifecycle.collect import collect
from plan_lifecycle.lifecycle.submission import review_clean
from plan_lifecycle.store.engine import Store
from plan_lifecycle.store.submissions import versions

PERIOD = Period.parse("2023-H1")
AT = day("2023-06-10")


def book(*, hidden: bool = False, struck: bool = False, formula: bool = False) -> bytes:
    """All required figures on a visible sheet; on request last year's hidden, one struck out, one not computed."""
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream) as made:
        for name in ("6T 2023", *(["Số liệu cũ"] if hidden else [])):
            sheet = made.add_worksheet(name)
            sheet.write_row(0, 0, ("Chỉ tiêu", "Số liệu", "Minh chứng"))
            needed = [each for each in rules().profile_of().of_year(2023, 3) if each.required]
            for row, indicator in enumerate(needed, start=1):
                count = 3 if name == "6T 2023" else 21
                value = "Có" if indicator.type is IndicatorType.BOOLEAN else count
                sheet.write_row(row, 0, (indicator.name, value, "danh sách kèm theo"))
            row = len(needed) + 1
            if struck:
                sheet.write_row(row, 0, ("Số tờ rơi, tờ gấp đã phát", 250), made.add_format({"font_strikeout": True}))
            if formula:
                sheet.write_string(row, 0, "Số tờ rơi, tờ gấp đã phát")
                sheet.write_formula(row, 1, "=VLOOKUP(B3,A1:B9,1)", None, "")
            if name == "Số liệu cũ":
                sheet.hide()
    return stream.getvalue()


def filed(store: Store, data: bytes) -> Submission:
    """The submission after it was collected and reviewed by rule."""
    fill(store)
    owed = owe(store, item=Item.REPORT, period=PERIOD.code, due="2023-06-10", plan_id=plan_row(store))
    office = make_office(store)
    came = arrival(data, item="report", period=PERIOD.code, key="so-lieu.xlsx", file_name="so-lieu.xlsx")
    collect(office, [FakeChannel([came])], AT)
    review_clean(office, AT)
    with store.read() as connection:
        return versions(connection, owed.id)[-1]


@pytest.mark.parametrize(
    ("data", "rule", "state"),
    [
        (book(), None, SubmissionState.ACCEPTED),
        (book(hidden=True), Rule.REPORT_HIDDEN, SubmissionState.RECEIVED),
        (book(struck=True), Rule.REPORT_STRUCK, SubmissionState.RECEIVED),
    ],
    ids=["plain", "a hidden sheet", "a struck figure"],
)
def test_what_was_read_in_doubt_waits_for_a_person(
    store: Store, data: bytes, rule: Rule | None, state: SubmissionState
) -> None:
    submission = filed(store, data)
    amiss = [finding.rule for finding in submission.findings if finding.blocks or finding.doubt]
    assert amiss == ([rule] if rule else [])
    assert submission.state is state


def test_a_figure_that_was_not_computed_goes_back_to_the_unit(store: Store) -> None:
    submission = filed(store, book(formula=True))
    (finding,) = (finding for finding in submission.findings if finding.blocks)
    assert finding.rule is Rule.REPORT_FORMULA
    assert finding.text.startswith("Trang “6T 2023”, ô B")
    assert submission.state is SubmissionState.RETURNED
