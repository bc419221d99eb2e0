"""What every fault is done to: communes that each owe a plan and have one to hand in; and the count afterwards.

Each file belongs to one commune and says so, so that it can be told whether it lies under another.
"""

from __future__ import annotations

import hashlib
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from sqlalchemy import Connection, select

from plan_lifecycle.domain.obligation import OUTSTANDING, Obligation
from plan_lifecycle.lifecycle.office import Office
from plan_lifecycle.lifecycle.review import Subject, SubjectId
from plan_lifecycle.store import audit as audit_rows
from plan_lifecycle.store.engine import Store, open_store
from plan_lifecycle.store.tables import arrival, audit, letter, obligation, submission
from tests.databases import migrated_copy, upgraded_postgres
from tests.factories import Unit, UnitKind, day, district_plan, fill, make_office, owe, plan_file, plan_row, task
from tests.reliability import Fault

NOW = day("2023-02-20")
OFFICER = "Trần Thị Bình"
COMMUNES = 8
DATABASES = ("sqlite", "postgresql")


class Paper(NamedTuple):
    """A commune's file for what it owes."""

    unit: Unit
    owed: Obligation
    name: str
    data: bytes

    @property
    def blob(self) -> str:
        """The name under which its bytes are kept."""
        return hashlib.sha256(self.data).hexdigest()


@dataclass(frozen=True)
class World:
    """A store of its own in a folder of its own, and the papers that are due."""

    store: Store
    url: str
    folder: Path
    papers: Sequence[Paper]

    @property
    def blobs(self) -> Path:
        """Where bytes are kept."""
        return self.store.blobs.root


@contextmanager
def world(kind: str, communes: int = COMMUNES, *, blobs: Path | None = None, url: str | None = None) -> Iterator[World]:
    """A district whose communes owe their plans; blobs and database elsewhere than in its folder where told."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        url = url or new_database(kind, folder)
        store = open_store(url, blobs or folder / "blobs", durable=False)
        try:
            yield World(store, url, folder, _owed(store, communes))
        finally:
            store.close()


def new_database(kind: str, folder: Path) -> str:
    """The URL of an empty database of a kind; SQLite's lies in the folder."""
    if kind == "postgresql":
        return upgraded_postgres()
    return migrated_copy(folder / "store.db")


def _owed(store: Store, communes: int) -> list[Paper]:
    units = tuple(Unit(f"bb-{number}", f"xã Số {number}", UnitKind.COMMUNE, 3, "bb") for number in range(communes))
    fill(store)
    fill(store, units)
    plan_id = plan_row(store, blob=store.blobs.put(district_plan()))
    return [Paper(each, owe(store, each, plan_id=plan_id), f"ke-hoach-{each.id}.docx", plan_of(each)) for each in units]


def plan_of(unit: Unit, number: str = "07") -> bytes:
    """A plan in which nothing is wanting."""
    rows = (
        task("1", "Đăng ít nhất 05 tin, bài trên trang thông tin điện tử", unit.agency, "Hằng tháng"),
        task("2", "Phổ biến, quán triệt kế hoạch", unit.agency, "Hoàn thành trong quý I/2023"),
    )
    return plan_file(unit, activities=rows, number=number)


def by_rule(store: Store) -> Office:
    """An office whose rules accept what is clean."""
    return make_office(store)


def by_hand(store: Store) -> Office:
    """An office where a person decides everything."""
    return make_office(store, accept_clean=False, return_with_findings=False)


def open_obligations(store: Store) -> list[SubjectId]:
    """What is still owed."""
    with store.read() as connection:
        states = [state.value for state in OUTSTANDING]
        ids = connection.execute(select(obligation.c.id).where(obligation.c.state.in_(states))).scalars()
        return [SubjectId(Subject.OBLIGATION, each) for each in ids]


def count(name: str, world: World, note: str = "", *, also: str = "accepted") -> Fault:
    """Each paper must be one submission under its own obligation, receipted once, decided once (a letter ``also``)."""
    blobs = {each.blob: each.owed.id for each in world.papers}
    with world.store.read() as connection:
        came = Counter(connection.execute(select(arrival.c.blob)).scalars())
        filed = Counter(connection.execute(select(submission.c.blob, submission.c.obligation_id)))
        waits = connection.execute(select(arrival.c.id).where(arrival.c.state == "new")).all()
        letters, acts, whole = _said(connection)
    right = {blob for blob, owed in blobs.items() if filed[blob, owed]}
    said = [letters[kind] for kind in ("receipt", also) if kind] + ([acts] if also else [])
    lost = len(blobs) - len(right) + len(waits) + sum(max(len(blobs) - each, 0) for each in said) + (not whole)
    twice = sum(came.values()) - len(came) + sum(filed.values()) - len(filed)
    twice += sum(max(each - len(blobs), 0) for each in said)
    misfiled = sum(times for (blob, owed), times in filed.items() if blobs.get(blob) != owed)
    return Fault(name, len(blobs), len(right), lost, twice, misfiled, False, note)


def _said(connection: Connection) -> tuple[Counter[str], int, bool]:
    """Letters by kind, acts in the trail, and whether the trail is whole."""
    letters = Counter(connection.execute(select(letter.c.kind)).scalars())
    acts = len(connection.execute(select(audit.c.number)).all())
    return letters, acts, audit_rows.verify(connection).broken is None
