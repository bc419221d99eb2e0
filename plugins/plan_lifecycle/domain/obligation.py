"""What a unit owes, under which clause of which plan, until when; and whether what came was in time.

Xã Bình An owes its own plan for 2023 "trước ngày 01/3/2023" under the plan of huyện Bắc Bình: due_on is 28/02/2023.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, time
from enum import StrEnum
from functools import lru_cache

from plan_lifecycle.domain.clock import LOCAL
from plan_lifecycle.domain.period import Period
from plan_lifecycle.domain.regex import regex
from plan_lifecycle.domain.text import normalise


class Item(StrEnum):
    """What is owed; the period tells which one ("report" of 2023-H1, of 2023)."""

    SUB_PLAN = "sub_plan"
    REPORT = "report"
    QUOTA = "quota"


PAPERS = {Item.SUB_PLAN: "kế hoạch", Item.REPORT: "báo cáo", Item.QUOTA: "tin, bài"}
"""What is owed, in a word."""


class ObligationState(StrEnum):
    """Where an obligation stands. *Sắp đến hạn* and *quá hạn* are not states: the day decides them."""

    OPEN = "open"
    RECEIVED = "received"
    FIGURES_ONLY = "figures_only"
    RETURNED = "returned"
    MET = "met"
    WAIVED = "waived"
    CLOSED = "closed"


OUTSTANDING = frozenset({ObligationState.OPEN, ObligationState.RETURNED})
UNFINISHED = OUTSTANDING | {ObligationState.FIGURES_ONLY}
"""Something is still to come from the unit."""
RELEASED = frozenset({ObligationState.WAIVED, ObligationState.CLOSED})
"""A person let the unit off: nobody waits for it, and it is not counted."""
SETTLED = RELEASED | {ObligationState.MET}
"""Nothing is open any more: what was met stays met, and whom a person let off stays let off."""


Gathering = tuple[str, str, str, str]
"""What several units owe and is counted together: receiver, item, period, abstract of the plan that asks for it."""


class Basis(StrEnum):
    """Which date decides lateness: of issue (*ban hành, xây dựng*) or of receipt (*gửi*)."""

    ISSUE = "issue"
    RECEIPT = "receipt"


@dataclass(frozen=True, slots=True)
class Obligation:
    """One unit owes one item of one period to ``receiver_id`` until the end of ``due_on`` (or ``due_at`` that day).

    ``clause`` is the sentence of the plan, ``phrase`` its deadline as worded. ``due_on`` None: a person must decide.
    ``extended_from`` is the last day by the plan's words where a person has put ``due_on`` later; ``resend_by`` the
    last day for what was returned. ``id`` is 0 until the store has given one; ``abstract`` is that of the plan.
    """

    plan_id: int
    unit_id: str
    receiver_id: str
    item: Item
    period: str
    clause: str
    phrase: str
    basis: Basis
    due_on: date | None
    opens_on: date | None = None
    due_at: time | None = None
    state: ObligationState = ObligationState.OPEN
    first_received_at: datetime | None = None
    met_at: datetime | None = None
    next_rung_on: date | None = None
    extended_from: date | None = None
    resend_by: date | None = None
    id: int = 0
    abstract: str = field(default="", compare=False)

    @property
    def what(self) -> str:
        """What users call it (``title``)."""
        return title(self.item, self.period, self.abstract)

    @property
    def paper(self) -> str:
        """The same in a word, as a button says it: "Mở trang gửi kế hoạch"."""
        return PAPERS[self.item]

    @property
    def gathering(self) -> Gathering:
        """What it is counted with."""
        return self.receiver_id, self.item.value, self.period, self.abstract or ""

    def days_late(self, received_at: datetime, issued_on: date | None) -> int:
        """Days past the last day allowed, 0 when in time; the first receipt or the date of issue decides (``basis``).

        With an hour (``due_at``) a receipt later on that very day is one day late.
        """
        if self.due_on is None:
            return 0
        if self.basis is Basis.ISSUE and issued_on is not None:
            return max(0, (issued_on - self.due_on).days)
        local = received_at.astimezone(LOCAL)
        if local.date() == self.due_on and self.due_at is not None and local.time() > self.due_at:
            return 1
        return max(0, (local.date() - self.due_on).days)


@lru_cache(maxsize=4096)
def title(item: Item, period: str, abstract: str | None = "") -> str:
    """What users call an item of the period with this code: "Báo cáo CCHC 6 tháng đầu năm 2026" (2026-H1).

    A unit's own plan and its report are called after the plan that asks for them, of which ``abstract`` is: "Kế hoạch
    CCHC năm 2026", "Báo cáo thi đua CCHC năm 2026".

    Raises InputError where the code is none.
    """
    label = Period.parse(period).label
    names = {
        Item.SUB_PLAN: f"Kế hoạch {subject_of(abstract or '') or _COMMUNICATION} {label}",
        Item.REPORT: f"Báo cáo {subject_of(abstract or '') or _REFORM} {label}",
        Item.QUOTA: f"Số lượng tin, bài {label}",
    }
    return names[item]


def subject_of(abstract: str) -> str:
    """What a plan is about in few words, by what its abstract says first; empty where it says nothing of it."""
    text = normalise(abstract)
    found = ((match.start(), words) for pattern, words in _TOLD_BY if (match := pattern.search(text)))
    return min(found, default=(0, ""))[1]


_REFORM, _COMMUNICATION = "CCHC", "thông tin, tuyên truyền CCHC"
_TOLD_BY = (
    (regex(r"tuyên truyền"), _COMMUNICATION),
    (regex(r"thi đua"), "thi đua CCHC"),
    (regex(r"cải cách hành chính|cchc"), _REFORM),
)
