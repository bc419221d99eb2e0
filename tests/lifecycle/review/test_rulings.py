"""More time and letting off: by an id, under the plan that is meant, and never what is settled already."""

from __future__ import annotations

from datetime import date

import pytest
from tests.factories import BINH_AN, arrival, day, fill, make_office, owe, plan_row, set_state

from plan_lifecycle.domain.act import ActKind
from plan_lifecycle.domain.decider import Decider
from plan_lifecycle.domain.errors import InputError
from plan_lifecycle.domain.obligation import Obligation, ObligationState
from plan_lifecycle.domain.submission import Submission
from plan_lifecycle.lifecycle.office import Office
from plan_lifecycle.lifecycle.review import (
    Decided,
    Subject,
    SubjectId,
    extend_these,
    extend_this,
    open_ids,
    waive_these,
    waive_this,
)
from plan_lifecycle.store import arrivals, submissions
from plan_lifecycle.store import obligations as obligation_rows
from plan_lifecycle.store.engine import Store

NOW, LATER = day("2023-02-20"), date(2023, 3, 10)
HOA = Decider("Trần Thị Hoa", "đơn vị bị ngập lụt")


@pytest.fixture
def office(store: Store) -> Office:
    """Two plans ask xã Bình An for the same paper."""
    fill(store)
    for number in ("15", "16"):
        owe(store, plan_id=plan_row(store, number=number))
    return make_office(store)


def both(office: Office) -> list[Obligation]:
    with office.store.read() as connection:
        owed = obligation_rows.owed_by(connection, [BINH_AN.id])[BINH_AN.id, "sub_plan", "2023"]
    return sorted(owed, key=lambda each: each.id)


def test_of_two_plans_the_one_that_is_meant_gives_more_time(office: Office) -> None:
    first, second = (SubjectId(Subject.OBLIGATION, owed.id) for owed in both(office))
    assert extend_this(office, second, LATER, HOA, NOW) == Decided(str(second), ActKind.EXTEND, True, BINH_AN.agency)
    assert [owed.due_on for owed in both(office)] == [date(2023, 2, 28), LATER]
    assert waive_this(office, second, HOA, NOW) == Decided(str(second), ActKind.WAIVE, True, BINH_AN.agency)
    assert [owed.state for owed in both(office)] == [ObligationState.OPEN, ObligationState.WAIVED]
    assert open_ids(office, BINH_AN.id, "sub_plan", "2023") == [first]


def test_what_is_named_means_what_is_still_open_of_it(office: Office) -> None:
    first, second = both(office)
    assert [which.number for which in open_ids(office, BINH_AN.id, "sub_plan", "2023")] == [first.id, second.id]
    set_state(office.store, first, ObligationState.MET)
    assert open_ids(office, BINH_AN.id, "sub_plan", "2023") == [SubjectId(Subject.OBLIGATION, second.id)]
    set_state(office.store, second, ObligationState.MET)
    assert len(open_ids(office, BINH_AN.id, "sub_plan", "2023")) == 2


@pytest.mark.parametrize("state", [ObligationState.MET, ObligationState.WAIVED, ObligationState.CLOSED])
def test_what_is_settled_is_neither_put_later_nor_let_off(office: Office, state: ObligationState) -> None:
    owed = both(office)[0]
    set_state(office.store, owed, state)
    which = SubjectId(Subject.OBLIGATION, owed.id)
    for rule in (lambda: extend_this(office, which, LATER, HOA, NOW), lambda: waive_this(office, which, HOA, NOW)):
        with pytest.raises(InputError, match="an obligation that is still open") as refused:
            rule()
        assert "đã hoàn thành hoặc đã được miễn, hoãn" in refused.value.for_user
    assert (both(office)[0].state, both(office)[0].due_on) == (state, date(2023, 2, 28))


@pytest.mark.parametrize("state", [ObligationState.RECEIVED, ObligationState.RETURNED, ObligationState.FIGURES_ONLY])
def test_what_came_in_and_is_not_settled_may_be_put_later(office: Office, state: ObligationState) -> None:
    owed = both(office)[0]
    set_state(office.store, owed, state)
    assert extend_this(office, SubjectId(Subject.OBLIGATION, owed.id), LATER, HOA, NOW).done
    assert both(office)[0].due_on == LATER


