"""A unit's own plan."""

from __future__ import annotations

from dataclasses import dataclass

from plan_lifecycle.documents.drafts._parts import Letterhead, PlanReference, SignatureBlock, rule_under


@dataclass(frozen=True, slots=True)
class ActivityRow:
    """A row of the sub-plan's task table: STT, content, lead, support, deadline and product as text.

    ``field``: the row is the heading of a field of reform (ordinal and content) over the tasks that follow.
    """

    ordinal: str
    content: str
    lead: str
    support: str
    deadline: str
    product: str
    field: bool = False


@dataclass(frozen=True, slots=True)
class DutyRow:
    """What is owed on paper: ``who`` sends ``item`` to ``addressee`` by ``deadline``; a plan that is issued has none.

    They make one sentence: "UBND xã Bình An: Báo cáo 6 tháng đầu năm, gửi UBND huyện Bắc Bình (qua Phòng Nội vụ)
    trước ngày 16/6/2023." ``deadline`` begins in lower case.
    """

    who: str
    item: str
    deadline: str
    addressee: str = ""


@dataclass(frozen=True, slots=True)
class SubPlanDraft:
    """A unit's own plan that carries out a superior one; the same for a district, a department and a commune.

    ``unit_name`` is the agency within a sentence ("UBND xã Bình An"); ``abstract`` the abstract of *this* plan;
    ``legal_bases`` come before the parent plan, each without its closing sign; ``purposes`` and ``requirements`` add
    to the template's standing sentences; ``targets`` are whole phrases. ``focal_point`` watches over the plan.
    """

    head: Letterhead
    unit_name: str
    abstract: str
    parent: PlanReference
    activities: tuple[ActivityRow, ...]
    targets: tuple[str, ...]
    duties: tuple[DutyRow, ...]
    focal_point: str
    recipients: tuple[str, ...]
    signature: SignatureBlock
    legal_bases: tuple[str, ...] = ()
    purposes: tuple[str, ...] = ()
    requirements: tuple[str, ...] = ()
    budget: tuple[str, ...] = ()

    @property
    def abstract_rule(self) -> str:
        """The line under the abstract."""
        return rule_under(self.abstract, 14)
