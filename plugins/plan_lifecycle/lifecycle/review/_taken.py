"""Who was quicker: what somebody decided about a thing while a colleague was still looking at it.

Two coordinators have the same list before them. The second one reads that Trần Thị Hoa has accepted the plan, and when,
and nothing that she typed is lost.
"""

from __future__ import annotations

from plan_lifecycle.domain.act import ACT_WORDS
from plan_lifecycle.domain.decider import BY_RULE
from plan_lifecycle.domain.writing import first_down, moment_words
from plan_lifecycle.lifecycle.review._ids import SubjectId
from plan_lifecycle.store import audit
from plan_lifecycle.store.database import Connection

DECIDED = "đã được xử lý trước đó"


def decided_before(connection: Connection, which: SubjectId) -> str:
    """Say that it was decided, by whom, what and when, as far as the trail knows."""
    acts = list(audit.acts(connection, which.subject.of_act, which.number))
    if not acts:
        return DECIDED
    last = acts[-1]
    by = last.by if last.by == BY_RULE else f"đ/c {last.by}"
    return f"{DECIDED}: {by}, {first_down(ACT_WORDS[last.act])}, {moment_words(last.at)}"
