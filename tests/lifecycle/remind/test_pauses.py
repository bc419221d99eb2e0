"""Pauses, extensions, waivers, substitutes: letters follow what people decide, and who and why is on record."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

import pytest
from tests.factories import (
    BINH_AN,
    HOA_THANG,
    WALL,
    address,
    day,
    fill,
    letter,
    make_office,
    obligation_of,
    owe,
    plan_row,
)
from tests.fakes import FakeMailer
from tests.lifecycle.remind.reminded import ledger, letters, text_of

from plan_lifecycle.domain.act import ActKind, ActSubject
from plan_lifecycle.domain.decider import BY_RULE, Decider
from plan_lifecycle.domain.errors import InputError
from plan_lifecycle.domain.obligation import ObligationState
from plan_lifecycle.domain.pausing import Absence, Suspension
from plan_lifecycle.domain.unit import Contact, ContactRole
from plan_lifecycle.lifecycle.remind import explain, remind, resume, stand_in, suspend
from plan_lifecycle.lifecycle.remind._explain import RungState
from plan_lifecycle.lifecycle.review import Subject, SubjectId, extend_this, open_ids, waive_this
from plan_lifecycle.lifecycle.send import send_outbox
from plan_lifecycle.store import audit
from plan_lifecycle.store.engine import Store
from plan_lifecycle.store.letters import newest, queue
from plan_lifecycle.store.pauses import suspensions
from plan_lifecycle.store.units import save_contacts

BECAUSE = Decider("Trần Thị Hoa", "đơn vị bị ngập lụt")
EVENING = day("2023-02-20")
T7, T1 = day("2023-02-21"), day("2023-02-27")


@pytest.fixture(autouse=True)
def _units(store: Store) -> None:
    fill(store)


def in_force(store: Store, moment: datetime) -> list[int | None]:
    """The suspensions that hold on the day or later."""
    with store.read() as connection:
        return [each.id for each in suspensions(connection, moment.date())]


def plan_of(store: Store) -> SubjectId:
    """What xã Bình An owes."""
    return SubjectId(Subject.OBLIGATION, obligation_of(store).id)


def morning(store: Store, moment: datetime) -> list[tuple[str, str]]:
    """Remind and send; address and text of what left."""
    office, mailer = make_office(store), FakeMailer()
    remind(office, moment)
    send_outbox(office, mailer.connect, now=moment, wall=WALL, worker="a")
    return [(recipient, text_of(message)) for recipient, message in mailer.sent]


def test_the_same_pause_said_twice_is_one_and_is_lifted_once(store: Store) -> None:
    """The button is pressed again, because the first answer never came; another day or unit is another pause."""
    owe(store, plan_id=plan_row(store))
    office, flood = make_office(store), Suspension(T7.date(), None, "Hoa", "lũ", unit_id=BINH_AN.id)
    number = suspend(office, flood, EVENING)
    assert suspend(office, flood, EVENING) == number
    assert suspend(office, replace(flood, unit_id=HOA_THANG.id), EVENING) != number
    assert suspend(office, replace(flood, until_on=date(2023, 2, 24)), EVENING) != number
    resume(office, number, Decider("Hoa", "hết lũ"), T7)
    assert suspend(office, flood, EVENING) != number, "what was lifted begins again"


@pytest.mark.parametrize("scope", ["everything", "plan", "unit"])
def test_nobody_is_written_to_while_letters_are_paused(store: Store, scope: str) -> None:
    plan_id = plan_row(store)
    owe(store, plan_id=plan_id)
    which = {"plan_id": plan_id} if scope == "plan" else {"unit_id": BINH_AN.id} if scope == "unit" else {}
    office = make_office(store)
    suspend(office, Suspension(T7.date(), date(2023, 2, 24), "Hoa", "lũ", **which), EVENING)  # type: ignore[arg-type]
    assert remind(office, T7).held == 1
    assert ledger(store) == []
    assert len(morning(store, T1)) == 1
    assert [row[:1] for row in ledger(store)] == [("T-1",), ("T-7",)]


def test_a_pause_of_one_unit_leaves_the_others_alone(store: Store) -> None:
    plan_id = plan_row(store)
    owe(store, plan_id=plan_id)
    owe(store, HOA_THANG, plan_id=plan_id)
    suspend(make_office(store), Suspension(T7.date(), None, "Hoa", "lũ", unit_id=BINH_AN.id), EVENING)
    assert [recipient for recipient, _ in morning(store, T7)] == [address(HOA_THANG)]


def test_a_pause_is_lifted_by_a_named_person(store: Store) -> None:
    owe(store)
    office = make_office(store)
    number = suspend(office, Suspension(EVENING.date(), None, "Hoa", "lũ"), EVENING)
    assert in_force(store, EVENING) == [number]
    resume(office, number, BECAUSE, T7)
    assert in_force(store, T7) == []
    assert len(morning(store, T7)) == 1
    with pytest.raises(InputError):
        resume(office, number, BECAUSE, T7)


def test_a_pause_that_comes_after_the_letter_was_queued_keeps_it_until_it_is_over(store: Store) -> None:
    owe(store)
    office, mailer = make_office(store), FakeMailer()
    remind(office, T7)
    suspend(office, Suspension(T7.date(), date(2023, 2, 26), "Hoa", "lũ", unit_id=BINH_AN.id), T7)
    done = send_outbox(office, mailer.connect, now=T7, wall=WALL, worker="a")
    assert (done.sent, done.queued, mailer.sent) == (0, 1, [])
    ((_, text),) = morning(store, T1)
    assert "trước ngày 01/3/2023" in text
    assert len(letters(store)) == 1


def test_while_all_mail_is_paused_nothing_leaves_and_afterwards_each_letter_goes_once(store: Store) -> None:
    """Reminders, a receipt and the digests of three mornings wait; of the digests only the newest goes."""
    owe(store)
    office, mailer = make_office(store), FakeMailer()
    number = suspend(office, Suspension(T7.date(), date(2023, 2, 23), "Hoa", "đổi máy chủ"), EVENING)
    mornings = [day(f"2023-02-{number}") for number in (21, 22, 23, 24)]
    waiting = [replace(letter(1), key="receipt:1", kind="receipt", blob=office.store.blobs.put(b"x"), queued_at=T7)]
    waiting += [
        replace(waiting[0], key=f"digest:{at:%Y-%m-%d}:bb:h@x.vn", message_id=f"<{at:%d}>", kind="digest", queued_at=at)
        for at in mornings[:3]
    ]
    with store.write() as connection:
        queue(connection, waiting)
    for moment in mornings[:3]:
        remind(office, moment)
        done = send_outbox(office, mailer.connect, now=moment, wall=WALL, worker="a")
        assert (done.sent, done.paused) == (0, "tạm dừng gửi thư đến hết ngày 23/02/2023: đổi máy chủ")
    with store.read() as connection:
        assert {each.reason for each in newest(connection, 9)} == {done.paused}
    remind(office, mornings[3])
    done = send_outbox(office, mailer.connect, now=mornings[3], wall=WALL, worker="a")
    assert (done.sent, done.superseded, done.paused, done.queued) == (3, 2, None, 0)
    assert send_outbox(office, mailer.connect, now=mornings[3], wall=WALL, worker="a").sent == 0
    with store.read() as connection:
        assert [(act.act, act.by, act.reason) for act in audit.acts(connection, ActSubject.PAUSE, number)] == [
            (ActKind.PAUSE_LETTERS, "Hoa", "đổi máy chủ")
        ]


def test_letters_go_on_the_very_day_on_which_all_mail_is_let_go_again(store: Store) -> None:
    owe(store)
    office, mailer = make_office(store), FakeMailer()
    number = suspend(office, Suspension(T7.date(), date(2023, 3, 23), "Hoa", "đổi máy chủ"), EVENING)
    remind(office, T7)
    resume(office, number, BECAUSE, T7)
    remind(office, T7)
    assert send_outbox(office, mailer.connect, now=T7, wall=WALL, worker="a").sent == 1


@pytest.mark.parametrize(("by", "reason"), [("", "lũ"), ("Hoa", " ")])
def test_nothing_is_decided_without_a_name_and_a_reason(store: Store, by: str, reason: str) -> None:
    office = make_office(store)
    with pytest.raises(InputError):
        suspend(office, Suspension(T7.date(), None, by, reason), EVENING)
    with pytest.raises(InputError):
        stand_in(office, Absence(address(BINH_AN), T7.date(), T7.date(), None, by, reason), EVENING)
    number = suspend(office, Suspension(T7.date(), None, "Hoa", "lũ"), EVENING)
    with pytest.raises(InputError, match=r"name of a person|a reason"):
        resume(office, number, Decider(by, reason), EVENING)
    assert in_force(store, EVENING) == [number]


def test_no_rule_pauses_or_lifts_a_pause(store: Store) -> None:
    office = make_office(store)
    with pytest.raises(InputError, match="name of a person"):
        suspend(office, Suspension(T7.date(), None, BY_RULE, "lũ"), EVENING)
    assert in_force(store, EVENING) == []


@pytest.mark.parametrize("which", [{"unit_id": "bb-khong-co"}, {"plan_id": 99}])
def test_what_is_paused_must_exist(store: Store, which: dict[str, object]) -> None:
    with pytest.raises(InputError):
        suspend(make_office(store), Suspension(T7.date(), None, "Hoa", "lũ", **which), EVENING)  # type: ignore[arg-type]


def test_the_due_day_of_every_letter_is_the_extended_one(store: Store) -> None:
    """Known elsewhere: a due date that ignores the grace period."""
    owe(store)
    extend_this(make_office(store), plan_of(store), date(2023, 3, 10), BECAUSE, EVENING)
    owed = obligation_of(store)
    assert (owed.due_on, owed.extended_from, owed.next_rung_on) == (
        date(2023, 3, 10), date(2023, 2, 28), date(2023, 3, 3),
    )  # fmt: skip
    for quiet in (T7, T1):
        assert morning(store, quiet) == []
    ((_, text),) = morning(store, day("2023-03-03"))
    assert "trước ngày 01/3/2023, được gia hạn đến hết ngày 10/3/2023" in text
    assert "chậm nhất hết ngày 28/02/2023" not in text
    assert owed.days_late(day("2023-03-10"), None) == 0


def test_the_ladder_is_climbed_anew_after_an_extension(store: Store) -> None:
    owe(store)
    for moment in (T7, T1):
        morning(store, moment)
    extend_this(make_office(store), plan_of(store), date(2023, 3, 10), BECAUSE, day("2023-02-28"))
    assert len(morning(store, day("2023-03-03"))) == 1
    assert len(morning(store, day("2023-03-09"))) == 1
    assert [row[0] for row in ledger(store)] == ["T-7", "T-1", "T-7@10/3", "T-1@10/3"]


def test_a_letter_of_the_old_day_does_not_leave_after_an_extension(store: Store) -> None:
    owe(store)
    office, mailer = make_office(store), FakeMailer()
    remind(office, T1)
    extend_this(office, plan_of(store), date(2023, 3, 10), BECAUSE, T1)
    assert send_outbox(office, mailer.connect, now=T1, wall=WALL, worker="a").superseded == 1
    assert mailer.sent == []


@pytest.mark.parametrize("until", [date(2023, 2, 28), date(2023, 2, 1)])
def test_an_extension_goes_forward(store: Store, until: date) -> None:
    owe(store)
    with pytest.raises(InputError, match="2023-02-28"):
        extend_this(make_office(store), plan_of(store), until, BECAUSE, EVENING)


def test_who_was_let_off_is_not_reminded(store: Store) -> None:
    owe(store)
    waive_this(make_office(store), plan_of(store), BECAUSE, EVENING)
    assert obligation_of(store).state is ObligationState.WAIVED
    assert morning(store, T7) == []
    with pytest.raises(InputError):
        waive_this(make_office(store), plan_of(store), BECAUSE, EVENING)


def test_what_is_not_owed_is_named(store: Store) -> None:
    owe(store)
    with pytest.raises(InputError, match="sub_plan 2023"):
        open_ids(make_office(store), BINH_AN.id, "report", "2023-H1")


def test_a_substitute_gets_the_letters_of_who_is_away(store: Store) -> None:
    owe(store)
    leave = Absence(address(BINH_AN), date(2023, 2, 20), date(2023, 2, 24), "pho@example.vn", "Hoa", "nghỉ phép")
    assert stand_in(make_office(store), leave, EVENING)
    assert not stand_in(make_office(store), leave, EVENING)
    assert [recipient for recipient, _ in morning(store, T7)] == ["pho@example.vn"]
    assert [recipient for recipient, _ in morning(store, T1)] == [address(BINH_AN)]


def test_without_a_substitute_the_next_contact_gets_them(store: Store) -> None:
    owe(store)
    with store.write() as connection:
        save_contacts(connection, [Contact(BINH_AN.id, ContactRole.HEAD, "Lãnh đạo", "lanh-dao@example.vn")])
    leave = Absence(address(BINH_AN), date(2023, 2, 20), date(2023, 2, 24), None, "Hoa", "nghỉ phép")
    stand_in(make_office(store), leave, EVENING)
    assert [recipient for recipient, _ in morning(store, T7)] == ["lanh-dao@example.vn"]


def test_explaining_tells_every_rung_and_every_decision(store: Store) -> None:
    owe(store)
    morning(store, T7)
    extend_this(make_office(store), plan_of(store), date(2023, 3, 10), BECAUSE, day("2023-02-22"))
    morning(store, day("2023-03-03"))
    found = explain(make_office(store), BINH_AN.id, day("2023-03-03"))
    (owed,) = found.obligations
    assert (found.unit, found.contacts) == ("UBND xã Bình An", (address(BINH_AN),))
    assert [(each.rung, each.state) for each in owed.rungs] == [
        ("T-7", RungState.SENT),
        ("T-7@10/3", RungState.SENT),
        ("T-1@10/3", RungState.PLANNED),
        ("T+3@10/3", RungState.PLANNED),
    ]
    assert owed.rungs[0].sent_at == T7
    assert str(owed.rungs[0].message_id).endswith("@binhthuan.example.vn>")
    assert [(each.kind, each.due_after, each.reason) for each in owed.rulings] == [
        ("extension", date(2023, 3, 10), BECAUSE.reason)
    ]


def test_explaining_says_why_nothing_was_sent(store: Store) -> None:
    owe(store)
    suspend(make_office(store), Suspension(T7.date(), None, "Hoa", "lũ"), EVENING)
    morning(store, T7)
    (owed,) = explain(make_office(store), BINH_AN.id, T7).obligations
    assert [each.reason for each in owed.rungs] == ["tạm dừng gửi thư: lũ"] * 3
    with pytest.raises(InputError):
        explain(make_office(store), "bb-khong-co", T7)
