"""What each letter says, before it is worded: one frozen dataclass per kind of letter.

A field here is a name in ``templates/mail/<kind>.{subject,txt,html}.j2``; a contract test holds the two together.
Every letter goes to one address and says for whom it is (``to``), who writes (``sender``) and on which day (``today``).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import ClassVar

from plan_lifecycle.domain.unit import Asking


@dataclass(frozen=True, slots=True)
class Sender:
    """Who writes: the agency, the officer in charge with the *office's* telephone, and where answers go.

    ``closing`` are lines below the agency's name at the end.
    """

    agency: str
    reply_to: str
    officer: str | None = None
    phone: str | None = None
    portal: str | None = None
    ask: Asking = Asking.REQUEST
    closing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PlanRef:
    """The plan that a letter rests on. ``abstract`` reads on after "về" ("thông tin, tuyên truyền … năm 2026")."""

    number: str
    issued: date
    issuer: str
    abstract: str


@dataclass(frozen=True, slots=True)
class OwedItem:
    """One obligation as a letter lists it.

    ``deadline`` is the plan's own wording, ``last_day`` the last day allowed; ``received`` of ``expected`` units have
    sent theirs. ``rest_day`` says that the last day is no working day. ``link`` is the unit's signed upload address,
    ``code`` opens the same page for somebody who types, ``paper`` says in a word what is handed in there.
    ``figures``: it holds figures. ``first_notice``: no letter
    about it has left yet, so nobody may speak as if the unit had been reminded.
    """

    what: str
    unit: str
    deadline: str
    last_day: date
    plan: PlanRef | None = None
    received: int | None = None
    expected: int | None = None
    rest_day: bool = False
    link: str | None = None
    code: str | None = None
    paper: str = "văn bản"
    figures: bool = False
    first_notice: bool = False


@dataclass(frozen=True, slots=True)
class ShortMonth:
    """A month ("tháng 5 năm 2023") of which a unit's columns showed ``count`` of ``quota`` items when seen last.

    ``undated`` items name no day and so do not count.
    """

    month: str
    unit: str
    count: int
    quota: int
    seen_on: date
    last_day: date
    plan: PlanRef | None = None
    undated: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """What every letter knows."""

    kind: ClassVar[str]

    sender: Sender
    to: str
    today: date


@dataclass(frozen=True, slots=True, kw_only=True)
class SubPlanRequest(Context):
    """The cascade letter: the superior plan, the sub-plan that is owed, the unit's draft attached."""

    kind: ClassVar[str] = "sub_plan_request"

    plan: PlanRef
    item: OwedItem
    activities: int
    draft: str | None = None

    @property
    def late(self) -> bool:
        """Whether the unit hears of its duty only now that the last day is over."""
        return self.item.last_day < self.today


