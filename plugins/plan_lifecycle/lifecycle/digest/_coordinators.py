"""The coordinator's morning in one letter, the leader's week in another; nothing to tell, nothing sent.

Phòng Nội vụ reads at 07:30: three plans came in, two are due this week, five communes are late (by name: it is their
coordinator), one address refuses mail, and the draft of an official letter is attached, for there are five.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from plan_lifecycle.domain.clock import opening_of
from plan_lifecycle.domain.errors import InputError
from plan_lifecycle.domain.letter import Letter
from plan_lifecycle.domain.obligation import Gathering, Item, Obligation
from plan_lifecycle.domain.state_words import OWN_DUTY
from plan_lifecycle.domain.unit import ContactRole, Unit
from plan_lifecycle.domain.writing import count_text, short_date
from plan_lifecycle.lifecycle.digest._months import ToldMonth, months_by_receiver, standing_lines, urgent, waiting_lines
from plan_lifecycle.lifecycle.digest._official_letter import draft_for
from plan_lifecycle.lifecycle.office import (
    WORD,
    Desk,
    EndedDuty,
    Office,
    contained,
    ended_duties,
    open_desk,
    told_in,
    write_letter,
)
from plan_lifecycle.mail.contexts import Digest, DigestLine
from plan_lifecycle.mail.message import Attachment
from plan_lifecycle.store import audit, guesses, overview
from plan_lifecycle.store import letters as letter_rows
from plan_lifecycle.store import obligations as obligation_rows
from plan_lifecycle.store.database import Connection
from plan_lifecycle.store.guesses import WaitingFile
from plan_lifecycle.store.overview import DeadAddress, FailedLetter

WEEK = timedelta(days=6)
MOST_NAMES = 20
"""Units that a line names before it says how many more there are."""


@dataclass(frozen=True, slots=True)
class Told:
    """How many digests were queued, for coordinators and for leaders; ``faults``: receivers whose digest failed."""

    coordinators: int = 0
    leaders: int = 0
    faults: tuple[str, ...] = ()


@dataclass
class _Standing:
    """What one receiver's coordinator has to know."""

    receiver_id: str
    received: int = 0
    due: list[Obligation] = field(default_factory=list)
    overdue: list[Obligation] = field(default_factory=list)
    own: list[Obligation] = field(default_factory=list)
    ended: list[EndedDuty] = field(default_factory=list)
    failed: list[FailedLetter] = field(default_factory=list)
    dead: list[DeadAddress] = field(default_factory=list)
    unreachable: list[str] = field(default_factory=list)
    months: list[ToldMonth] = field(default_factory=list)
    files: list[WaitingFile] = field(default_factory=list)
    trail: str | None = None

    def empty(self, today: date) -> bool:
        waits = self.due or self.overdue or self.own or self.ended or self.failed or self.unreachable or self.files
        return not (self.received or waits or urgent(self.months, today))


def tell_coordinators(office: Office, now: datetime) -> Told:
    """Queue the digests of a working morning; once a day and address, whatever is run twice."""
    rules, today = office.rules.reminding.digest, now.date()
    if not office.rules.calendar.is_working(today) or not (rules.roles or rules.leaders):
        return Told()
    with office.store.read() as connection:
        everything_owed = overview.outstanding_by(connection, today + WEEK)
        owed = [obligation for obligation in everything_owed if obligation.item is not Item.QUOTA]
        desk = open_desk(office, connection, now, owed)
        standings = list(_standings(connection, desk, owed))
        late = {obligation.gathering for obligation in owed if obligation.due_on and obligation.due_on < today}
        everything = {key: _gathered(connection, key) for key in late}
    morning: list[Letter] = []
    leaders: list[Letter] = []
    faults: list[str] = []
    weekly = _is_leaders_day(office, today)
    for standing in standings:
        with contained(standing.receiver_id, told_in(faults, desk.tree.called(standing.receiver_id))):
            morning += _letters(desk, standing, everything, rules.roles, "digest")
            if weekly and _escalated(desk, standing):
                leaders += _letters(desk, standing, everything, rules.leaders, "leader")
    with office.store.write() as connection:
        return Told(
            len(letter_rows.queue(connection, morning)), len(letter_rows.queue(connection, leaders)), tuple(faults)
        )


