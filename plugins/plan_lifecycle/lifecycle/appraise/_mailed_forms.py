"""The forms of a year's scores go to the units by mail, each with its own; they come back like any paper."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from plan_lifecycle.domain.act import ActKind, ActSubject
from plan_lifecycle.domain.decider import Decider
from plan_lifecycle.domain.errors import InputError
from plan_lifecycle.domain.letter import Letter
from plan_lifecycle.domain.writing import short_date
from plan_lifecycle.lifecycle.appraise._claims import form_of
from plan_lifecycle.lifecycle.appraise._round import ScoringRound
from plan_lifecycle.lifecycle.office import EXCEL, Office, open_desk, write_letter
from plan_lifecycle.mail.contexts import ScoreForm
from plan_lifecycle.mail.message import Attachment
from plan_lifecycle.store import letters as letter_rows
from plan_lifecycle.store.audit import Act, append


@dataclass(frozen=True, slots=True)
class FormsSent:
    """How many letters are new, and the units that nobody can write to."""

    queued: int
    unreachable: tuple[str, ...]


def send_forms(office: Office, of: ScoringRound, last_day: date, decider: Decider, now: datetime) -> FormsSent:
    """Queue the letter with its form for each unit of a round, once for each last day.

    Raises InputError where the day is over.
    """
    if last_day < now.date():
        vi = f"Ngày cuối cùng không được trước hôm nay ({short_date(now.date())})."
        raise InputError("a day that is still to come", field="--until", found=last_day, vi=vi)
    with office.store.read() as connection:
        desk = open_desk(office, connection, now)
    units = {unit.id: unit for unit in of.units}
    sender = office.sender(desk.tree, of.receiver, units)
    letters: list[Letter] = []
    unreachable: list[str] = []
    for unit in of.units:
        to = desk.recipients(unit.id)[:1]
        if not to:
            unreachable.append(unit.agency)
            continue
        name, data = form_of(office, of, unit)
        context = ScoreForm(
            sender=sender,
            to=unit.agency,
            today=now.date(),
            unit=unit.agency,
            title=of.title,
            last_day=last_day,
            form=name,
        )
        key = f"score-form:{of.scheme.code}:{of.year}:{unit.id}:{last_day.isoformat()}"
        letters.append(
            write_letter(office, context, key=key, to=to[0], now=now, attachments=[Attachment(name, EXCEL, data)])
        )
    with office.store.write() as connection:
        queued = len(letter_rows.queue(connection, letters))
        if queued:
            details = {"scheme": of.scheme.code, "last_day": last_day.isoformat(), "letters": queued}
            kind = ActKind.SEND_SCORE_FORMS
            append(connection, Act(now, decider.by, kind, ActSubject.SCORES, of.year, decider.reason, details))
    return FormsSent(queued, tuple(unreachable))
