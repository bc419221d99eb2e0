"""The audit trail: sealed row over row, on both databases, whoever writes at the same time."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from sqlalchemy import delete, insert, update
from tests.databases import as_owner
from tests.factories import day

from plan_lifecycle.domain.act import ActKind, ActSubject
from plan_lifecycle.domain.errors import InputError
from plan_lifecycle.store.audit import (
    BEGINNING,
    Act,
    Broken,
    Problem,
    acts,
    append,
    head,
    holds_head,
    read_head,
    verify,
)
from plan_lifecycle.store.database import StoreRefusedError
from plan_lifecycle.store.engine import Store
from plan_lifecycle.store.tables import audit


def act(number: int = 1, **changed: Any) -> Act:
    values: dict[str, Any] = {
        "at": day("2023-02-20"),
        "by": "Nguyễn Văn An",
        "act": ActKind.ACCEPT,
        "subject": ActSubject.SUBMISSION,
        "subject_id": number,
        "reason": None,
        "details": {"đơn vị": "xã Bình An", "late": 0},
    }
    return Act(**values | changed)


def written(store: Store, count: int) -> None:
    for number in range(1, count + 1):
        with store.write() as connection:
            append(connection, act(number))


def test_an_empty_trail_is_sound(store: Store) -> None:
    with store.read() as connection:
        found = verify(connection)
    assert (found.rows, found.head, found.broken) == (0, BEGINNING, None)


def test_every_act_comes_back_as_it_was_written(store: Store) -> None:
    made = act(7, reason="Đã có bản giấy")
    with store.write() as connection:
        append(connection, made)
        append(connection, act(8))
    with store.read() as connection:
        assert list(acts(connection, ActSubject.SUBMISSION, 7)) == [made]
        assert verify(connection).rows == 2


def test_an_act_that_is_rolled_back_leaves_no_row(store: Store) -> None:
    written(store, 1)
    with store.write() as connection:
        append(connection, act(2))
        connection.rollback()
    written(store, 1)
    with store.read() as connection:
        assert (verify(connection).rows, verify(connection).broken) == (2, None)


@pytest.mark.parametrize(
    "changed",
    [
        {"by": "Trần Thị Bình"},
        {"reason": "khác"},
        {"act": "return"},
        {"subject": "obligation"},
        {"subject_id": 99},
        {"at": day("2023-02-21")},
        {"details": {}},
        {"seal": "f" * 64},
    ],
)
def test_a_changed_row_is_named(store: Store, changed: dict[str, Any]) -> None:
    written(store, 5)
    with as_owner(store.engine) as connection:
        connection.execute(update(audit).where(audit.c.number == 3).values(changed))
    with store.read() as connection:
        found = verify(connection)
    assert found.rows == 2
    assert found.broken is not None
    assert found.broken.number == 3


def test_a_removed_row_is_noticed_at_the_next(store: Store) -> None:
    written(store, 5)
    with as_owner(store.engine) as connection:
        connection.execute(delete(audit).where(audit.c.number == 3))
    with store.read() as connection:
        assert verify(connection).broken == Broken(4, Problem.MISSING_BEFORE)


def test_a_row_slipped_in_at_the_end_is_named(store: Store) -> None:
    written(store, 2)
    with store.write() as connection:
        row = {"number": 3, "previous": "a" * 64, "seal": "b" * 64, "details": {}, "at": day("2023-02-20")}
        connection.execute(insert(audit).values(row | {"by": "ai đó", "act": "x", "subject": "y", "subject_id": 1}))
    with store.read() as connection:
        assert verify(connection).broken == Broken(3, Problem.NOT_OVER_THE_LAST)


def test_rows_cut_off_at_the_end_are_noticed_by_a_noted_head(store: Store) -> None:
    """Noted as a digest shows it, or as the whole seal."""
    written(store, 3)
    with store.read() as connection:
        found = verify(connection)
        assert head(connection) == found.short_head
        noted = [read_head(found.short_head), read_head(found.head.upper())]
        assert all(holds_head(connection, each) for each in noted)
    with as_owner(store.engine) as connection:
        connection.execute(delete(audit).where(audit.c.number == 3))
    with store.read() as connection:
        assert verify(connection).broken is None
        assert not any(holds_head(connection, each) for each in noted)
    written(store, 1)  # another row in its place is not the one that was noted
    with store.read() as connection:
        assert not any(holds_head(connection, each) for each in noted)


def test_an_empty_trail_has_no_head(store: Store) -> None:
    with store.read() as connection:
        assert head(connection) is None


@pytest.mark.parametrize("typed", ["", "412", "412-3f9a", "x-3f9a1c0b2d4e5f60", "412-3f9a1c0b2d4e5f6z", "f" * 63])
def test_what_is_no_head_is_told(typed: str) -> None:
    with pytest.raises(InputError, match="a head such as"):
        read_head(typed)


def test_no_row_has_two_heirs(store: Store) -> None:
    written(store, 1)
    row = {"number": 2, "previous": BEGINNING, "seal": "b" * 64, "details": {}, "at": day("2023-02-20")}
    with pytest.raises(StoreRefusedError), store.write() as connection:
        connection.execute(insert(audit).values(row | {"by": "ai đó", "act": "x", "subject": "y", "subject_id": 1}))


def test_the_chain_stays_whole_with_many_writers_at_once(store: Store) -> None:
    def write(number: int) -> None:
        with store.write() as connection:
            append(connection, act(number))

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(write, range(80)))
    with store.read() as connection:
        assert (verify(connection).rows, verify(connection).broken) == (80, None)
