"""Giving a report to those who work on it: the coordinator at once, the leader on the next working morning.

Huyện Bắc Bình's report is compiled on 19/6: Phòng Nội vụ has it that morning, the leader on 20/6, unless she holds it.
Each version goes to each of them once; of several that came meanwhile only the newest goes up.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime

from plan_lifecycle.config.rules import Rules
from plan_lifecycle.domain.letter import Letter
from plan_lifecycle.domain.release import Receiver, ReleaseMode, Way
from plan_lifecycle.domain.writing import count_text
from plan_lifecycle.lifecycle.office import Desk, Office, contained, open_desk, told_in
from plan_lifecycle.lifecycle.release._letters import called, letters_to, receivers
from plan_lifecycle.store import letters as letter_rows
from plan_lifecycle.store import releases, reports
from plan_lifecycle.store.reports import StoredReport

_NAMED = 3


@dataclass
class Delivered:
    """What became of the reports of a morning, each by its name; of what went before nothing is told.

    ``nobody`` are reports for which there is nobody to write to yet; they go as soon as there is.
    """

    coordinators: list[str] = field(default_factory=list)
    leaders: list[str] = field(default_factory=list)
    held: list[str] = field(default_factory=list)
    waiting: list[str] = field(default_factory=list)
    nobody: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)


def deliver_reports(office: Office, now: datetime) -> Delivered:
    """Queue what is to be given on this day; nothing on a rest day. It may run twice."""
    done = Delivered()
    if not office.rules.calendar.is_working(now.date()):
        return done
    with office.store.read() as connection:
        open_ways = [way for way in releases.ways(connection) if any(map(way.open_for, Receiver))]
        desk = open_desk(office, connection, now)
    for way in reversed(open_ways):
        if way.unit_id not in desk.tree:
            continue
        name = called(desk, way)
        with contained(f"report {way.newest.id}", told_in(done.faults, name), unit=way.unit_id, report=way.newest.id):
            _deliver(desk, way, done, name)
    return done


def anything_to_deliver(office: Office, now: datetime) -> bool:
    """Whether a report's turn has come on this day."""
    today = now.date()
    if not office.rules.calendar.is_working(today):
        return False
    with office.store.read() as connection:
        turns = [turn for way in releases.ways(connection) for turn in _turns(office.rules, way, today)]
        desk = open_desk(office, connection, now) if turns else None
    return desk is not None and any(
        way.unit_id in desk.tree and receivers(desk, way.unit_id, receiver) for way, receiver in turns
    )


def _turns(rules: Rules, way: Way, today: date) -> Iterator[tuple[Way, Receiver]]:
    """To whom the newest version should go on this day, if there is anybody to write to."""
    if way.open_for(Receiver.COORDINATOR):
        yield way, Receiver.COORDINATOR
    if way.open_for(Receiver.LEADER) and goes_up(rules, way, today):
        yield way, Receiver.LEADER


def goes_up(rules: Rules, way: Way, today: date) -> bool:
    """Whether the leader's turn has come: it goes by itself, nobody holds it, it is no report of next to nothing."""
    by_itself = rules.release is ReleaseMode.AUTOMATIC and way.newest.full and not way.held(today)
    return by_itself and today >= way.leader_on(rules.calendar)


def _deliver(desk: Desk, way: Way, done: Delivered, name: str) -> None:
    today = desk.now.date()
    if way.open_for(Receiver.COORDINATOR):
        way = _give(desk, way, Receiver.COORDINATOR, done.coordinators, done, name)
    if not way.open_for(Receiver.LEADER):
        return
    if way.held(today):
        done.held.append(name)
    elif goes_up(desk.office.rules, way, today):
        _give(desk, way, Receiver.LEADER, done.leaders, done, name)
    else:
        done.waiting.append(name)


def _give(desk: Desk, way: Way, receiver: Receiver, served: list[str], done: Delivered, name: str) -> Way:
    """Give it if there is anybody to give it to; return the way as it is afterwards."""
    if not receivers(desk, way.unit_id, receiver):
        if name not in done.nobody:
            done.nobody.append(name)
        return way
    if give(desk, way, receiver):
        served.append(name)
    return way.given(receiver, desk.now)


def give(desk: Desk, way: Way, receiver: Receiver) -> bool:
    """Queue the newest version for a receiver; False where it went, was issued, held or replaced in the meantime."""
    with desk.office.store.read() as connection:
        stored = reports.get(connection, way.newest.id)
    if stored is None:
        return False
    letters = letters_to(desk, way, stored, receiver)
    return bool(letters) and _queued(desk, stored, receiver, letters)


def _queued(desk: Desk, stored: StoredReport, receiver: Receiver, letters: list[Letter]) -> bool:
    """Note it and queue its letters in one transaction, if that is still what should happen."""
    with desk.office.store.write() as connection:
        way = releases.way_of(connection, stored.key)
        if way is None or way.newest.id != stored.id or not way.open_for(receiver):
            return False
        if receiver is Receiver.LEADER and way.held(desk.now.date()):
            return False
        if not releases.deliver(connection, stored.id, receiver, desk.now):
            return False
        letter_rows.queue(connection, letters)
    return True


def told_of_delivery(done: Delivered) -> str:
    """What became of it, in sentences for the note of a run; a hundred reports are counted, a few are named."""
    said = (
        ("Gửi dự thảo cho cán bộ đầu mối", done.coordinators),
        ("Trình lãnh đạo", done.leaders),
        ("Đang giữ lại", done.held),
        ("Chờ trình lãnh đạo", done.waiting),
        ("Chưa có người nhận", done.nobody),
    )
    told = [f"{what}: {_named(names)}." for what, names in said if names]
    return " ".join(told) if told else "Không có báo cáo cần chuyển."


def _named(names: list[str]) -> str:
    shown = "; ".join(names[:_NAMED])
    more = len(names) - _NAMED
    return f"{shown} và {count_text(more)} báo cáo khác" if more > 0 else shown