@dataclass(frozen=True, slots=True, kw_only=True)
class Reminder(Context):
    """Everything owed at one address: several obligations, of several units where they share a mailbox."""

    items: tuple[OwedItem, ...]
    quotas: tuple[ShortMonth, ...] = ()
    form: str | None = None

    @property
    def soonest(self) -> OwedItem:
        """The item that the subject names."""
        return min(self.items, key=lambda item: item.last_day)

    @property
    def days_left(self) -> int:
        """Calendar days until the first last day; 0 on that day."""
        return (self.soonest.last_day - self.today).days

    @property
    def plan(self) -> PlanRef | None:
        """The plan, where all items rest on one."""
        plans = {item.plan for item in self.items}
        return plans.pop() if len(plans) == 1 else None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReminderBefore(Reminder):
    """T−14, T−7: *nhắc*."""

    kind: ClassVar[str] = "reminder_before"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReminderLast(Reminder):
    """T−1 and the last day itself."""

    kind: ClassVar[str] = "reminder_last"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReminderAfter(Reminder):
    """T+3 and later: *đôn đốc*. Other units are counted, never named. ``send_by`` is the day now asked for.

    What is not due yet is listed apart: nobody asks for it before its day.
    """

    kind: ClassVar[str] = "reminder_after"

    send_by: date

    @property
    def late(self) -> tuple[OwedItem, ...]:
        """The items whose last day is over."""
        return tuple(item for item in self.items if item.last_day < self.today)

    @property
    def coming(self) -> tuple[OwedItem, ...]:
        """The items that are still to come due."""
        return tuple(item for item in self.items if item.last_day >= self.today)

    @property
    def first_notice(self) -> bool:
        """Whether no letter about any of the late items has left before this one."""
        return all(item.first_notice for item in self.late)

    @property
    def counted_to(self) -> date:
        """The counts are of the end of the day before."""
        return self.today - timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReminderQuota(Context):
    """The month ends soon, and fewer items stand on the unit's site than the plan asks for; nothing else is owed."""

    kind: ClassVar[str] = "reminder_quota"

    quotas: tuple[ShortMonth, ...]

    @property
    def plan(self) -> PlanRef | None:
        """The plan, where all rest on one."""
        plans = {month.plan for month in self.quotas}
        return plans.pop() if len(plans) == 1 else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt(Context):
    """An arrival was stored. ``document`` is how the paper calls itself ("Báo cáo số 45/BC-UBND ngày 15/6/2026").

    ``findings`` are what was seen at once, in words for the unit.
    """

    kind: ClassVar[str] = "receipt"

    what: str
    unit: str
    received_at: datetime
    document: str | None = None
    files: tuple[str, ...] = ()
    findings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Return(Context):
    """A submission goes back with findings; its first date stays on record, where it had one that counts.

    ``still_open`` counts the required figures that it has not.
    """

    kind: ClassVar[str] = "return"

    what: str
    unit: str
    first_received: date | None
    findings: tuple[str, ...]
    resend: str
    document: str | None = None
    link: str | None = None
    code: str | None = None
    paper: str = "văn bản"
    still_open: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Accepted(Context):
    """A submission was accepted; with ``awaits_paper`` only its figures, until ``last_day`` the signed paper is due."""

    kind: ClassVar[str] = "accepted"

    what: str
    unit: str
    received_on: date
    document: str | None = None
    note: str | None = None
    awaits_paper: bool = False
    last_day: date | None = None
    link: str | None = None
    code: str | None = None


@dataclass(frozen=True, slots=True)
class MainFigure:
    """A figure that tells most of a report: "Số tin, bài", "1.250 tin, bài, tăng 12 so với cùng kỳ năm trước"."""

    name: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportToLeader(Context):
    """The consolidated report, attached. ``missing`` names the units whose figures it lacks."""

    kind: ClassVar[str] = "report_to_leader"

    title: str
    division: str
    received: int
    expected: int
    figures: tuple[MainFigure, ...] = ()
    missing: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    files: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportToCoordinator(Context):
    """The draft of the consolidated report, attached, before the leader has it.

    ``leader_on`` is the day on which the leader gets it by itself; None where only a person lets it go. ``held`` is the
    reason of a hold that is in force, ``below`` the least per cent of units for a leader where fewer are in. ``page``
    is the address of the board's page of reports.
    """

    kind: ClassVar[str] = "report_to_coordinator"

    title: str
    received: int
    expected: int
    leader_on: date | None = None
    held: str | None = None
    below: int | None = None
    page: str | None = None
    missing: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    files: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class NothingReported(Context):
    """No unit has reported, so no consolidated report was made: the coordinator hears who is missing.

    ``own`` are the coordinating agencies themselves, whose figures are their own to-do.
    """

    kind: ClassVar[str] = "nothing_reported"

    title: str
    expected: int
    missing: tuple[str, ...]
    own: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class EscalationToLeader(Context):
    """Units are late for long: the division lays a draft *công văn đôn đốc* before the leader to sign."""

    kind: ClassVar[str] = "escalation_to_leader"

    what: str
    division: str
    last_day: date
    expected: int
    missing: tuple[str, ...]
    draft: str | None = None


