"""A morning of a province or of the whole country, as the board shows it: what is owed, came, waits, is late, was sent.

Of a hundred units ten have not sent their plan and were reminded three times, five have sent one that waits for a
person, the others' was accepted; the next report falls due within the month. Rows are written as the verbs leave them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from itertools import count
from pathlib import Path
from typing import Any

from sqlalchemy import Table, insert

from plan_lifecycle.domain.clock import opening_of
from plan_lifecycle.domain.obligation import Basis, Item, Obligation, ObligationState
from plan_lifecycle.domain.unit import Contact, ContactRole, Unit, UnitKind
from plan_lifecycle.settings import Settings
from plan_lifecycle.store import obligations as obligation_rows
from plan_lifecycle.store.database import Connection
from plan_lifecycle.store.engine import open_store
from plan_lifecycle.store.plans import register_plan
from plan_lifecycle.store.tables import arrival, letter, obligation, reminder, submission
from plan_lifecycle.store.units import save_contacts, save_units

TODAY = date(2026, 3, 17)
NOW = opening_of(TODAY)
PLANS_DUE, REPORTS_DUE = date(2026, 2, 28), date(2026, 4, 3)
LARGEST_PROVINCE = 168
LATE, WAITING, OF = 10, 5, 100
REMINDED_ON = (date(2026, 2, 21), date(2026, 2, 27), date(2026, 3, 3))
_FINDING = {
    "rule": "plan.number",
    "text": "Văn bản chưa có số.",
    "blocks": True,
    "doubt": False,
    "about": "",
    "aside": "",
}


def land(folder: Path, communes: int) -> None:
    """Fill a store in the folder."""
    settings = settings_in(folder)
    store = open_store(settings.database, settings.blobs, durable=False)
    provinces = [Unit(f"t{n}", f"tỉnh Số {n}", UnitKind.PROVINCE, 1) for n in range(-(-communes // LARGEST_PROVINCE))]
    agencies = [Unit(f"{one.id}-snv", "Sở Nội vụ", UnitKind.DEPARTMENT, 1, one.id) for one in provinces]
    below = [
        Unit(f"x{n}", f"xã Bình An {n}", UnitKind.COMMUNE, 2, provinces[n // LARGEST_PROVINCE].id)
        for n in range(communes)
    ]
    people = [
        Contact(one.id, ContactRole.OFFICER, f"Cán bộ {one.name}", f"{one.id}@example.vn")
        for one in (*agencies, *below)
    ]
    with store.write() as connection:
        save_units(connection, [*provinces, *agencies, *below])
        save_contacts(connection, people)
        plans = {one.id: _plan(connection, one) for one in provinces}
        obligation_rows.save_obligations(connection, _owed(below, plans))
        _what_came(connection)
    store.close()


def settings_in(folder: Path) -> Settings:
    """Those of an office whose store is in the folder; its rules are the shipped ones."""
    return Settings().model_copy(update={"var": folder, "store_url": ""})


def _plan(connection: Connection, province: Unit) -> int:
    values = {
        "issuer_id": province.id, "parent_id": None, "version": 1, "number": province.id[1:].zfill(2),
        "symbol": "KH-UBND", "issued_on": date(2026, 1, 12), "year": 2026, "blob": province.id.zfill(64),
        "abstract": "cải cách hành chính năm 2026", "registered_at": NOW, "cascaded_at": NOW,
    }  # fmt: skip
    return register_plan(connection, values)[0]


def _owed(communes: list[Unit], plans: dict[str, int]) -> Iterator[Obligation]:
    for unit in communes:
        receiver = unit.parent_id or ""
        plan = Obligation(
            plan_id=plans[receiver], unit_id=unit.id, receiver_id=receiver, item=Item.SUB_PLAN, period="2026",
            clause="UBND các xã ban hành kế hoạch trước ngày 01/3/2026.", phrase="trước ngày 01/3/2026",
            basis=Basis.ISSUE, due_on=PLANS_DUE, next_rung_on=TODAY + timedelta(days=3),
        )  # fmt: skip
        yield plan
        for period, due in (("2026-Q1", REPORTS_DUE), ("2026-H1", date(2026, 6, 16)), ("2026", date(2026, 12, 18))):
            yield replace(plan, item=Item.REPORT, period=period, basis=Basis.RECEIPT, due_on=due, next_rung_on=due)


def _what_came(connection: Connection) -> None:
    """Letters about all plans; papers of those that are not late, some of which wait."""
    plans = connection.execute(
        obligation.select().where(obligation.c.item == Item.SUB_PLAN.value).order_by(obligation.c.id)
    ).all()
    rows: dict[Table, list[dict[str, Any]]] = {letter: [], reminder: [], arrival: [], submission: []}
    numbers = count(1)
    for place, owed in enumerate(plans):
        late, waits = place % OF < LATE, LATE <= place % OF < LATE + WAITING
        for day in REMINDED_ON if late else REMINDED_ON[:1]:
            _letter(rows, next(numbers), owed.id, owed.unit_id, day)
        if not late:
            _paper(rows, owed.id, owed.unit_id, waits=waits)
            state = ObligationState.OPEN if waits else ObligationState.MET
            values = {"state": state.value, "first_received_at": NOW, "met_at": None if waits else NOW}
            connection.execute(obligation.update().where(obligation.c.id == owed.id).values(**values))
    for table, found in rows.items():
        connection.execute(insert(table), found)


def _letter(rows: dict[Table, list[dict[str, Any]]], number: int, owed_id: int, unit_id: str, day: date) -> None:
    sent = opening_of(day)
    rows[letter].append(
        {
            "id": number, "key": f"l{number}", "message_id": f"m{number}", "kind": "reminder_before",
            "unit_id": unit_id, "recipient": f"{unit_id}@example.vn", "subject": "Nhắc thời hạn gửi kế hoạch",
            "blob": "0" * 64, "state": "sent", "attempts": 1, "queued_at": sent, "sent_at": sent,
        }
    )  # fmt: skip
    rows[reminder].append(
        {
            "obligation_id": owed_id, "rung": day.isoformat(), "recipient": f"{unit_id}@example.vn",
            "letter_id": number, "on_day": day,
        }
    )  # fmt: skip


def _paper(rows: dict[Table, list[dict[str, Any]]], owed_id: int, unit_id: str, *, waits: bool) -> None:
    blob = f"{owed_id:064}"
    came = {
        "id": owed_id, "channel": "folder", "key": unit_id, "received_at": NOW, "file_name": "ke-hoach.docx",
        "blob": blob, "size": 20_000, "unit_id": unit_id, "item": "sub_plan", "period": "2026", "state": "filed",
    }  # fmt: skip
    rows[arrival].append(came)
    rows[submission].append(
        {
            "obligation_id": owed_id, "arrival_id": owed_id, "version": 1, "received_at": NOW,
            "issued_on": date(2026, 2, 20), "reference": f"{owed_id}/KH-UBND", "blob": blob, "days_late": 0,
            "state": "received" if waits else "accepted", "findings": [_FINDING] if waits else [],
        }
    )  # fmt: skip
