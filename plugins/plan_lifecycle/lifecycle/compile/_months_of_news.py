"""What was counted on units' own sites in the months of a period, for the report: met, short, not to be checked.

UBND xã Bình An owes "ít nhất 05 tin, bài/tháng". Of six months four are met, one is short and one could not be
checked, because the site did not answer: that is said as it is, beside what the unit itself reports.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime, time

from plan_lifecycle.domain.clock import LOCAL
from plan_lifecycle.domain.contribution import Contribution
from plan_lifecycle.domain.obligation import RELEASED, Item, Obligation, ObligationState
from plan_lifecycle.domain.period import Period, PeriodKind
from plan_lifecycle.domain.publication import MonthVerdict, PublicationMonth, first_day
from plan_lifecycle.domain.report import Published
from plan_lifecycle.domain.writing import count_text
from plan_lifecycle.lifecycle.compile._past import PUBLISHED
from plan_lifecycle.store import obligations as obligation_rows
from plan_lifecycle.store import publications as publication_rows
from plan_lifecycle.store.database import Connection


def published_in(
    connection: Connection, contributions: Sequence[Contribution], period: Period, today: date
) -> tuple[Published, ...]:
    """Every unit that has a quota to be checked in the period, in the order of ``contributions``."""
    periods = [month.code for month in period.parts(PeriodKind.MONTH) if first_day(month) <= today]
    names = {contribution.unit_id: contribution.unit_name for contribution in contributions}
    told = {one.unit_id: value for one in contributions if (value := one.value(PUBLISHED)) is not None}
    unit_ids = [*names]
    months = _months(connection, unit_ids, periods, today)
    return tuple(
        Published(
            unit_id,
            names[unit_id],
            tuple(months[unit_id]),
            told.get(unit_id),
            today,
        )
        for unit_id in unit_ids
        if months.get(unit_id)
    )


def _months(
    connection: Connection, unit_ids: Sequence[str], periods: Sequence[str], today: date
) -> dict[str, list[PublicationMonth]]:
    """The months that were looked at, and those that are owed and were not; not those from which a unit was let off."""
    counted = {(month.unit_id, month.period): month for month in publication_rows.months(connection, unit_ids, periods)}
    owed = obligation_rows.owed_by(connection, unit_ids)
    found: dict[str, list[PublicationMonth]] = defaultdict(list)
    for unit_id in unit_ids:
        for period in periods:
            quotas = owed.get((unit_id, Item.QUOTA.value, period), [])
            month = counted.get((unit_id, period)) or _unchecked(unit_id, period, quotas, today)
            released = bool(quotas) and all(obligation.state in RELEASED for obligation in quotas)
            if month is not None and (not released or _never_checked(month, quotas)):
                found[unit_id].append(month)
    return found


def _never_checked(month: PublicationMonth, quotas: Sequence[Obligation]) -> bool:
    """A month that was closed because nobody could look at it: no unit is charged with it, and it is still told."""
    closed = any(obligation.state is ObligationState.CLOSED for obligation in quotas)
    return closed and month.final_at is not None and month.verdict is MonthVerdict.UNCHECKED


def _unchecked(unit_id: str, period: str, quotas: Sequence[Obligation], today: date) -> PublicationMonth | None:
    """A month that is owed and that nobody has looked at."""
    if not quotas:
        return None
    at = datetime.combine(today, time(), LOCAL)
    return PublicationMonth(unit_id, period, None, None, 0, at, None, "chưa kiểm tra", quotas[0].id)


def published_note(published: Sequence[Published]) -> str:
    """All units in one sentence; empty where none has a quota that is checked."""
    if not published:
        return ""
    met, short, unchecked = (sum(len(of_unit.of(verdict)) for of_unit in published) for verdict in MonthVerdict)
    counts = [f"{count_text(met)} lượt tháng đạt", f"{count_text(short)} lượt tháng chưa đạt"]
    counts.append(f"{count_text(unchecked)} lượt tháng chưa kiểm tra được (không có nghĩa là không có tin, bài)")
    different = sum(bool(of_unit.difference) for of_unit in published)
    told = f"; {count_text(different)} đơn vị có số báo cáo khác số đếm được" if different else ""
    return (
        f"Kiểm tra định mức tin, bài hằng tháng trên cổng (trang) thông tin điện tử của {count_text(len(published))} "
        f"cơ quan, đơn vị: {', '.join(counts)}{told}; chi tiết tại tệp Excel kèm theo."
    )
