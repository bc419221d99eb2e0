"""The whole country as a case: a ministry, the provinces with their departments, every commune.

The ministry's plan goes to the provinces; what each of them issues goes to its departments and communes, which report
every quarter; the province puts that together and reports to the ministry.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from plan_lifecycle.config.country import load_provinces
from plan_lifecycle.config.rules import BelowDuties, DutyBelow, Rules
from plan_lifecycle.domain.errors import InputError
from plan_lifecycle.domain.obligation import Item
from plan_lifecycle.domain.plan import DutyItem
from plan_lifecycle.domain.unit import Unit, UnitKind, UnitTree
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
        units += [top, *_departments(top), *below[:communes]]
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
    periods = {f"{year}-Q1": 3, f"{year}-H1": 6, f"{year}-Q3": 9, str(year): 12}
    plan = Owed(Item.SUB_PLAN, str(year))
    reports = {Owed(Item.REPORT, period): month for period, month in periods.items()}
    upper = {plan: date(year, 1, 30)} | {owed: date(year, month, 24) for owed, month in reports.items()}
    below = {plan: date(year, 2, 27)} | {owed: date(year, month, 14) for owed, month in reports.items()}
    return upper, below


def rules_of_the_country(rules: Rules) -> Rules:
    """The rules with what a province asks of its departments and communes, once a ministry asks it."""
    before = {item: f"trước ngày {day}/{{year}}" for item, day in _ASKED_BELOW}
    duties = tuple(DutyBelow(item, _WHAT[item], phrase) for item, phrase in before.items())
    asked = BelowDuties(UnitKind.PROVINCE, "các sở, ban, ngành; UBND các xã, phường, đặc khu", duties)
    return replace(rules, below=(asked, *(one for one in rules.below if one.kind is not asked.kind)))


_ASKED_BELOW: Sequence[tuple[DutyItem, str]] = (
    (DutyItem.SUB_PLAN, "28/02"),
    (DutyItem.REPORT_QUARTER, "15/3/{year} và trước ngày 15/9"),
    (DutyItem.REPORT_H1, "15/6"),
    (DutyItem.REPORT_YEAR, "15/12"),
)
_WHAT = {
    DutyItem.SUB_PLAN: "ban hành kế hoạch triển khai",
    DutyItem.REPORT_QUARTER: "gửi báo cáo quý I, quý III",
    DutyItem.REPORT_H1: "gửi báo cáo 6 tháng đầu năm",
    DutyItem.REPORT_YEAR: "gửi báo cáo năm",
}


def _departments(province: Unit) -> Iterator[Unit]:
    kind = province.name.split()[0] if province.name.startswith("tỉnh") else "thành phố"
    for name, symbol in DEPARTMENTS:
        yield Unit(
            f"{province.id}-{symbol.lower().replace('đ', 'd')}",
            f"{name} {kind}" if name in _NAMED_AFTER_THEIRS else name,
            UnitKind.DEPARTMENT,
            province.level,
            province.id,
            symbol=symbol,
        )
