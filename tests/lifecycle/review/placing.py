"""Arrivals that wait, and persons who place them."""

from __future__ import annotations

from typing import cast

from sqlalchemy import select
from tests.factories import arrival, day
from tests.fakes import FakeChannel

from plan_lifecycle.domain.decider import Decider
from plan_lifecycle.domain.obligation import Obligation
from plan_lifecycle.domain.submission import Submission
from plan_lifecycle.lifecycle.collect import collect
from plan_lifecycle.lifecycle.office import Office
from plan_lifecycle.lifecycle.review import Placed, Subject, SubjectId, place_these
from plan_lifecycle.store import audit
from plan_lifecycle.store.submissions import versions
from plan_lifecycle.store.tables import arrival as arrival_table
from plan_lifecycle.store.tables import letter

AN, BINH = "Nguyễn Văn An", "Trần Thị Bình"
LATER = day("2023-03-06")
_KEYS = iter(range(10_000))


def waits(office: Office, data: bytes, name: str = "ke-hoach.docx", at: str = "2023-02-20", **claim: str) -> SubjectId:
    """Something that came and that nobody could match."""
    claimed = {"unit": "bb-khong-co", "item": "", "period": ""} | claim
    came = arrival(data, key=f"k{next(_KEYS)}", file_name=name, at=at, **claimed)  # type: ignore[arg-type]
    collect(office, [FakeChannel([came])], day(at))
    with office.store.read() as connection:
        row = connection.execute(select(arrival_table).order_by(arrival_table.c.id.desc())).first()
    assert row is not None
    assert row.state == "unmatched"
    return SubjectId(Subject.ARRIVAL, row.id)


def place(office: Office, which: SubjectId, *owed: Obligation, by: str = AN, sure: bool = False) -> Placed:
    to = [SubjectId(Subject.OBLIGATION, each.id) for each in owed]
    (done,) = place_these(office, [which], to, Decider(by, "Đã xác minh."), LATER, sure=sure)
    return cast("Placed", done)


def sent_for(office: Office, owed: Obligation) -> list[Submission]:
    with office.store.read() as connection:
        return versions(connection, owed.id)


def state_of(office: Office, which: SubjectId) -> tuple[str, str | None]:
    with office.store.read() as connection:
        row = connection.execute(select(arrival_table).where(arrival_table.c.id == which.number)).one()
    return row.state, row.unit_id


def trail(office: Office) -> list[audit.Act]:
    with office.store.read() as connection:
        assert audit.verify(connection).broken is None
        rows = connection.execute(select(audit.audit).order_by(audit.audit.c.number)).all()
    return [audit.Act(row.at, row.by, row.act, row.subject, row.subject_id, row.reason, row.details) for row in rows]


def letters(office: Office) -> list[tuple[str, str]]:
    with office.store.read() as connection:
        return [(row.kind, row.recipient) for row in connection.execute(select(letter).order_by(letter.c.id))]
