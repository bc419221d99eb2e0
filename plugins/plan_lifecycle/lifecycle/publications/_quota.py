"""What a unit owes of news a month, under which clause of which plan; and the count that meets it, with its links.

Xã Bình An owes "ít nhất 05 tin, bài/tháng" because it stands in ``config/sources.yaml`` (that is a person's decision)
and because the plan of huyện Bắc Bình says so. Its five links of May are a version of a submission like any other.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from typing import NamedTuple

from plan_lifecycle.documents.errors import BadDocument
from plan_lifecycle.documents.read import NotAPlan
from plan_lifecycle.domain.act import ActKind, ActSubject
from plan_lifecycle.domain.decider import BY_RULE
from plan_lifecycle.domain.figure import Figure
from plan_lifecycle.domain.obligation import RELEASED, Basis, Item, Obligation, ObligationState
from plan_lifecycle.domain.period import Period
from plan_lifecycle.domain.plan import Plan
from plan_lifecycle.domain.plan_check import text_of
from plan_lifecycle.domain.publication import first_day, last_day, monthly_quotas
from plan_lifecycle.domain.submission import Arrival, ArrivalState, Submission, SubmissionState
from plan_lifecycle.domain.target import find_targets
from plan_lifecycle.domain.text import normalise
from plan_lifecycle.domain.unit import Unit
from plan_lifecycle.lifecycle.cascade import plan_in_force
from plan_lifecycle.lifecycle.office import Office
from plan_lifecycle.store import arrivals as arrival_rows
from plan_lifecycle.store import audit
from plan_lifecycle.store import obligations as obligation_rows
from plan_lifecycle.store import plans as plan_rows
from plan_lifecycle.store import submission_files as file_rows
from plan_lifecycle.store import submissions as submission_rows
from plan_lifecycle.store.blobs import BlobError
from plan_lifecycle.store.database import Connection
from plan_lifecycle.store.plans import RegisteredPlan
from plan_lifecycle.store.publications import StoredItem
from plan_lifecycle.store.submission_files import Part

CHANNEL = "publications"
INDICATOR = "news_items"


class Quota(NamedTuple):
    """So many items a month, by this sentence of the plan (the configuration's own words where it says more)."""

    items: int
    clause: str


class QuotasOfPlans:
    """What the plans of a batch ask for; each is read once."""

    def __init__(self, office: Office) -> None:
        self._office = office
        self._known: dict[int, Quota | None] = {}

    def of(self, connection: Connection, plan: RegisteredPlan) -> Quota | None:
        """The plan's quota of news a month; None where it names none, or several and nobody can tell whose."""
        if plan.id not in self._known:
            self._known[plan.id] = self._read(connection, plan)
        return self._known[plan.id]

    def _read(self, connection: Connection, plan: RegisteredPlan) -> Quota | None:
        try:
            read = plan_in_force(self._office, connection, plan)
        except (BlobError, NotAPlan, BadDocument):
            return None
        found = {
            math.floor(target.value) + 1 if target.comparison == ">" else math.ceil(target.value): sentence
            for sentence, every_month in _sentences(read)
            for target in monthly_quotas(find_targets(sentence), every_month=every_month)
            if target.comparison in (">=", ">", "=", "range")
        }
        return Quota(*next(iter(found.items()))) if len(found) == 1 else None


def _sentences(plan: Plan) -> Iterator[tuple[str, bool]]:
    """Each line of the plan, and whether it is a task of every month."""
    for row in plan.activities:
        yield row.content.strip(), row.deadline is not None and "hằng tháng" in normalise(row.deadline.phrase)
    yield from ((line.strip(), False) for line in text_of(plan).splitlines())


class Owing(NamedTuple):
    """Under which plan, and towards whom, a unit owes what it publishes in a year."""

    plan: RegisteredPlan
    receiver_id: str


def owing(connection: Connection, unit_id: str, month: Period) -> Owing | None:
    """By what else the unit owes that year; None where it owes nothing, or the plan came when the month was over."""
    owed = obligation_rows.owed_by(connection, [unit_id])
    this_year = [
        obligation for key, found in owed.items() if Period.parse(key[2]).year == month.year for obligation in found
    ]
    others = [
        obligation for obligation in this_year if obligation.item is not Item.QUOTA and obligation.state not in RELEASED
    ]
    if not others:
        return None
    under = min(others, key=lambda each: (each.item is not Item.SUB_PLAN, -each.plan_id))
    plan = plan_rows.get_plan(connection, under.plan_id)
    too_late = plan.issued_on is not None and plan.issued_on > last_day(month)
    return None if too_late else Owing(plan, under.receiver_id)


def owed_month(
    connection: Connection, office: Office, unit: Unit, under: Owing, quota: Quota, month: Period, now: datetime
) -> Obligation:
    """The unit's obligation of the month, made where it is not there yet, and held until the transaction ends."""
    key = (unit.id, Item.QUOTA.value, month.code)
    known = obligation_rows.owed_by(connection, [unit.id]).get(key)
    if not known:
        obligation_rows.save_obligations(connection, [_monthly(office, unit, under, quota, month, now)])
        known = obligation_rows.owed_by(connection, [unit.id])[key]
    return obligation_rows.lock(connection, known[0].id)


def _monthly(office: Office, unit: Unit, under: Owing, quota: Quota, month: Period, now: datetime) -> Obligation:
    owed = Obligation(
        plan_id=under.plan.id,
        unit_id=unit.id,
        receiver_id=under.receiver_id,
        item=Item.QUOTA,
        period=month.code,
        clause=quota.clause,
        phrase=f"trong {month.label}",
        basis=Basis.RECEIPT,
        due_on=last_day(month),
        opens_on=first_day(month),
    )
    return replace(owed, next_rung_on=office.rules.next_rung_on(owed, unit, now.date()))


def keep_count(
    connection: Connection, office: Office, owed: Obligation, quota: int, items: Sequence[StoredItem], now: datetime
) -> None:
    """A version for every count that differs from those before; the one that reaches the quota meets the month."""
    shown = [{"ngày": str(item.published_on), "tên": item.title, "địa chỉ": item.link} for item in items]
    data = json.dumps({"kỳ": owed.period, "tin, bài": shown}, ensure_ascii=False, indent=2).encode()
    blob = office.store.blobs.put(data)
    earlier = submission_rows.versions(connection, owed.id)
    if owed.state in RELEASED or any(submission.blob == blob for submission in earlier):
        return
    met, key = len(items) >= quota, f"{owed.unit_id}:{owed.period}:{blob[:16]}"
    came = Arrival(CHANNEL, key, now, f"tin-bai-{owed.period}.json", data, unit_id=owed.unit_id)
    arrival_rows.record(connection, came, blob)
    arrival_id = arrival_rows.id_of(connection, CHANNEL, key)
    arrival_rows.settle(connection, arrival_id, ArrivalState.FILED)
    new = Submission(
        obligation_id=owed.id,
        arrival_id=arrival_id,
        version=len(earlier) + 1,
        received_at=now,
        blob=blob,
        days_late=0,
        state=SubmissionState.ACCEPTED if met else SubmissionState.SUPERSEDED,
    )
    links = "\n".join(item.link for item in items)
    new_id = submission_rows.add(connection, new, [Figure(INDICATOR, len(items), links)])
    file_rows.add_file(connection, new_id, arrival_id, blob, Part.EVIDENCE)
    if met and owed.state is not ObligationState.MET:
        obligation_rows.set_state(connection, owed.id, ObligationState.MET, now)
        details = {"count": len(items), "quota": quota}
        audit.append(connection, audit.Act(now, BY_RULE, ActKind.COUNT, ActSubject.OBLIGATION, owed.id, None, details))


def close_unchecked(connection: Connection, obligation_id: int, why: str | None, now: datetime) -> None:
    """Let the unit off a month of which nobody can say what it published: that is never charged to it."""
    owed = obligation_rows.lock(connection, obligation_id)
    if owed.state is not ObligationState.MET and owed.state not in RELEASED:
        obligation_rows.set_state(connection, owed.id, ObligationState.CLOSED, now)
        act = audit.Act(now, BY_RULE, ActKind.CLOSE, ActSubject.OBLIGATION, owed.id, why)
        audit.append(connection, act)
