"""Whether a compiled report may go up, and the letter where there is nothing to compile.

Of ten communes none has reported: Phòng Nội vụ hears who is missing. Of three that have, the leader is not written to.
What a leader gets is never a report of nothing.
"""

from __future__ import annotations

from plan_lifecycle.domain.contribution import Standing
from plan_lifecycle.domain.letter import Letter
from plan_lifecycle.lifecycle.compile._material import Material
from plan_lifecycle.lifecycle.office import write_letter
from plan_lifecycle.lifecycle.release import title_of
from plan_lifecycle.mail.contexts import NothingReported


def may_go_up(material: Material) -> bool:
    """Whether enough units are in the report for a leader to be written to."""
    standing: Standing = material.whole.standing
    return standing.received > 0 and standing.completeness >= material.desk.office.rules.leader_from


def told_of_nothing(material: Material) -> list[Letter]:
    """Tell the coordinator that no unit has reported, and who they are; once for each report."""
    desk, unit, standing = material.desk, material.unit, material.whole.standing
    period = material.whole.period.code
    agency = desk.office.coordinating_agency(desk.tree, unit)
    context = NothingReported(
        sender=desk.office.sender(desk.tree, unit),
        to=desk.tree.named(agency),
        today=desk.now.date(),
        title=title_of(period, about=material.about),
        expected=standing.expected,
        missing=standing.missing,
        own=standing.own_missing,
    )
    key = ":".join(("report-of-nothing", *material.key))
    return [
        write_letter(desk.office, context, key=f"{key}:{to.email}", to=to, now=desk.now)
        for to in desk.recipients(agency.id)
    ]


def number_of(material: Material) -> int:
    """The number of the addendum that is made; 0 for the report itself."""
    return material.addendum.number if material.addendum else 0
