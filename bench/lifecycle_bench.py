"""A province's morning, and the question that every morning begins with; no peer does either."""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from bench import Figure, seconds
from plan_lifecycle.config.rules import read_rules
from plan_lifecycle.domain.clock import opening_of
from plan_lifecycle.domain.obligation import Basis, Item, Obligation
from plan_lifecycle.domain.unit import Contact, ContactRole, Unit, UnitKind
from plan_lifecycle.lifecycle.office import Office
from plan_lifecycle.lifecycle.remind import remind
from plan_lifecycle.lifecycle.send import send_outbox
from plan_lifecycle.mail.letters import LetterTemplates
from plan_lifecycle.mail.message import Address
from plan_lifecycle.mail.server import MailServer, Security
from plan_lifecycle.mail.transport import Transport
from plan_lifecycle.store.engine import open_store
from plan_lifecycle.store.obligations import due_for_rung, save_obligations
from plan_lifecycle.store.plans import register_plan
from plan_lifecycle.store.units import save_contacts, save_units

ROOT = Path(__file__).resolve().parents[1]
MORNING = opening_of(date(2026, 6, 9))
FROM = "cchc@lamdong.example.vn"
COMMUNES, COUNTRY = 168, 3321
OWED = ((Item.SUB_PLAN, "2026"), (Item.REPORT, "2026-H1"), (Item.REPORT, "2026-Q2"))
GOAL_MS = 100.0


def measure() -> list[Figure]:
    """The morning of the largest province, and the due query over the whole country's year."""
    return [_morning(), _due_query()]


def _morning(rounds: int = 3) -> Figure:
    taken = [morning(COMMUNES) for _ in range(rounds)]
    note = (
        f"seconds: {COMMUNES} communes, {len(OWED)} obligations each due: remind and send over loopback, durable SQLite"
    )
    return Figure("morning_168", statistics.median(taken), None, None, None, COMMUNES * rounds, note)


def morning(communes: int) -> float:
    """Seconds of reminding so many communes and sending the letters."""
    with _office(communes) as office, _sink() as port:
        _owe(office, communes, OWED, MORNING.date())
        return seconds(lambda: _remind_and_send(office, port, communes))


def _remind_and_send(office: Office, port: int, communes: int) -> None:
    done = remind(office, MORNING)
    assert (done.letters, done.reminders) == (communes, communes * len(OWED)), done
    server = MailServer("127.0.0.1", port, Address(FROM), security=Security.NONE, timeout=20.0)
    sent = send_outbox(office, lambda: Transport(server), now=MORNING, wall=datetime.now(UTC), worker="bench")
    assert sent.sent == communes, sent


def _due_query(rounds: int = 20) -> Figure:
    """All units stand on a rung of one of their twelve obligations; the next day of the others lies ahead."""
    owed = tuple((Item.REPORT, f"2026-M{month:02}") for month in range(1, 13))
    today = MORNING.date()
    with _office(COUNTRY) as office:
        _owe(office, COUNTRY, owed, today + timedelta(days=5))
        with office.store.write() as connection:
            connection.exec_driver_sql(
                "UPDATE obligation SET next_rung_on = ? WHERE period = '2026-M06'", (today.isoformat(),)
            )
        taken = []
        for _ in range(rounds):
            with office.store.read() as connection:
                taken.append(1000 * seconds(lambda c=connection: due_for_rung(c, today)))
    ours = statistics.median(taken)
    note = f"ms: {COUNTRY} due obligations out of {COUNTRY} × {len(owed)} on SQLite; goal under {GOAL_MS:g} ms"
    return Figure("due_query_3321x12", ours, GOAL_MS, GOAL_MS / ours, 1.0, rounds, note)


@contextmanager
def _office(communes: int) -> Iterator[Office]:
    province = Unit("ld", "tỉnh Lâm Đồng", UnitKind.PROVINCE, 1)
    coordinator = Unit("ld-snv", "Sở Nội vụ", UnitKind.DEPARTMENT, 1, "ld")
    units = [Unit(f"ld-{number}", f"xã Số {number}", UnitKind.COMMUNE, 2, "ld") for number in range(communes)]
    people = [Contact(unit.id, ContactRole.OFFICER, "Cán bộ", f"{unit.id}@example.vn") for unit in units]
    with tempfile.TemporaryDirectory() as folder:
        store = open_store(f"sqlite:///{folder}/store.db", Path(folder) / "blobs")
        with store.write() as connection:
            save_units(connection, [province, coordinator, *units])
            save_contacts(connection, people)
        rules = read_rules(ROOT / "config", "reminders.simulation.yaml")
        yield Office(store, rules, LetterTemplates(ROOT / "templates/mail"), ROOT / "templates/documents", FROM)
        store.close()


def _owe(office: Office, communes: int, owed: tuple[tuple[Item, str], ...], rung_on: date) -> None:
    plan = {
        "issuer_id": "ld", "parent_id": None, "version": 1, "number": "36", "symbol": "KH-UBND",
        "issued_on": date(2026, 1, 5), "year": 2026, "abstract": "cải cách hành chính năm 2026",
        "blob": "0" * 64, "registered_at": MORNING,
    }  # fmt: skip
    one = Obligation(
        plan_id=0, unit_id="", receiver_id="ld", item=Item.REPORT, period="", clause="UBND các xã gửi báo cáo.",
        phrase="trước ngày 17/6/2026", basis=Basis.RECEIPT, due_on=date(2026, 6, 16), next_rung_on=rung_on,
    )  # fmt: skip
    with office.store.write() as connection:
        plan_id, _ = register_plan(connection, plan)
        save_obligations(
            connection,
            (
                replace(one, plan_id=plan_id, unit_id=f"ld-{number}", item=item, period=period)
                for number in range(communes)
                for item, period in owed
            ),
        )


@contextmanager
def _sink() -> Iterator[int]:
    with subprocess.Popen(
        [sys.executable, "-m", "bench.smtp_sink"], stdout=subprocess.PIPE, text=True, cwd=ROOT
    ) as sink:
        assert sink.stdout is not None
        yield int(sink.stdout.readline())
        sink.kill()


if __name__ == "__main__":
    for figure in measure():
        print(figure)
