"""Mail that nobody wrote is told without a header made for it, and people who speak of such mail are heard."""

from __future__ import annotations

import pytest
from tests.factories import BINH_AN, HOA_THANG
from tests.lifecycle.collect.incoming.by_machines import by_machines
from tests.lifecycle.collect.incoming.case import NHAC, Case, Outcome, Sender
from tests.lifecycle.collect.incoming.messages import calendar, message, with_file
from tests.lifecycle.collect.incoming.with_the_plan import with_the_plan
from tests.mail.factories import letter_bytes

from plan_lifecycle.mail.incoming import Kind, classify

WHO = Sender(BINH_AN, HOA_THANG, "<nhac@binhthuan.example.vn>", "cchc+abc@binhthuan.example.vn", letter_bytes())
_KINDS = {Outcome.AUTOMATIC: Kind.AUTO_REPLY, Outcome.BOUNCE: Kind.BOUNCE}


@pytest.mark.parametrize("case", [*by_machines()], ids=lambda case: case.name)
def test_what_no_person_wrote_is_told_by_subject_calendar_or_words(case: Case) -> None:
    assert classify(case.make(WHO)).kind is _KINDS[case.outcome]


@pytest.mark.parametrize("case", [*with_the_plan()], ids=lambda case: case.name)
def test_a_person_who_sends_a_file_is_heard_whatever_the_subject_speaks_of(case: Case) -> None:
    assert classify(case.make(WHO)).kind is Kind.SUBMISSION


def test_a_comment_in_a_calendar_answer_is_a_persons() -> None:
    answered = calendar(WHO, f"Accepted: {NHAC}", "REPLY\r\nCOMMENT;LANGUAGE=vi:Đã gửi số 45/KH-UBND", "Đã gửi.")
    assert classify(answered).kind is Kind.SUBMISSION


@pytest.mark.parametrize("method", ["PUBLISH", "POLLSTATUS"])
def test_a_calendar_that_only_publishes_is_no_answer(method: str) -> None:
    assert classify(calendar(WHO, f"Re: {NHAC}", method, "Xã gửi lại lịch.", attached=True)).kind is Kind.SUBMISSION


def test_words_that_say_so_count_only_where_they_are_the_senders_own() -> None:
    quoted = "Xã hỏi lại thư dưới đây.\n\n> Đây là thư trả lời tự động.\n"
    assert classify(message(WHO, f"Re: {NHAC}", quoted, reply=True).as_bytes()).kind is Kind.SUBMISSION
    passed_on = "Đây là thư trả lời tự động.\n"
    assert classify(message(WHO, f"Fwd: {NHAC}", passed_on).as_bytes()).kind is Kind.SUBMISSION


@pytest.mark.parametrize(
    "subject", ["[Tự động] Văn bản mới của xã", "Tự động: Văn bản mới", "Vắng mặt: xã gửi kế hoạch", "Auto: KH"]
)
def test_a_file_under_a_subject_that_a_person_or_a_registry_may_give_is_not_passed_over(subject: str) -> None:
    made = with_file(message(WHO, subject), "07-KH-UBND.docx", WHO.plan())
    assert classify(made.as_bytes()).kind is Kind.SUBMISSION


@pytest.mark.parametrize(
    "subject",
    [
        f"Tra loi tu dong: {NHAC}",
        f"Di cong tac: {NHAC}",
        f"[Trả lời tự động] Re: {NHAC}",
        f"{NHAC} (Trả lời tự động)",
        f"Re: {NHAC} [Auto Reply]",
        f"ตอบกลับอัตโนมัติ: {NHAC}",
    ],
)
def test_a_mark_of_any_mailbox_tells_an_answer_by_itself(subject: str) -> None:
    assert classify(message(WHO, subject, "Tôi đi vắng.").as_bytes()).kind is Kind.AUTO_REPLY


@pytest.mark.parametrize(
    "subject",
    [f"Fwd: [Trả lời tự động] {NHAC}", "Kế hoạch mô hình (trả lời tự động)", "Lắp đặt tra loi tu dong"],
)
def test_a_person_who_sends_a_file_under_such_a_mark_is_heard(subject: str) -> None:
    made = with_file(message(WHO, subject), "07-KH-UBND.docx", WHO.plan())
    assert classify(made.as_bytes()).kind is Kind.SUBMISSION