def _standings(connection: Connection, desk: Desk, owed: Sequence[Obligation]) -> Iterator[_Standing]:
    today = desk.now.date()
    since = opening_of(desk.office.rules.calendar.on_or_before(today - timedelta(days=1)))
    received, failed = overview.received_since(connection, since), list(overview.failed_since(connection, since))
    dead = overview.dead_addresses(connection, today)
    months, trail = months_by_receiver(connection, desk.tree), audit.head(connection)
    ended = _ended_by_keeper(connection, desk)
    files = guesses.waiting_files(connection)
    superiors = {above.id for file in files if (above := _above(desk, file)) is not None}
    for receiver_id in sorted({*overview.receivers(connection), *months, *superiors, *ended}):
        if receiver_id not in desk.tree:
            continue
        mine = [obligation for obligation in owed if obligation.receiver_id == receiver_id]
        below = overview.owing_to(connection, receiver_id)
        own = [obligation for obligation in mine if desk.scene.own_duty(obligation)]
        alive = [obligation for obligation in mine if desk.both_exist(obligation) and obligation not in own]
        quiet = [obligation for obligation in alive if obligation.id not in desk.awaiting]
        yield _Standing(
            receiver_id,
            received.get(receiver_id, 0),
            due=[obligation for obligation in alive if obligation.due_on and obligation.due_on >= today],
            overdue=[obligation for obligation in quiet if obligation.due_on and obligation.due_on < today],
            own=own,
            ended=ended.get(receiver_id, []),
            failed=[letter for letter in failed if letter.unit_id in below],
            dead=[address for address in dead if address.unit_id in below],
            unreachable=sorted(
                {
                    desk.tree.named(desk.tree[obligation.unit_id])
                    for obligation in alive
                    if not desk.recipients(obligation.unit_id)
                }
            ),
            months=months.get(receiver_id, []),
            files=[file for file in files if file.unit_id in below or _above(desk, file) == desk.tree[receiver_id]],
            trail=trail,
        )


def _above(desk: Desk, file: WaitingFile) -> Unit | None:
    """The unit that would receive a file of which nothing may be owed yet."""
    unit = desk.tree.get(file.unit_id)
    return desk.tree.parent(unit) if unit else None


def _ended_by_keeper(connection: Connection, desk: Desk) -> dict[str, list[EndedDuty]]:
    """What is open of units that exist no more, by who receives it now; what nobody does is told at the top."""
    tops = [unit.id for unit in desk.tree.children(None) if unit.territorial]
    found: dict[str, list[EndedDuty]] = {}
    for duty in ended_duties(connection, desk.now.date()).values():
        for keeper in [duty.keeper.id] if duty.keeper else tops:
            found.setdefault(keeper, []).append(duty)
    return found


def _letters(
    desk: Desk,
    standing: _Standing,
    everything: dict[Gathering, list[Obligation]],
    roles: Sequence[ContactRole],
    kind: str,
) -> Iterator[Letter]:
    if standing.empty(desk.now.date()) or not roles:
        return
    receiver = desk.tree[standing.receiver_id]
    writes = desk.office.coordinating_agency(desk.tree, receiver)
    to_whom = desk.first_holders(writes.id, roles)
    files = list(_drafts(desk, standing, everything)) if to_whom else []
    context = Digest(
        sender=desk.office.sender(desk.tree, receiver),
        to=f"Lãnh đạo {desk.tree.named(writes)}" if kind == "leader" else desk.tree.named(writes),
        today=desk.now.date(),
        standing=tuple(_standing_lines(standing)),
        waiting=tuple(_waiting_lines(desk, standing, files)),
        dead_addresses=tuple(dead.email for dead in standing.dead),
        trail=standing.trail,
    )
    for to in to_whom:
        key = f"{kind}:{desk.now.date().isoformat()}:{standing.receiver_id}:{to.email}"
        try:
            yield write_letter(desk.office, context, key=key, to=to, now=desk.now, attachments=files)
        except InputError:  # an address that cannot be mailed is told of by its own unit's reminders
            continue


def _standing_lines(standing: _Standing) -> Iterator[DigestLine]:
    if standing.received:
        yield DigestLine("Mới nhận từ buổi làm việc trước", standing.received)
    for what, items in _grouped(standing.due):
        soonest = short_date(min(obligation.due_on for obligation in items if obligation.due_on))
        yield DigestLine(f"Đến hạn trong tuần: {what}", len(items), f"sớm nhất ngày {soonest}")
    yield from standing_lines(standing.months)


