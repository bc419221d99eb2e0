"""What a page keeps of the store: worked out once for many readers, and never older than the last commit."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from sqlalchemy import Engine, event
from tests.factories import BINH_AN, HOA_THANG, address, day
from tests.patience import PATIENCE
from tests.web.boards import Desk, a_morning

from plan_lifecycle.domain.decider import Decider
from plan_lifecycle.domain.sight import Sight
from plan_lifecycle.lifecycle.office import Office
from plan_lifecycle.lifecycle.review import Subject, SubjectId, waive_this
from plan_lifecycle.lifecycle.situation import today
from plan_lifecycle.store.units import mark_unreachable
from plan_lifecycle.web.board._kept import Kept

MORNING = day("2023-03-07")
PAGES = ("/", "/viec/", "/thu/", "/don-vi/", "/bang-theo-doi/")


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """The morning of 07/3."""
    yield from a_morning(tmp_path_factory.mktemp("kept"))


def queries(desk: Desk, path: str) -> int:
    """How many the page takes."""
    asked: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        if not statement.startswith("BEGIN"):
            asked.append(statement)

    event.listen(Engine, "before_cursor_execute", note)
    desk.page(path)
    event.remove(Engine, "before_cursor_execute", note)
    return len(asked)


@pytest.mark.parametrize("path", PAGES)
def test_whoever_opens_a_page_after_another_waits_for_no_query_of_it(desk: Desk, path: str) -> None:
    first = desk.page(path)
    assert queries(desk, path) == 0
    assert desk.page(path) == first


def test_a_page_shows_what_was_written_a_moment_ago_by_whatever_process(desk: Desk) -> None:
    before = desk.page("/don-vi/")
    assert address(BINH_AN) not in before
    with desk.office.store.write() as connection:
        mark_unreachable(connection, address(BINH_AN), MORNING)
    assert f"<b>Thư không đến:</b> {address(BINH_AN)}" in desk.page("/don-vi/")
    assert "địa chỉ không nhận được thư" in desk.page("/")


def count_late(office: Office, now: datetime) -> int:
    """How many are late, as a verb of the board says it."""
    CALLS.append(now)
    return len(today(office, now).overdue)


CALLS: list[datetime] = []


def test_each_day_each_sight_and_other_rules_are_looked_at_by_themselves(desk: Desk) -> None:
    kept, office = Kept(), desk.office
    CALLS.clear()
    assert [kept.look(count_late, office, MORNING + timedelta(hours=hour)) for hour in (0, 1)] == [2, 2]
    assert len(CALLS) == 1
    some = replace(office, sight=Sight(frozenset({HOA_THANG.id})))
    assert kept.look(count_late, some, MORNING) == 1
    assert kept.look(count_late, office, day("2023-02-27")) == 0
    assert kept.look(count_late, replace(office, rules=replace(office.rules)), MORNING) == 2
    assert len(CALLS) == 4
    found = {one.unit_id: one.id for one in today(office, MORNING).overdue}
    waive_this(office, SubjectId(Subject.OBLIGATION, int(found[HOA_THANG.id][1:])), Decider("Hoa", "Sáp nhập"), MORNING)
    assert (kept.look(count_late, office, MORNING), kept.look(count_late, some, MORNING)) == (1, 0)


def test_many_who_ask_at_once_have_it_worked_out_once(desk: Desk) -> None:
    kept, begun, calls = Kept(), threading.Barrier(4), []

    def slow(_office: Office, _now: datetime) -> int:
        calls.append(threading.get_ident())
        return len(calls)

    def ask(_: int) -> int:
        begun.wait(PATIENCE)
        return kept.look(slow, desk.office, MORNING)

    with ThreadPoolExecutor(4) as threads:
        assert list(threads.map(ask, range(4))) == [1, 1, 1, 1]


def test_no_more_is_kept_than_fits_and_what_fails_is_not_kept(desk: Desk) -> None:
    kept = Kept(most=2)
    CALLS.clear()
    days = [MORNING + timedelta(days=number) for number in (0, 1, 2, 0)]
    for moment in days:
        kept.look(count_late, desk.office, moment)
    assert days == CALLS

    def failing(_office: Office, _now: datetime) -> int:
        CALLS.append(MORNING)
        raise LookupError

    for _ in range(2):
        with pytest.raises(LookupError):
            kept.look(failing, desk.office, MORNING)
    assert len(CALLS) == 6
