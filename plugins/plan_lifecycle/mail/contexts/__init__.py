"""What each letter says, before it is worded: one frozen dataclass per kind of letter.

A field here is a name in ``templates/mail/<kind>.{subject,txt,html}.j2``; a contract test holds the two together.
Every letter goes to one address and says for whom it is (``to``), who writes (``sender``) and on which day (``today``).
"""

from __future__ import annotations

from plan_lifecycle.mail.contexts._accounts import (
    Digest,
    DigestLine,
    EscalationToLeader,
    MainFigure,
    NothingReported,
    ReportToCoordinator,
    ReportToLeader,
)
from plan_lifecycle.mail.contexts._answers import (
    Accepted,
    FileWaits,
    LinkRenewed,
    NoUsableFile,
    Receipt,
    RequestAnswered,
    Return,
)
from plan_lifecycle.mail.contexts._changes import ChangedItem, HandedItem, HandedOver, NoticeOfChange
from plan_lifecycle.mail.contexts._parts import Context, OwedItem, PlanRef, Sender, ShortMonth
from plan_lifecycle.mail.contexts._requests import (
    ContactConfirmation,
    Reminder,
    ReminderAfter,
    ReminderBefore,
    ReminderLast,
    ReminderQuota,
    ScoreForm,
    SubPlanRequest,
)

__all__ = [
    "CONTEXTS",
    "Accepted",
    "ChangedItem",
    "ContactConfirmation",
    "Context",
    "Digest",
    "DigestLine",
    "EscalationToLeader",
    "FileWaits",
    "HandedItem",
    "HandedOver",
    "LinkRenewed",
    "MainFigure",
    "NoUsableFile",
    "NothingReported",
    "NoticeOfChange",
    "OwedItem",
    "PlanRef",
    "Receipt",
    "Reminder",
    "ReminderAfter",
    "ReminderBefore",
    "ReminderLast",
    "ReminderQuota",
    "ReportToCoordinator",
    "ReportToLeader",
    "RequestAnswered",
    "Return",
    "ScoreForm",
    "Sender",
    "ShortMonth",
    "SubPlanRequest",
]

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