@pytest.mark.parametrize(
    ("issued", "days"),
    [
        ((None, None), [2, 2]),
        ((date(2023, 3, 2), date(2023, 3, 9)), [1, 1]),
        ((None, date(2023, 3, 9)), [8, 8]),
        ((date(2023, 2, 25), None), [0, 0]),
    ],
)
def test_what_came_in_before_is_judged_by_the_new_last_day(
    office: Office, issued: tuple[date | None, date | None], days: list[int]
) -> None:
    """By the first date of issue that is known, else by the first receipt (03/3); the other plan's paper stays."""
    first, second = both(office)
    for version, day_of in enumerate(issued, 1):
        handed_in(office, first, version, day_of, at=f"2023-03-0{version + 2}")
    handed_in(office, second, 1, None, at="2023-03-03")
    extend_this(office, SubjectId(Subject.OBLIGATION, first.id), date(2023, 3, 1), HOA, NOW)
    with office.store.read() as connection:
        assert [sent.days_late for sent in submissions.versions(connection, first.id)] == days
        assert [sent.days_late for sent in submissions.versions(connection, second.id)] == [9]


def handed_in(office: Office, owed: Obligation, version: int, issued: date | None, *, at: str) -> None:
    """A version that was nine days late before."""
    key = f"{owed.id}/{version}"
    with office.store.write() as connection:
        arrivals.record(connection, arrival(b"", key=key, at=at), None)
        came = next(found.id for found in arrivals.waiting(connection) if found.key == key)
        blob = key.rjust(64, "0")
        submissions.add(connection, Submission(owed.id, came, version, day(at), blob, 9, issued_on=issued), ())


def test_a_ruling_without_a_reason_changes_nothing(office: Office) -> None:
    which = SubjectId(Subject.OBLIGATION, both(office)[0].id)
    with pytest.raises(InputError, match="a reason"):
        extend_this(office, which, LATER, Decider("Trần Thị Hoa"), NOW)
    with pytest.raises(InputError, match="a reason"):
        waive_this(office, which, Decider("Trần Thị Hoa"), NOW)
    assert (both(office)[0].state, both(office)[0].due_on) == (ObligationState.OPEN, date(2023, 2, 28))


def test_a_day_that_is_not_later_is_told_in_words(office: Office) -> None:
    which = SubjectId(Subject.OBLIGATION, both(office)[0].id)
    with pytest.raises(InputError) as refused:
        extend_this(office, which, date(2023, 2, 28), HOA, NOW)
    assert refused.value.for_user == (
        "UBND xã Bình An: Kế hoạch thông tin, tuyên truyền CCHC năm 2023: "
        "ngày gia hạn phải sau ngày cuối hiện nay (28/02/2023)."
    )


def test_an_arrival_is_no_obligation(office: Office) -> None:
    with pytest.raises(InputError, match="the id of an existing arrival"):
        waive_this(office, SubjectId(Subject.ARRIVAL, 1), HOA, NOW)


def test_of_many_one_that_is_refused_stops_no_other_and_twice_changes_nothing(office: Office) -> None:
    first, second = (SubjectId(Subject.OBLIGATION, owed.id) for owed in both(office))
    missing = SubjectId(Subject.OBLIGATION, 99)
    one, none, other = extend_these(office, [first, missing, second, first], LATER, HOA, NOW)
    assert isinstance(none, InputError)
    assert [isinstance(each, Decided) and each.done for each in (one, other)] == [True, True]
    again = next(iter(extend_these(office, [first], LATER, HOA, NOW)))
    assert isinstance(again, Decided)
    assert (again.done, again.unit) == (False, BINH_AN.agency)
    assert "đ/c Trần Thị Hoa, gia hạn, 08 giờ 00 phút ngày 20/02/2023" in str(again.why)
    with pytest.raises(InputError, match="a reason"):
        waive_these(office, [first], Decider("Trần Thị Hoa"), NOW)
    done, refused = [*waive_these(office, [first], HOA, NOW), *waive_these(office, [first], HOA, NOW)]
    assert isinstance(done, Decided)
    assert isinstance(refused, InputError)
    assert "UBND xã Bình An" in refused.for_user
    assert "đ/c Trần Thị Hoa, miễn" in refused.for_user
