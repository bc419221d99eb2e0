"""What a file says of itself before anybody knows what it is for: a form its unit and period, a paper its kind.

A reader that fails at a file says nothing of it; the file is judged in its turn, where the failure is told.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

from plan_lifecycle.documents.read import Heading, read_heading
from plan_lifecycle.documents.report_form import read_marks
from plan_lifecycle.domain.errors import PlanLifecycleError
from plan_lifecycle.domain.letterhead import named
from plan_lifecycle.domain.obligation import Item
from plan_lifecycle.domain.plan import PaperType
from plan_lifecycle.domain.unit import Unit, UnitTree
from plan_lifecycle.lifecycle.office import Office, contained

Made = TypeVar("Made")
_ITEMS: dict[str, Item] = {PaperType.PLAN: Item.SUB_PLAN, PaperType.REPORT: Item.REPORT}
_ZIP = b"PK"


def form_marks(office: Office, data: bytes) -> tuple[str, str] | None:
    """Say of which unit and period our own form is; None where it is none."""
    return _read(office, read_marks, data)


def item_told(office: Office, data: bytes) -> Item | None:
    """Say whether a Word file calls itself a plan or a report; None where it does neither."""
    heading = heading_told(office, data)
    return item_called(heading) if heading else None


def heading_told(office: Office, data: bytes) -> Heading | None:
    """Read the head of a Word file; None where it has none that can be read."""
    return _read(office, read_heading, data)


def item_called(heading: Heading) -> Item | None:
    """Say whether a head is that of a plan or of a report; None of anything else."""
    return _ITEMS.get(heading.type or "")


def units_told(office: Office, data: bytes, tree: UnitTree, among: Sequence[Unit]) -> list[Unit]:
    """List those of some units whose letterhead a Word file bears."""
    heading = heading_told(office, data)
    return named(heading.letterhead, among, lambda unit: tuple(tree.above(unit))) if heading else []


def _read(office: Office, read: Callable[[bytes], Made], data: bytes) -> Made | None:
    """What a reader makes of a Word or Excel file; None where it fails."""
    made = list[Made]()
    if data.startswith(_ZIP):
        with contained("what a file says of itself", _silent):
            made.append(office.bounded(read, data))
    return made[0] if made else None


def _silent(_error: PlanLifecycleError) -> None:
    """Say nothing of what cannot be read here; what nobody foresaw is in the log."""
