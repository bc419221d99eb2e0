"""The bytes of a letter: readable by any client, the same every time, closed to injection."""

from __future__ import annotations

import email
import email.policy
from datetime import UTC, date, datetime
from email.header import decode_header, make_header
from email.message import EmailMessage
from email.utils import parseaddr

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.mail.factories import letter_bytes

from plan_lifecycle.domain.errors import InputError
from plan_lifecycle.mail.calendar import DueEvent, due_calendar
from plan_lifecycle.mail.message import Address, Attachment, stable_message_id

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
LONG_NAME = "Dự thảo Kế hoạch triển khai thông tin, tuyên truyền cải cách hành chính năm 2026 của UBND xã Bình An.docx"
VISIBLE = st.text(st.characters(exclude_categories=("C", "Z")), min_size=1, max_size=60)


def read(data: bytes) -> EmailMessage:
    message = email.message_from_bytes(data, policy=email.policy.default)
    assert isinstance(message, EmailMessage)
    assert not [part.defects for part in message.walk() if part.defects]
    return message


def test_both_texts_are_read_back_whole():
    message = read(letter_bytes(text="Kính gửi: UBND xã Bình An\n\n1. Đề nghị\n", html="<p>Đề nghị</p>"))
    assert message.get_content_type() == "multipart/alternative"
    plain, html = message.get_body(("plain",)), message.get_body(("html",))
    assert plain
    assert html
    assert plain.get_content().splitlines() == ["Kính gửi: UBND xã Bình An", "", "1. Đề nghị"]
    assert html.get_content().strip() == "<p>Đề nghị</p>"


def test_the_headers_say_who_what_and_that_a_machine_wrote():
    message = read(letter_bytes(reply_to=Address("cchc@binhthuan.example.vn"), in_thread="<goc@binhthuan.example.vn>"))
    assert message["From"].addresses[0].display_name == "Sở Nội vụ"
    assert message["To"].addresses[0].addr_spec == "ubnd@binhan.example.vn"
    assert message["Subject"].startswith("Nhắc thời hạn gửi trước ngày 17/6/2026: Báo cáo CCHC")
    assert message["Reply-To"] == "cchc@binhthuan.example.vn"
    assert message["In-Reply-To"] == message["References"] == "<goc@binhthuan.example.vn>"
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["Date"].datetime == datetime(2026, 6, 9, 0, 30, tzinfo=UTC)


def test_a_letter_that_a_person_asked_for_is_not_marked_automatic():
    assert read(letter_bytes(auto_submitted=False))["Auto-Submitted"] is None


def test_the_same_letter_is_the_same_bytes():
    file = Attachment(LONG_NAME, DOCX, b"PK\x03\x04" * 999)
    assert letter_bytes(attachments=[file]) == letter_bytes(attachments=[file])


def test_lines_end_in_crlf_and_stay_short():
    data = letter_bytes(
        subject="Báo cáo " * 40,
        recipients=[Address(f"xa{i}@example.vn", "UBND xã " + "Bình An " * 9) for i in range(9)],
        attachments=[Attachment(LONG_NAME * 3, DOCX, bytes(999))],
    )
    assert data.isascii()
    assert b"\n" not in data.replace(b"\r\n", b"")
    assert b"\r" not in data.replace(b"\r\n", b"")
    assert max(map(len, data.split(b"\r\n"))) <= 100


@pytest.mark.parametrize("name", [LONG_NAME, "Mẫu.docx", "bc45.docx", 'a"b\\c.docx', "x" * 90 + ".docx", "100%.docx"])
@pytest.mark.parametrize("policy", [email.policy.default, email.policy.compat32])
def test_a_file_keeps_its_name_and_bytes(name: str, policy: email.policy.Policy):
    content = bytes(range(256)) * 9
    data = letter_bytes(attachments=[Attachment(name, DOCX, content)])
    file = list(email.message_from_bytes(data, policy=policy).walk())[-1]
    assert file.get_filename() == name
    assert file.get_payload(decode=True) == content
    assert file.get_content_type() == DOCX


def test_a_date_goes_along_as_a_calendar_file():
    stamp = datetime(2026, 6, 9, tzinfo=UTC)
    due = DueEvent("o-1@x", "Hạn gửi: Báo cáo CCHC", date(2026, 6, 16))
    event = due_calendar([due], stamp=stamp)
    file = list(read(letter_bytes(calendar=event)).walk())[-1]
    assert file.get_content_type() == "text/calendar"
    assert file.get_filename() == "thoi-han.ics"
    assert b"DTSTART;VALUE=DATE:20260616" in event
    assert b"METHOD:PUBLISH" in event
    assert event == due_calendar([due], stamp=stamp)


@pytest.mark.parametrize("break_", ["\n", "\r\n", "\r", "\x00", "\u2028", "\x85"])
def test_no_value_can_start_a_header_of_its_own(break_: str):
    evil = f"x{break_}Bcc: y@example.vn"
    for change in (
        {"subject": evil},
        {"in_thread": f"<a@b{break_}>"},
        {"message_id": f"<a{break_}@b>"},
        {"attachments": [Attachment(evil, DOCX, b"")]},
        {"attachments": [Attachment("x", f"text/plain{break_}X: y", b"")]},
    ):
        with pytest.raises(InputError):
            letter_bytes(**change)
    for email_, name in ((evil + "@example.vn", ""), ("x@example.vn", evil), ("x@example.vn" + break_ + "y", "")):
        with pytest.raises(InputError):
            Address(email_, name)


@pytest.mark.parametrize(
    "wrong",
    ["văn.thư@example.vn", "", "x", "x@", "@y.vn", "a b@y.vn", "x@y..vn", "x@-y.vn", "a@b@c d", "x@" + "y" * 300],
)
def test_an_address_that_cannot_be_mailed_is_refused(wrong: str):
    with pytest.raises(InputError):
        Address(wrong)


def test_a_domain_in_vietnamese_is_written_in_ascii():
    assert Address("vanthu@bìnhan.example.vn").email == "vanthu@xn--bnhan-tsa.example.vn"


@given(subject=VISIBLE, name=VISIBLE)
def test_any_visible_text_survives_in_headers(subject: str, name: str):
    message = read(letter_bytes(subject=subject, recipients=[Address("x@example.vn", name)]))
    assert message["Subject"] == subject
    parsed = email.message_from_bytes(letter_bytes(recipients=[Address("x@example.vn", name)]))
    assert str(make_header(decode_header(parseaddr(str(parsed["To"]).replace("\r\n", ""))[0]))) == name


def test_a_letter_without_recipients_or_zone_is_refused():
    with pytest.raises(InputError):
        letter_bytes(recipients=[])
    with pytest.raises(InputError):
        letter_bytes(date=datetime(2026, 6, 9))  # noqa: DTZ001


def test_message_ids_are_stable_and_tell_letters_apart():
    first = stable_message_id("o-1", "T-7", "a@b.vn", domain="x.vn")
    assert first == stable_message_id("o-1", "T-7", "a@b.vn", domain="x.vn")
    assert first != stable_message_id("o-1", "T-1", "a@b.vn", domain="x.vn")
    assert stable_message_id("ab", "c", domain="x.vn") != stable_message_id("a", "bc", domain="x.vn")
