"""The judgement itself, from the surest evidence to the weakest; a person's message is never taken for a bounce.

Reports are believed by their structure, notices in prose only from a mail system. A delivery report that tells of
success (RFC 3461) is of kind ``bounce`` with ``permanent`` None: it is news of a delivery, and changes nothing. A read
receipt (RFC 8098) is an ``auto_reply``.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from plan_lifecycle.mail.incoming import _evidence as evidence
from plan_lifecycle.mail.incoming._failure import Failure
from plan_lifecycle.mail.incoming._failure_text import returns_a_letter, told_failures
from plan_lifecycle.mail.incoming._own_words import own_words_of
from plan_lifecycle.mail.incoming._reading import MAIL_ERRORS, Reading, read
from plan_lifecycle.mail.incoming._report import (
    complaint_recipient,
    delivery_failures,
    disposition_failed,
    notification,
)


class Kind(StrEnum):
    """What a message is to us. ``submission``: a person's message that carries or answers what is owed."""

    BOUNCE = "bounce"
    AUTO_REPLY = "auto_reply"
    FEEDBACK = "feedback"
    SUBMISSION = "submission"
    OTHER = "other"
    UNREADABLE = "unreadable"


@dataclass(frozen=True, slots=True)
class Classified:
    """The kind; of a bounce the first recipient that failed, its status ``x.y.z`` and whether that is for good.

    Of an auto-reply ``recipient`` is who is away, of a complaint who complained. ``failures`` has every recipient that
    a bounce names, those for good first.
    """

    kind: Kind
    recipient: str | None = None
    status: str | None = None
    permanent: bool | None = None
    failures: tuple[Failure, ...] = ()


def classify(data: bytes) -> Classified:
    """Judge a message from its bytes. Never raises: what is no message is ``unreadable``."""
    reading = read(data)
    if reading is None:
        return Classified(Kind.UNREADABLE)
    try:
        return _judge(reading)
    except MAIL_ERRORS:
        return Classified(Kind.OTHER)


def _judge(reading: Reading) -> Classified:
    return _by_structure(reading) or _by_notice(reading) or _by_sender(reading)


def _by_structure(reading: Reading) -> Classified | None:
    """A machine-readable report that is the message itself, not one that a person encloses."""
    own = {part.type for part in reading.parts}
    sent_by_machine = reading.type == "multipart/report" or evidence.from_mail_system(reading)
    if reading.report_type == "feedback-report" or "message/feedback-report" in own or _hotmail_complaint(reading):
        return Classified(Kind.FEEDBACK, complaint_recipient(reading))
    if reading.report_type == "disposition-notification" or "message/disposition-notification" in own:
        kind = Kind.BOUNCE if disposition_failed(reading) else Kind.AUTO_REPLY
        return Classified(kind, evidence.sender(reading) or None)
    if "message/delivery-status" in own and (sent_by_machine or evidence.automatic(reading)):
        failures = delivery_failures(reading)
        named = [failure for failure in failures if failure.recipient]
        return _bounce(named or _with_recipients(failures, reading))
    if reading.report_type == "delivery-status":
        return _bounce(told_failures(reading))
    return None


def _by_notice(reading: Reading) -> Classified | None:
    """A failure told in prose, or in the JSON of a sending service."""
    if evidence.mass_mail(reading) and (told := notification(reading.text)) is not None:
        kind, failure = told
        return Classified(Kind.FEEDBACK, failure.recipient) if kind == "complaint" else _bounce([failure])
    return _bounce(told_failures(reading)) if _tells_of_failure(reading) else None


def _tells_of_failure(reading: Reading) -> bool:
    """A mail system is believed at a word; another machine, or an unsigned notice, only with the letter it returns."""
    subject, text = evidence.tells_of_failure(reading)
    if reading.has("x-failed-recipients"):
        return True
    if reading.has("x-mlserver"):
        return subject or (text and not evidence.answers(reading))
    if evidence.brings_files(reading):
        return False
    if evidence.from_mail_system(reading):
        return subject or text
    if evidence.notice_by_name(reading) and not evidence.documents(reading):
        return text
    if evidence.machine_sent(reading):
        return text and (subject or returns_a_letter(reading))
    person = evidence.passes_on(reading) or evidence.answers(reading) or evidence.speaks_of_what_is_owed(reading)
    return subject and text and not person and (evidence.service_mailbox(reading) or returns_a_letter(reading))


def _by_sender(reading: Reading) -> Classified:
    if evidence.replies_automatically(reading):
        return Classified(Kind.AUTO_REPLY, evidence.sender(reading) or None)
    if evidence.robot(reading):
        return Classified(Kind.OTHER)
    brings = evidence.documents(reading) or evidence.answers(reading) or evidence.names_a_share(own_words_of(reading))
    if brings or (evidence.speaks_of_what_is_owed(reading) and not evidence.mass_mail(reading)):
        return Classified(Kind.SUBMISSION)
    return Classified(Kind.OTHER)


def _bounce(failures: list[Failure]) -> Classified:
    first = failures[0] if failures else Failure(None)
    return Classified(Kind.BOUNCE, first.recipient, first.status, first.permanent, tuple(failures))


def _with_recipients(failures: list[Failure], reading: Reading) -> list[Failure]:
    """A report whose blocks name nobody: who failed is in the prose beside it, how is in the report."""
    told = told_failures(reading)
    if not failures:
        return told
    how = failures[0]
    return [
        Failure(failure.recipient, how.status or failure.status, _first(how.permanent, failure.permanent))
        for failure in told
    ]


def _first(report: bool | None, prose: bool | None) -> bool | None:
    return prose if report is None else report


def _hotmail_complaint(reading: Reading) -> bool:
    """Outlook.com's complaints are no reports: a subject, and the letter returned with the complainer in a header."""
    if not reading.header("subject").lower().startswith("complaint about message from"):
        return False
    return any(returned.get("X-HmXmrOriginalRecipient") for returned in reading.returned)
