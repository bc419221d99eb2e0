"""Who hears of a duty late is told the truth: what was due when, and that this is the first letter about it."""

from __future__ import annotations

import pytest
from tests.factories import BINH_AN, DISTRICT, address, day, district_plan, fill, make_office, owe
from tests.fakes import FakeMailer
from tests.lifecycle.remind.reminded import send

from plan_lifecycle.domain.obligation import Item
from plan_lifecycle.domain.unit import Contact, ContactRole
from plan_lifecycle.lifecycle.cascade import cascade_plan, hand_over, register_plan
from plan_lifecycle.lifecycle.office import Office
from plan_lifecycle.lifecycle.remind import remind
from plan_lifecycle.lifecycle.send import send_outbox
from plan_lifecycle.mail.transport import Outcome
from plan_lifecycle.store.engine import Store
from plan_lifecycle.store.units import save_contacts

FIRST = "Đây là thư đầu tiên gửi đơn vị về nội dung này"
ISSUED, T7, T1, T3 = (day(text) for text in ("2023-02-10", "2023-02-21", "2023-02-27", "2023-03-03"))


def meet(office: Office) -> None:
    """Xã Bình An names its officer."""
    with office.store.write() as connection:
        save_contacts(connection, [Contact(BINH_AN.id, ContactRole.OFFICER, "Nguyễn Văn An", address(BINH_AN))])


def cascaded(office: Office) -> None:
    plan_id = register_plan(office, district_plan(), issuer_id=DISTRICT.id, now=ISSUED)
    cascade_plan(office, plan_id, ISSUED)


def test_an_address_that_comes_after_the_last_day_gets_a_first_notice_and_no_chasing(store: Store) -> None:
    fill(store, without=(BINH_AN,))
    owe(store)
    office = make_office(store)
    for moment in (T7, T1):
        remind(office, moment)
    meet(office)
    remind(office, T3)
    (text,) = send(store, T3)
    assert FIRST in text
    assert "trước ngày 01/3/2023 (chậm nhất hết ngày 28/02/2023)" in text


def test_who_was_reminded_before_is_chased_as_ever(store: Store) -> None:
    fill(store)
    owe(store)
    office = make_office(store)
    remind(office, T7)
    send(store, T7)
    remind(office, T3)
    (text,) = send(store, T3)
    assert FIRST not in text


def test_a_letter_that_came_back_is_no_contact(store: Store) -> None:
    fill(store, without=(BINH_AN,))
    owe(store)
    office = make_office(store)
    with store.write() as connection:
        save_contacts(connection, [Contact(BINH_AN.id, ContactRole.OFFICER, "", "cu@example.vn")])
    remind(office, T7)
    gone = FakeMailer(
        {"cu@example.vn": Outcome(refused={"cu@example.vn": (550, "no")}, permanent=True, reason="550 5.1.1 no")}
    )
    send_outbox(office, gone.connect, now=T7, wall=T7, worker="a")
    meet(office)
    remind(office, T3)
    (text,) = send(store, T3)
    assert FIRST in text


def test_after_the_plans_letter_its_plan_is_no_news_and_a_report_is(store: Store) -> None:
    fill(store)
    office = make_office(store)
    cascaded(office)
    send(store, ISSUED)
    remind(office, T3)  # no morning was run before
    texts = [text for text in send(store, T3) if "UBND xã Bình An" in text]
    assert [FIRST in text for text in texts] == [False]
    remind(office, day("2023-06-19"))
    texts = [text for text in send(store, day("2023-06-19")) if "UBND xã Bình An" in text]
    assert "Báo cáo thông tin, tuyên truyền CCHC 6 tháng đầu năm 2023" in texts[0]
    assert FIRST.lower() in texts[0].lower()


@pytest.mark.parametrize(("on", "late"), [("2023-02-28", False), ("2023-03-01", True)])
def test_the_plans_letter_to_an_officer_who_was_named_later_tells_whether_the_day_is_over(
    store: Store, on: str, late: bool
) -> None:
    fill(store, without=(BINH_AN,))
    office = make_office(store)
    cascaded(office)
    send(store, ISSUED)
    meet(office)
    assert hand_over(office, day(on)) == 1
    (text,) = send(store, day(on))
    assert ("Thời hạn này đã qua trước khi thư này được gửi" in text) is late
    assert "còn" not in text.partition("Văn bản chính thức")[0]


def test_what_is_late_and_what_is_near_are_told_apart_in_one_letter(store: Store) -> None:
    fill(store)
    plan_id = owe(store).plan_id
    owe(store, item=Item.REPORT, period="2023-Q1", due="2023-03-10", plan_id=plan_id)
    office = make_office(store)
    remind(office, T3)
    (text,) = send(store, T3)
    chased, _, near = text.partition("kính nhắc nội dung chưa đến hạn gửi")
    assert "Báo cáo thông tin, tuyên truyền CCHC quý I năm 2023" not in chased
    assert "Báo cáo thông tin, tuyên truyền CCHC quý I năm 2023" in near
