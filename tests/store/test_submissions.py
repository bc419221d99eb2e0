"""Submissions in the store: versions, findings, review."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import update
from tests.factories import arrival, day, fill, owe, plan_row

from plan_lifecycle.domain.obligation import Item
from plan_lifecycle.domain.submission import Finding, Rule, Submission, SubmissionState
from plan_lifecycle.store.arrivals import record, waiting
from plan_lifecycle.store.engine import Store
from plan_lifecycle.store.submissions import (
    accepted,
    accepted_plans,
    add,
    complete,
    count_returned,
    find,
    in_state,
    reopen,
    review,
    versions,
)
from plan_lifecycle.store.tables import submission

S = SubmissionState


@pytest.fixture(autouse=True)
def _units(store: Store) -> None:
    fill(store)


def added(store: Store, obligation_id: int, version: int = 1) -> Submission:
    key = f"{obligation_id}/{version}"
    with store.write() as connection:
        record(connection, arrival(b"", key=key), None)
        arrival_id = next(each.id for each in waiting(connection) if each.key == key)
        new = Submission(
            obligation_id=obligation_id,
            arrival_id=arrival_id,
            version=version,
            received_at=day("2023-02-20"),
            blob=key.rjust(64, "0"),
            days_late=0,
            reference="07/KH-UBND",
            findings=(Finding(Rule.PLAN_DATE, "Kế hoạch chưa có ngày ban hành.", about="I"),),
        )
        made_id = add(connection, new)
        return find(connection, [made_id])[made_id]


def reviewed(store: Store, submission: Submission, state: S) -> bool:
    with store.write() as connection:
        return review(connection, submission.id, state, at=day("2023-02-21"), by="cán bộ", reason=None)


def test_a_submission_comes_back_with_its_findings(store: Store) -> None:
    made = added(store, owe(store).id)
    assert made.findings == (Finding(Rule.PLAN_DATE, "Kế hoạch chưa có ngày ban hành.", about="I"),)
    assert [each.text for each in made.findings] == ["Kế hoạch chưa có ngày ban hành."]
    assert [(each.blocks, each.doubt) for each in made.findings] == [(True, False)]
    assert (made.state, made.version, made.reference) == (S.RECEIVED, 1, "07/KH-UBND")


def test_findings_that_were_stored_without_what_they_are_about_are_read(store: Store) -> None:
    made = added(store, owe(store).id)
    stored = [{"rule": "report.required", "text": "Chưa có số liệu.", "blocks": True, "doubt": False}]
    with store.write() as connection:
        connection.execute(update(submission).where(submission.c.id == made.id).values(findings=stored))
        assert find(connection, [made.id])[made.id].findings == (Finding(Rule.REPORT_REQUIRED, ""),)


def test_one_that_is_not_there_is_left_out(store: Store) -> None:
    made = added(store, owe(store).id)
    with store.read() as connection:
        assert find(connection, [made.id, 7]) == {made.id: made}


def test_a_new_version_sets_aside_the_one_that_waits(store: Store) -> None:
    obligation = owe(store)
    first, second = added(store, obligation.id), added(store, obligation.id, 2)
    with store.read() as connection:
        assert [(each.id, each.state) for each in versions(connection, obligation.id)] == [
            (first.id, S.SUPERSEDED),
            (second.id, S.RECEIVED),
        ]
        assert [each.id for each in in_state(connection, S.RECEIVED)] == [second.id]


def test_versions_come_in_their_order_whichever_was_written_first(store: Store) -> None:
    obligation = owe(store)
    second, first = added(store, obligation.id, 2), added(store, obligation.id)
    with store.read() as connection:
        assert [each.id for each in versions(connection, obligation.id)] == [first.id, second.id]


def test_what_waits_comes_oldest_first_also_where_it_was_taken_back(store: Store) -> None:
    plan_id = plan_row(store)
    first = added(store, owe(store, plan_id=plan_id).id)
    second = added(store, owe(store, item=Item.REPORT, period="2023", plan_id=plan_id).id)
    reviewed(store, first, S.RETURNED)
    with store.write() as connection:
        assert reopen(connection, first.id)
        assert [each.id for each in in_state(connection, S.RECEIVED)] == [first.id, second.id]


def test_it_is_reviewed_once(store: Store) -> None:
    made = added(store, owe(store).id)
    assert reviewed(store, made, S.RETURNED)
    assert not reviewed(store, made, S.ACCEPTED)
    with store.read() as connection:
        assert find(connection, [made.id])[made.id].state is S.RETURNED
        assert count_returned(connection) == 1


def test_what_another_file_brings_is_added_and_the_rest_stays(store: Store) -> None:
    made = added(store, owe(store).id)
    issued = date(2023, 2, 19)
    with store.write() as connection:
        complete(connection, made.id, (), issued_on=issued)
        dated = find(connection, [made.id])[made.id]
        complete(connection, made.id, made.findings, source="f" * 64, reference="08/KH-UBND")
        whole = find(connection, [made.id])[made.id]
    assert dated == replace(made, findings=(), issued_on=issued)
    assert whole == replace(made, blob="f" * 64, reference="08/KH-UBND", issued_on=issued)


@pytest.mark.parametrize("again", [False, True])
def test_what_was_decided_waits_again_only_where_that_is_asked_for(store: Store, again: bool) -> None:
    made = added(store, owe(store).id)
    reviewed(store, made, S.RETURNED)
    with store.write() as connection:
        complete(connection, made.id, (), to_review=again)
        assert find(connection, [made.id])[made.id].state is (S.RECEIVED if again else S.RETURNED)


def test_the_newest_accepted_version_counts(store: Store) -> None:
    plan_id = plan_row(store)
    plan, report = owe(store, plan_id=plan_id), owe(store, item=Item.REPORT, period="2023-H1", plan_id=plan_id)
    first = added(store, plan.id)
    reviewed(store, first, S.ACCEPTED)
    second = added(store, plan.id, 2)
    with store.read() as connection:
        assert accepted(connection, [plan.id, report.id]) == {plan.id: find(connection, [first.id])[first.id]}
        assert accepted(connection, []) == {}
    reviewed(store, second, S.ACCEPTED)
    with store.read() as connection:
        assert accepted(connection, [plan.id])[plan.id].id == second.id


def test_accepted_sub_plans_come_with_their_unit_plan_and_year(store: Store) -> None:
    plan_id = plan_row(store)
    plan = added(store, owe(store, plan_id=plan_id).id)
    report = added(store, owe(store, item=Item.REPORT, period="2023", plan_id=plan_id).id)
    for each in (plan, report):
        reviewed(store, each, S.ACCEPTED)
    with store.read() as connection:
        ((found, *rest),) = accepted_plans(connection, by=date(2023, 12, 31))
    assert (found.id, rest) == (plan.id, ["bb-binh-an", plan_id, "2023"])
