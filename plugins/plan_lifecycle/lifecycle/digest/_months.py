"""What a coordinator's digest says of the months of news: met, short, not to be checked; nobody is charged by silence.

Huyện Bắc Bình, 29/5: of nine units five have met May, three are short and are named in the month's last week, and one
site does not answer: it is named every morning until it does, or the month is final.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

from plan_lifecycle.domain.obligation import RELEASED, ObligationState
from plan_lifecycle.domain.period import Period
from plan_lifecycle.domain.publication import MonthVerdict, PublicationMonth, last_day
from plan_lifecycle.domain.unit import UnitTree
from plan_lifecycle.domain.writing import count_text
from plan_lifecycle.mail.contexts import DigestLine
from plan_lifecycle.store import obligations as obligation_rows
from plan_lifecycle.store import publications as publication_rows
from plan_lifecycle.store.database import Connection

LAST_WEEK = timedelta(days=6)


@dataclass(frozen=True, slots=True)
class ToldMonth:
    """One unit's month, by name; ``met`` also where a person accepted other evidence."""

    unit: str
    month: PublicationMonth
    met: bool

    @property
    def short(self) -> bool:
        """Whether it was seen that the quota is not reached."""
        return not self.met and self.month.verdict is MonthVerdict.SHORT

    @property
    def unreached(self) -> bool:
        """Whether nobody could see how far it is reached."""
        return not self.met and self.month.quota is not None and not self.short


def months_by_receiver(connection: Connection, tree: UnitTree) -> dict[str, list[ToldMonth]]:
    """Every month that is not final, by whom it is owed to (else the unit above), in order of month and unit; not those
    that a unit was let off."""
    months = publication_rows.unfinished(connection)
    ids = [short.obligation_id for short in months if short.obligation_id is not None]
    owed = {quota.id: quota for quota in obligation_rows.get_obligations(connection, ids)}
    found: dict[str, list[ToldMonth]] = defaultdict(list)
    for month in months:
        unit, obligation = tree.get(month.unit_id), owed.get(month.obligation_id or 0)
        if unit is None or (obligation is not None and obligation.state in RELEASED):
            continue
        receiver = obligation.receiver_id if obligation else unit.parent_id
        by_hand = obligation is not None and obligation.state is ObligationState.MET
        if receiver is not None:
            told = ToldMonth(tree.named(unit), month, by_hand or month.verdict is MonthVerdict.MET)
            found[receiver].append(told)
    return found


def urgent(months: Sequence[ToldMonth], today: date) -> bool:
    """Whether the months are worth a letter by themselves: a site that does not answer, a month that ends short."""
    return any(month.unreached or (month.short and _ends(month, today)) for month in months)


def standing_lines(months: Sequence[ToldMonth]) -> Iterator[DigestLine]:
    """How each month stands, in numbers."""
    for label, units in _by_month(months):
        short, unreached = (sum(getattr(month, name) for month in units) for name in ("short", "unreached"))
        detail = f"chưa đạt {count_text(short)}, không kiểm tra được {count_text(unreached)}"
        met = sum(month.met for month in units)
        yield DigestLine(f"Tin, bài {label} – đạt", met, f"trong {count_text(len(units))} đơn vị; {detail}")


def waiting_lines(months: Sequence[ToldMonth], today: date, most_names: int) -> Iterator[DigestLine]:
    """What a person should see to, by name."""
    for label, units in _by_month(months):
        unreached = [month.unit for month in units if month.unreached]
        short = [_with_count(month) for month in units if month.short and _ends(month, today)]
        unclear = [month.unit for month in units if month.month.quota is None]
        for what, names in (
            ("không kiểm tra được trang của đơn vị, không tính là chưa đạt", unreached),
            ("chưa đạt", short),
            ("chưa rõ chỉ tiêu", unclear),
        ):
            if names:
                more = f" và {len(names) - most_names} đơn vị khác" if len(names) > most_names else ""
                yield DigestLine(f"Tin, bài {label} – {what}", len(names), "; ".join(names[:most_names]) + more)


def _by_month(months: Sequence[ToldMonth]) -> Iterator[tuple[str, list[ToldMonth]]]:
    for period, group in groupby(months, key=lambda each: each.month.period):
        yield Period.parse(period).label, list(group)


def _ends(told: ToldMonth, today: date) -> bool:
    """Whether the month is in its last week, or over."""
    return today >= last_day(Period.parse(told.month.period)) - LAST_WEEK


def _with_count(told: ToldMonth) -> str:
    return f"{told.unit} {count_text(told.month.count or 0)}/{count_text(told.month.quota or 0)}"
