"""What sub-plans are held against, read once for a whole batch: superior plans, the drafts we gave, the neighbours'."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from sqlalchemy import Connection

from plan_lifecycle.documents.errors import BadDocument
from plan_lifecycle.documents.read import NotAPlan
from plan_lifecycle.domain.assignment import Assigned
from plan_lifecycle.domain.obligation import Obligation
from plan_lifecycle.domain.plan import Plan
from plan_lifecycle.domain.plan_check import text_of
from plan_lifecycle.domain.unit import UnitTree
from plan_lifecycle.lifecycle.assigning import assigned_units
from plan_lifecycle.lifecycle.office import Office
from plan_lifecycle.lifecycle.reading import plan_in_force, reading
from plan_lifecycle.store import plans as plan_rows
from plan_lifecycle.store import submissions as submission_rows
from plan_lifecycle.store import versions
from plan_lifecycle.store.blobs import BlobError

NEIGHBOUR = "một đơn vị khác"
"""Other units are never named in a unit's mail."""


class Superiors:
    """The superior plans of a batch; each is read when the first sub-plan under it comes up."""

    def __init__(self, office: Office, tree: UnitTree) -> None:
        self._office, self._tree = office, tree
        self._known: dict[int, _Superior | None] = {}

    def of(self, obligation: Obligation) -> Standard | None:
        """What this unit's plan is held against; None where the superior plan's file cannot be read any more."""
        if obligation.plan_id not in self._known:
            self._known[obligation.plan_id] = self._read(obligation.plan_id)
        found = self._known[obligation.plan_id]
        return found.standard(obligation.unit_id) if found else None

    def _read(self, plan_id: int) -> _Superior | None:
        with self._office.store.read() as connection:
            try:
                return _Superior(self._office, connection, self._tree, plan_id)
            except (BlobError, NotAPlan, BadDocument):
                return None


@dataclass(frozen=True, slots=True)
class Standard:
    """One unit's: its tasks in the superior plan, and the text of the draft that it was given."""

    plan: Plan
    whole_text: str
    draft: str
    neighbours: Neighbours


class Neighbours:
    """Name and text of every plan that another unit has sent under the same plan; read only where it is asked for."""

    def __init__(self, superior: _Superior, unit_id: str) -> None:
        self._superior, self._unit_id = superior, unit_id

    def __iter__(self) -> Iterator[tuple[str, str]]:
        return ((NEIGHBOUR, text) for unit_id, text in self._superior.sent.items() if unit_id != self._unit_id)


class _Superior:
    """A superior plan with what was drafted and sent under it."""

    def __init__(self, office: Office, connection: Connection, tree: UnitTree, plan_id: int) -> None:
        registered = plan_rows.get_plan(connection, plan_id)
        self._office, self._plan_id = office, plan_id
        self.plan = plan_in_force(office, connection, registered)
        self.text = text_of(self.plan)
        self.drafts = versions.drafts_under(connection, [plan_id])
        issuer = tree.get(registered.issuer_id)
        given = assigned_units(self.plan, tree, issuer) if issuer else ()
        self.assigned: dict[str, Assigned] = {each.unit.id: each for each in given}

    def standard(self, unit_id: str) -> Standard:
        """The tasks that the unit leads; all of them where the plan does not name it."""
        given, draft = self.assigned.get(unit_id), self.drafts.get(unit_id)
        tasks = tuple(share.activity for share in given.shares if share.leads) if given else self.plan.activities
        text = self._text(draft.blob) if draft else ""
        return Standard(replace(self.plan, activities=tasks), self.text, text, Neighbours(self, unit_id))

    @cached_property
    def sent(self) -> dict[str, str]:
        """The text of each unit's newest plan under this one."""
        with self._office.store.read() as connection:
            newest = submission_rows.sub_plans_under(connection, self._plan_id)
        return {unit_id: text for unit_id, blob in newest.items() if (text := self._text(blob))}

    def _text(self, blob: str) -> str:
        try:
            return text_of(reading(self._office.store.blobs.get(blob)))
        except (BlobError, NotAPlan, BadDocument):
            return ""
