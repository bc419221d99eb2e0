"""A country to arrive at once: 34 provinces, 3,321 communes, each owing its own plan and a report.

Every province has issued its plan of 25 tasks and sent each commune a draft; what communes hand in is made before
anything is timed (``papers``).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from pathlib import Path

from pydantic import SecretStr
from sqlalchemy import func, select
from tests.factories import make_office

from bench.papers import ABSTRACT, HALF, ISSUED, Paper, draft, paper, provincial_plan
from plan_lifecycle.documents.read import read_plan
from plan_lifecycle.documents.render import render_sub_plan
from plan_lifecycle.domain.clock import opening_of
from plan_lifecycle.domain.obligation import Basis, Item, Obligation
from plan_lifecycle.domain.plan_check import Wording, text_of
from plan_lifecycle.domain.unit import Contact, ContactRole, Unit, UnitKind
from plan_lifecycle.lifecycle.office import Links, Office
from plan_lifecycle.mail.reply_address import ReplyAddresses
from plan_lifecycle.store.engine import Store, open_store
from plan_lifecycle.store.obligations import owed_by, save_obligations
from plan_lifecycle.store.plans import register_plan, save_drafts
from plan_lifecycle.store.tables import submission
from plan_lifecycle.store.units import save_contacts, save_units
from plan_lifecycle.store.wordings import keep

PROVINCES, COMMUNES = 34, 3321
NOW = opening_of(date(2026, 2, 20))
HOME = "http://127.0.0.1"


@dataclass(frozen=True)
class Country:
    """The office on a filled store, and what is owed, commune by commune."""

    office: Office
    owed: Sequence[Obligation]

    def papers(self, count: int, start: int = 0) -> list[Paper]:
        """The papers of so many obligations, province by province: neighbours' plans are compared with each other."""
        return [
            paper(_communes()[each.unit_id], each, number)
            for number, each in enumerate(self.owed[start : start + count], start)
        ]

    def assert_filed(self, wanted: int) -> None:
        """Fail unless so many papers were filed: what is left undone costs nothing."""
        with self.office.store.read() as connection:
            filed = connection.execute(select(func.count()).select_from(submission)).scalar_one()
        assert filed == wanted, f"{filed} filed of {wanted}"


@contextmanager
def country(folder: Path, url: str | None = None, *, provinces: int = PROVINCES) -> Iterator[Country]:
    """A filled store in the folder, opened as an office opens it: it waits for the disk. So many ``provinces`` owe."""
    url = url or f"sqlite:///{folder / 'store.db'}"
    filling = open_store(url, folder / "blobs", durable=False)
    _fill(filling)
    owed = _owe(filling, _provinces()[:provinces])
    filling.close()
    store = open_store(url, folder / "blobs")
    try:
        yield Country(office_on(store), owed)
    finally:
        store.close()


def provinces_for(papers: int) -> int:
    """How many provinces must have sent their drafts for so many papers; the smallest has 97 communes."""
    return min(PROVINCES, -(-papers // (2 * (COMMUNES // PROVINCES))))


def office_on(store: Store) -> Office:
    """The office with its links and its secret."""
    return replace(make_office(store), links=Links(HOME, SecretStr("b" * 40)), replies=ReplyAddresses("k" * 32))


def address(unit_id: str) -> str:
    """Where a unit's officer writes from."""
    return f"{unit_id}@example.vn"


@lru_cache(maxsize=1)
def _provinces() -> list[Unit]:
    return [Unit(f"t{number}", f"tỉnh Số {number}", UnitKind.PROVINCE, 1) for number in range(1, PROVINCES + 1)]


@lru_cache(maxsize=1)
def _communes() -> dict[str, Unit]:
    communes = (
        Unit(f"x{number}", f"xã Bình An {number}", UnitKind.COMMUNE, 2, f"t{number % PROVINCES + 1}")
        for number in range(1, COMMUNES + 1)
    )
    return {each.id: each for each in communes}


def _fill(store: Store) -> None:
    provinces, communes = _provinces(), _communes().values()
    coordinators = [Unit(f"{each.id}-snv", "Sở Nội vụ", UnitKind.DEPARTMENT, 1, each.id) for each in provinces]
    units = [*provinces, *coordinators, *communes]
    with store.write() as connection:
        save_units(connection, units)
        save_contacts(
            connection,
            [Contact(each.id, ContactRole.OFFICER, f"Cán bộ {each.name}", address(each.id)) for each in units],
        )


def _owe(store: Store, provinces: Sequence[Unit]) -> list[Obligation]:
    plans = {each.id: _register(store, each) for each in provinces}
    communes = [(each, plans[each.parent_id]) for each in _communes().values() if each.parent_id in plans]
    drafts, wordings = list[dict[str, object]](), dict[str, bytes]()
    for each, plan_id in communes:
        data = render_sub_plan(draft(each))
        blob = store.blobs.put(data)
        drafts.append({"plan_id": plan_id, "unit_id": each.id, "blob": blob, "file_name": "du-thao.docx"})
        wordings[blob] = Wording.of(text_of(read_plan(data))).packed  # as the cascade keeps it
    with store.write() as connection:
        save_drafts(connection, drafts)
        keep(connection, wordings)
        save_obligations(connection, (one for each, plan_id in communes for one in _both(each, plan_id)))
        found = owed_by(connection, [each.id for each, _ in communes])
    owed = [one for some in found.values() for one in some]
    return sorted(owed, key=lambda each: (each.plan_id, each.unit_id, each.item is Item.REPORT))


def _both(unit: Unit, plan_id: int) -> tuple[Obligation, Obligation]:
    plan = Obligation(
        plan_id=plan_id, unit_id=unit.id, receiver_id=unit.parent_id or "", item=Item.SUB_PLAN, period="2026",
        clause="UBND các xã ban hành kế hoạch trước ngày 01/3/2026.", phrase="trước ngày 01/3/2026",
        basis=Basis.ISSUE, due_on=date(2026, 2, 28), next_rung_on=date(2026, 2, 24),
    )  # fmt: skip
    report = replace(
        plan, item=Item.REPORT, period=HALF.code, basis=Basis.RECEIPT, due_on=date(2026, 6, 16),
        phrase="trước ngày 17/6/2026", next_rung_on=date(2026, 6, 9),
    )  # fmt: skip
    return plan, report


def _register(store: Store, province: Unit) -> int:
    """The province's plan, its file in the store."""
    number = province.id[1:].zfill(2)
    values = {
        "issuer_id": province.id, "parent_id": None, "version": 1, "number": number, "symbol": "KH-UBND",
        "issued_on": ISSUED, "year": 2026, "blob": store.blobs.put(provincial_plan(province)), "abstract": ABSTRACT,
        "registered_at": NOW, "cascaded_at": NOW,
    }  # fmt: skip
    with store.write() as connection:
        return register_plan(connection, values)[0]
