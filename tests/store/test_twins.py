"""What other units have sent that is the same is found by its content, and by its number and date."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import update
from tests.factories import BINH_AN, CHO_LAU, HOA_THANG, arrival, day, fill, owe, plan_row
from tests.store.papers import handed_in

from plan_lifecycle.domain.obligation import Item
from plan_lifecycle.domain.submission import Finding, Rule, Submission, SubmissionState
from plan_lifecycle.store import arrivals, submission_files, submissions, twins
from plan_lifecycle.store.engine import Store
from plan_lifecycle.store.submission_files import Part
from plan_lifecycle.store.submissions import find
from plan_lifecycle.store.tables import submission

CONTENT, OTHER = "a" * 64, "b" * 64
ISSUED = date(2023, 2, 20)


@pytest.fixture
def plan_id(store: Store) -> int:
    fill(store)
    return plan_row(store)


def change(store: Store, submission_id: int, **values: object) -> None:
    with store.write() as connection:
        connection.execute(update(submission).where(submission.c.id == submission_id).values(values))


def test_a_content_is_found_with_every_other_unit_that_sent_it(store: Store, plan_id: int) -> None:
    first, _ = handed_in(store, owe(store, HOA_THANG, plan_id=plan_id), (OTHER, Part.PAPER), (CONTENT, Part.SOURCE))
    with store.read() as connection:
        (found,) = twins.of_content(connection, CONTENT, BINH_AN.id)
        assert (found.id, found.unit_id, found.state) == (first, HOA_THANG.id, SubmissionState.RECEIVED)
        assert twins.of_content(connection, CONTENT, HOA_THANG.id) == []
        assert twins.of_content(connection, "c" * 64, BINH_AN.id) == []
    change(store, first, state=SubmissionState.SUPERSEDED.value)
    with store.read() as connection:
        assert twins.of_content(connection, CONTENT, BINH_AN.id) == []


def test_a_number_and_date_are_found_for_the_same_item_and_period(store: Store, plan_id: int) -> None:
    first, _ = handed_in(store, owe(store, HOA_THANG, plan_id=plan_id), (CONTENT, Part.SOURCE))
    change(store, first, reference="07/KH-UBND", issued_on=ISSUED)
    report = owe(store, CHO_LAU, item=Item.REPORT, period="2023-H1", plan_id=plan_id)
    second, _ = handed_in(store, report, (OTHER, Part.FIGURES))
    change(store, second, reference="07/KH-UBND", issued_on=ISSUED)
    with store.read() as connection:

        def found(reference: str = "07/KH-UBND", day: date = ISSUED, unit_id: str = BINH_AN.id) -> list[int]:
            same = twins.of_number(connection, reference, day, unit_id=unit_id, item="sub_plan", period="2023")
            return [twin.id for twin in same]

        assert found() == [first]
        assert found(reference="08/KH-UBND") == found(day=date(2023, 2, 21)) == found(unit_id=HOA_THANG.id) == []


def test_a_finding_is_told_of_it_once_and_holds_it(store: Store, plan_id: int) -> None:
    known = Finding(Rule.PLAN_NUMBER, "Kế hoạch chưa có số, ký hiệu.")
    owed = owe(store, HOA_THANG, plan_id=plan_id)
    number, _ = handed_in(store, owed, (CONTENT, Part.SOURCE), findings=[known])
    echo = Finding(Rule.PAPER_SAME, "Một đơn vị khác cũng gửi tệp này.", about=BINH_AN.id, aside="S2")
    for hold in (False, True, True):
        with store.write() as connection:
            twins.add_finding(connection, number, echo, hold=hold)
    with store.read() as connection:
        sent = find(connection, [number])[number]
    assert sent.findings == (known, echo)
    assert sent.findings[1].whole == "Một đơn vị khác cũng gửi tệp này (S2)."
    assert not sent.held  # what is told already changes nothing
    other = Finding(Rule.PAPER_SAME, "Một đơn vị khác cũng gửi tệp này.", about=CHO_LAU.id)
    with store.write() as connection:
        twins.add_finding(connection, number, other, hold=True)
    with store.read() as connection:
        assert find(connection, [number])[number].held


def test_what_two_units_sent_at_one_moment_is_seen_until_it_is_told(store: Store, plan_id: int) -> None:
    mine, _ = handed_in(store, owe(store, plan_id=plan_id), (CONTENT, Part.SOURCE))
    alone, _ = handed_in(store, owe(store, CHO_LAU, plan_id=plan_id), (OTHER, Part.SOURCE))
    theirs = owe(store, HOA_THANG, plan_id=plan_id)
    with store.write() as connection:
        came = arrivals.record(connection, arrival(b"", key="again"), CONTENT)
        assert came
        arrival_id = next(found.id for found in arrivals.waiting(connection) if found.key == "again")
        new = Submission(theirs.id, arrival_id, 1, day("2023-02-20"), CONTENT, 0)
        other = submissions.add(connection, new, ())
        submission_files.add_file(connection, other, arrival_id, CONTENT, Part.SOURCE)
        assert twins.unseen(connection, [mine, alone]) == [twins.Crossed(mine, BINH_AN.id, HOA_THANG.id)]
        assert twins.unseen(connection, [alone]) == []
        echo = Finding(Rule.PAPER_SAME, "Một đơn vị khác cũng gửi tệp này.", about=HOA_THANG.id)
        twins.add_finding(connection, mine, echo, hold=True)
        assert twins.unseen(connection, [mine, alone]) == []
