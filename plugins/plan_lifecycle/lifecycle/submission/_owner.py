"""Whose a paper is: its letterhead, its number and date, its very bytes are held against the unit that it came from.

Huyện Tuy Phong answers with huyện Bắc Bình's plan: the letterhead says so, and nobody accepts it in Tuy Phong's name.
Bắc Bình sends the same file a minute later: it is what it is, and both are told of the other. Where neither letterhead
tells, both wait for a person.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from plan_lifecycle.domain.clock import LOCAL
from plan_lifecycle.domain.letterhead import Bearing, bearing
from plan_lifecycle.domain.obligation import Obligation
from plan_lifecycle.domain.submission import Finding, Rule, SubmissionState
from plan_lifecycle.domain.unit import Unit, UnitTree
from plan_lifecycle.domain.writing import short_date
from plan_lifecycle.lifecycle.office import Desk, Register
from plan_lifecycle.lifecycle.submission._checks import Checked
from plan_lifecycle.store import twins as twin_rows
from plan_lifecycle.store.twins import Twin

SEND_OWN = "đề nghị kiểm tra, gửi văn bản của đơn vị; cán bộ đầu mối sẽ xem xét văn bản đã gửi"


@dataclass(frozen=True, slots=True)
class Echo:
    """What is told of another unit's submission when the same comes from this one; ``hold``: a person looks at it."""

    submission_id: int
    finding: Finding
    hold: bool


@dataclass(frozen=True, slots=True)
class _Told:
    """What the letterhead tells of the unit, and whom it names instead."""

    bearing: Bearing
    names: tuple[Unit, ...] = ()


def held_against_owner(
    desk: Desk, register: Register, blob: str, obligation: Obligation, checked: Checked
) -> tuple[Checked, tuple[Echo, ...]]:
    """Put in front of the findings those that speak of another's paper, and say what to tell of the other's."""
    unit = desk.tree.get(obligation.unit_id)
    if unit is None:
        return checked, ()
    day = checked.issued_on or desk.now.astimezone(LOCAL).date()
    told = _by_letterhead(desk.tree, register, unit, checked, day)
    twins, rule = _twins(desk, register, blob, obligation, checked, told.bearing)
    own = told.bearing is Bearing.OWN and rule is Rule.PAPER_SAME and all(map(_strangers, twins))
    found = [
        *([_issuer(desk.tree, register, unit, checked, told, day)] if told.bearing is Bearing.OTHER else []),
        *(_of_twin(register, rule, twin, checked, day, blocks=not own) for twin in twins),
    ]
    echoes = (_echo(desk.tree, rule, unit, twin, told.bearing, desk.now.astimezone(LOCAL).date()) for twin in twins)
    read = (_of_form(desk.tree, register, unit, finding, day) for finding in checked.findings)
    return replace(checked, findings=(*found, *(finding for finding in read if finding))), tuple(echoes)


def hold_crossed(desk: Desk, submission_ids: Sequence[int]) -> set[int]:
    """Look once more before rules accept: have what two units sent at one moment wait for a person, and say which."""
    with desk.office.store.read() as connection:
        crossed = twin_rows.unseen(connection, submission_ids)
    register, held = Register(desk.office), set[int]()
    for found in crossed:
        if not register.related(found.unit_id, found.other_id):
            text = f"Tệp này giống hệt tệp một đơn vị khác đã gửi; {SEND_OWN}."
            finding = Finding(Rule.PAPER_SAME, text, about=found.other_id, aside=desk.tree.called(found.other_id))
            with desk.office.store.write() as connection:
                twin_rows.add_finding(connection, found.submission_id, finding, hold=True)
            held.add(found.submission_id)
    return held


def _by_letterhead(tree: UnitTree, register: Register, unit: Unit, checked: Checked, day: date) -> _Told:
    """As the units are today, else as they were on the paper's date: names come and go, and old sheets are used up."""
    head, symbol = checked.letterhead, (checked.reference or "").rpartition("/")[2] or None
    first = bearing(head, unit, tuple(tree.above(unit)), symbol)
    if first is Bearing.SILENT:
        chain = (unit, *tree.above(unit))
        below = (
            [child for child in tree.children(unit.id) if bearing(head, child, chain) is Bearing.OWN] if head else []
        )
        return _Told(Bearing.OTHER, tuple(below)) if below else _Told(first)
    then = register.on(day) if first is Bearing.OTHER else tree
    if first is Bearing.OWN or bearing(head, unit, tuple(then.above(unit)), symbol) is not Bearing.OTHER:
        return _Told(Bearing.OWN)
    names = register.named(head, day, unit)
    if any(register.related(unit.id, other.id) for other in names):
        return _Told(Bearing.OWN)
    return _Told(Bearing.OTHER, tuple(names))


