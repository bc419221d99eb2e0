"""A month's quota before the month ends: told once, where the site was reached, in one letter with all else."""

from __future__ import annotations

import base64
import email
from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import select
from tests.factories import (
    BINH_AN,
    CHO_LAU,
    HOA_THANG,
    ROOT,
    WALL,
    address,
    day,
    fill,
    make_office,
    owe,
    plan_row,
    set_state,
)
from tests.fakes import FakeMailer

from plan_lifecycle.config.rules import read_rules
from plan_lifecycle.domain.obligation import Item, Obligation, ObligationState
from plan_lifecycle.domain.pausing import Absence, Suspension
from plan_lifecycle.domain.publication import PublicationMonth
from plan_lifecycle.domain.unit import Contact, ContactRole, Unit
from plan_lifecycle.domain.unsent import WhyUnsent
from plan_lifecycle.lifecycle.office import Office
from plan_lifecycle.lifecycle.remind import explain, preview, remind, stand_in, suspend
from plan_lifecycle.lifecycle.send import send_outbox
from plan_lifecycle.store.engine import Store
from plan_lifecycle.store.publications import save_month
from plan_lifecycle.store.tables import letter, reminder
from plan_lifecycle.store.units import save_contacts

SHIPPED = read_rules(ROOT / "config")
FRIDAY, MONDAY, WEDNESDAY, AFTERWARDS = "2023-05-26", "2023-05-29", "2023-05-31", "2023-06-01"


@pytest.fixture
def office(store: Store) -> Office:
    fill(store)
    return make_office(store, reminding=SHIPPED.reminding, calendar=SHIPPED.calendar)


def owe_news(office: Office, unit: Unit = BINH_AN, plan_id: int | None = None) -> Obligation:
    """May's quota of a unit; the ladder's only rung is on the 26th."""
    return owe(
        office.store, unit, Item.QUOTA, "2023-M05", WEDNESDAY, plan_id=plan_id, phrase="trong tháng 5 năm 2023",
        next_rung_on=date.fromisoformat(FRIDAY),
    )  # fmt: skip


def look(office: Office, owed: Obligation, count: int | None = 3, why: str | None = None, on: str = FRIDAY) -> None:
    """What a check of the unit's site came to."""
    moment = day(on)
    month = PublicationMonth(
        owed.unit_id, owed.period, 5, count, 0, moment, None if why else moment, why, obligation_id=owed.id
    )
    with office.store.write() as connection:
        save_month(connection, month)


def letters(office: Office) -> list[tuple[str, str, str, str]]:
    """Kind, address, subject and text of every letter."""
    columns = (letter.c.kind, letter.c.recipient, letter.c.subject, letter.c.blob)
    with office.store.read() as connection:
        rows = connection.execute(select(*columns).order_by(letter.c.id)).all()
    return [(row[0], row[1], row[2], _text(office.store.blobs.get(row[3]))) for row in rows]


def _text(message: bytes) -> str:
    plain = next(part for part in email.message_from_bytes(message).walk() if part.get_content_type() == "text/plain")
    return base64.b64decode(str(plain.get_payload())).decode()


def ledger(office: Office) -> list[tuple[str, str, bool, str | None]]:
    columns = (reminder.c.rung, reminder.c.recipient, reminder.c.letter_id, reminder.c.reason)
    with office.store.read() as connection:
        rows = connection.execute(select(*columns).order_by(reminder.c.id))
        return [(row[0], row[1], row[2] is not None, row[3]) for row in rows]


def test_a_month_that_is_short_is_told_once_before_it_ends(office: Office) -> None:
    look(office, owe_news(office))
    for on in (FRIDAY, FRIDAY, MONDAY, WEDNESDAY, AFTERWARDS, "2023-06-05"):
        remind(office, day(on))
    ((kind, to, subject, text),) = letters(office)
    assert (kind, to) == ("reminder_quota", address(BINH_AN))
    assert subject == "Tin, bài tháng 5 năm 2023: mới có 03/05 – UBND xã Bình An"
    assert "Thực hiện Kế hoạch số 15/KH-UBND ngày 10/02/2023 của UBND huyện Bắc Bình" in text
    assert "Đến ngày 26/5/2023, trang thông tin điện tử của UBND xã Bình An mới có 03/05 tin, bài" in text
    assert ledger(office) == [("T-5", address(BINH_AN), True, None)]


