"""Reviewing: every act of a coordinator killed at any durable step, and several coordinators at once."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial

from sqlalchemy import func, select

from plan_lifecycle.domain.decider import Decider
from plan_lifecycle.lifecycle.collect import collect
from plan_lifecycle.lifecycle.review import accept_these, clean_submissions
from plan_lifecycle.store import audit as audit_rows
from plan_lifecycle.store.tables import audit, obligation, ruling
from tests.factories import arrival
from tests.fakes import FakeChannel
from tests.reliability import Fault, Kind, Produce, at
from tests.reliability.dying import WORKS
from tests.reliability.dying import run as work
from tests.reliability.world import DATABASES, NOW, World, by_hand, count, world

HELD = "each paper decided once, with one letter and one row of the trail"
LAST_STEP = 40
"""Accepting all papers takes somewhat more durable steps than this."""
LETTERS = {"accept": "accepted", "return": "return"}
RULINGS = {"waive": 16, "extend": 16}
"""Acts on an obligation, with the last of their durable steps."""


def parts() -> dict[str, Produce]:
    """Every fault on SQLite and on PostgreSQL."""
    return {kind: partial(_on, kind) for kind in DATABASES}


def _on(kind: str) -> Iterator[Fault]:
    yield at(Kind.AT_ONCE, "decisions", reviewers_at_once(kind))
    for act in LETTERS:
        yield at(Kind.KILLED, "decisions", decided_under_kills(kind, act))
    for act in RULINGS:
        yield at(Kind.KILLED, "decisions", ruled_under_kills(kind, act))
    yield at(Kind.AT_ONCE, "decisions", placers_at_once(kind))
    yield at(Kind.KILLED, "decisions", placed_under_kills(kind))


def reviewers_at_once(kind: str) -> Fault:
    """Four people accept the same list at the same time."""
    with _waiting(kind) as made:
        office = by_hand(made.store)
        ids = clean_submissions(office)
        _at_once(lambda n: list(accept_these(office, ids, Decider(f"Cán bộ {n}"), NOW)), 4)
        return count(f"{kind}: four reviewers at once", made)


def decided_under_kills(kind: str, act: str, times: int = 4) -> Fault:
    """Accepting or returning everything dies, again and again, and is done once more."""
    with _waiting(kind) as made:
        _die(made, act, LAST_STEP, times)
        return count(f"{kind}: review {act} killed {times} times", made, "done once more", also=LETTERS[act])


def ruled_under_kills(kind: str, act: str, times: int = 4) -> Fault:
    """Waiving or extending: each obligation is decided once, with one row in the trail."""
    with world(kind) as made:
        _die(made, act, RULINGS[act], times)
        with made.store.read() as connection:
            ruled = list(connection.execute(select(ruling.c.obligation_id)).scalars())
            acts = connection.execute(select(func.count()).select_from(audit)).scalar_one()
            open_still = connection.execute(
                select(func.count()).where(obligation.c.state == "open", obligation.c.extended_from.is_(None))
            ).scalar_one()
            whole = audit_rows.verify(connection).broken is None
    due, done = len(made.papers), len(set(ruled))
    lost = due - done + open_still + max(due - acts, 0) + (not whole)
    twice = len(ruled) - done + max(acts - due, 0)
    return Fault(f"{kind}: review {act} killed {times} times", due, done, lost, twice, 0, False, "done once more")


def placers_at_once(kind: str) -> Fault:
    """Four people place what nobody could match, at the same time."""
    with _unmatched(kind) as made:
        _at_once(lambda _: WORKS["assign"](made.store, ""), 4)
        return count(f"{kind}: four people placing at once", made, also="receipt")


def placed_under_kills(kind: str, times: int = 4) -> Fault:
    """Placing everything dies, again and again, and is done once more."""
    with _unmatched(kind) as made:
        _die(made, "assign", LAST_STEP, times)
        return count(f"{kind}: review assign killed {times} times", made, "done once more", also="receipt")


@contextmanager
def _unmatched(kind: str) -> Iterator[World]:
    """All papers have come, and nobody could tell whose they are."""
    with world(kind) as made:
        came = [arrival(each.data, None, key=each.unit.id, file_name=each.name) for each in made.papers]
        collect(by_hand(made.store), [FakeChannel(list(came))], NOW)
        yield made


@contextmanager
def _waiting(kind: str) -> Iterator[World]:
    """All papers are filed, clean, and wait for a person."""
    with world(kind) as made:
        came = [arrival(each.data, each.unit, key=each.unit.id, file_name=each.name) for each in made.papers]
        collect(by_hand(made.store), [FakeChannel(list(came))], NOW)
        yield made


def _die(made: World, act: str, last: int, times: int) -> None:
    chance = random.Random(act)
    for step in sorted(chance.sample(range(1, last), times), reverse=True):
        work(act, made.url, made.blobs, step=step)
    ended = work(act, made.url, made.blobs)
    assert ended == 0, f"{act} ended with {ended}"


def _at_once(call: Callable[[int], object], workers: int) -> None:
    with ThreadPoolExecutor(workers) as pool:
        list(pool.map(call, range(workers)))
