"""What comes in: people are heard, machines are told apart, and nothing makes the reader fall over."""

from __future__ import annotations

import json
from base64 import encodebytes
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from tests.growth import LINEAR, TIMES, growth
from tests.mail import replies
from tests.mail.factories import letter_bytes

from plan_lifecycle.mail.incoming import Classified, Failure, Kind, classify


@pytest.mark.parametrize("name", replies.GOOD)
def test_a_person_who_answers_is_heard(name: str):
    assert classify(replies.GOOD[name]) == Classified(Kind.SUBMISSION)


@pytest.mark.parametrize("name", replies.AUTOMATIC)
def test_a_mailbox_that_answers_by_itself_is_no_answer(name: str):
    assert classify(replies.AUTOMATIC[name]) == Classified(Kind.AUTO_REPLY, "vanthu@binhan.example.vn")


@pytest.mark.parametrize("name", replies.OTHER)
def test_what_has_nothing_to_do_with_us_is_other(name: str):
    assert classify(replies.OTHER[name]) == Classified(Kind.OTHER)


@pytest.mark.parametrize("name", replies.FAILED)
def test_a_failure_names_the_address_and_the_status(name: str):
    found = classify(replies.FAILED[name])
    assert (found.kind, found.recipient) == (Kind.BOUNCE, "cu@binhan.example.vn")
    assert (found.status, found.permanent) == ("5.1.1", True)


@pytest.mark.parametrize("name", replies.NOTICES)
def test_a_notice_in_prose_is_read(name: str):
    sender, subject, text, status, permanent = replies.NOTICES[name]
    head = (
        f"From: {sender}\nTo: snv@binhthuan.example.vn\nSubject: {subject}\nContent-Type: text/plain; charset=utf-8\n"
    )
    found = classify(f"{head}\n{text}\n".encode())
    assert (found.kind, found.recipient) == (Kind.BOUNCE, "cu@binhan.example.vn")
    assert (found.status, found.permanent) == (status, permanent)


def test_a_notice_in_html_is_read():
    html = (
        '<style>p{}</style><p>Your message to <a href="mailto:cu@binhan.example.vn">cu@binhan.example.vn</a> could not '
        "be delivered.</p><p>Remote Server returned '550 5.1.10 RESOLVER.ADR.RecipientNotFound'</p>"
    )
    head = (
        "From: postmaster@mail.example.vn\nTo: x@y.example.vn\nSubject: Undeliverable: x\nContent-Type: text/html\n\n"
    )
    assert classify((head + html).encode()).failures == (Failure("cu@binhan.example.vn", "5.1.10", permanent=True),)


@pytest.mark.parametrize(
    ("status", "action", "permanent"),
    [
        ("5.1.1", "failed", True),
        ("4.4.7", "failed", False),
        ("4.4.1", "delayed", False),
        ("5.0.0", "delayed", False),
        ("2.1.5", "relayed", None),
    ],
)
def test_whether_it_is_for_good_follows_status_and_action(status: str, action: str, permanent: bool | None):
    found = classify(replies.bounce(status=status, action=action))
    assert (found.kind, found.status, found.permanent) == (Kind.BOUNCE, status, permanent)


def test_of_several_recipients_the_one_that_failed_for_good_comes_first():
    report = replies.bounce()
    two = report.replace(
        b"Final-Recipient",
        b"Final-Recipient: rfc822; cham@binhan.example.vn\nAction: delayed\nStatus: 4.4.1\n\nFinal-Recipient",
    )
    assert classify(two).failures == (
        Failure("cu@binhan.example.vn", "5.1.1", permanent=True),
        Failure("cham@binhan.example.vn", "4.4.1", permanent=False),
    )


def test_a_report_in_base64_is_read():
    report = replies.bounce()
    start = report.index(b"Reporting-MTA")
    end = report.index(b"\r\n--bao", start)
    coded = report[:start] + encodebytes(report[start:end]) + report[end:]
    kind = b"Content-Type: message/delivery-status"
    assert classify(coded.replace(kind, kind + b"\r\nContent-Transfer-Encoding: base64")).status == "5.1.1"


def test_a_complaint_is_feedback():
    report = (
        replies.bounce()
        .replace(b"report-type=delivery-status", b"report-type=feedback-report")
        .replace(b"message/delivery-status", b"message/feedback-report")
        .replace(b"Final-Recipient: rfc822;", b"Original-Rcpt-To:")
    )
    assert classify(report) == Classified(Kind.FEEDBACK, "cu@binhan.example.vn")


def test_a_read_receipt_is_an_auto_reply():
    report = (
        replies.bounce()
        .replace(b"delivery-status", b"disposition-notification")
        .replace(b"MAILER-DAEMON@mail.example.vn (Mail Delivery System)", b"vanthu@binhan.example.vn")
        .replace(b"Action: failed", b"Disposition: manual-action/MDN-sent-manually; displayed")
    )
    assert classify(report) == Classified(Kind.AUTO_REPLY, "vanthu@binhan.example.vn")


def test_our_own_letter_come_back_is_no_submission():
    assert classify(letter_bytes()).kind is Kind.OTHER


def test_a_letter_without_the_mark_of_a_machine_is_a_persons():
    assert classify(letter_bytes(auto_submitted=False)).kind is Kind.SUBMISSION


@pytest.mark.parametrize(
    "data", [b"", b"\x00\x01\x02", b"PK\x03\x04" + bytes(99), "Kính gửi Sở Nội vụ".encode(), b"\n\n\n", b"%PDF-1.7\n"]
)
def test_what_is_no_message_is_unreadable(data: bytes):
    assert classify(data) == Classified(Kind.UNREADABLE)


