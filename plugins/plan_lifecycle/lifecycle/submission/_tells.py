"""What a file says of itself before anybody knows what it is for: our own form its unit and period, a paper its kind.

A reader that fails at a file says nothing of it; the file is judged in its turn, where the failure is told.
"""

from __future__ import annotations

from plan_lifecycle.documents.read import read_heading
from plan_lifecycle.documents.report_form import read_marks
from plan_lifecycle.domain.errors import PlanLifecycleError
from plan_lifecycle.domain.obligation import Item
from plan_lifecycle.domain.plan import PaperType
from plan_lifecycle.lifecycle.office import contained

_ITEMS: dict[str, Item] = {PaperType.PLAN: Item.SUB_PLAN, PaperType.REPORT: Item.REPORT}
_ZIP = b"PK"


def form_marks(data: bytes) -> tuple[str, str] | None:
    """Say of which unit and period our own form is; None where it is none."""
    if not data.startswith(_ZIP):
        return None
    told = list[tuple[str, str] | None]()
    with contained("marks of a form", _silent):
        told.append(read_marks(data))
    return told[0] if told else None


def item_told(data: bytes) -> Item | None:
    """Say whether a Word file calls itself a plan or a report; None where it does neither."""
    if not data.startswith(_ZIP):
        return None
    told = list[Item | None]()
    with contained("heading of a paper", _silent):
        told.append(_ITEMS.get(read_heading(data).type or ""))
    return told[0] if told else None


def _silent(_error: PlanLifecycleError) -> None:
    """Say nothing of what cannot be read here; what nobody foresaw is in the log."""
