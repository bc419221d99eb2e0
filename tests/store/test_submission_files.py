"""A submission is made of files: what each adds is known, and a content is found again with whoever sent it."""

from __future__ import annotations

import pytest
from tests.factories import BINH_AN, HOA_THANG, fill, owe, plan_row
from tests.store.papers import came_in, handed_in

from plan_lifecycle.domain.obligation import Item
from plan_lifecycle.store.engine import Store
from plan_lifecycle.store.submission_files import FiledFor, Part, add_file, blobs, filed_for, holding, parts

PAPER, SOURCE, FIGURES = "a" * 64, "b" * 64, "c" * 64


@pytest.fixture
def plan_id(store: Store) -> int:
    fill(store)
    return plan_row(store)


def test_each_submission_has_its_own_parts(store: Store, plan_id: int) -> None:
    one, _ = handed_in(store, owe(store, plan_id=plan_id), (PAPER, Part.PAPER), (SOURCE, Part.SOURCE))
    other, _ = handed_in(store, owe(store, HOA_THANG, plan_id=plan_id), (FIGURES, Part.FIGURES))
    with store.read() as connection:
        assert parts(connection, [one]) == {one: {Part.PAPER, Part.SOURCE}}
        assert parts(connection, [one, other, 99])[99] == frozenset()
        assert blobs(connection, [one]) == {PAPER, SOURCE}
        assert blobs(connection, [one, other]) == {PAPER, SOURCE, FIGURES}
        assert blobs(connection, []) == set()


def test_a_file_belongs_to_a_submission_once(store: Store, plan_id: int) -> None:
    number, (first,) = handed_in(store, owe(store, plan_id=plan_id), (PAPER, Part.PAPER))
    second = came_in(store, SOURCE)
    with store.write() as connection:
        assert not add_file(connection, number, first, PAPER, Part.SOURCE)
        assert add_file(connection, number, second, SOURCE, Part.SOURCE)
        assert parts(connection, [number]) == {number: {Part.PAPER, Part.SOURCE}}


def test_who_holds_a_content_is_asked_for_these_obligations_only(store: Store, plan_id: int) -> None:
    mine, theirs = owe(store, plan_id=plan_id), owe(store, HOA_THANG, plan_id=plan_id)
    one, (arrival_id,) = handed_in(store, mine, (PAPER, Part.PAPER))
    other, _ = handed_in(store, theirs, (SOURCE, Part.PAPER))
    with store.write() as connection:
        add_file(connection, other, arrival_id, PAPER, Part.COPY)
        assert holding(connection, PAPER, [mine.id, theirs.id]) == [one, other]
        assert holding(connection, PAPER, [mine.id]) == [one]
        assert holding(connection, SOURCE, [mine.id]) == []


def test_what_a_content_was_sent_for_is_the_newest_thing_of_that_unit(store: Store, plan_id: int) -> None:
    plan = owe(store, plan_id=plan_id)
    report = owe(store, item=Item.REPORT, period="2023-H1", plan_id=plan_id)
    _, (arrival_id,) = handed_in(store, plan, (PAPER, Part.PAPER))
    later, _ = handed_in(store, report, (FIGURES, Part.FIGURES))
    with store.write() as connection:
        assert filed_for(connection, PAPER, BINH_AN.id) == FiledFor(BINH_AN.id, "sub_plan", "2023")
        add_file(connection, later, arrival_id, PAPER, Part.PAPER)
        assert filed_for(connection, PAPER, BINH_AN.id) == FiledFor(BINH_AN.id, "report", "2023-H1")
        assert filed_for(connection, PAPER, HOA_THANG.id) is None
        assert filed_for(connection, SOURCE, BINH_AN.id) is None
