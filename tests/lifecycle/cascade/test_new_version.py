"""A plan that amends, replaces or withdraws another: what the old one set going is put right, once, in one notice."""

from __future__ import annotations

import email
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from typing import Any

import pytest
from sqlalchemy import func, select
from tests.factories import (
    BINH_AN,
    DISTRICT,
    HOA_THANG,
    address,
    arrival,
    day,
    district_plan,
    fill,
    make_office,
    obligation_of,
    plan_file,
    task,
)
from tests.fakes import FakeChannel
from tests.lifecycle.cascade.reissuing import (
    AMENDMENT,
    AMENDS,
    FIRST,
    LATER,
    REPLACEMENT,
    WITHDRAWAL,
    drafts,
    duty,
    letters,
    met,
    reissued,
    sent,
    text_of,
    version,
)

from plan_lifecycle.documents.read import read_plan
from plan_lifecycle.domain.errors import InputError
from plan_lifecycle.domain.obligation import Item, ObligationState
from plan_lifecycle.lifecycle.cascade import cascade_plan, register_plan, waiting_plans
from plan_lifecycle.lifecycle.collect import collect
from plan_lifecycle.lifecycle.office import Office
from plan_lifecycle.lifecycle.remind import remind
from plan_lifecycle.store import obligations as obligation_rows
from plan_lifecycle.store.engine import Store
from plan_lifecycle.store.tables import draft, letter, plan, reminder
from plan_lifecycle.store.units import mark_unreachable


@pytest.fixture
def office(store: Store) -> Office:
    fill(store)
    office = make_office(store)
    cascade_plan(office, register_plan(office, district_plan(), issuer_id=DISTRICT.id, now=FIRST), FIRST)
    return office


def test_only_whom_nobody_could_tell_is_named(office: Office) -> None:
    """Xã Bình An's address has failed since the first plan; its neighbours have their notice."""
    with office.store.write() as connection:
        mark_unreachable(connection, address(BINH_AN), FIRST)
    done = reissued(office, AMENDMENT)
    assert (done.letters, done.without_contact) == (2, ("UBND xã Bình An",))


def test_what_is_amended_moves_and_everything_else_stays(office: Office) -> None:
    done = reissued(office, AMENDMENT)
    owed, report = obligation_of(office.store), obligation_of(office.store, item=Item.REPORT, period="2023-H1")
    assert (done.moved, done.closed, done.obligations) == (4, 0, 0)
    assert (owed.due_on, owed.plan_id, owed.next_rung_on) == (date(2023, 3, 15), 2, date(2023, 3, 8))
    assert "16/3/2023" in owed.clause
    assert (report.due_on, report.state) == (date(2023, 6, 16), ObligationState.OPEN)


def test_the_ladder_is_climbed_anew_towards_the_new_day(office: Office) -> None:
    sent(office)
    assert remind(office, day("2023-02-21")).reminders == 4
    reissued(office, AMENDMENT, day("2023-02-22"))
    assert remind(office, day("2023-02-27")).reminders == 0
    assert remind(office, day("2023-03-08")).reminders == 4


def test_what_a_replacing_plan_does_not_ask_any_more_is_closed(office: Office) -> None:
    done = reissued(office, REPLACEMENT)
    assert (done.moved, done.closed) == (8, 4)
    assert obligation_of(office.store, item=Item.REPORT, period="2023-H1").state is ObligationState.CLOSED
    assert obligation_of(office.store, item=Item.REPORT).due_on == date(2023, 12, 11)


def test_a_withdrawn_plan_closes_everything_that_is_open(office: Office) -> None:
    done = reissued(office, WITHDRAWAL)
    assert (done.closed, done.moved, done.letters) == (12, 0, 3)
    assert remind(office, day("2023-02-27")).reminders == 0
    assert waiting_plans(office, LATER) == []


@pytest.mark.parametrize("data", [AMENDMENT, REPLACEMENT, WITHDRAWAL], ids=["amended", "replaced", "withdrawn"])
def test_what_is_met_stays_met(office: Office, data: bytes) -> None:
    met(office)
    before = obligation_of(office.store)
    reissued(office, data)
    assert obligation_of(office.store) == before


