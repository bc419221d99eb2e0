"""A unit's self-score among what came: it is known by its title, taken whole or not at all, and answered.

Xã Bình An answers the letter that brought its form, lays it into its folder or uploads it on its page: what it says of
itself stands on the board's page of scores at once. With a faulty row nothing is taken, and the letter names each.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from plan_lifecycle.documents.read_ahead import Question
from plan_lifecycle.documents.score_form import year_of_score_form
from plan_lifecycle.domain.decider import Decider
from plan_lifecycle.domain.errors import InputError
from plan_lifecycle.domain.submission import ArrivalState
from plan_lifecycle.domain.unit import UnitTree
from plan_lifecycle.domain.writing import short_date
from plan_lifecycle.lifecycle.appraise import ScoringRound, open_round, take
from plan_lifecycle.lifecycle.office import Desk, Office, write_letter
from plan_lifecycle.lifecycle.submission import Upload, kept_bytes
from plan_lifecycle.mail.contexts import Context, Receipt, Return
from plan_lifecycle.store import arrivals as arrival_rows
from plan_lifecycle.store import letters as letter_rows
from plan_lifecycle.store import units as unit_rows
from plan_lifecycle.store.arrivals import StoredArrival
from plan_lifecycle.store.blobs import BlobError

AGAIN_WITHIN = 3
"""Working days for a form that could not be taken."""
ITEM = "scores"
"""What such an arrival is for; nothing is owed by it."""
ASKED = (Question(year_of_score_form),)
"""What is asked of every workbook, for it may be such a form."""


def take_score_form(desk: Desk, arrival: StoredArrival, upload: Upload | None = None) -> ArrivalState | None:
    """Take a form and answer it; None where it is none, or it is not known whose round it belongs to.

    ``upload`` is its file, where that was taken out already.
    """
    office, now = desk.office, desk.now
    found = _round_of(office, desk.tree, arrival, now, upload)
    if found is None:
        return None
    of, data = found
    unit = desk.tree[arrival.unit_id or ""]
    common: dict[str, Any] = {
        "sender": office.sender(desk.tree, of.receiver),
        "to": desk.tree.named(unit),
        "today": now.date(),
        "what": f"Bảng tự chấm điểm năm {of.year}",
        "unit": desk.tree.named(unit),
    }
    context: Context
    try:
        take(office, of, data, arrival.file_name, Decider(unit.agency), now, unit.id)
        state, reason = ArrivalState.FILED, None
        context = Receipt(**common, received_at=arrival.received_at, files=(arrival.file_name,))
    except InputError as error:
        state, reason = ArrivalState.REFUSED, error.for_user
        last = office.rules.calendar.shift(now.date(), AGAIN_WITHIN)
        findings = tuple(error.for_user.splitlines())
        context = Return(**common, first_received=None, findings=findings, resend=f"trước ngày {short_date(last)}")
    letters = [
        write_letter(office, context, key=f"scores-answer:{arrival.id}", to=to, now=now)
        for to in desk.recipients(unit.id)[:1]
    ]
    with office.store.write() as connection:
        if not arrival_rows.settle(connection, arrival.id, state, reason):
            return None
        letter_rows.queue(connection, letters)
    return state


def take_up_score_forms(office: Office, now: datetime) -> None:
    """Make new again the forms that were left to a person, as nothing is owed by them."""
    with office.store.read() as connection:
        numbers = arrival_rows.left_workbooks(connection)
        waiting = [arrival for number in numbers if (arrival := arrival_rows.get(connection, number)) is not None]
        if not waiting:
            return
        tree = unit_rows.load_tree(connection, now.date())
    for arrival in waiting:
        found = _round_of(office, tree, arrival, now)
        if found is not None and arrival.unit_id is not None:
            with office.store.write() as connection:
                arrival_rows.take_up(connection, arrival.id, arrival.unit_id, ITEM, str(found[0].year))


def _round_of(
    office: Office, tree: UnitTree, arrival: StoredArrival, now: datetime, upload: Upload | None = None
) -> tuple[ScoringRound, bytes] | None:
    unit = tree.get(arrival.unit_id or "")
    receiver = tree.parent(unit) if unit else None
    named = arrival.file_name.lower().endswith(".xlsx")
    if receiver is None or arrival.blob is None or arrival.quarantined or not named:
        return None
    try:
        data = upload.data if upload else kept_bytes(office, arrival.blob, quarantined=False)
    except BlobError:
        return None
    year = (upload or office).bounded(year_of_score_form, data)
    if year is None or year > now.year:
        return None
    rules = office.rules.score_rules
    for scheme in rules.of_year(year):
        try:
            of = open_round(office, rules, scheme.code, year, receiver.id, now)
        except InputError:
            continue
        if unit in of.units:
            return of, data
    return None