@dataclass(frozen=True, slots=True)
class DigestLine:
    """One line of the digest: what it is about, how many, and where the board shows them."""

    label: str
    count: int
    detail: str | None = None
    link: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Digest(Context):
    """The coordinator's morning: how things stand, what waits for a person, addresses that refuse mail.

    ``trail`` is the head of the trail of decisions: kept with the letter, it shows later whether rows were removed.
    """

    kind: ClassVar[str] = "digest"

    standing: tuple[DigestLine, ...] = ()
    waiting: tuple[DigestLine, ...] = ()
    dead_addresses: tuple[str, ...] = ()
    trail: str | None = None


@dataclass(frozen=True, slots=True)
class ChangedItem:
    """An obligation before and after; a None afterwards means that it is no longer owed."""

    what: str
    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeOfChange(Context):
    """A plan was amended or withdrawn, a date moved. ``change`` continues "… đã được" ("điều chỉnh", "thu hồi").

    ``draft`` names the attached draft that takes the place of the one sent before.
    """

    kind: ClassVar[str] = "notice_of_change"

    plan: PlanRef
    unit: str
    change: str
    basis: str | None = None
    items: tuple[ChangedItem, ...] = ()
    draft: str | None = None


@dataclass(frozen=True, slots=True)
class HandedItem:
    """An obligation that was handed over: ``before`` owed it (None: the unit itself), to ``receiver``."""

    owed: OwedItem
    before: str | None
    receiver: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HandedOver(Context):
    """A unit takes on what another that exists no more owed, or owes it to another ``receiver`` now."""

    kind: ClassVar[str] = "handed_over"

    unit: str
    receiver: str
    items: tuple[HandedItem, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class NoUsableFile(Context):
    """A message came without a file that could be taken in. ``what`` is None where it may have meant several things.

    ``stated``: it says which paper was sent elsewhere, or asks for more time, and so is an answer. ``link``: it names a
    place where files are shared, which is not opened.
    """

    kind: ClassVar[str] = "no_usable_file"

    unit: str
    received_at: datetime
    what: str | None = None
    stated: bool = False
    link: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class FileWaits(Context):
    """Files came that a person has to look at. To a stranger ``unit`` is None, and nothing of theirs is repeated."""

    kind: ClassVar[str] = "file_waits"

    unit: str | None
    received_at: datetime
    files: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkRenewed(Context):
    """A unit asked for a new address because its old one had ended; it goes to registered contacts only."""

    kind: ClassVar[str] = "link_renewed"

    what: str
    link: str
    code: str | None = None
    paper: str = "văn bản"


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestAnswered(Context):
    """What became of a unit's request on its page: ``granted_until`` is its new last day; None: it was declined for
    the ``reason``, and ``last_day`` stays."""

    kind: ClassVar[str] = "request_answered"

    what: str
    unit: str
    granted_until: date | None = None
    last_day: date | None = None
    reason: str | None = None
    link: str | None = None
    code: str | None = None
    paper: str = "văn bản"


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoreForm(Context):
    """A unit is asked to score itself: its form is attached (``form`` is the file's name), until the end of
    ``last_day``. ``title`` is what the ranking is called."""

    kind: ClassVar[str] = "score_form"

    unit: str
    title: str
    last_day: date
    form: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactConfirmation(Context):
    """Once a year: is this still whom to write to? ``role`` is "cán bộ đầu mối" or "lãnh đạo"."""

    kind: ClassVar[str] = "contact_confirmation"

    unit: str
    person: str
    role: str
    email: str


CONTEXTS: dict[str, type[Context]] = {
    context.kind: context
    for context in (
        SubPlanRequest,
        ReminderBefore,
        ReminderLast,
        ReminderAfter,
        ReminderQuota,
        Receipt,
        Return,
        Accepted,
        ReportToLeader,
        NothingReported,
        ReportToCoordinator,
        EscalationToLeader,
        Digest,
        NoticeOfChange,
        HandedOver,
        ContactConfirmation,
        FileWaits,
        NoUsableFile,
        LinkRenewed,
        ScoreForm,
        RequestAnswered,
    )
}
