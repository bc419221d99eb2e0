"""Clocks that jump: the sender's, amid its letters, and the day that somebody types; refused, or harmless."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from functools import partial

from sqlalchemy import delete

from plan_lifecycle.domain.clock import LOCAL, ClockError, TypedDay
from plan_lifecycle.domain.errors import InputError
from plan_lifecycle.lifecycle.office import begin_by_the_clock, begin_day
from plan_lifecycle.lifecycle.remind import remind
from plan_lifecycle.lifecycle.send import sent_today
from plan_lifecycle.store import letters as letter_rows
from plan_lifecycle.store import reminders as reminder_rows
from plan_lifecycle.store import worked
from plan_lifecycle.store.tables import clock_seen
from tests.factories import WALL, day, make_office
from tests.mail.faulty_server import ServerFault, Stage
from tests.reliability import Fault, Kind, Produce, at
from tests.reliability.configuration_faults import Home, home
from tests.reliability.lifecycle_faults import LETTERS, fault_of, outbox
from tests.reliability.picture import difference
from tests.reliability.sending import send_all
from tests.reliability.world import DATABASES, world

HELD = "nothing twice, nothing lost; a day that cannot be meant is refused, an old one unless somebody says so"


def parts() -> dict[str, Produce]:
    """Every jump, those of the outbox on SQLite and on PostgreSQL."""
    return {**{kind: partial(_on, kind) for kind in DATABASES}, "typed day": _typed_days}


def _typed_days() -> Iterator[Fault]:
    for fault in typed_days():
        yield at(Kind.CLOCK, "typed day", fault)
    for fault in leaps():
        yield at(Kind.CLOCK, "the machine's clock", fault)


def _on(kind: str) -> Iterator[Fault]:
    yield at(Kind.CLOCK, "sending", back_between_runs(kind))
    yield at(Kind.CLOCK, "sending", ahead_amid_a_run(kind))
    yield at(Kind.CLOCK, "sending", day_ahead_and_back(kind))
    yield at(Kind.CLOCK, "reminding", back_and_forth(kind))


def back_between_runs(kind: str) -> Fault:
    """A sender died with letters in its hands, then the clock goes back an hour: they wait, and go when it is right."""
    with outbox(kind) as (store, _, _, server):
        with store.write() as connection:
            letter_rows.claim(connection, "the one that died", WALL, LETTERS // 2)
        first = send_all(store, server.port, minutes=-60).sent
        send_all(store, server.port, minutes=20, worker="when it is right")
        note = f"{first} at once, the others when the clock was right"
        return fault_of(
            f"{kind}: clock an hour back between two senders", store, server, LETTERS, window=False, note=note
        )


def ahead_amid_a_run(kind: str) -> Fault:
    """A second sender's clock is an hour ahead while the first is at work: it believes that one dead."""
    with outbox(kind, LETTERS * 2) as (store, _, _, server):
        server.faults.append(ServerFault(Stage.MAIL, delay=0.05, times=None))
        with ThreadPoolExecutor(2) as pool:
            first = pool.submit(send_all, store, server.port, worker="the first")
            while not server.count:
                pass
            pool.submit(send_all, store, server.port, minutes=60, worker="an hour ahead").result()
            first.result()
        name = f"{kind}: a second sender's clock an hour ahead"
        return fault_of(name, store, server, LETTERS * 2, window=True)


def day_ahead_and_back(kind: str) -> Fault:
    """The clock of a run stands a day ahead, then is right: nothing goes again, and the day's quota is the clock's."""
    with outbox(kind) as (store, _, _, server):
        send_all(store, server.port, minutes=1440)
        send_all(store, server.port, minutes=0, worker="when it is right")
        counted = sent_today(make_office(store), day("2023-02-21"), WALL)
        fault = fault_of(f"{kind}: clock a day ahead, then right", store, server, LETTERS, window=False)
        return fault._replace(lost=fault.lost + abs(counted - LETTERS))


def back_and_forth(kind: str) -> Fault:
    """Reminding runs on the 21st, on the 20th, on the 21st: each rung is in the ledger once."""
    with world(kind) as made:
        office, due = make_office(made.store), len(made.papers)
        for text in ("2023-02-21", "2023-02-20", "2023-02-21", "2023-02-19", "2023-02-21"):
            remind(office, day(text))
        with made.store.read() as connection:
            ledger = reminder_rows.ledger_of(connection, [paper.owed.id for paper in made.papers])
    written = sum(map(len, ledger.values()))
    return Fault(f"{kind}: reminding on days back and forth", due, min(written, due), max(due - written, 0),
                 max(written - due, 0), 0, False, "one rung each")  # fmt: skip


