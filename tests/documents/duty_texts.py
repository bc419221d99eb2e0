"""Plans of one sentence, and the duties that are read of it."""

from __future__ import annotations

from datetime import date

from tests.documents.plan_texts import Plan

from plan_lifecycle.documents.read import read_plan
from plan_lifecycle.domain.plan import ReportingDuty

COMMUNES = "UBND các xã, thị trấn"
Expected = tuple[str, str, tuple[date, ...]]


def duties(*lines: str, heading: str = "III. TỔ CHỨC THỰC HIỆN") -> tuple[ReportingDuty, ...]:
    return read_plan(Plan().head().text(heading, *lines).end().data).reporting


def brief(found: tuple[ReportingDuty, ...]) -> list[Expected]:
    return [(duty.item, duty.audience, duty.deadline.due if duty.deadline else ()) for duty in found]


H1, YEAR = date(2023, 6, 14), date(2023, 12, 14)
ONE_EACH = [("report_h1", COMMUNES, (H1,)), ("report_year", COMMUNES, (YEAR,))]
