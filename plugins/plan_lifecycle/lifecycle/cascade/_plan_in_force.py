"""A registered plan as it holds: read from its file, with what people decided about it, over what it amends."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

from plan_lifecycle.documents.bounded import Bounded
from plan_lifecycle.documents.read import read_plan
from plan_lifecycle.domain.decision import plan_key, with_decisions
from plan_lifecycle.domain.plan import Plan
from plan_lifecycle.domain.plan_version import RelationKind, amended
from plan_lifecycle.lifecycle.office import Office
from plan_lifecycle.store import plans as plan_rows
from plan_lifecycle.store.database import Connection
from plan_lifecycle.store.decisions import decisions_of
from plan_lifecycle.store.plans import RegisteredPlan


def plan_in_force(office: Office, connection: Connection, registered: RegisteredPlan) -> Plan:
    """What the plan asks for: an amendment is laid over the plan that it amends, however often that was amended."""
    plan = _decided(connection, plan_of(office, registered))
    if registered.relation != RelationKind.AMENDS or registered.replaces_id is None:
        return plan
    base = plan_in_force(office, connection, plan_rows.get_plan(connection, registered.replaces_id))
    return amended(base, plan)


def _decided(connection: Connection, plan: Plan) -> Plan:
    return with_decisions(plan, decisions_of(connection, plan_key(plan))) if plan.open_points else plan


def plan_of(office: Office, registered: RegisteredPlan) -> Plan:
    """The plan in a registered file; the number and date that the file leaves open are those it was registered with."""
    plan = plan_in(office, office.store.blobs.get(registered.blob))
    return replace(
        plan,
        number=plan.number or registered.number,
        symbol=plan.symbol or registered.symbol,
        issued_on=plan.issued_on or registered.issued_on,
    )


def plan_in(office: Office, data: bytes) -> Plan:
    """The plan in a file; the same bytes are read once. Raises as ``read_plan`` does, BadDocument ``too_costly``."""
    return _read(office.bounded, data)


@lru_cache(maxsize=32)
def _read(bounded: Bounded, data: bytes) -> Plan:
    return bounded(read_plan, data)
