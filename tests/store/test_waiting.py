"""What waits for a person: what nobody decided, what nobody could place, what has no day."""

from __future__ import annotations

import pytest
from tests.factories import BINH_AN, CHO_LAU, HOA_THANG, day, fill, owe, plan_row, set_state
from tests.store.papers import came_in, handed_in

from plan_lifecycle.domain.obligation import OUTSTANDING, Item, ObligationState
from plan_lifecycle.domain.submission import ArrivalState, Finding, Rule, SubmissionState
from plan_lifecycle.store import arrivals, reports, submissions, waiting
from plan_lifecycle.store.engine import Store
from plan_lifecycle.store.reports import StoredReport
from plan_lifecycle.store.submission_files import Part
from plan_lifecycle.store.tables import submission

REPORT = StoredReport("bb", "2023-H1", 1, day("2023-06-17"), "a" * 64, "b" * 64, "c" * 64, {})
AMISS = Finding("plan.date", "Kế hoạch chưa có ngày ban hành.")


@pytest.fixture
def plan_id(store: Store) -> int:
    fill(store)
    return plan_row(store)


def decided(store: Store, number: int, state: SubmissionState) -> None:
    with store.write() as connection:
        submissions.review(connection, number, state, at=day("2023-02-21"), by="cán bộ", reason=None)


def test_only_what_nobody_decided_is_to_be_reviewed_the_oldest_first(store: Store, plan_id: int) -> None:
    one, _ = handed_in(store, owe(store, plan_id=plan_id), ("a" * 64, Part.PAPER), findings=[AMISS])
    other, _ = handed_in(store, owe(store, HOA_THANG, plan_id=plan_id), ("b" * 64, Part.PAPER))
    done, _ = handed_in(store, owe(store, CHO_LAU, plan_id=plan_id), ("c" * 64, Part.PAPER))
    decided(store, done, SubmissionState.RETURNED)
    with store.read() as connection:
        found = waiting.submissions_to_review(connection)
        assert [row.id for row in found] == [one, other]
        assert (found[0].unit_id, found[0].item, found[0].file_name) == (BINH_AN.id, Item.SUB_PLAN, "ke-hoach.docx")
        assert (found[0].findings, found[0].received_at) == ((AMISS,), day("2023-02-20"))
        assert [row.id for row in waiting.submissions_of(connection, [done])] == [done]


@pytest.mark.parametrize(
    ("state", "waits"),
    [(None, True), (SubmissionState.ACCEPTED, True), (SubmissionState.RETURNED, False)],
)
def test_what_came_after_its_report_waits_for_an_addendum(
    store: Store, plan_id: int, state: SubmissionState | None, waits: bool
) -> None:
    number, _ = handed_in(store, owe(store, plan_id=plan_id), ("a" * 64, Part.PAPER))
    handed_in(store, owe(store, HOA_THANG, plan_id=plan_id), ("b" * 64, Part.PAPER))
    with store.write() as connection:
        report_id = reports.save(connection, REPORT, [])
        connection.execute(submission.update().where(submission.c.id == number).values(after_report_id=report_id))
    if state:
        decided(store, number, state)
    with store.read() as connection:
        assert [row.id for row in waiting.submissions_for_addendum(connection)] == ([number] if waits else [])


def test_once_a_report_has_it_nothing_waits(store: Store, plan_id: int) -> None:
    owed = owe(store, plan_id=plan_id)
    number, _ = handed_in(store, owed, ("a" * 64, Part.PAPER))
    with store.write() as connection:
        first = reports.save(connection, REPORT, [])
        connection.execute(submission.update().where(submission.c.id == number).values(after_report_id=first))
        source = {"obligation_id": owed.id, "submission_id": number, "days_late": 0}
        second = StoredReport("bb", "2023-H1", 2, day("2023-06-20"), "d" * 64, "b" * 64, "c" * 64, {})
        reports.save(connection, second, [source])
        assert waiting.submissions_for_addendum(connection) == []


@pytest.mark.parametrize("state", ArrivalState)
def test_only_what_nobody_could_place_is_to_be_placed(store: Store, plan_id: int, state: ArrivalState) -> None:
    number = came_in(store, "a" * 64)
    if state is not ArrivalState.NEW:
        with store.write() as connection:
            arrivals.settle(connection, number, state, "không rõ người gửi")
    with store.read() as connection:
        found = waiting.arrivals_to_place(connection)
    assert [row.id for row in found] == ([number] if state is ArrivalState.UNMATCHED else [])
    assert all((row.reason, row.unit_id) == ("không rõ người gửi", BINH_AN.id) for row in found)


@pytest.mark.parametrize("state", ObligationState)
def test_only_what_is_outstanding_asks_for_a_day(store: Store, plan_id: int, state: ObligationState) -> None:
    undated = owe(store, due=None, plan_id=plan_id)
    owe(store, HOA_THANG, plan_id=plan_id)
    set_state(store, undated, state)
    with store.read() as connection:
        found = waiting.obligations_without_day(connection)
    assert [(row.id, row.item) for row in found] == ([(undated.id, Item.SUB_PLAN)] if state in OUTSTANDING else [])


def test_the_newest_report_of_what_is_owed_under_a_plan_is_the_one_compiled(store: Store, plan_id: int) -> None:
    owed, neighbour = (owe(store, unit, Item.REPORT, "2023-H1", plan_id=plan_id) for unit in (BINH_AN, HOA_THANG))
    other_kind = owe(store, BINH_AN, Item.REPORT, "2023-H1", plan_id=plan_row(store, number="16", abstract="CCHC"))
    with store.write() as connection:
        assert waiting.report_compiled(connection, owed) is None
        for version in (1, 2):
            again = StoredReport("bb", "2023-H1", version, day("2023-06-17"), f"{version}" * 64, "b" * 64, "c" * 64, {})
            newest = reports.save(connection, again, [{"obligation_id": owed.id, "submission_id": None}])
        reports.save(connection, StoredReport("bb", "2023", 1, day("2023-12-20"), "e" * 64, "b" * 64, "c" * 64, {}), [])
        assert waiting.report_compiled(connection, neighbour) == newest
        assert waiting.report_compiled(connection, other_kind) is None


def test_an_accepted_report_in_doubt_is_shown_until_it_is_compiled(store: Store, plan_id: int) -> None:
    doubt = Finding(Rule.REPORT_TEXT_COPIED, "Cần xem lại: trùng.", blocks=False, doubt=True)
    owed = owe(store, item=Item.REPORT, period="2023-H1", plan_id=plan_id)
    number, _ = handed_in(store, owed, ("a" * 64, Part.FIGURES), findings=[doubt])
    of_plan, _ = handed_in(store, owe(store, HOA_THANG, plan_id=plan_id), ("b" * 64, Part.PAPER), findings=[doubt])
    with store.read() as connection:
        assert waiting.reports_in_doubt(connection) == []
    for one in (number, of_plan):
        decided(store, one, SubmissionState.ACCEPTED)
    with store.read() as connection:
        assert [row.id for row in waiting.reports_in_doubt(connection)] == [number]
    with store.write() as connection:
        reports.save(connection, REPORT, [{"obligation_id": owed.id, "submission_id": number, "days_late": 0}])
    with store.read() as connection:
        assert waiting.reports_in_doubt(connection) == []
