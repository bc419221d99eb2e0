"""Reports: compiling, delivering, correcting and issuing die at every durable step, and are done once more.

Whatever died, in the end there is one version with its three files, one letter to the coordinator and one to the leader
with both of them whole, and each act of the coordinator stands once, in the trail too.
"""

from __future__ import annotations

import email
import email.policy
import shutil
import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple
from unittest.mock import patch

from sqlalchemy import select

from plan_lifecycle.domain.obligation import Item
from plan_lifecycle.domain.unit import Contact, ContactRole
from plan_lifecycle.lifecycle.collect import collect
from plan_lifecycle.store import audit as audit_rows
from plan_lifecycle.store import reports as report_rows
from plan_lifecycle.store.blobs import Blobs
from plan_lifecycle.store.engine import Store, open_store
from plan_lifecycle.store.tables import audit, letter, report_correction, report_delivery, report_issue
from plan_lifecycle.store.units import save_contacts
from tests.factories import BINH_AN, HOA_THANG, arrival, day, fill, make_office, owe, plan_row, report_file
from tests.fakes import FakeChannel
from tests.reliability import Fault, Kind, Produce, at
from tests.reliability.dying import WORKS
from tests.reliability.dying import run as work
from tests.reliability.reported import compile_and_deliver
from tests.reliability.world import DATABASES, new_database

HELD = "one version with its files, one whole letter to each receiver, each act once; the trail whole"
ACTS = ("compile", "issue")


class Died(BaseException):
    """Stands for a process that is gone."""


class Place(NamedTuple):
    """Where a store lies."""

    url: str
    blobs: Path

    def opened(self) -> Store:
        """The store."""
        return open_store(self.url, self.blobs, durable=False)


def parts() -> dict[str, Produce]:
    """Every step of every act, on SQLite and on PostgreSQL, each in a process of its own that is killed there."""
    return {f"{kind}: {act}": partial(_at_each_step, kind, act) for kind in DATABASES for act in ACTS}


def _at_each_step(kind: str, act: str) -> Iterator[Fault]:
    for step in range(1, steps_of(act) + 1):
        yield killed_at(kind, act, step)


def steps_of(act: str) -> int:
    """How many durable steps an act has, told by one that lives."""
    with prepared("sqlite", act) as place:
        store = place.opened()
        with counted(store, 0) as seen:
            WORKS[f"report {act}"](store, "")
        store.close()
    return seen[0]


def killed_at(kind: str, act: str, step: int) -> Fault:
    """One act killed at one step, and done once more."""
    with prepared(kind, act) as place:
        died = work(f"report {act}", place.url, place.blobs, step=step)
        ended = work(f"report {act}", place.url, place.blobs)
        assert (died, ended) == (-9, 0), (died, ended)
        fault = outcome(f"{kind}: report {act} killed at step {step}", place, act)
        return at(Kind.KILLED, "report " + ("compiled" if act == "compile" else "issued"), fault)


def died_at_every_step(act: str) -> Iterator[Fault]:
    """The same in this process, on SQLite, for every step: cheap enough for each run of the tests."""
    with prepared("sqlite", act) as begun, tempfile.TemporaryDirectory() as name:
        for step in range(1, steps_of(act) + 1):
            folder = Path(name) / str(step)
            shutil.copytree(begun.blobs.parent, folder)
            place = Place(f"sqlite:///{folder / 'store.db'}", folder / "blobs")
            store = place.opened()
            with counted(store, step):
                try:
                    WORKS[f"report {act}"](store, "")
                except Died:
                    pass
                else:
                    raise AssertionError(f"{act} has no step {step}")
            store.close()
            store = place.opened()
            WORKS[f"report {act}"](store, "")
            store.close()
            yield outcome(f"report {act} died at step {step}", place, act)


@contextmanager
def counted(store: Store, last: int) -> Iterator[list[int]]:
    """Count durable steps and die at the ``last``; 0 lets it live."""
    seen = [0]

    def around(owner: Any, name: str) -> Any:
        original = getattr(owner, name)

        def stepped(*given: Any, **named: Any) -> Any:
            _step(seen, last)
            result = original(*given, **named)
            _step(seen, last)
            return result

        return patch.object(owner, name, stepped)

    with ExitStack() as stack:
        stack.enter_context(around(Blobs, "put"))
        stack.enter_context(around(store.engine.dialect, "do_commit"))
        yield seen


def _step(seen: list[int], last: int) -> None:
    seen[0] += 1
    if seen[0] == last:
        raise Died


@contextmanager
def prepared(kind: str, act: str) -> Iterator[Place]:
    """Two communes' reports are accepted; for "issue" the report is compiled and with the coordinator."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        place = Place(new_database(kind, folder), folder / "blobs")
        store = place.opened()
        fill(store)
        people = [
            Contact("bb", ContactRole.HEAD, "Chủ tịch", "lanh-dao@example.vn", valid_from=date(2023, 1, 1)),
            Contact("bb-pnv", ContactRole.COORDINATOR, "Lan", "dau-moi@example.vn", valid_from=date(2023, 1, 1)),
        ]
        with store.write() as connection:
            save_contacts(connection, people)
        plan_id, office = plan_row(store), make_office(store)
        for unit in (BINH_AN, HOA_THANG):
            owe(store, unit, Item.REPORT, "2023-H1", "2023-06-16", plan_id=plan_id)
            sent = arrival(report_file(unit), unit, "report", "2023-H1", "2023-06-10", key=unit.id, file_name="b.xlsx")
            collect(office, [FakeChannel([sent])], day("2023-06-10"))
        if act == "issue":
            compile_and_deliver(store)
        store.close()
        yield place


def outcome(name: str, place: Place, act: str) -> Fault:
    """Count what is there: letters with their files whole, versions, and acts that stand."""
    store = place.opened()
    with store.read() as connection:
        versions = report_rows.every(connection)
        letters = connection.execute(select(letter.c.blob).where(letter.c.key.startswith("report:"))).scalars().all()
        given = connection.execute(select(report_delivery.c.receiver)).scalars().all()
        acts = Counter(connection.execute(select(audit.c.act).where(audit.c.subject == "report")).scalars())
        standing = [
            len(connection.execute(select(table.c.id).where(table.c.undone_at.is_(None))).all())
            for table in (report_correction, report_issue)
        ]
        whole = audit_rows.verify(connection).broken is None
    files = {store.blobs.get(blob) for one in versions for blob, ending in one.files() if ending != "json"}
    half = sum(_attached(store.blobs.get(blob)) != files for blob in letters)
    store.close()
    wanted = {"correct_report": 1, "issue_report": 1} if act == "issue" else {}
    due = 2 + len(wanted)
    done = min(len(set(given)), 2) + sum(min(number, 1) for number in standing)
    lost = max(2 - len(letters), 0) + (not whole) + (len(versions) != 1) + sum((Counter(wanted) - acts).values())
    twice = max(len(letters) - 2, 0) + max(len(versions) - 1, 0) + sum((acts - Counter(wanted)).values())
    return Fault(name, due, done, lost, twice, half, False, "done once more")


def _attached(data: bytes) -> set[bytes]:
    message = email.message_from_bytes(data, policy=email.policy.default)
    return {part.get_payload(decode=True) for part in message.walk() if part.get_filename()}  # type: ignore[misc]
