"""Reporting periods after Nghị định 09/2019/NĐ-CP."""

from __future__ import annotations

import itertools
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plan_lifecycle.domain.errors import InputError
from plan_lifecycle.domain.period import Period, PeriodKind

COUNT = {PeriodKind.MONTH: 12, PeriodKind.QUARTER: 4, PeriodKind.HALF: 2, PeriodKind.YEAR: 1}


@st.composite
def periods(draw: st.DrawFn) -> Period:
    kind = draw(st.sampled_from(PeriodKind))
    return Period(draw(st.integers(3, 9998)), kind, draw(st.integers(1, COUNT[kind])))


@pytest.mark.parametrize(
    ("code", "data_from", "data_to", "label"),
    [
        ("2023-M01", "2022-12-15", "2023-01-14", "tháng 01 năm 2023"),
        ("2023-M02", "2023-01-15", "2023-02-14", "tháng 02 năm 2023"),
        ("2023-M05", "2023-04-15", "2023-05-14", "tháng 5 năm 2023"),
        ("2023-M12", "2023-11-15", "2023-12-14", "tháng 12 năm 2023"),
        ("2023-Q1", "2022-12-15", "2023-03-14", "quý I năm 2023"),
        ("2023-Q2", "2023-03-15", "2023-06-14", "quý II năm 2023"),
        ("2023-Q3", "2023-06-15", "2023-09-14", "quý III năm 2023"),
        ("2023-Q4", "2023-09-15", "2023-12-14", "quý IV năm 2023"),
        ("2023-H1", "2022-12-15", "2023-06-14", "6 tháng đầu năm 2023"),
        ("2023-H2", "2023-06-15", "2023-12-14", "6 tháng cuối năm 2023"),
        ("2023", "2022-12-15", "2023-12-14", "năm 2023"),
    ],
)
def test_it_covers_the_days_of_the_decree(code: str, data_from: str, data_to: str, label: str) -> None:
    period = Period.parse(code)
    assert (period.code, str(period)) == (code, code)
    assert (period.data_from.isoformat(), period.data_to.isoformat()) == (data_from, data_to)
    assert period.label == label


@pytest.mark.parametrize(
    ("code", "previous", "last_year"),
    [
        ("2023-M01", "2022-M12", "2022-M01"),
        ("2023-Q1", "2022-Q4", "2022-Q1"),
        ("2023-Q3", "2023-Q2", "2022-Q3"),
        ("2023-H1", "2022-H2", "2022-H1"),
        ("2023", "2022", "2022"),
    ],
)
def test_it_knows_what_came_before(code: str, previous: str, last_year: str) -> None:
    period = Period.parse(code)
    assert (period.previous.code, period.same_last_year.code) == (previous, last_year)


@pytest.mark.parametrize("code", ["2023-h1", " 2023-H1 ", "2023-H1\n"])
def test_it_forgives_case_and_spaces(code: str) -> None:
    assert Period.parse(code) == Period(2023, PeriodKind.HALF, 1)


@pytest.mark.parametrize(
    "code", ["", "23", "2023-H3", "2023-Q5", "2023-Q0", "2023-M13", "2023-M00", "2023-M5", "2023-W01", "0000", "٢٠٢٣"]
)
def test_it_refuses_what_is_no_period(code: str) -> None:
    with pytest.raises(InputError) as error:
        Period.parse(code)
    assert error.value.field == "period"


def test_it_divides_a_year() -> None:
    year = Period.parse("2023")
    assert [part.code for part in year.parts(PeriodKind.HALF)] == ["2023-H1", "2023-H2"]
    assert [part.code for part in Period.parse("2023-Q2").parts(PeriodKind.MONTH)] == [
        "2023-M04",
        "2023-M05",
        "2023-M06",
    ]
    assert list(Period.parse("2023-M05").parts(PeriodKind.QUARTER)) == []


@given(periods())
def test_a_code_reads_back(period: Period) -> None:
    assert Period.parse(period.code) == period


@given(periods())
def test_periods_follow_each_other_without_gap_or_overlap(period: Period) -> None:
    assert period.previous.data_to + timedelta(days=1) == period.data_from
    assert period.previous < period


@given(periods(), st.data())
def test_every_day_belongs_to_exactly_the_period_that_holds_it(period: Period, data: st.DataObject) -> None:
    day = data.draw(st.dates(period.data_from, period.data_to))
    assert Period.holding(period.kind, day) == period


@given(periods(), st.sampled_from(PeriodKind))
def test_parts_make_up_the_whole(period: Period, kind: PeriodKind) -> None:
    parts = list(period.parts(kind))
    if COUNT[kind] >= COUNT[period.kind]:
        assert (parts[0].data_from, parts[-1].data_to) == (period.data_from, period.data_to)
        assert all(later.previous == earlier for earlier, later in itertools.pairwise(parts))
    else:
        assert parts == []