def test_a_waived_obligation_stays_waived(office: Office) -> None:
    with office.store.write() as connection:
        obligation_rows.set_state(connection, obligation_of(office.store).id, ObligationState.WAIVED, LATER)
    reissued(office, AMENDMENT)
    assert obligation_of(office.store).state is ObligationState.WAIVED


def test_a_letter_that_waits_is_recalled_with_the_reason(office: Office) -> None:
    done = reissued(office, AMENDMENT)
    old = letters(office)["cascade:1:bb-binh-an"]
    assert done.recalled == 3
    assert (old.state, old.reason) == (
        "superseded",
        "Kế hoạch số 15/KH-UBND đã được sửa đổi, bổ sung theo văn bản số 22/KH-UBND ngày 15/02/2023",
    )


def test_a_letter_that_has_left_is_not_touched(office: Office) -> None:
    sent(office)
    assert reissued(office, AMENDMENT).recalled == 0
    assert letters(office)["cascade:1:bb-binh-an"].state == "sent"


def test_a_reminder_that_waits_is_recalled_and_what_else_it_carried_comes_again(office: Office) -> None:
    sent(office)
    remind(office, day("2023-06-09"))  # sub-plan overdue, H1 report near
    assert reissued(office, AMENDMENT, day("2023-06-09")).recalled == 3
    with office.store.read() as connection:
        rows = connection.execute(select(reminder.c.obligation_id, reminder.c.letter_id)).all()
    report = obligation_of(office.store, item=Item.REPORT, period="2023-H1")
    assert report.next_rung_on == date(2023, 6, 9)
    assert report.id not in {row.obligation_id for row in rows if row.letter_id}


def test_one_notice_says_what_changed(office: Office) -> None:
    assert reissued(office, AMENDMENT).letters == 3
    mine = letters(office)
    notice = mine["cascade:2:bb-binh-an"]
    text = text_of(office, notice)
    assert [row.kind for row in mine.values()] == ["sub_plan_request", "notice_of_change"]
    assert "đã được sửa đổi, bổ sung theo Kế hoạch số 22/KH-UBND ngày 15/02/2023" in text
    assert "trước ngày 16/3/2023 (chậm nhất hết ngày 15/3/2023)" in text
    assert "trước đây: trước ngày 01/3/2023 (chậm nhất hết ngày 28/02/2023)" in text
    assert "Báo cáo thông tin, tuyên truyền CCHC" not in text


def test_the_notice_of_a_withdrawal_says_what_is_not_owed_any_more(office: Office) -> None:
    reissued(office, WITHDRAWAL)
    text = text_of(office, letters(office)["cascade:2:bb-binh-an"])
    assert "đã được thu hồi" in text
    assert text.count("không phải gửi nữa") == 3


def test_a_changed_task_is_told_to_whom_it_concerns_only(office: Office) -> None:
    training = task("1", "Tập huấn nghiệp vụ cho công chức đầu mối", "UBND xã Hòa Thắng", "Trong tháng 8/2023")
    reissued(office, version(AMENDS, activities=(training,)))
    text = text_of(office, letters(office, HOA_THANG.id)["cascade:2:bb-hoa-thang"])
    assert "Nhiệm vụ “Tập huấn nghiệp vụ cho công chức đầu mối”, thời hạn: Trong tháng 8/2023" in text
    assert "Tập huấn" not in text_of(office, letters(office)["cascade:2:bb-binh-an"])


def test_a_draft_that_was_not_answered_is_replaced(office: Office) -> None:
    old = drafts(office)
    done = reissued(office, REPLACEMENT)
    new = drafts(office)
    notice = email.message_from_bytes(office.store.blobs.get(letters(office)["cascade:2:bb-binh-an"].blob))
    attached = next(part for part in notice.walk() if part.get_filename())
    assert (done.drafts, [plan_id for plan_id, _ in new]) == (4, [2])
    assert new[0][1] != old[0][1]
    assert attached.get_payload(decode=True) == office.store.blobs.get(new[0][1])
    assert any(each.number == "22/KH-UBND" for each in read_plan(office.store.blobs.get(new[0][1])).legal_bases)


