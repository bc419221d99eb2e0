"""Migrations: killed at each commit, by several that start together, and a newer release that comes amid a run."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from sqlalchemy import func, inspect, select, table, text

from plan_lifecycle.store.engine import make_engine
from plan_lifecycle.store.migrations import HEAD, current, migrate
from tests.databases import OWNER, as_role, new_postgres
from tests.reliability import Fault, Kind, Produce, at
from tests.reliability.forked import Ended, at_once, done, steps_of
from tests.reliability.keeping_faults import WORKED
from tests.reliability.verb_faults import prepared
from tests.reliability.world import DATABASES
from tests.store.store_0009 import make_store_0009

HELD = "the old version or the new one with every row; who opens a store of a newer release is told"
KEPT_BY_ALL = ("unit", "plan", "obligation", "letter", "reminder", "audit")
"""Tables that the oldest version knew and no migration takes apart."""


def parts() -> dict[str, Produce]:
    """Every fault on SQLite and on PostgreSQL."""
    return {kind: partial(_on, kind) for kind in DATABASES}


def _on(kind: str) -> Iterator[Fault]:
    yield at(Kind.UPGRADE, "migration", upgrade_killed(kind))
    yield at(Kind.AT_ONCE, "migration", upgrades_at_once(kind))
    yield at(Kind.UPGRADE, "a run", newer_release_amid_a_run(kind))


@contextmanager
def _old_store(kind: str) -> Iterator[tuple[str, int]]:
    """A store of the oldest version that is upgraded, and how many rows it holds."""
    with tempfile.TemporaryDirectory() as name:
        url = new_postgres() if kind == "postgresql" else f"sqlite:///{Path(name) / 'store.db'}"
        engine = make_engine(url)
        make_store_0009(engine)
        number = _rows(url)
        engine.dispose()
        yield url, number


def _rows(url: str) -> int:
    """How many rows there are of what the oldest version knew and no migration takes apart."""
    engine = make_engine(url)
    with engine.connect() as connection:
        known = set(inspect(connection).get_table_names())
        counted = [select(func.count()).select_from(table(name)) for name in KEPT_BY_ALL if name in known]
        number = sum(connection.execute(query).scalar_one() for query in counted)
    engine.dispose()
    return int(number)


def _upgrade(url: str) -> None:
    engine = make_engine(url)
    migrate(engine)
    engine.dispose()


def _upgraded(kind: str, name: str, ended: list[tuple[str, int]], note: str) -> Fault:
    lost = 0
    for url, before in ended:
        engine = make_engine(url)
        lost += current(engine) != HEAD
        engine.dispose()
        lost += abs(_rows(url) - before)
    return Fault(f"{kind}: {name}", len(ended), len(ended) - bool(lost), lost, 0, 0, window=False, note=note)


def upgrade_killed(kind: str) -> Fault:
    """Bringing a store from the oldest version to this one dies at each commit; the next process brings it there."""
    with _old_store(kind) as (url, _):
        steps = steps_of(partial(_upgrade, url))
    total = Fault(f"{kind}: migration killed at each of its {steps} commits", 0, 0, 0, 0, 0, window=False, note="again")
    for step in range(1, steps + 1):
        with _old_store(kind) as (url, before):
            assert done(partial(_upgrade, url), at=step) is Ended.KILLED
            _upgrade(url)
            one = _upgraded(kind, "", [(url, before)], "")
            total = total._replace(due=total.due + 1, done=total.done + one.done, lost=total.lost + one.lost)
    return total


def upgrades_at_once(kind: str) -> Fault:
    """Three processes open an old store at the same moment, as parts do that start together."""
    with _old_store(kind) as (url, before):
        ended = at_once([partial(_upgrade, url)] * 3)
        assert set(ended) == {Ended.DONE}, ended
        return _upgraded(kind, "migration by three at once", [(url, before)], "the others wait and find it done")


def newer_release_amid_a_run(kind: str) -> Fault:
    """A newer release is at the store while this one works: the run ends, and whoever opens it then is told."""
    with prepared(kind, WORKED) as ground, ground.copy() as place:

        def work() -> None:
            store = place.opened()
            _set_version(place.url, "9999")
            ground.verb.act(store)

        ended = done(work)
        assert done(place.act) is Ended.REFUSED
        _set_version(place.url, HEAD)
        found, files = ground.look(place)
        lost = found.lost + max(files - ground.unsound, 0) + (ended is not Ended.DONE)
        name = f"{kind}: a newer release at the store amid a run"
        well = not (lost or found.twice or found.misfiled)
        return Fault(
            name, 1, int(well), lost, found.twice, found.misfiled, window=False, note="whoever opens it is told"
        )


def _set_version(url: str, version: str) -> None:
    engine = make_engine(url if url.startswith("sqlite") else as_role(url, OWNER))
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = :version"), {"version": version})
    engine.dispose()
