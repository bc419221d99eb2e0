"""Collecting and reviewing under faults: is every paper filed and decided once, whatever dies or is full?"""

from __future__ import annotations

import sqlite3
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from pathlib import Path
from unittest.mock import patch

from sqlalchemy import func, select

from plan_lifecycle.lifecycle.collect import collect
from plan_lifecycle.lifecycle.office import Office
from plan_lifecycle.lifecycle.review_acts import accept_these, clean_submissions
from plan_lifecycle.store import audit as audit_rows
from plan_lifecycle.store.engine import Store, open_store
from plan_lifecycle.store.tables import audit, letter, obligation, submission
from tests.databases import new_postgres
from tests.factories import Unit, UnitKind, arrival, day, fill, make_office, owe, plan_file, plan_row
from tests.fakes import FakeChannel
from tests.reliability import Fault

UNITS = tuple(Unit(f"bb-{n}", f"xã Số {n}", UnitKind.COMMUNE, 3, "bb") for n in range(8))
NOW = day("2023-02-20")


class _Killed(BaseException):
    """The process is gone: nothing catches it, the transaction is rolled back."""


def run() -> list[Fault]:
    """Every fault on SQLite and on PostgreSQL."""
    return [fault for kind in ("sqlite", "postgresql") for fault in _on(kind)]


def _on(kind: str) -> Iterator[Fault]:
    yield _reviewers_at_once(kind)
    yield _collectors_at_once(kind)
    for step in ("arrival_rows.record", "file_arrival", "receipt_letters", "_check"):
        yield _killed(kind, f"collecting killed before {step}", f"plan_lifecycle.lifecycle.collect.{step}")
    for step in ("letter_rows.queue", "audit.append", "obligation_rows.set_state"):
        yield _killed(kind, f"reviewing killed before {step}", f"plan_lifecycle.lifecycle.review.{step}")
    yield _full_disk(kind)
    if kind == "sqlite":
        yield _locked(kind)


@contextmanager
def _waiting(kind: str) -> Iterator[tuple[Store, Path, FakeChannel]]:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        url = new_postgres() if kind == "postgresql" else f"sqlite:///{folder / 'store.db'}"
        store = open_store(url, folder / "blobs", durable=False)
        try:
            fill(store)
            fill(store, UNITS)
            plan_id = plan_row(store)
            for unit in UNITS:
                owe(store, unit, plan_id=plan_id)
            sent = [arrival(plan_file(unit), unit, key=unit.id) for unit in UNITS]
            yield store, folder, FakeChannel(list(sent))
        finally:
            store.close()


def _fault(name: str, store: Store, note: str = "") -> Fault:
    """Each unit's plan must be one accepted submission, with one row in the trail and one letter of each kind."""
    with store.read() as connection:
        met = connection.execute(select(func.count()).where(obligation.c.state == "met")).scalar_one()
        filed = connection.execute(select(func.count()).select_from(submission)).scalar_one()
        kinds = dict(connection.execute(select(letter.c.kind, func.count()).group_by(letter.c.kind)).tuples().all())
        acts = connection.execute(select(func.count()).select_from(audit)).scalar_one()
        whole = audit_rows.verify(connection).broken is None
    due = len(UNITS)
    counts = [met, filed, acts, kinds.get("receipt", 0), kinds.get("accepted", 0)]
    lost = max(due - min(counts), 0) + (not whole)
    return Fault(name, due, met, lost, max(max(counts) - due, 0), False, note or f"audit trail whole: {whole}")


def _at_once(work: Callable[[int], object], workers: int) -> None:
    with ThreadPoolExecutor(workers) as pool:
        list(pool.map(work, range(workers)))


def _by_hand(store: Store) -> Office:
    return make_office(store, accept_clean=False, return_with_findings=False)


def _reviewers_at_once(kind: str) -> Fault:
    with _waiting(kind) as (store, _, channel):
        office = _by_hand(store)
        collect(office, [channel], NOW)
        ids = clean_submissions(office)
        _at_once(lambda n: list(accept_these(office, ids, NOW, by=f"Cán bộ {n}", reason=None)), 4)
        return _fault(f"{kind}: four reviewers at once", store)


def _collectors_at_once(kind: str) -> Fault:
    with _waiting(kind) as (store, _, channel):
        office = make_office(store)
        _at_once(lambda _: collect(office, [channel], NOW), 4)
        collect(office, [channel], NOW)
        return _fault(f"{kind}: four collectors at once", store)


def _killed(kind: str, name: str, step: str) -> Fault:
    """Die at the third call of the step, then run again as the next run would."""
    with _waiting(kind) as (store, _, channel):
        office, calls = make_office(store), iter(range(1000))
        module, _, attribute = step.rpartition(".")
        owner = _resolve(module)
        real = getattr(owner, attribute)

        def dying(*given: object, **named: object) -> object:
            if next(calls) == 2:
                raise _Killed
            return real(*given, **named)

        with patch.object(owner, attribute, dying), suppress(_Killed):
            collect(office, [channel], NOW)
        collect(office, [channel], NOW)
        return _fault(f"{kind}: {name}", store)


def _resolve(path: str) -> object:
    """The module or the module's attribute that a dotted path names."""
    import importlib

    module, _, last = path.rpartition(".")
    if last.endswith("_rows") or last == "audit":
        return getattr(importlib.import_module(module), last)
    return importlib.import_module(path)


def _full_disk(kind: str) -> Fault:
    """The blob folder takes nothing for one whole run; what could not be kept is told, and taken in by the next."""

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with _waiting(kind) as (store, _, channel):
        with patch("plan_lifecycle.store.blobs.Blobs._write", full):
            told = len(collect(make_office(store), [channel], NOW).faults)
        collect(make_office(store), [channel], NOW)
        return _fault(f"{kind}: disk full, then free", store, f"told of {told} files that could not be kept")


def _locked(kind: str) -> Fault:
    """Another program holds the database for a second; the run waits for it."""
    with _waiting(kind) as (store, folder, channel):
        held = threading.Event()

        def hold() -> None:
            other = sqlite3.connect(folder / "store.db", isolation_level=None)
            other.execute("BEGIN IMMEDIATE")
            held.set()
            time.sleep(1.0)
            other.execute("ROLLBACK")
            other.close()

        holder = threading.Thread(target=hold)
        holder.start()
        held.wait(5)
        collect(make_office(store), [channel], NOW)
        holder.join()
        return _fault(f"{kind}: database locked for a second", store)