def _waiting_lines(desk: Desk, standing: _Standing, files: Sequence[Attachment]) -> Iterator[DigestLine]:
    for what, items in _grouped(standing.overdue):
        yield DigestLine(f"Quá hạn: {what}", len(items), _names(desk, items))
    yield from waiting_lines(standing.months, desk.now.date(), MOST_NAMES)
    if files:
        label = "Dự thảo công văn đôn đốc, trình lãnh đạo xem xét, ký ban hành"
        yield DigestLine(label, len(files), "gửi kèm")
    if standing.files:
        units = dict.fromkeys(desk.tree.called(file.unit_id) for file in standing.files)
        count = len({file.arrival_id for file in standing.files})
        label = "Tệp chờ xem xét, tạm chưa nhắc nội dung có thể là tệp đó"
        yield DigestLine(label, count, _listed(list(units)))
    if standing.unreachable:
        names = "; ".join(standing.unreachable)
        yield DigestLine("Đơn vị chưa có địa chỉ thư liên hệ", len(standing.unreachable), names)
    for owed in standing.own:
        last_day = f"chậm nhất hết ngày {short_date(owed.due_on)}" if owed.due_on else None
        yield DigestLine(f"{OWN_DUTY}: {owed.what}", 1, last_day)
    if standing.ended:
        label = "Nội dung của đơn vị đã kết thúc hoạt động, chờ bàn giao hoặc kết thúc"
        yield DigestLine(label, len(standing.ended), _ended_names(standing.ended))
    if standing.failed:
        shown = "; ".join(f"{letter.recipient}: {letter.reason}" for letter in standing.failed[:MOST_NAMES])
        yield DigestLine("Thư không gửi được", len(standing.failed), shown)


def _drafts(desk: Desk, standing: _Standing, everything: dict[Gathering, list[Obligation]]) -> Iterator[Attachment]:
    """A draft letter for each item of which enough units are late."""
    threshold = desk.office.rules.reminding.digest.draft_from
    for key, late in _by_gathering(standing.overdue).items():
        enough = threshold is not None and len(late) >= threshold
        draft = draft_for(desk, everything[key], late) if enough else None
        if draft is not None:
            yield Attachment(draft.file_name, WORD, draft.data)


def _escalated(desk: Desk, standing: _Standing) -> bool:
    """Whether any unit has come to a rung of which the leader is told."""
    today = desk.now.date()
    return any(
        rung_day.rung.escalates and rung_day.day <= today
        for owed in standing.overdue
        for rung_day in desk.office.rules.rung_days(owed, desk.tree[owed.unit_id])
    )


def _is_leaders_day(office: Office, today: date) -> bool:
    """The first working day of the week from the configured weekday on."""
    begins = today - timedelta(days=today.isoweekday() - office.rules.reminding.digest.leaders_on)
    return begins <= today and office.rules.calendar.on_or_after(begins) == today


def _grouped(owed: Sequence[Obligation]) -> Iterator[tuple[str, list[Obligation]]]:
    for alike in _by_gathering(owed).values():
        yield alike[0].what, alike


def _names(desk: Desk, owed: Sequence[Obligation]) -> str:
    return _listed([desk.tree.named(desk.tree[obligation.unit_id]) for obligation in owed])


def _listed(names: Sequence[str]) -> str:
    more = f" và {len(names) - MOST_NAMES} đơn vị khác" if len(names) > MOST_NAMES else ""
    return "; ".join(names[:MOST_NAMES]) + more


def _ended_names(ended: Sequence[EndedDuty]) -> str:
    """Which unit owed how much: "UBND xã Phan Hòa (02 nội dung); …"."""
    counts = Counter(duty.unit for duty in ended)
    shown = [f"{name} ({count_text(count)} nội dung)" for name, count in counts.items()]
    more = f" và {count_text(len(shown) - MOST_NAMES)} đơn vị khác" if len(shown) > MOST_NAMES else ""
    return "; ".join(shown[:MOST_NAMES]) + more


def _by_gathering(owed: Sequence[Obligation]) -> dict[Gathering, list[Obligation]]:
    found: dict[Gathering, list[Obligation]] = {}
    for obligation in owed:
        found.setdefault(obligation.gathering, []).append(obligation)
    return found


def _gathered(connection: Connection, key: Gathering) -> list[Obligation]:
    return [one for one in obligation_rows.owed_to(connection, *key[:3]) if one.gathering == key]