def test_a_draft_that_was_answered_is_kept(office: Office) -> None:
    old = drafts(office)
    collect(office, [FakeChannel([arrival(plan_file())])], LATER)
    assert reissued(office, REPLACEMENT).drafts == 3
    assert drafts(office) == [(2, old[0][1])]


@pytest.mark.parametrize("data", [AMENDMENT, REPLACEMENT, WITHDRAWAL], ids=["amended", "replaced", "withdrawn"])
def test_doing_it_again_changes_nothing(office: Office, data: bytes) -> None:
    def rows() -> dict[str, list[Any]]:
        with office.store.read() as connection:
            return {
                table.name: [tuple(row) for row in connection.execute(select(table))]
                for table in (plan, draft, letter, obligation_rows.obligation)
            }

    reissued(office, data)
    before = rows()
    again = reissued(office, data)
    assert (again.drafts, again.obligations, again.letters, again.moved, again.closed, again.recalled) == (
        0,
        0,
        0,
        0,
        0,
        0,
    )
    assert rows() == before


def test_reissuing_at_once_does_everything_once(office: Office) -> None:
    plan_id = register_plan(office, REPLACEMENT, issuer_id=DISTRICT.id, now=LATER)
    with ThreadPoolExecutor(3) as pool:
        runs = list(pool.map(lambda _: cascade_plan(office, plan_id, LATER), range(3)))
    assert sum(each.moved for each in runs) == 8
    assert (sum(each.closed for each in runs), sum(each.letters for each in runs)) == (4, 3)
    assert sum(each.drafts for each in runs) == 4


def test_an_amendment_of_an_amended_plan_goes_over_both(office: Office) -> None:
    reissued(office, AMENDMENT)
    again = version(AMENDS, number="30", duties=(duty("gửi báo cáo 6 tháng đầu năm", "trước ngày 10/6/2023"),))
    reissued(office, again, day("2023-02-20"))
    assert obligation_of(office.store).due_on == date(2023, 3, 15)
    assert obligation_of(office.store, item=Item.REPORT, period="2023-H1").due_on == date(2023, 6, 9)
    assert {plan_id for plan_id, _ in drafts(office)} == {3}


def test_more_time_that_a_person_gave_is_kept_where_it_is_later(office: Office) -> None:
    from plan_lifecycle.store.tables import obligation, ruling

    owed = obligation_of(office.store)
    with office.store.write() as connection:
        connection.execute(
            ruling.insert().values(
                obligation_id=owed.id, kind="extension", due_before=owed.due_on, due_after=date(2023, 4, 1),
                state_before="open", decided_by="A", reason="B", decided_at=FIRST,
            )
        )  # fmt: skip
        later = {"due_on": date(2023, 4, 1), "extended_from": owed.due_on}
        connection.execute(obligation.update().where(obligation.c.id == owed.id).values(later))
    reissued(office, AMENDMENT)
    assert obligation_of(office.store).due_on == date(2023, 4, 1)
    assert obligation_of(office.store, HOA_THANG).due_on == date(2023, 3, 15)


def test_a_plan_that_was_not_cascaded_yet_gives_way_to_the_one_that_replaces_it(store: Store) -> None:
    fill(store)
    office = make_office(store)
    register_plan(office, district_plan(), issuer_id=DISTRICT.id, now=FIRST)
    register_plan(office, REPLACEMENT, issuer_id=DISTRICT.id, now=LATER)
    assert [each.plan_id for each in waiting_plans(office, LATER)] == [2]
    assert cascade_plan(office, 2, LATER).letters == 3
    assert [row.kind for row in letters(office).values()] == ["sub_plan_request"]


def test_an_amendment_or_withdrawal_of_an_unknown_plan_is_told_and_not_kept(store: Store) -> None:
    fill(store)
    office = make_office(store)
    for data in (AMENDMENT, WITHDRAWAL):
        with pytest.raises(InputError, match="15/KH-UBND") as refused:
            register_plan(office, data, issuer_id=DISTRICT.id, now=LATER)
        assert "đề nghị nạp kế hoạch đó trước" in refused.value.for_user
    register_plan(office, REPLACEMENT, issuer_id=DISTRICT.id, now=LATER)
    with office.store.read() as connection:
        assert connection.execute(select(func.count()).select_from(plan)).scalar_one() == 1
