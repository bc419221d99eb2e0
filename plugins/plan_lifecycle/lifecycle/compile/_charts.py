"""The charts of a report: of what its profile asks for, those that have something to say.

How units reported, by group; figures beside those of last year; months of news beside their quota; what accumulates
over the periods of the year. Where there is nothing to hold beside each other, there is no chart.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping

from plan_lifecycle.domain.chart import Chart, ChartAbout, ChartForm, ChartOrder, Series
from plan_lifecycle.domain.contribution import Contribution
from plan_lifecycle.domain.period import Period
from plan_lifecycle.domain.publication import PublicationMonth
from plan_lifecycle.domain.report import Consolidated
from plan_lifecycle.domain.writing import first_up
from plan_lifecycle.lifecycle.compile._numbers import number_of

_STATES = ("Đúng thời hạn", "Chậm", "Chưa gửi")
_UNEVEN = "(*)"


def charts_of(whole: Consolidated) -> dict[str, tuple[Chart, ...]]:
    """The charts by the code of the section below which they stand."""
    made = {
        one.section.code: tuple(chart for order in one.section.charts if (chart := _drawn(order, whole)) is not None)
        for one in whole.profile.numbered(whole.period.kind)
    }
    return {code: charts for code, charts in made.items() if charts}


def _drawn(order: ChartOrder, whole: Consolidated) -> Chart | None:
    return _OF[order.about](order, whole)


def _received(order: ChartOrder, whole: Consolidated) -> Chart | None:
    """Units of each group by how they reported; one bar that is all in time says nothing."""
    groups: dict[str, Counter[str]] = {name: Counter() for name in whole.groups.values()}
    for one in whole.contributions:
        groups.setdefault(whole.groups.get(one.unit_id, ""), Counter())[_state(one)] += 1
    shown = [state for state in _STATES if any(counts[state] for counts in groups.values())]
    if len(groups) < 2 and len(shown) < 2:
        return None
    series = tuple(Series(state, tuple(counts[state] for counts in groups.values())) for state in shown)
    return Chart(order.title, ChartForm.STACKED, tuple(groups), series, "cơ quan, đơn vị")


def _state(one: Contribution) -> str:
    if not one.counts:
        return _STATES[2]
    return _STATES[1] if one.days_late else _STATES[0]


def _last_year(order: ChartOrder, whole: Consolidated) -> Chart | None:
    """This period beside the same of last year, for every indicator of which both are known."""
    now = {total.indicator: number_of(total) for total in whole.totals}
    then = {code: number_of(total) for code, total in whole.last_year.totals.items()}
    known = [(code, name) for code, name in order.of if now.get(code) is not None and then.get(code) is not None]
    if not known:
        return None
    names = tuple(f"{name} {_UNEVEN}" if code in whole.last_year.uneven else name for code, name in known)
    series = (
        Series(first_up(whole.last_year.label), tuple(then[code] for code, _ in known)),
        Series(first_up(whole.period.label), tuple(now[code] for code, _ in known)),
    )
    return Chart(order.title, ChartForm.COLUMNS, names, series, _measure(known[0][0], whole))


def _months(order: ChartOrder, whole: Consolidated) -> Chart | None:
    """What was counted in each month that is over, beside the quotas of the units that could be counted."""
    counted: Counter[str] = Counter()
    quotas: Counter[str] = Counter()
    for month in _counted(whole):
        counted[month.period] += month.count or 0
        quotas[month.period] += month.quota or 0
    if len(counted) < 2:
        return None
    periods = sorted(counted)
    names = tuple(f"Tháng {Period.parse(period).first_month}" for period in periods)
    series = (
        Series("Định mức", tuple(quotas[period] for period in periods)),
        Series("Đếm được", tuple(counted[period] for period in periods)),
    )
    return Chart(order.title, ChartForm.COLUMNS, names, series, "tin, bài")


def _counted(whole: Consolidated) -> Iterator[PublicationMonth]:
    for one in whole.published:
        yield from (month for month in one.months if month.count is not None and month not in one.running)


def _periods(order: ChartOrder, whole: Consolidated) -> Chart | None:
    """What was reported for each period of the year so far."""
    now: dict[str, object] = {total.indicator: total.value for total in whole.totals}
    every = [*whole.earlier, (whole.period.label, now)]
    told = [(label, totals) for label, totals in every if any(_number(totals.get(code)) for code, _ in order.of)]
    if len(told) < 2:
        return None
    series = tuple(Series(name, tuple(_number(totals.get(code)) for _, totals in told)) for code, name in order.of)
    names = tuple(first_up(label) for label, _ in told)
    return Chart(order.title, ChartForm.COLUMNS, names, series, _measure(order.of[0][0], whole))


def _measure(code: str, whole: Consolidated) -> str:
    return next((one.unit_of_measure.lower() for one in whole.indicators if one.code == code), "")


def _number(value: object) -> float | None:
    return value if isinstance(value, int | float) and not isinstance(value, bool) else None


_OF: Mapping[ChartAbout, Callable[[ChartOrder, Consolidated], Chart | None]] = {
    ChartAbout.RECEIVED: _received,
    ChartAbout.LAST_YEAR: _last_year,
    ChartAbout.MONTHS: _months,
    ChartAbout.PERIODS: _periods,
}