def _issuer(tree: UnitTree, register: Register, unit: Unit, checked: Checked, told: _Told, day: date) -> Finding:
    """Name whose paper it seems to be, and where that was read."""
    written = " / ".join(checked.letterhead)
    named = register.called(told.names[0].id, day) if len(told.names) == 1 else checked.letterhead[-1]
    above = {parent.id for parent in tree.above(unit)}
    whose = f"{named} (cơ quan cấp trên)" if {other.id for other in told.names} & above else named
    text = f"Văn bản mang tên {whose}, đọc ở phần tên cơ quan ban hành, không phải {tree.named(unit)}; {SEND_OWN}."
    about = told.names[0].id if len(told.names) == 1 else ""
    return Finding(Rule.PAPER_ISSUER, text, about=about, aside=f"phần đầu văn bản ghi “{written}”")


def _of_form(tree: UnitTree, register: Register, unit: Unit, finding: Finding, day: date) -> Finding | None:
    """Name the unit that our own form was made for; one that this unit came from, or became, is no other."""
    if finding.rule is not Rule.REPORT_UNIT or not finding.about:
        return finding
    if register.related(unit.id, finding.about):
        return None
    named = register.called(finding.about, day)
    return replace(finding, text=f"Biểu số liệu được lập cho {named}, không phải {tree.named(unit)}; {SEND_OWN}.")


def _twins(
    desk: Desk, register: Register, blob: str, obligation: Obligation, checked: Checked, told: Bearing
) -> tuple[Sequence[Twin], Rule]:
    """What other units sent that is the same: this content, or its number and date where no letterhead tells."""
    unit_id = obligation.unit_id
    with desk.office.store.read() as connection:
        found, rule = twin_rows.of_content(connection, blob, unit_id), Rule.PAPER_SAME
        if not found and told is Bearing.SILENT and checked.reference and checked.issued_on:
            rule = Rule.PAPER_NUMBER
            found = twin_rows.of_number(
                connection, checked.reference, checked.issued_on,
                unit_id=unit_id, item=obligation.item.value, period=obligation.period,
            )  # fmt: skip
    return [twin for twin in found if not register.related(unit_id, twin.unit_id)], rule


def _strangers(twin: Twin) -> bool:
    """Whether what the other unit sent is known to be none of its own, and nobody took it for that."""
    said = any(finding.rule is Rule.PAPER_ISSUER for finding in twin.findings)
    return said and twin.state is not SubmissionState.ACCEPTED


def _of_twin(register: Register, rule: Rule, twin: Twin, checked: Checked, day: date, *, blocks: bool) -> Finding:
    accepted = ", đã tiếp nhận" if twin.state is SubmissionState.ACCEPTED else ""
    sent = short_date(twin.received_at.astimezone(LOCAL).date())
    aside = f"{register.called(twin.unit_id, day)} gửi ngày {sent}{accepted}"
    if rule is Rule.PAPER_NUMBER:
        paper = f"{checked.reference} ngày {short_date(day)}"
        text = f"Số, ngày của văn bản ({paper}) trùng với văn bản một đơn vị khác đã gửi; {SEND_OWN}."
    elif blocks:
        text = f"Tệp này giống hệt tệp một đơn vị khác đã gửi; {SEND_OWN}."
    else:
        text = "Một đơn vị khác cũng đã gửi chính tệp này; văn bản mang tên đơn vị nên được xem xét là của đơn vị."
    return Finding(rule, text, blocks, about=twin.unit_id, aside=aside)


def _echo(tree: UnitTree, rule: Rule, unit: Unit, twin: Twin, told: Bearing, today: date) -> Echo:
    """Tell of the other's that this unit sent the same; whose it is does not change where it is not this unit's."""
    waits = twin.state is SubmissionState.RECEIVED and told is not Bearing.OTHER
    if rule is Rule.PAPER_NUMBER:
        text = "Một đơn vị khác gửi văn bản có cùng số, ngày."
    elif told is Bearing.OWN:
        text = "Đơn vị có tên trong văn bản cũng đã gửi chính tệp này."
    else:
        text = "Một đơn vị khác cũng gửi chính tệp này."
    aside = f"{tree.named(unit)} gửi, nhận ngày {short_date(today)}"
    return Echo(twin.id, Finding(rule, text, waits, about=unit.id, aside=aside), waits)
