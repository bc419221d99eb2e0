"""The key of the trail: what is written again without it is found, and what was written before it is covered by it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import UTC
from pathlib import Path

import pytest
from sqlalchemy import delete, select, update
from tests.databases import as_owner
from tests.store.test_audit import act, written

from plan_lifecycle.domain.errors import InputError
from plan_lifecycle.store.audit import BEGINNING, Broken, Problem, Verified, append, verify
from plan_lifecycle.store.database import StoreError
from plan_lifecycle.store.engine import Store, open_store
from plan_lifecycle.store.seal import SealKeys
from plan_lifecycle.store.tables import audit

FIRST, SECOND = "khóa thứ nhất, đủ dài để làm khóa", "khóa thứ hai, cũng đủ dài để làm khóa"
Opened = Callable[..., Store]


@pytest.fixture
def opened(url: str, tmp_path: Path) -> Iterator[Opened]:
    """The store with these secrets, the one that seals first; without any it has no key."""
    with ExitStack() as stack:

        def with_secrets(*secrets: str) -> Store:
            keys = SealKeys(secrets) if secrets else None
            store = open_store(url, tmp_path / "blobs", durable=False, seal=keys)
            stack.callback(store.close)
            return store

        yield with_secrets


def verified(store: Store) -> Verified:
    with store.read() as connection:
        return verify(connection)


def written_again(store: Store, *, since: int, without_key: bool) -> None:
    """What somebody does who may write to the database and has not got the key: change a row, seal all after it."""
    with as_owner(store.engine) as connection:
        rows = connection.execute(select(audit).order_by(audit.c.number)).all()
        connection.execute(delete(audit))
        previous = BEGINNING
        for row in rows:
            values = dict(row._mapping)
            if row.number >= since:
                values |= {"previous": previous, "by": "ai đó"} | ({"key": None} if without_key else {})
                names = ("number", "by", "act", "subject", "subject_id", "reason", "details")
                names += ("key",) if values["key"] else ()
                content = {name: values[name] for name in names} | {"at": row.at.astimezone(UTC).isoformat()}
                text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
                values["seal"] = hashlib.sha256(f"{previous}\n{text}".encode()).hexdigest()
            connection.execute(audit.insert().values(values))
            previous = values["seal"]


def test_a_trail_with_a_key_is_sound_and_says_so(opened: Opened) -> None:
    store = opened(FIRST)
    written(store, 3)
    found = verified(store)
    assert (found.rows, found.broken, found.without_key, found.covered) == (3, None, 0, True)


@pytest.mark.parametrize(
    ("without_key", "problem"), [(False, Problem.CHANGED), (True, Problem.WITHOUT_KEY)], ids=["same id", "no key"]
)
def test_rows_that_are_written_again_without_the_key_are_found(
    opened: Opened, without_key: bool, problem: Problem
) -> None:
    """Every link of the chain fits, and every plain digest."""
    store = opened(FIRST)
    written(store, 5)
    written_again(store, since=3, without_key=without_key)
    assert verified(store).broken == Broken(3, problem)


def test_a_trail_that_is_written_again_as_a_whole_is_covered_by_no_key(opened: Opened) -> None:
    store = opened(FIRST)
    written(store, 3)
    written_again(store, since=1, without_key=True)
    found = verified(store)
    assert (found.broken, found.without_key, found.covered) == (None, 3, False)


def test_rows_from_before_there_was_a_key_are_covered_by_the_first_that_has_one(opened: Opened) -> None:
    written(opened(), 2)
    store = opened(FIRST)
    assert not verified(store).covered
    written(store, 1)
    found = verified(store)
    assert (found.rows, found.broken, found.without_key, found.covered) == (3, None, 2, True)


def test_old_rows_that_are_written_again_do_not_fit_the_row_that_covers_them(opened: Opened) -> None:
    written(opened(), 2)
    store = opened(FIRST)
    written(store, 1)
    with store.read() as connection:
        covering = connection.execute(select(audit).where(audit.c.number == 3)).one()._mapping
    written_again(store, since=2, without_key=True)
    with as_owner(store.engine) as connection:
        connection.execute(update(audit).where(audit.c.number == 3).values(dict(covering)))
    assert verified(store).broken == Broken(3, Problem.NOT_OVER_THE_LAST)


def test_after_a_change_of_the_key_rows_of_both_are_verified_and_new_ones_bear_the_new(opened: Opened) -> None:
    written(opened(FIRST), 2)
    both = opened(SECOND, FIRST)
    written(both, 1)
    assert (verified(both).rows, verified(both).broken) == (3, None)
    assert verified(opened(SECOND)).broken == Broken(1, Problem.UNKNOWN_KEY)
    assert verified(opened(FIRST)).broken == Broken(3, Problem.UNKNOWN_KEY)


def test_who_has_no_key_verifies_nothing_and_appends_nothing_to_a_trail_with_one(opened: Opened) -> None:
    """A part of the installation that lacks the setting must not break the chain."""
    written(opened(FIRST), 1)
    without = opened()
    assert verified(without).broken == Broken(1, Problem.UNKNOWN_KEY)
    with pytest.raises(StoreError, match="PLAN_LIFECYCLE_TRAIL_SECRET") as told, without.write() as connection:
        append(connection, act(2))
    assert "Nhật ký được niêm phong bằng khóa" in told.value.for_user
    assert verified(opened(FIRST)).rows == 1


@pytest.mark.parametrize("secrets", [[], ["ngắn"], [FIRST, "ngắn"]])
def test_a_secret_that_is_too_short_is_none(secrets: list[str]) -> None:
    with pytest.raises(InputError, match="PLAN_LIFECYCLE_TRAIL_SECRET"):
        SealKeys(secrets)


def test_the_id_of_a_key_and_its_repr_give_nothing_away(opened: Opened) -> None:
    keys = SealKeys([FIRST])
    assert FIRST not in repr(keys)
    assert not keys.seal(keys.newest, "x").startswith(keys.newest)
    store = opened(FIRST)
    written(store, 1)
    with store.read() as connection:
        assert FIRST not in str(connection.execute(select(audit)).all())
