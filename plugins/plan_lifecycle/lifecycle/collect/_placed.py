"""Settling a file of which nobody said what it is for: it is filed by what it says itself, or left to a person.

What it would be filed for is judged like every submission; only what fits alone, and with nothing in it that speaks of
another unit, year or period, is filed, and says by what it was placed.
"""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from plan_lifecycle.channels import MailboxChannel
from plan_lifecycle.documents.gate import Verdict
from plan_lifecycle.domain.errors import InputError
from plan_lifecycle.domain.obligation import PAPERS, Item, Obligation
from plan_lifecycle.domain.period import Period
from plan_lifecycle.domain.submission import ArrivalState
from plan_lifecycle.lifecycle.collect._by_paper import PaperSays, only_fitting, said_by_paper, with_source
from plan_lifecycle.lifecycle.collect._doubts import Doubt
from plan_lifecycle.lifecycle.collect._guess import of_a_claim
from plan_lifecycle.lifecycle.collect._left import leave
from plan_lifecycle.lifecycle.office import Desk, open_desk
from plan_lifecycle.lifecycle.submission import (
    RETURNED_BEFORE,
    Judged,
    Superiors,
    Upload,
    file_arrival,
    judge,
    only_meant,
    receipt_letters,
    refusal_letters,
    take_out,
    told_at_once,
)
from plan_lifecycle.store import arrivals as arrival_rows
from plan_lifecycle.store.arrivals import StoredArrival


def settle_by_paper(desk: Desk, superiors: Superiors, arrival: StoredArrival) -> ArrivalState | None:
    """Decide an arrival that fits nothing owed by what its sender said; None where another process was quicker."""
    says = PaperSays()
    silent = arrival.unit_id not in desk.tree or not arrival.item
    if silent and arrival.channel != MailboxChannel.name:
        upload = take_out(desk.office, arrival)
        if not arrival.quarantined or upload.original is not None:  # what the gate did not let in is not opened
            says = said_by_paper(desk, superiors, arrival, upload)
            if says.owed:
                found = _meant(desk, superiors, upload, says)
                if isinstance(found, Judged):
                    return _file(desk, arrival, with_source(found, says), says)
                says = found
    doubt = Doubt.NOTHING_OWED if _waits_to_be_owed(desk, arrival, says) else Doubt.NO_WORD if says.units else None
    may_be = says.guesses or of_a_claim(arrival.unit_id, arrival.item)
    return leave(desk.office, arrival, _why(desk, arrival, says), doubt, may_be, desk.now)


def _meant(desk: Desk, superiors: Superiors, upload: Upload, says: PaperSays) -> Judged | PaperSays:
    """The file as it was judged for the only thing that it can be; else what is not clear."""
    with desk.office.store.read() as connection:
        known = open_desk(desk.office, connection, desk.now, says.owed, tree=desk.tree)
    judged = judge(known, superiors, upload, says.owed)
    if isinstance(judged, Verdict):
        return _unclear(says, judged.reason)
    fitting = only_fitting(judged, says.owed)
    if not fitting:
        return _unclear(says, "nội dung, kỳ ghi trong tệp không khớp nội dung đơn vị còn phải gửi")
    meant = only_meant(known, upload, _of(judged, fitting), fitting)
    if len({one.period for one in says.owed if one.id in meant.checked}) > 1:
        return _unclear(says, Doubt.SEVERAL_ITEMS.words)
    return meant


def _of(judged: Judged, owed: list[Obligation]) -> Judged:
    return Judged(judged.part, {one.id: judged.checked[one.id] for one in owed}, judged.echoes, judged.copy)


def _unclear(says: PaperSays, why: str) -> PaperSays:
    return replace(says, owed=(), why=f"{says.why}; {why}")


def _file(desk: Desk, arrival: StoredArrival, judged: Judged, says: PaperSays) -> ArrivalState | None:
    """File it in one transaction, with what it was understood as and the receipt to its unit."""
    owed = [one for one in says.owed if one.id in judged.checked]
    first = owed[0]
    office = desk.office
    with office.store.read() as connection:
        known = open_desk(office, connection, desk.now, owed, tree=desk.tree)
    told = told_at_once(office.store, judged, first, office.rules.signed_paper_for)
    arrival = replace(arrival, unit_id=first.unit_id, item=first.item.value, period=first.period)
    letters = receipt_letters(known, arrival, owed, told)
    again = partial(refusal_letters, known, arrival, reason=RETURNED_BEFORE)
    with office.store.write() as connection:
        if not arrival_rows.understand(connection, arrival.id, first.unit_id, first.item.value, first.period):
            return None
        return file_arrival(connection, arrival, judged, letters, again)


def _waits_to_be_owed(desk: Desk, arrival: StoredArrival, says: PaperSays) -> bool:
    """Whether nothing is unclear but that nothing is owed yet."""
    return says.nothing_owed or (not says.units and arrival.unit_id in desk.tree)


def _why(desk: Desk, arrival: StoredArrival, says: PaperSays) -> str:
    if arrival.unit_id in desk.tree:
        if not arrival.item:
            return says.why or "chưa rõ tệp thuộc nội dung nào đơn vị phải gửi"
        return f"đơn vị không có nội dung phải gửi “{_as_people_say(arrival.item, arrival.period)}”"
    unknown = f": không có đơn vị “{arrival.unit_id}”" if arrival.unit_id else ""
    return f"chưa rõ đơn vị gửi{unknown}" + (f"; {says.why}" if says.why else "")


def _as_people_say(item: str, period: str | None) -> str:
    """What a sender said it is for, "báo cáo 6 tháng đầu năm 2023"; what has no such words as it was typed."""
    try:
        known, when = PAPERS[Item(item)], Period.parse(period or "").label
    except ValueError:
        return f"{item} {period or ''}".strip()
    except InputError:
        return f"{PAPERS[Item(item)]} {period or ''}".strip()
    return f"{known} {when}"
