"""What every upload asks of the store is worded once: wording a statement costs more than running it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from sqlalchemy import Connection, select
from tests.growth import steps

from plan_lifecycle.domain.submission import ArrivalState
from plan_lifecycle.store import (
    arrivals,
    looks,
    obligations,
    plans,
    portal,
    sessions,
    statements,
    submissions,
    twins,
    units,
    uploads,
    versions,
    wordings,
)
from plan_lifecycle.store.engine import Store
from plan_lifecycle.store.tables import unit

BLOB = "a" * 64
ASKED: dict[str, Callable[[Connection], object]] = {
    "obligations.owed_by": lambda connection: obligations.owed_by(connection, ["bb"]),
    "plans.get_plans": lambda connection: plans.get_plans(connection, [1]),
    "portal.generations": portal.generations,
    "uploads.are_waiting": lambda connection: uploads.are_waiting(connection, [1]),
    "arrivals.waiting": lambda connection: arrivals.waiting(connection, "bb", gate="1"),
    "arrivals.settle": lambda connection: arrivals.settle(connection, 1, ArrivalState.FILED),
    "submissions.versions": lambda connection: submissions.versions(connection, 1),
    "submissions.sub_plans_under": lambda connection: submissions.sub_plans_under(connection, 1),
    "twins.of_content": lambda connection: twins.of_content(connection, BLOB, "bb"),
    "wordings.of_draft": lambda connection: wordings.of_draft(connection, 1, "bb"),
    "units.load_contacts": lambda connection: units.load_contacts(connection, date(2023, 2, 20), units=["bb"]),
    "versions.draft_for": lambda connection: versions.draft_for(connection, 1),
    "statements.newest_of": lambda connection: statements.newest_of(connection, 1),
    "sessions.ended": lambda connection: sessions.ended(connection, "seat"),
    "looks.find": lambda connection: looks.find(connection, BLOB, "1"),
}


def test_what_every_upload_asks_is_worded_once(store: Store) -> None:
    ready = select(unit.c.id)
    with store.write() as connection:

        def cost(ask: Callable[[Connection], object]) -> int:
            ask(connection)
            return steps(lambda: ask(connection))

        bare = cost(lambda connection: connection.execute(ready).all())
        costs = {name: cost(ask) for name, ask in ASKED.items()}
    assert {name: round(taken / bare, 1) for name, taken in costs.items() if taken > 4 * bare} == {}
