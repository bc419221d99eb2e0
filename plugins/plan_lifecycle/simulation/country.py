"""The whole country as a case: a ministry, the provinces with their departments, every commune.

The ministry's plan goes to the provinces; what each of them issues goes to its departments and communes, which report
every quarter; the province puts that together and reports to the ministry.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from plan_lifecycle.config.country import load_provinces
from plan_lifecycle.config.rules import BelowDuties, DutyBelow, Rules
from plan_lifecycle.domain.errors import InputError
from plan_lifecycle.domain.obligation import Item
from plan_lifecycle.domain.plan import DutyItem
from plan_lifecycle.domain.unit import Unit, UnitKind, UnitTree
from plan_lifecycle.domain.writing import short_date
from plan_lifecycle.simulation.case import Case, Owed, Owing, Paper, Stage
from plan_lifecycle.simulation.country_plan import ABSTRACT, NUMBER, ministerial_plan

MINISTRY = Unit("bnv", "Bộ Nội vụ", UnitKind.DEPARTMENT, 0, symbol="BNV")
DEPARTMENTS = (
    ("Văn phòng UBND", "VP"),
    ("Sở Nội vụ", "SNV"),
    ("Sở Tư pháp", "STP"),
    ("Sở Tài chính", "STC"),
    ("Sở Công Thương", "SCT"),
    ("Sở Xây dựng", "SXD"),
    ("Sở Nông nghiệp và Môi trường", "SNNMT"),
    ("Sở Khoa học và Công nghệ", "SKHCN"),
    ("Sở Văn hóa, Thể thao và Du lịch", "SVHTTDL"),
    ("Sở Giáo dục và Đào tạo", "SGDĐT"),
    ("Sở Y tế", "SYT"),
    ("Sở Dân tộc và Tôn giáo", "SDTTG"),
    ("Sở Ngoại vụ", "SNgV"),
    ("Thanh tra", "TTr"),
    ("Ban Quản lý các khu công nghiệp", "BQLKCN"),
)
"""The fifteen departments of every province, with their symbols."""
_NAMED_AFTER_THEIRS = ("Văn phòng UBND", "Thanh tra")


def country(year: int, *, provinces: int | None = None, communes: int | None = None) -> Stage:
    """The country's units in ``year`` with the plan that starts it: the first ``provinces`` of them, and of each the
    first ``communes``; all where no number is given. Raises InputError."""
    for field, given in (("provinces", provinces), ("communes", communes)):
        if given is not None and given < 1:
            raise InputError("at least 1", field=field, found=given)
    day = date(year, 1, 1)
    units = [MINISTRY]
    for territory in load_provinces(day)[:provinces]:
        top, below = replace(territory[0], parent_id=MINISTRY.id), territory[1:]
        units += [top, *departments(top), *below[:communes]]
    return Stage(case_of_the_country(year), UnitTree.on(day, units))


def case_of_the_country(year: int) -> Case:
    """The case: who owes what, with the last days as the ministry's plan and the provinces' drafts must come to."""
    upper, below = last_days(year)
    data = ministerial_plan(MINISTRY, year, upper)
    paper = Paper(
        date(year, 1, 5), MINISTRY, data, abstract=ABSTRACT.format(year=year), number=f"{NUMBER}/KH-{MINISTRY.symbol}"
    )
    owing = (
        Owing(frozenset({UnitKind.PROVINCE}), frozenset({MINISTRY.name}), upper),
        Owing(frozenset({UnitKind.DEPARTMENT, UnitKind.COMMUNE}), frozenset({UnitKind.PROVINCE}), below),
    )
    return Case(year, (paper,), owing, date(year, 12, 31))


def last_days(year: int) -> tuple[dict[Owed, date], dict[Owed, date]]:
    """The last days of a year: of the provinces, and of what lies below them."""
    return days_of(year, date(year, 1, 30), 24), days_of(year, *_below_in(year))


def days_of(year: int, plan: date, day: int) -> dict[Owed, date]:
    """The last day of a plan, and a ``day`` in the last month of each period for its report."""
    periods = {f"{year}-Q1": 3, f"{year}-H1": 6, f"{year}-Q3": 9, str(year): 12}
    reports = {Owed(Item.REPORT, period): date(year, month, day) for period, month in periods.items()}
    return {Owed(Item.SUB_PLAN, str(year)): plan} | reports


def rules_of_the_country(rules: Rules, year: int) -> Rules:
    """The rules with what a province asks of its departments and communes, once a ministry asks it."""
    asked = asked_below("các sở, ban, ngành; UBND các xã, phường, đặc khu", *_below_in(year))
    below = BelowDuties(UnitKind.PROVINCE, *asked)
    return replace(rules, below=(below, *(one for one in rules.below if one.kind is not below.kind)))


def asked_below(audience: str, plan: date, day: int) -> tuple[str, tuple[DutyBelow, ...]]:
    """What is asked of an audience: its plan by a last day, a report of each period by a ``day`` of its last month."""
    by = f"{day + 1}/{{month}}/{{{{year}}}}"
    asked = (
        (DutyItem.SUB_PLAN, "ban hành kế hoạch triển khai", short_date(plan + timedelta(days=1))),
        (DutyItem.REPORT_QUARTER, "gửi báo cáo quý I, quý III",
         f"{by.format(month=3)} và trước ngày {by.format(month=9)}"),
        (DutyItem.REPORT_H1, "gửi báo cáo 6 tháng đầu năm", by.format(month=6)),
        (DutyItem.REPORT_YEAR, "gửi báo cáo năm", by.format(month=12)),
    )  # fmt: skip
    return audience, tuple(DutyBelow(item, what, f"trước ngày {phrase}") for item, what, phrase in asked)


def _below_in(year: int) -> tuple[date, int]:
    return date(year, 2, 27), 14


def departments(province: Unit) -> Iterator[Unit]:
    """The fifteen departments of a province, for as long as it exists."""
    kind = province.name.split()[0] if province.name.startswith("tỉnh") else "thành phố"
    for name, symbol in DEPARTMENTS:
        yield Unit(
            f"{province.id}-{symbol.lower().replace('đ', 'd')}",
            f"{name} {kind}" if name in _NAMED_AFTER_THEIRS else name,
            UnitKind.DEPARTMENT,
            province.level,
            province.id,
            symbol=symbol,
            valid_from=province.valid_from,
            valid_to=province.valid_to,
        )