def test_nothing_is_said_before_its_day(office: Office) -> None:
    look(office, owe_news(office), on="2023-05-25")
    remind(office, day("2023-05-25"))
    assert letters(office) == []


def test_a_month_without_any_item_is_told_in_words(office: Office) -> None:
    look(office, owe_news(office), 0)
    remind(office, day(FRIDAY))
    ((_, _, subject, text),) = letters(office)
    assert subject == "Tin, bài tháng 5 năm 2023: chưa có – UBND xã Bình An"
    assert "chưa có tin, bài (chỉ tiêu 05 tin, bài)" in text


def test_a_month_that_is_met_is_not_told(office: Office) -> None:
    owed = owe_news(office)
    look(office, owed, 5)
    set_state(office.store, owed, ObligationState.MET, FRIDAY)
    remind(office, day(FRIDAY))
    assert letters(office) == []


def test_a_site_that_is_not_reached_is_waited_for(office: Office) -> None:
    owed = owe_news(office)
    look(office, owed, 3, why="hết thời gian chờ")
    assert remind(office, day(FRIDAY)).held == 1
    assert (letters(office), ledger(office)) == ([], [])
    look(office, owed, 4, on=MONDAY)
    remind(office, day(MONDAY))
    assert [subject for _, _, subject, _ in letters(office)] == [
        "Tin, bài tháng 5 năm 2023: mới có 04/05 – UBND xã Bình An"
    ]


@pytest.mark.parametrize("checked", [True, False])
def test_a_site_that_was_never_reached_is_never_charged_and_the_ledger_says_why(office: Office, checked: bool) -> None:
    owed = owe_news(office)
    if checked:
        look(office, owed, None, why="hết thời gian chờ")
    for on in (FRIDAY, MONDAY, WEDNESDAY, AFTERWARDS):
        remind(office, day(on))
    assert letters(office) == []
    assert ledger(office) == [("T-5", "", False, WhyUnsent.MONTH_UNCHECKED.words)]


def test_after_the_month_it_is_too_late(office: Office) -> None:
    look(office, owe_news(office))
    assert remind(office, day(AFTERWARDS)).without_contact == ()
    assert letters(office) == []
    assert ledger(office) == [("T-5", "", False, WhyUnsent.MONTH_OVER.words)]


def test_everything_owed_at_one_address_is_one_letter(office: Office) -> None:
    plan_id = plan_row(office.store)
    look(office, owe_news(office, plan_id=plan_id))
    owe(office.store, item=Item.REPORT, period="2023-M05", due="2023-05-27", plan_id=plan_id, made="2023-05-01")
    remind(office, day(FRIDAY))
    ((kind, _, subject, text),) = letters(office)
    assert kind == "reminder_last"
    assert subject == "Còn 01 ngày đến hạn gửi: Báo cáo thông tin, tuyên truyền CCHC tháng 5 năm 2023 – UBND xã Bình An"
    assert "Cùng với đó, về số lượng tin, bài trong tháng:" in text
    assert "mới có 03/05 tin, bài" in text
    assert {rung for rung, _, told, _ in ledger(office) if told} == {"T-5", "T-1"}


def test_a_contact_of_two_units_hears_of_both_at_once(office: Office) -> None:
    with office.store.write() as connection:
        save_contacts(connection, [Contact(CHO_LAU.id, ContactRole.OFFICER, "Chung", "chung@example.vn", None)])
        save_contacts(connection, [Contact(HOA_THANG.id, ContactRole.OFFICER, "Chung", "chung@example.vn", None)])
    plan_id = plan_row(office.store)
    for unit in (CHO_LAU, HOA_THANG):
        look(office, owe_news(office, unit, plan_id))
    remind(office, day(FRIDAY))
    shared = [subject for _, to, subject, _ in letters(office) if to == "chung@example.vn"]
    assert len(shared) == 1
    assert "và 01 đơn vị khác" in shared[0]


