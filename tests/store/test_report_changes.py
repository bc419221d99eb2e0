"""Which reports may say something else now is found without loading their papers; none that changed is passed by."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from tests.factories import BINH_AN, HOA_THANG, PROVINCE, arrival, day, fill, obligation_of, owe, set_state

from plan_lifecycle.domain.obligation import Item, Obligation, ObligationState
from plan_lifecycle.domain.submission import Submission, SubmissionState
from plan_lifecycle.store.arrivals import record, waiting
from plan_lifecycle.store.engine import Store
from plan_lifecycle.store.obligations import hand_over
from plan_lifecycle.store.report_changes import perhaps_changed, watched
from plan_lifecycle.store.reports import StoredReport, save
from plan_lifecycle.store.submissions import add, reopen, review

COMPILED = day("2023-06-19")
FIRST = StoredReport("bb", "2023-H1", 1, COMPILED, "a" * 64, "b" * 64, "c" * 64, {})


@pytest.fixture
def owed(store: Store) -> Obligation:
    fill(store)
    owe(store, BINH_AN, Item.REPORT, "2023-H1", "2023-06-16")
    return obligation_of(store, BINH_AN, Item.REPORT, "2023-H1")


def accepted(store: Store, of: Obligation, version: int = 1) -> int:
    key = f"{of.id}/{version}"
    with store.write() as connection:
        record(connection, arrival(b"", key=key), None)
        arrival_id = next(one.id for one in waiting(connection) if one.key == key)
        new = Submission(of.id, arrival_id, version=version, received_at=COMPILED, blob=key.rjust(64, "0"), days_late=0)
        number = add(connection, new)
        assert review(connection, number, SubmissionState.ACCEPTED, at=COMPILED, by="cán bộ", reason=None)
    return number


def compiled(store: Store, sources: dict[int, int | None], version: int = 1) -> int:
    rows = [{"obligation_id": of, "submission_id": number, "days_late": None} for of, number in sources.items()]
    with store.write() as connection:
        report_id = save(connection, replace(FIRST, version=version), rows)
    assert report_id is not None
    return report_id


def found(store: Store) -> set[int]:
    with store.read() as connection:
        return perhaps_changed(connection, COMPILED)


def test_a_report_whose_papers_are_as_they_were_is_left_alone(store: Store, owed: Obligation) -> None:
    compiled(store, {owed.id: accepted(store, owed)})
    assert found(store) == set()


def test_a_report_whose_unit_was_missing_and_still_is_is_left_alone(store: Store, owed: Obligation) -> None:
    compiled(store, {owed.id: None})
    assert found(store) == set()


def test_what_came_for_it_later_is_found(store: Store, owed: Obligation) -> None:
    report_id = compiled(store, {owed.id: None})
    accepted(store, owed)
    assert found(store) == {report_id}


def test_another_version_of_a_paper_is_found(store: Store, owed: Obligation) -> None:
    report_id = compiled(store, {owed.id: accepted(store, owed)})
    accepted(store, owed, 2)
    assert found(store) == {report_id}


def test_a_paper_that_is_accepted_no_more_is_found(store: Store, owed: Obligation) -> None:
    number = accepted(store, owed)
    report_id = compiled(store, {owed.id: number})
    with store.write() as connection:
        reopen(connection, number)
    assert found(store) == {report_id}


def test_a_signed_paper_for_its_figures_is_found(store: Store, owed: Obligation) -> None:
    report_id = compiled(store, {owed.id: accepted(store, owed)})
    set_state(store, owed, ObligationState.MET, "2023-06-20")
    assert found(store) == {report_id}


def test_a_unit_that_owes_since_then_is_found(store: Store, owed: Obligation) -> None:
    report_id = compiled(store, {owed.id: accepted(store, owed)})
    owe(store, HOA_THANG, Item.REPORT, "2023-H1", "2023-06-16", plan_id=owed.plan_id)
    assert found(store) == {report_id}


@pytest.mark.parametrize("state", [ObligationState.WAIVED, ObligationState.CLOSED])
def test_what_is_owed_no_more_is_found(store: Store, owed: Obligation, state: ObligationState) -> None:
    report_id = compiled(store, {owed.id: accepted(store, owed)})
    set_state(store, owed, state)
    assert found(store) == {report_id}


def test_what_is_owed_to_somebody_else_now_is_found(store: Store, owed: Obligation) -> None:
    report_id = compiled(store, {owed.id: accepted(store, owed)})
    with store.write() as connection:
        hand_over(connection, owed, PROVINCE.id, None)
    assert found(store) == {report_id}


def test_the_newest_version_is_watched_and_what_is_too_old_is_not(store: Store, owed: Obligation) -> None:
    compiled(store, {owed.id: None})
    second = compiled(store, {owed.id: None}, version=2)
    with store.read() as connection:
        assert watched(connection, COMPILED) == {FIRST.key: second}
        assert watched(connection, COMPILED + timedelta(days=1)) == {}
        assert perhaps_changed(connection, COMPILED + timedelta(days=1)) == set()
