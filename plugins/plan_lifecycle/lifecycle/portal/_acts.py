"""What a coordinator does about the portal: list and revoke links, confirm or decline a proposed contact."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from plan_lifecycle.domain.act import ActKind, ActSubject
from plan_lifecycle.domain.decider import Decider
from plan_lifecycle.domain.errors import InputError
from plan_lifecycle.domain.obligation import Obligation
from plan_lifecycle.lifecycle.office import Office, known_unit, open_desk, scope_of
from plan_lifecycle.store import audit
from plan_lifecycle.store import obligations as obligation_rows
from plan_lifecycle.store import portal as portal_rows
from plan_lifecycle.store.portal import ContactRequest, Revocation


@dataclass(frozen=True, slots=True)
class UnitLink:
    """One obligation of a unit, with the address and the code that open it."""

    obligation: int
    what: str
    due_on: date | None
    state: str
    address: str
    code: str


def links_of(office: Office, unit_id: str, now: datetime) -> list[UnitLink]:
    """The links of all that a unit owes. Raises InputError where there is no portal or no such obligation."""
    if office.links is None:
        vi = "Chưa đặt địa chỉ trang của đơn vị (PLAN_LIFECYCLE_PORTAL_URL)."
        raise InputError("an address https://…", field="PLAN_LIFECYCLE_PORTAL_URL", found="nothing", vi=vi)
    with office.store.read() as connection:
        unit = known_unit(office, connection, unit_id, now)
        owed = [obligation for found in obligation_rows.owed_by(connection, [unit_id]).values() for obligation in found]
        desk = open_desk(office, connection, now)
    if not owed:
        vi = f"{unit.name} không có nội dung phải gửi."
        raise InputError("the id of a unit that owes something", field="unit", found=unit_id, vi=vi)
    return [
        UnitLink(
            obligation.id,
            obligation.what,
            obligation.due_on,
            obligation.state.value,
            desk.link(obligation) or "",
            desk.code(obligation) or "",
        )
        for obligation in owed
    ]


def revoke_unit(office: Office, unit_id: str, decider: Decider, now: datetime) -> None:
    """Make every link of a unit worthless; the next letters carry new ones. Raises InputError for one not known."""
    with office.store.read() as connection:
        known_unit(office, connection, unit_id, now)
    _revoke(office, f"unit:{unit_id}", 0, decider, now)


def revoke_obligation(office: Office, obligation_id: int, decider: Decider, now: datetime) -> Obligation:
    """Make the links of one obligation worthless. Raises InputError where there is none of this id."""
    with office.store.read() as connection:
        found = obligation_rows.get_obligations(connection, [obligation_id])
    if not found:
        vi = f"Không có nội dung phải gửi mang mã {obligation_id}."
        raise InputError("the id of an obligation", field="obligation", found=obligation_id, vi=vi)
    _revoke(office, scope_of(found[0]).subjects[1], obligation_id, decider, now)
    return found[0]


def proposed_contacts(office: Office) -> list[ContactRequest]:
    """What units proposed and nobody decided about, oldest first."""
    with office.store.read() as connection:
        return portal_rows.contact_requests(connection)


def decide_contact(office: Office, request_id: int, decider: Decider, now: datetime, *, confirm: bool) -> None:
    """Confirm or decline a proposed contact. Raises InputError where it is not waiting."""
    with office.store.write() as connection:
        waiting = {one.id for one in portal_rows.contact_requests(connection) if office.sight.has(one.unit_id)}
        if request_id not in waiting or not portal_rows.decide_contact(
            connection, request_id, confirm=confirm, by=decider.by, at=now
        ):
            vi = f"Không có đề nghị số {request_id} đang chờ xác nhận."
            raise InputError("the id of a waiting proposal", field="request", found=request_id, vi=vi)
        act = ActKind.CONFIRM_CONTACT if confirm else ActKind.DECLINE_CONTACT
        audit.append(connection, audit.Act(now, decider.by, act, ActSubject.CONTACT, request_id, decider.reason))


def _revoke(office: Office, subject: str, obligation_id: int, decider: Decider, now: datetime) -> None:
    with office.store.write() as connection:
        portal_rows.revoke(connection, Revocation(subject, decider.by, decider.why, now))
        details = {"subject": subject}
        act = audit.Act(
            now, decider.by, ActKind.REVOKE_LINK, ActSubject.OBLIGATION, obligation_id, decider.why, details
        )
        audit.append(connection, act)