@pytest.mark.parametrize(
    "head", [b"\xef\xbb\xbf", b"\r\n\r\n", b"From vanthu@binhan.example.vn Tue Jun 16 14:05:00 2026\r\n"]
)
def test_a_mailbox_line_or_mark_before_the_headers_is_passed_over(head: bytes):
    assert classify(head + replies.GOOD["a reply in words"]).kind is Kind.SUBMISSION


_WORDS = st.sampled_from(
    [
        *(b"From: ", b"Subject: ", b"Content-Type: multipart/report; boundary=", b"Content-Type: multipart/mixed;"),
        *(b" boundary=x", b"--x\n", b"--x--", b"\n\n", b"\r\n", b"message/delivery-status", b"Final-Recipient: ;"),
        *(b"Status: 5.1.1\n", b"=?utf-8?B?", b"=?x-unknown?Q?=ff?=", b"charset*=''%ff", b"Content-Transfer-Encoding: "),
        *(b"base64\n", b"uuencode\n", b"MAILER-DAEMON", b"Message-ID: <", b"begin 644 x\n", b"\xff\xfe", b"\x00", b'"'),
        *(b"name*0*=utf-8''%E1;", b"To: ", b"@", b"<>", b'{"notificationType":', b"Content-Type: message/rfc822\n\n"),
    ]
)


@given(st.lists(st.one_of(_WORDS, st.binary(max_size=12)), max_size=40).map(b"".join))
@example(b"From: x\nContent-Type: text/plain; charset*=''%ff\n\nx")
@example(b"From: MAILER-DAEMON\nContent-Type: multipart/report; boundary=x; report-type=delivery-status\n\n--x\n")
@settings(max_examples=400, deadline=None)
def test_no_bytes_make_it_raise(data: bytes):
    assert isinstance(classify(data), Classified)


@given(st.binary(max_size=300), st.integers(0, 2000))
@settings(max_examples=200, deadline=None)
def test_no_damage_to_a_report_makes_it_raise(damage: bytes, position: int):
    report = replies.bounce()
    assert isinstance(classify(report[:position] + damage + report[position:]), Classified)


@pytest.mark.parametrize(
    "piece", ["a", " ", "-", "<style", "<", "a@", "a.", "=?", ">", "\n ", "[", "550 ", "to: ", '"', "(", "1/"]
)
@pytest.mark.parametrize("kind", ["plain", "html"])
def test_long_hostile_runs_take_no_time(piece: str, kind: str):
    def message(length: int) -> bytes:
        run = piece * (length // len(piece))
        subject = run[: length // 4].strip() or "x"
        return f"From: MAILER-DAEMON\nSubject: {subject}\nContent-Type: text/{kind}\n\nnot delivered\n{run}".encode()

    assert growth(classify, message(200_000 // TIMES), message(200_000)) < LINEAR


def test_deep_nesting_ends():
    nested = b"From: x\n" + b"".join(
        b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (i, i) for i in range(300)
    )
    assert classify(nested).kind in (Kind.OTHER, Kind.UNREADABLE)


def expected(stem: str) -> Kind:
    """The family in a sample's name says what it is."""
    return {"arf": Kind.FEEDBACK, "rfc3834": Kind.AUTO_REPLY}.get(stem.split("-")[0], Kind.BOUNCE)


def test_every_real_sample_is_told_for_what_it_is(samples: Path):
    messages = sorted((samples / "mail" / "bounces").glob("*.eml"))
    wrong = {path.stem for path in messages if classify(path.read_bytes()).kind is not expected(path.stem)}
    assert messages
    assert not wrong


def test_every_real_bounce_names_its_recipient(samples: Path):
    bounces = sorted((samples / "mail" / "bounces").glob("*host*.eml"))
    assert not [path.stem for path in bounces if "@" not in (classify(path.read_bytes()).recipient or "")]


def test_a_person_may_forward_any_real_bounce(samples: Path):
    for path in sorted((samples / "mail" / "bounces").glob("*.eml")):
        forward = replies.forwarded(
            path.read_bytes(), "Fwd: thư bị trả lại", "Xã gửi lại báo cáo, thư trước bị trả lại."
        )
        assert classify(forward).kind is Kind.SUBMISSION, path.stem


@pytest.mark.parametrize(
    ("told", "kind", "permanent"),
    [
        ({"notificationType": "Bounce", "bounce": {"bounceType": "Permanent"}}, Kind.BOUNCE, True),
        ({"notificationType": "Bounce", "bounce": {"bounceType": "Transient"}}, Kind.BOUNCE, False),
        ({"eventType": "Complaint", "complaint": {}}, Kind.FEEDBACK, None),
    ],
)
def test_a_sending_services_json_is_read(told: dict[str, object], kind: Kind, permanent: bool | None):
    detail = told[str(told.get("notificationType") or told.get("eventType")).lower()]
    assert isinstance(detail, dict)
    for name in ("bouncedRecipients", "complainedRecipients"):
        detail[name] = [{"emailAddress": "cu@binhan.example.vn"}]
    made = replies.message("Notification", json.dumps(told), From="no-reply@sns.example.com")
    found = classify(made.as_bytes())
    assert (found.kind, found.recipient, found.permanent) == (kind, "cu@binhan.example.vn", permanent)


def test_a_mailbox_named_like_a_mail_system_costs_in_proportion_to_its_name() -> None:
    def message(parts: int) -> bytes:
        return b"From: mail-delivery" + b"_a" * parts + b"!@x.vn\r\nSubject: x\r\n\r\nx"

    assert classify(message(60)).kind is classify(message(2)).kind
    assert growth(classify, message(400), message(400 * TIMES)) < LINEAR