def test_who_is_away_is_stood_in_for_and_who_is_paused_is_left_alone(office: Office) -> None:
    plan_id = plan_row(office.store)
    for unit in (BINH_AN, HOA_THANG):
        look(office, owe_news(office, unit, plan_id))
    away = date.fromisoformat(FRIDAY)
    stand_in(office, Absence(address(BINH_AN), away, away, "thay@example.vn", "Hoa", "phép"), day(FRIDAY))
    suspend(office, Suspension(away, None, "Hoa", "lũ", unit_id=HOA_THANG.id), day(FRIDAY))
    assert remind(office, day(FRIDAY)).held == 1
    assert [to for _, to, _, _ in letters(office)] == ["thay@example.vn"]


def test_a_unit_without_contact_is_on_record(store: Store) -> None:
    fill(store, without=(BINH_AN,))
    office = make_office(store, reminding=SHIPPED.reminding, calendar=SHIPPED.calendar)
    look(office, owe_news(office))
    remind(office, day(FRIDAY))
    assert ledger(office) == [("T-5", "", False, WhyUnsent.NO_CONTACT.words)]


def test_a_letter_that_waits_goes_with_the_newest_count_or_not_at_all(office: Office) -> None:
    owed = owe_news(office)
    look(office, owed)
    remind(office, day(FRIDAY))
    look(office, owed, 4, on=MONDAY)
    mailer = FakeMailer()
    send_outbox(office, mailer.connect, now=day(MONDAY), wall=WALL, worker="a")
    ((_, message),) = mailer.sent
    assert "Đến ngày 29/5/2023" in _text(message)
    assert "mới có 04/05" in _text(message)


@pytest.mark.parametrize(("met", "reason"), [(True, WhyUnsent.ALL_MET.words), (False, WhyUnsent.MONTH_OVER.words)])
def test_a_letter_that_has_come_too_late_does_not_leave(office: Office, met: bool, reason: str) -> None:
    owed = owe_news(office)
    look(office, owed)
    remind(office, day(FRIDAY))
    if met:
        set_state(office.store, owed, ObligationState.MET, MONDAY)
    done = send_outbox(office, FakeMailer().connect, now=day(MONDAY if met else AFTERWARDS), wall=WALL, worker="a")
    assert (done.sent, done.superseded) == (0, 1)
    with office.store.read() as connection:
        assert connection.execute(select(letter.c.reason)).scalar_one() == reason


def test_the_preview_shows_it_and_why_not(office: Office) -> None:
    plan_id = plan_row(office.store)
    look(office, owe_news(office, plan_id=plan_id))
    look(office, owe_news(office, HOA_THANG, plan_id), 3, why="hết thời gian chờ")
    found = preview(office, date(2023, 5, 25), date(2023, 6, 2), day("2023-05-25"))
    assert [(each.day, each.kind, each.reminders[0].rung) for each in found.letters] == [
        (date(2023, 5, 26), "reminder_quota", "T-5")
    ]
    assert found.letters[0].reminders[0].rule == "T-5: 05 ngày trước ngày cuối của thời hạn 31/5/2023"
    assert {each.reason for each in found.not_sent} == {WhyUnsent.NOT_REACHED.words, WhyUnsent.MONTH_UNCHECKED.words}
    assert {each.reminder.unit_id for each in found.not_sent} == {HOA_THANG.id}


def test_it_is_explained_why_nobody_was_written_to(office: Office) -> None:
    look(office, owe_news(office), None, why="hết thời gian chờ")
    (owed,) = explain(office, BINH_AN.id, day(MONDAY)).obligations
    ((rung, state, reason),) = [(each.rung, each.state.value, each.reason) for each in owed.rungs]
    assert (rung, state, reason) == ("T-5", "not_sent", WhyUnsent.NOT_REACHED.words)


def test_a_played_year_has_no_such_letters(store: Store) -> None:
    fill(store)
    office = make_office(store)
    look(office, replace(owe_news(office)))
    remind(office, day(FRIDAY))
    assert letters(office) == []
