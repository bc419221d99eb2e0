"""The files of a unit's own page: its draft, the superior plan, what it delivered for this obligation; no other."""

from __future__ import annotations

from typing import NamedTuple

from plan_lifecycle.domain.obligation import Obligation
from plan_lifecycle.domain.submission import ArrivalState
from plan_lifecycle.domain.writing import file_name
from plan_lifecycle.lifecycle.office import Office
from plan_lifecycle.lifecycle.submission import kept_bytes
from plan_lifecycle.store import arrivals as arrival_rows
from plan_lifecycle.store import plans as plan_rows
from plan_lifecycle.store import uploads, versions

DRAFT, PLAN = "du-thao", "ke-hoach-cap-tren"


class PaperFile(NamedTuple):
    """A file with the name that it is saved under."""

    name: str
    data: bytes


def papers_of(office: Office, obligation: Obligation) -> tuple[str, ...]:
    """Say which of ``DRAFT`` and ``PLAN`` there are for an obligation."""
    with office.store.read() as connection:
        draft = versions.draft_for(connection, obligation.id)
    return (DRAFT, PLAN) if draft else (PLAN,)


def paper_of(office: Office, obligation: Obligation, which: str) -> PaperFile | None:
    """Give a file of this obligation: ``DRAFT``, ``PLAN`` or the number of what came for it; None for any other."""
    if which == DRAFT:
        with office.store.read() as connection:
            draft = versions.draft_for(connection, obligation.id)
        return PaperFile(draft.file_name, office.store.blobs.get(draft.blob)) if draft else None
    if which == PLAN:
        with office.store.read() as connection:
            plan = plan_rows.get_plan(connection, obligation.plan_id)
        number = f" số {plan.number}" if plan.number else ""
        return PaperFile(file_name(f"Kế hoạch{number}", "docx"), office.store.blobs.get(plan.blob))
    return _delivered(office, obligation, int(which)) if which.isdecimal() and len(which) < 10 else None


def _delivered(office: Office, obligation: Obligation, number: int) -> PaperFile | None:
    """What the unit sent, as it sent it; what the gate kept out is given to nobody."""
    with office.store.read() as connection:
        came = {entry.arrival_id: entry for entry in uploads.history(connection, obligation.id)}
        arrival = arrival_rows.get(connection, number) if number in came else None
    if arrival is None or arrival.blob is None or arrival.state is ArrivalState.REFUSED:
        return None
    if came[number].recorded:
        return None
    return PaperFile(arrival.file_name, kept_bytes(office, arrival.blob, quarantined=arrival.quarantined))