def typed_days() -> Iterator[Fault]:
    """Days that a person types to a real command: ahead of the clock, before the newest day, the latter on purpose."""
    with home() as made:
        before = made.picture()
        ahead, told = made.run("remind", "--as-of", "2126-02-21")
        yield _refused("a typed day a century ahead", ahead, told, difference(before, made.picture()))
        old, told = made.run("remind", "--as-of", "2022-02-21")
        yield _refused("a typed day before the newest", old, told, difference(before, made.picture()))
        meant, told = made.run("remind", "--as-of", "2022-02-21", "--again")
        found = difference(before, made.picture())
        yield Fault(
            "an old day that is meant", 1, int(meant == 0), found.lost, found.twice, found.misfiled, False, "--again"
        )
    yield _wall_behind()


def leaps() -> Iterator[Fault]:
    """The clock of the machine leaps by weeks, and the day's run comes by itself: nothing until the day is typed."""
    today = datetime.now(LOCAL).date()
    with home() as made:
        _seen(made, today - timedelta(days=40))
        before = made.picture()
        code, told = made.run("remind")
        found = difference(before, made.picture())
        refused = code == 1 and "Traceback" not in told
        yield Fault("the machine's clock leaps 40 days ahead", 1, int(refused), found[0] + (not refused), found[1],
                    found[2], False, "refused in words, nothing written")  # fmt: skip
        meant, told = made.run("remind", "--as-of", today.isoformat())
        after, told = made.run("remind")
        well = (meant, after) == (0, 0)
        yield Fault("nothing ran for 40 days, and somebody types the day", 1, int(well), int(not well), 0, 0, False, "")
        _seen(made, today + timedelta(days=10))
        back, told = made.run("remind")
        yield Fault("the machine's clock goes 10 days back", 1, int(back == 0), int(back != 0), 0, 0, False, "goes on")
    for kind in DATABASES:
        for days in (3, -3):
            yield _apart(kind, days)


def _seen(made: Home, day_seen: date) -> None:
    """As if the clock had last been found at that day."""
    store = made.opened()
    with store.write() as connection:
        connection.execute(delete(clock_seen))
        worked.note_clock(connection, day_seen)
    store.close()


def _apart(kind: str, days: int) -> Fault:
    """This machine's clock is days from the database's: what runs here does nothing."""
    with world(kind) as made:
        try:
            begin_by_the_clock(made.store, datetime.now(UTC), wall=datetime.now(UTC) + timedelta(days=days))
        except ClockError:
            refused = True
        else:
            refused = False
        with made.store.read() as connection:
            kept = worked.clock_day(connection) is None
    well = refused and kept
    name = f"{kind}: this machine's clock {abs(days)} days {'ahead of' if days > 0 else 'behind'} the database's"
    return Fault(name, 1, int(well), int(not well), 0, 0, window=False, note="refused, nothing written")


def _refused(name: str, code: int, told: str, found: tuple[int, int, int]) -> Fault:
    said = code == 2 and "Traceback" not in told
    return Fault(
        name, 1, int(said), found[0] + (not said), found[1], found[2], False, "refused in words, nothing written"
    )


def _wall_behind() -> Fault:
    """The machine's clock stands before the newest day worked: a typed day of then is refused like any old one."""
    with world("sqlite") as made:
        begin_day(made.store, day("2023-02-21"), wall=day("2023-02-21"))
        early = day("2023-02-01")
        typed = TypedDay(
            early.date(), "Lan", "remind", again=False, run=None, field="f", flag="--again", flag_words="x"
        )
        try:
            begin_day(made.store, early, wall=early + timedelta(hours=1), typed=typed)
        except InputError:
            refused = True
        else:
            refused = False
        with made.store.read() as connection:
            kept = worked.newest_day(connection) == day("2023-02-21").date()
    well = refused and kept
    name, note = "the machine's clock before the newest day", "refused in words"
    return Fault(name, 1, int(well), int(not well), 0, 0, window=False, note=note)
