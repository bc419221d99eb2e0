"""What comes out when a unit's own plan is held against its superior plan."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from plan_lifecycle.domain.plan import Activity


class Role(StrEnum):
    """What a unit is in a task: *chủ trì* or *phối hợp*."""

    LEAD = "lead"
    SUPPORT = "support"


class PlanRule(StrEnum):
    """What a sub-plan is held to."""

    MISSING = "missing"
    LATER = "later"
    LOWER = "lower"
    COPIED = "copied"
    CITATION_NUMBER = "citation.number"
    CITATION_MISSING = "citation.missing"
    CITATION_DATE = "citation.date"
    YEAR = "year"
    ACTIVITIES = "activities"
    LEAD = "lead"
    DEADLINE = "deadline"
    PRODUCT = "product"
    BUDGET = "budget"


@dataclass(frozen=True, slots=True)
class Covered:
    """A task of the superior plan and the row of the sub-plan that takes it up; ``likeness`` is 0 to 1."""

    superior: Activity
    own: Activity
    likeness: float


@dataclass(frozen=True, slots=True)
class Missing:
    """A task that the superior plan gives to this unit and that its plan lacks, as its ``role`` is in it."""

    superior: Activity
    role: Role


@dataclass(frozen=True, slots=True)
class Deviation:
    """A covered task whose date is later or whose target is lower: what was ``found`` and what is ``expected``."""

    superior: Activity
    own: Activity
    found: str
    expected: str


@dataclass(frozen=True, slots=True)
class Copied:
    """How much of the plan's own wording stands in a sibling's plan too: ``share`` is 0 to 1 of ``words``."""

    source: str
    share: float
    words: int


@dataclass(frozen=True, slots=True)
class PlanFinding:
    """One thing to mend, in words that the unit reads.

    ``blocks`` is False for what a coordinator should see but may accept. ``about`` is the superior plan's task, as it
    is worded there, where a rule may find several.
    """

    rule: PlanRule
    text: str
    found: str | None = None
    expected: str | None = None
    where: str = ""
    blocks: bool = True
    about: str = ""


@dataclass(frozen=True, slots=True)
class PlanCheck:
    """The comparison. ``extra`` are rows of the unit's own; they are no fault."""

    covered: tuple[Covered, ...]
    missing: tuple[Missing, ...]
    later: tuple[Deviation, ...]
    lower: tuple[Deviation, ...]
    extra: tuple[Activity, ...]
    copied: tuple[Copied, ...]
    findings: tuple[PlanFinding, ...]
