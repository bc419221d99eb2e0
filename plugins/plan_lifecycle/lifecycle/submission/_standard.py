"""What sub-plans are held against: superior plans, each read once, the draft that the unit was given, its neighbours'.

Xã Bình An's plan is compared with those of a hundred neighbours. Their files are not read again for that: the wording
of each lies in the store since it was filed, and what of it the superior plan did not give is fetched once for all
plans under it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field, replace

from plan_lifecycle.documents.errors import BadDocument
from plan_lifecycle.documents.read import NotAPlan, read_plan
from plan_lifecycle.domain.assignment import Assigned
from plan_lifecycle.domain.obligation import Obligation
from plan_lifecycle.domain.plan import Plan
from plan_lifecycle.domain.plan_check import Wording, text_of
from plan_lifecycle.domain.unit import UnitTree
from plan_lifecycle.lifecycle.cascade import assigned_units, plan_in_force
from plan_lifecycle.lifecycle.office import Office, Register
from plan_lifecycle.store import plans as plan_rows
from plan_lifecycle.store import submissions as submission_rows
from plan_lifecycle.store import wordings as wording_rows
from plan_lifecycle.store.blobs import BlobError
from plan_lifecycle.store.database import Connection

NEIGHBOUR = "một đơn vị khác"
"""Other units are never named in a unit's mail."""


class Superiors:
    """The superior plans as they stand in one tree; each is read when the first sub-plan under it comes up."""

    def __init__(self, office: Office, tree: UnitTree) -> None:
        self.tree = tree
        self.register = Register(office)
        self._office = office
        self._known: dict[int, Superior | None] = {}

    def of(self, obligation: Obligation) -> Standard | None:
        """Find what this unit's plan is held against; None where the superior plan's file cannot be read any more."""
        plan_id, unit_id = obligation.plan_id, obligation.unit_id
        if plan_id not in self._known:
            self._known[plan_id] = self._read(plan_id)
        found = self._known[plan_id]
        if found is None:
            return None
        neighbours = Neighbours(self._office, plan_id, unit_id, found)
        return Standard(found.tasks(unit_id), found.wording, self.draft(obligation), neighbours)

    def draft(self, obligation: Obligation) -> Wording:
        """Give the wording of the draft that the unit was given; empty where it was given none."""
        with self._office.store.read() as connection:
            draft = wording_rows.of_draft(connection, obligation.plan_id, obligation.unit_id)
        if draft is None:
            return Wording()
        return Wording(draft.runs) if draft.runs is not None else wordings(self._office, [draft.blob])[draft.blob]

    def _read(self, plan_id: int) -> Superior | None:
        with self._office.store.read() as connection:
            try:
                return _superior(self._office, connection, self.tree, plan_id)
            except (BlobError, NotAPlan, BadDocument):
                return None


@dataclass(frozen=True, slots=True)
class Standard:
    """One unit's: its tasks in the superior plan, the wording of all of it and of the draft that the unit was given."""

    plan: Plan
    whole: Wording
    draft: Wording
    neighbours: Neighbours


@dataclass(frozen=True, slots=True)
class Neighbours:
    """Name of every other unit under a plan and its newest plan's wording, without what the ``superior`` plan gave;
    looked up only where it is asked for."""

    office: Office
    plan_id: int
    unit_id: str
    superior: Superior

    def __iter__(self) -> Iterator[tuple[str, Wording]]:
        with self.office.store.read() as connection:
            sent = submission_rows.sub_plans_under(connection, self.plan_id)
        sent.pop(self.unit_id, None)
        return ((NEIGHBOUR, wording) for wording in self.superior.not_given(self.office, set(sent.values())))


@dataclass(frozen=True, slots=True)
class Superior:
    """A superior plan, what falls to each unit below, and by blob what plans under it say in words of their own."""

    plan: Plan
    wording: Wording
    assigned: dict[str, Assigned]
    own_words: dict[str, Wording] = field(default_factory=dict)

    def tasks(self, unit_id: str) -> Plan:
        """Give the plan with the tasks that the unit leads; with all of them where it does not name the unit."""
        given = self.assigned.get(unit_id)
        if given is None:
            return self.plan
        return replace(self.plan, activities=tuple(share.activity for share in given.shares if share.leads))

    def not_given(self, office: Office, blobs: Collection[str]) -> Iterator[Wording]:
        """Give what these plans under it say that it does not; of each the store is asked once."""
        missing = [blob for blob in blobs if blob not in self.own_words]
        for blob, wording in wordings(office, missing).items() if missing else ():
            self.own_words[blob] = wording.without(self.wording)
        return (self.own_words[blob] for blob in blobs)


def _superior(office: Office, connection: Connection, tree: UnitTree, plan_id: int) -> Superior:
    registered = plan_rows.get_plan(connection, plan_id)
    plan = plan_in_force(office, connection, registered)
    issuer = tree.get(registered.issuer_id)
    given = assigned_units(plan, tree, issuer) if issuer else ()
    return Superior(plan, Wording.of(text_of(plan)), {assigned.unit.id: assigned for assigned in given})


def wordings(office: Office, blobs: Collection[str]) -> dict[str, Wording]:
    """Give the wording of plans' files by blob; a file that was never read is read, and its wording kept."""
    with office.store.read() as connection:
        kept = wording_rows.known(connection, blobs)
    found = {blob: Wording(runs) for blob, runs in kept.items()}
    read = {blob: _wording(office, blob) for blob in blobs if blob not in found}
    if read:
        with office.store.write() as connection:
            wording_rows.keep(connection, {blob: wording.packed for blob, wording in read.items()})
    return found | read


def _wording(office: Office, blob: str) -> Wording:
    try:
        return Wording.of(text_of(office.bounded(read_plan, office.store.blobs.get(blob))))
    except (BlobError, NotAPlan, BadDocument):
        return Wording()
