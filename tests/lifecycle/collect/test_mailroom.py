"""What becomes of each message: filed for the right unit, left to a person, noted, answered once or not at all."""

from __future__ import annotations

import io
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from email import message_from_bytes, policy
from itertools import count
from pathlib import Path

import pytest
from docx import Document
from tests.channels.answering import answer
from tests.documents.hostile import billion_laughs, compound, workbook
from tests.documents.office_files import copying
from tests.documents.signing import scan
from tests.factories import (
    BINH_AN,
    DISTRICT,
    HOA_THANG,
    MAIL_FROM,
    PHUOC_THE,
    address,
    day,
    fill,
    invitation,
    make_office,
    owe,
    plan_file,
    report_file,
)
from tests.mail import replies

from plan_lifecycle.channels import MAX_FILE, MailItem, Verdict, read_message
from plan_lifecycle.domain.decider import Decider
from plan_lifecycle.domain.obligation import Item, ObligationState
from plan_lifecycle.domain.statement import Extension, Sent, Way
from plan_lifecycle.domain.unit import Contact, ContactRole
from plan_lifecycle.lifecycle.collect import Collected, file_arrivals, receive_mail
from plan_lifecycle.lifecycle.collect._answerable import ANSWERS_A_DAY
from plan_lifecycle.lifecycle.collect._doubts import Doubt
from plan_lifecycle.lifecycle.collect._mailroom import MailTaken, take_in
from plan_lifecycle.lifecycle.office import Office
from plan_lifecycle.lifecycle.remind import remind
from plan_lifecycle.lifecycle.review import Placed, Subject, SubjectId, Unplaced, Waiting, place_these, waiting
from plan_lifecycle.lifecycle.submission._fits import ONLY_A_MESSAGE
from plan_lifecycle.mail.reply_address import ReplyAddresses
from plan_lifecycle.store import obligations as obligation_rows
from plan_lifecycle.store.blobs import BlobError
from plan_lifecycle.store.engine import Store
from plan_lifecycle.store.submissions import versions
from plan_lifecycle.store.tables import arrival, contact, letter, message
from plan_lifecycle.store.units import save_contacts

NOW = day("2023-02-21") + timedelta(hours=4)
PLAN = ("07-KH-UBND.docx", plan_file())
RAR = b"Rar!\x1a\x07\x01\x00" + b"\0" * 100


class Inbox:
    """A mailbox of one folder; what is stored leaves it."""

    name = "mailbox"

    _uids = count(1)

    def __init__(self, *messages: bytes) -> None:
        self.lying = {f"INBOX;1;{next(self._uids)}": data for data in messages}
        self.moved: dict[str, list[bytes]] = {"done": [], "review": []}

    def messages(self, *, now: datetime, known: Callable[[Sequence[str]], Mapping[str, str]]) -> Iterator[MailItem]:
        before = known(list(self.lying))
        for key, data in list(self.lying.items()):
            if key in before:
                self.stored(key, Verdict(before[key]))
            else:
                yield MailItem(key, now - timedelta(hours=1), len(data), data)

    def stored(self, key: str, verdict: Verdict) -> None:
        self.moved[verdict.value].append(self.lying.pop(key))


@pytest.fixture
def office(store: Store) -> Office:
    fill(store)
    return replace(make_office(store), replies=ReplyAddresses("k" * 32))


def run(office: Office, *messages: bytes) -> tuple[Inbox, MailTaken]:
    inbox = Inbox(*messages)
    return inbox, receive_mail(office, inbox, NOW)  # type: ignore[arg-type]


def reminder(office: Office, unit: str = BINH_AN.id) -> tuple[str, str]:
    """Remind, and return the Message-ID and the reply address of the unit's letter."""
    remind(office, day("2023-02-21"))
    with office.store.read() as connection:
        row = connection.execute(letter.select().where(letter.c.unit_id == unit)).one()
    head = read_message(office.store.blobs.get(row.blob)).headers
    return row.message_id, head["reply-to"]


def arrivals(office: Office) -> list[tuple[str | None, str | None, str | None, str, str | None]]:
    with office.store.read() as connection:
        rows = connection.execute(arrival.select().order_by(arrival.c.id)).all()
    return [(row.unit_id, row.item, row.period, row.state, row.reason) for row in rows]


def letters(office: Office, kind: str = "no_usable_file") -> list[str]:
    with office.store.read() as connection:
        return [row.recipient for row in connection.execute(letter.select().where(letter.c.kind == kind))]


def ledger(office: Office) -> list[tuple[str, str, str | None]]:
    with office.store.read() as connection:
        return [(row.kind, row.verdict, row.reason) for row in connection.execute(message.select())]


FILED = (BINH_AN.id, "sub_plan", "2023", "new", None)


def test_an_answer_is_told_by_the_token_in_its_address(office: Office):
    owe(office.store)
    owe(office.store, item=Item.REPORT, period="2023-H1", due="2023-06-16", plan_id=1)
    _, reply_to = reminder(office)
    assert reply_to.startswith("cchc+")
    inbox, taken = run(office, answer([PLAN], to=reply_to.upper()))
    assert arrivals(office) == [FILED]
    assert (taken.messages, taken.arrived, taken.faults) == (1, 1, [])
    assert not inbox.lying
    assert len(inbox.moved["done"]) == 1


def test_a_token_in_the_subject_tells_as_much(office: Office):
    owe(office.store)
    owe(office.store, item=Item.REPORT, period="2023-H1", due="2023-06-16", plan_id=1)
    _, reply_to = reminder(office)
    token = reply_to.partition("+")[2].partition("@")[0]
    run(office, answer([PLAN], subject=f"Gửi kế hoạch [{token}]"))
    assert arrivals(office) == [FILED]


def test_an_answer_is_told_by_its_thread(office: Office):
    owe(office.store)
    owe(office.store, item=Item.REPORT, period="2023-H1", due="2023-06-16", plan_id=1)
    message_id, _ = reminder(office)
    run(office, answer([PLAN], answers=message_id))
    assert arrivals(office) == [FILED]


def test_a_forged_token_tells_nothing(office: Office):
    owe(office.store)
    owe(office.store, item=Item.REPORT, period="2023-H1", due="2023-06-16", plan_id=1)
    message_id, _ = reminder(office)
    forged = ReplyAddresses("f" * 32).address(MAIL_FROM, message_id)
    run(office, answer([PLAN], to=forged))
    assert [row[3:] for row in arrivals(office)] == [("unmatched", Doubt.SEVERAL_ITEMS.words)]


def test_without_token_and_thread_the_one_open_obligation_is_meant(office: Office):
    owe(office.store)
    owe(office.store, item=Item.REPORT, period="2023-H1", due="2023-06-16", plan_id=1, state=ObligationState.MET)
    run(office, answer([("gui-cap-tren.docx", PLAN[1])]))
    assert arrivals(office) == [FILED]


def test_an_address_of_several_units_is_never_guessed(office: Office):
    owe(office.store)
    with office.store.write() as connection:
        save_contacts(connection, [Contact(HOA_THANG.id, ContactRole.OFFICER, "Cán bộ", address(BINH_AN))])
    run(office, answer([("gui-so.pdf", scan())]))
    assert [row[0] for row in arrivals(office)] == [None]
    assert [row[3:] for row in arrivals(office)] == [("unmatched", Doubt.SEVERAL_UNITS.words)]


def test_of_several_units_of_an_address_the_paper_tells_whose_it_is_and_a_person_decides(office: Office):
    owe(office.store)
    with office.store.write() as connection:
        save_contacts(connection, [Contact(HOA_THANG.id, ContactRole.OFFICER, "Cán bộ", address(BINH_AN))])
    run(office, answer([("gui-so.docx", PLAN[1])]))
    assert [(row[0], *row[3:]) for row in arrivals(office)] == [(BINH_AN.id, "unmatched", Doubt.SEVERAL_UNITS.words)]


def test_an_address_of_several_units_is_clear_by_its_token(office: Office):
    owe(office.store)
    message_id, _ = reminder(office)
    with office.store.write() as connection:
        save_contacts(connection, [Contact(HOA_THANG.id, ContactRole.OFFICER, "Cán bộ", address(BINH_AN))])
    run(office, answer([PLAN], answers=message_id))
    assert arrivals(office) == [FILED]


def test_a_letter_that_asked_several_units_leaves_the_answer_to_a_person(office: Office):
    owe(office.store)
    owe(office.store, HOA_THANG, plan_id=1)
    with office.store.write() as connection:
        save_contacts(connection, [Contact(HOA_THANG.id, ContactRole.OFFICER, "Cán bộ", address(BINH_AN))])
        connection.execute(contact.delete().where(contact.c.email == address(HOA_THANG)))
    remind(office, day("2023-02-21"))
    with office.store.read() as connection:
        message_id = connection.execute(letter.select()).one().message_id
    run(office, answer([PLAN], answers=message_id))
    assert [row[3:] for row in arrivals(office)] == [("unmatched", Doubt.SEVERAL_UNITS.words)]


def test_a_stranger_is_left_to_a_person_even_with_a_true_token(office: Office):
    owe(office.store)
    _, reply_to = reminder(office)
    inbox, _ = run(office, answer([PLAN], sender="ai-do@example.com", to=reply_to))
    assert arrivals(office) == [(BINH_AN.id, "sub_plan", "2023", "unmatched", Doubt.STRANGER.words)]
    assert len(inbox.moved["review"]) == 1


def test_another_commune_cannot_answer_for_this_one(office: Office):
    owe(office.store)
    _, reply_to = reminder(office)
    run(office, answer([PLAN], sender=address(PHUOC_THE), to=reply_to))
    assert arrivals(office) == [(BINH_AN.id, "sub_plan", "2023", "unmatched", Doubt.NOT_OF_THE_UNIT.words)]


def test_a_sender_that_failed_authentication_is_not_believed(office: Office):
    owe(office.store)
    run(office, answer([PLAN], headers={"Authentication-Results": "mx.example.vn; spf=pass; dmarc=fail"}))
    assert [row[3:] for row in arrivals(office)] == [("unmatched", Doubt.NOT_AUTHENTICATED.words)]


@pytest.mark.parametrize("header", ["From: a@example.vn, b@example.vn", "X-From: a", "From: <>"])
def test_a_message_without_one_sender_is_left_to_a_person(office: Office, header: str):
    owe(office.store)
    data = answer([PLAN])
    start = data.index(b"From:")
    run(office, data[:start] + header.encode() + data[data.index(b"\n", start) :])
    assert {row[3] for row in arrivals(office)} <= {"unmatched"}


def test_a_file_whose_name_speaks_against_the_letter_is_left_to_a_person(office: Office):
    owe(office.store)
    message_id, _ = reminder(office)
    run(office, answer([("Báo cáo quý I.docx", PLAN[1])], answers=message_id))
    assert [row[3:] for row in arrivals(office)] == [("unmatched", Doubt.OTHER_ITEM.words)]


def test_who_owes_nothing_is_left_to_a_person(office: Office):
    run(office, answer([PLAN]))
    assert arrivals(office) == [(BINH_AN.id, None, None, "unmatched", Doubt.NOTHING_OWED.words)]


def test_the_answer_to_a_receipt_is_a_new_version_of_the_same(office: Office):
    owe(office.store)
    owe(office.store, item=Item.REPORT, period="2023-H1", due="2023-06-16", plan_id=1)
    message_id, _ = reminder(office)
    run(office, answer([PLAN], answers=message_id))
    file_arrivals(office, NOW, Collected())
    with office.store.read() as connection:
        receipt = connection.execute(letter.select().where(letter.c.kind == "receipt")).one().message_id
    run(office, answer([("ban-sua.docx", plan_file(number="08"))], answers=receipt))
    assert arrivals(office)[-1] == FILED


@pytest.mark.parametrize("name", replies.AUTOMATIC)
def test_an_automatic_answer_is_never_filed(office: Office, name: str):
    owe(office.store)
    run(office, replies.AUTOMATIC[name])
    assert arrivals(office) == []
    assert letters(office) == []


def test_no_bounce_is_ever_filed(office: Office, samples: Path):
    owe(office.store)
    messages = [path.read_bytes() for path in sorted((samples / "mail" / "bounces").glob("*.eml"))]
    inbox, taken = run(office, *messages)
    assert len(messages) >= 100
    assert not inbox.lying
    assert len(ledger(office)) == taken.messages > 100
    assert [row for row in arrivals(office) if row[3] == "new"] == []
    assert letters(office) == []


@pytest.mark.parametrize(("brings_back", "dead"), [(True, True), (False, False)])
def test_a_bounce_is_believed_of_letters_that_it_brings_back(office: Office, brings_back: bool, dead: bool):
    owe(office.store)
    message_id, _ = reminder(office)
    with office.store.write() as connection:
        connection.execute(letter.update().values(state="sent", sent_at=NOW))
    returned = replies.bounce(address(BINH_AN))
    if brings_back:
        returned += f"\r\nMessage-ID: {message_id}\r\n".encode()
    run(office, returned)
    with office.store.read() as connection:
        row = connection.execute(contact.select().where(contact.c.email == address(BINH_AN))).one()
    assert (row.unreachable_since is not None) is dead
    assert ledger(office)[0][:2] == ("bounce", "done")


def test_a_message_without_file_is_answered_once(office: Office):
    owe(office.store)
    message_id, _ = reminder(office)
    forgot = answer(text="Xã gửi kế hoạch.", answers=message_id)
    for _ in range(2):
        inbox, _ = run(office, forgot)
    assert letters(office) == [address(BINH_AN)]
    assert arrivals(office) == [(BINH_AN.id, "sub_plan", "2023", "unmatched", Doubt.NO_FILE.words)]
    assert len(inbox.moved["review"]) == 1


def test_two_machines_do_not_talk_for_long(office: Office):
    owe(office.store)
    run(office, *(answer(text=f"Xã gửi báo cáo lần {number}.") for number in range(10)))
    assert len(letters(office)) == ANSWERS_A_DAY


@pytest.mark.parametrize(
    "headers",
    [
        {"Auto-Submitted": "auto-generated"},
        {"Precedence": "bulk"},
        {"List-Id": "<ds.example.vn>"},
        {"X-Auto-Response-Suppress": "All"},
        {"Return-Path": "<>"},
        {"X-Loop": "cchc"},
    ],
)
def test_a_machine_or_a_list_is_not_answered(office: Office, headers: dict[str, str]):
    owe(office.store)
    run(office, answer(text="Gửi báo cáo.", headers=headers))
    assert letters(office) == []


@pytest.mark.parametrize("sender", ["la@example.com", MAIL_FROM, f"cchc+abc@{MAIL_FROM.partition('@')[2]}"])
def test_neither_a_stranger_nor_ourselves_are_answered(office: Office, sender: str):
    with office.store.write() as connection:
        save_contacts(connection, [Contact(DISTRICT.id, ContactRole.OFFICER, "Phòng", MAIL_FROM)])
    run(office, answer(text="Gửi báo cáo.", sender=sender))
    assert letters(office) == []


def test_what_a_machine_sends_with_files_is_left_to_a_person(office: Office):
    owe(office.store)
    run(office, answer([PLAN], headers={"Auto-Submitted": "auto-generated"}))
    assert [row[3:] for row in arrivals(office)] in ([("unmatched", Doubt.BY_MACHINE.words)], [])


def test_a_copy_under_another_uid_adds_nothing(office: Office):
    owe(office.store)
    data = answer([PLAN])
    run(office, data)
    again = Inbox(b"Received: from elsewhere\r\n" + data)
    assert receive_mail(office, again, NOW).arrived == 0  # type: ignore[arg-type]
    assert arrivals(office) == [FILED]
    assert not again.lying


def test_the_same_message_id_with_another_content_is_another_message(office: Office):
    owe(office.store)
    run(office, answer([PLAN], message_id="<1@xa>"), answer([("kh.docx", plan_file(number="9"))], message_id="<1@xa>"))
    assert len(arrivals(office)) == 2


def test_our_own_draft_that_comes_back_is_no_answer(office: Office):
    owe(office.store)
    message_id, _ = reminder(office)
    with office.store.read() as connection:
        own = office.store.blobs.get(connection.execute(letter.select()).one().blob)
    enclosed = (
        b'From: xa@example.vn\r\nSubject: Fwd\r\nContent-Type: multipart/mixed; boundary="=f"\r\n\r\n--=f\r\n'
        b"Content-Type: message/rfc822\r\n\r\n" + own + b"\r\n--=f--\r\n"
    )
    assert message_id.encode() in enclosed
    run(office, enclosed.replace(b"xa@example.vn", address(BINH_AN).encode(), 1))
    assert [row for row in arrivals(office) if row[3] == "new"] == []


def test_a_plan_and_a_report_in_one_message_go_their_ways(office: Office):
    owe(office.store, due="2023-02-28")
    owe(office.store, item=Item.REPORT, period="2023-H1", due="2023-02-28", plan_id=1)
    message_id, _ = reminder(office)
    run(office, answer([PLAN, ("bao-cao.xlsx", report_file())], answers=message_id))
    assert arrivals(office) == [FILED, (BINH_AN.id, "report", "2023-H1", "new", None)]


def test_too_large_a_message_is_noted_by_its_head(office: Office):
    done = MailTaken()
    item = MailItem("INBOX;1;1", NOW, 50_000_000, answer(text="x"), whole=False)
    assert take_in(office, item, NOW, done) is Verdict.REVIEW
    assert [row[3:] for row in arrivals(office)] == [("unmatched", Doubt.TOO_LARGE.words)]


def test_a_message_that_cannot_be_kept_stays_where_it_is(office: Office, monkeypatch: pytest.MonkeyPatch):
    owe(office.store)
    bad, good = answer([("kh-1.docx", plan_file(number="1"))]), answer([PLAN])
    put = type(office.store.blobs).put

    def full(self: object, data: bytes) -> str:
        if data == bad or data == plan_file(number="1"):
            raise BlobError("no space left on device")
        return put(office.store.blobs, data)

    monkeypatch.setattr(type(office.store.blobs), "put", full)
    inbox, taken = run(office, bad, good)
    assert list(inbox.lying.values()) == [bad]
    assert len(taken.faults) == 1
    monkeypatch.undo()
    receive_mail(office, inbox, NOW)  # type: ignore[arg-type]
    assert not inbox.lying
    assert len(arrivals(office)) == 2


def test_what_bears_a_secrecy_mark_is_not_kept(office: Office):
    document, stream = Document(), io.BytesIO()
    for line in ("UBND XÃ BÌNH AN", "MẬT", "KẾ HOẠCH"):
        document.add_paragraph(line)
    document.save(stream)
    owe(office.store)
    run(office, answer([("kh.docx", stream.getvalue())]))
    with office.store.read() as connection:
        assert connection.execute(message.select()).one().blob is None
        assert connection.execute(arrival.select()).one().blob is None


def listed(office: Office) -> list[Waiting]:
    return [each for each in waiting(office, NOW) if each.kind == "arrival"]


def around(one: Waiting) -> Unplaced:
    assert one.arrival is not None
    return one.arrival


def test_the_list_says_what_is_needed_to_place_a_strangers_file(office: Office):
    owe(office.store)
    owe(office.store, item=Item.REPORT, period="2023-H1", due="2023-06-16", plan_id=1)
    subject = "Gui ke hoach CCHC xa Binh An, huyen Bac Binh"
    files = [("kh.docx", PLAN[1]), ("phu-luc.xlsx", report_file())]
    run(office, answer(files, sender="ai-do@gmail.example", subject=subject))
    plan, annex = listed(office)
    assert (plan.file, plan.why) == ("kh.docx", (Doubt.STRANGER.words,))
    known = around(plan)
    assert (known.sender, known.subject, known.together) == ("ai-do@gmail.example", subject, ("phu-luc.xlsx",))
    assert known.units == ("UBND xã Bình An",)
    assert [(each.id, each.what) for each in known.candidates] == [
        ("O1", "Kế hoạch thông tin, tuyên truyền CCHC năm 2023"),
        ("O2", "Báo cáo thông tin, tuyên truyền CCHC 6 tháng đầu năm 2023"),
    ]
    assert known.commands == ('plan-lifecycle review assign A1 --to O1 --by "…" --reason "…"',)
    assert around(annex).commands == ('plan-lifecycle review assign A2 --to O2 --by "…" --reason "…"',)
    assert around(annex).together == ("kh.docx",)


def test_the_list_offers_every_unit_that_an_address_serves(office: Office):
    owe(office.store)
    with office.store.write() as connection:
        save_contacts(connection, [Contact(HOA_THANG.id, ContactRole.OFFICER, "Cán bộ", address(BINH_AN))])
    run(office, answer([("gui-so.pdf", scan())]))
    known = around(listed(office)[0])
    assert known.units == ("UBND xã Bình An", "UBND xã Hòa Thắng")
    assert known.commands == ('plan-lifecycle review assign A1 --to O1 --by "…" --reason "…"',)


@pytest.mark.parametrize(
    ("name", "units"),
    [
        ("KH-XaBinhAn.docx", ("UBND xã Bình An",)),
        ("Kế hoạch CCHC UBND xã Hoà Thắng.docx", ("UBND xã Hòa Thắng",)),
        ("Phong Noi vu huyen Bac Binh.docx", ("Phòng Nội vụ huyện Bắc Bình",)),
        ("ke-hoach.docx", ("UBND xã Bình An",)),
    ],
)
def test_a_unit_is_guessed_by_the_names_of_files_else_by_their_head(office: Office, name: str, units: tuple[str, ...]):
    run(office, answer([(name, PLAN[1])], sender="ai-do@gmail.example", subject="Kế hoạch"))
    assert around(listed(office)[0]).units == units


@pytest.mark.parametrize("sender", ["", "ai-do@gmail.example"])
def test_what_the_gate_does_not_let_in_lies_in_quarantine(office: Office, sender: str):
    owe(office.store)
    run(office, answer([PLAN, ("bom.docx", billion_laughs()), ("kh.rar", RAR)], sender=sender))
    file_arrivals(office, NOW, Collected())
    with office.store.read() as connection:
        rows = {row.file_name: row for row in connection.execute(arrival.select())}
        whole = connection.execute(message.select()).one().blob
    assert {name: row.quarantined for name, row in rows.items()} == {PLAN[0]: False, "bom.docx": True, "kh.rar": True}
    assert office.store.quarantine.get(rows["bom.docx"].blob) == billion_laughs()
    assert office.store.quarantine.get(whole)
    for blob in (rows["bom.docx"].blob, rows["kh.rar"].blob, whole):
        with pytest.raises(BlobError):
            office.store.blobs.get(blob)
    states = {name: row.state for name, row in rows.items()}
    unmatched = dict.fromkeys(rows, "unmatched")
    assert states == (unmatched if sender else {PLAN[0]: "filed", "bom.docx": "refused", "kh.rar": "filed"})


def stated(office: Office, text: str, **more: str) -> Unplaced:
    run(office, answer(text=text, **more))  # type: ignore[arg-type]
    return around(listed(office)[-1])


def test_a_paper_that_is_said_to_be_sent_is_shown_with_the_command_that_records_it(office: Office):
    owe(office.store)
    owe(office.store, item=Item.REPORT, period="2023-H1", due="2023-06-16", plan_id=1)
    message_id, _ = reminder(office)
    known = stated(office, "Đã gửi qua trục, số 07/KH-UBND ngày 20/02/2023.", answers=message_id)
    assert known.stated is not None
    assert known.stated.sent == Sent(
        "Đã gửi qua trục, số 07/KH-UBND ngày 20/02/2023.", "07/KH-UBND", date(2023, 2, 20), None, Way.AXIS
    )
    assert known.commands == (
        'plan-lifecycle review record --unit bb-binh-an --item sub_plan --period 2023 --number "07/KH-UBND" '
        '--date 2023-02-20 --via axis --received 2023-02-21 --by "…"',
        'plan-lifecycle review return A1 --by "…" --reason da-ghi-nhan',
    )
    with office.store.read() as connection:
        assert {each.state for each in obligation_rows.get_obligations(connection, [1, 2])} == {ObligationState.OPEN}


def test_more_time_that_is_asked_for_is_shown_with_the_command_that_grants_it(office: Office):
    owe(office.store)
    message_id, _ = reminder(office)
    known = stated(office, "Xã xin gia hạn đến ngày 10/3.", answers=message_id)
    assert known.stated is not None
    assert known.stated.extension == Extension("Xã xin gia hạn đến ngày 10/3.", date(2023, 3, 10))
    assert known.commands[0] == ('plan-lifecycle review extend O1 --until 2023-03-10 --by "…" --reason theo-de-nghi')


@pytest.mark.parametrize(
    "text",
    [
        "Xã gửi kế hoạch như đính kèm.",
        "Sở đã gửi Kế hoạch số 15/KH-UBND ngày 10/02/2023 rồi.",
        "Kế hoạch 15/KH-UBND đã gửi qua trục, đơn vị xin mẫu.",
        "Dạ.\n\nVào Th 3, 21 thg 2, 2023 lúc 07:30 Sở <cchc@binhthuan.example.vn> đã viết:\n> Xã đã gửi qua trục\n",
    ],
)
def test_what_states_nothing_is_shown_as_a_message_without_file(office: Office, text: str):
    owe(office.store)
    known = stated(office, text)
    assert (known.stated, known.commands) == (None, ())


@pytest.mark.parametrize("name", replies.AUTOMATIC)
def test_what_a_mailbox_answers_by_itself_states_nothing(office: Office, name: str):
    owe(office.store)
    run(office, replies.AUTOMATIC[name])
    assert listed(office) == []


def test_a_message_is_not_placed_as_if_it_were_a_file(office: Office):
    owe(office.store)
    run(office, answer(text="Đã gửi bản giấy."))
    to = [SubjectId(Subject.OBLIGATION, 1)]
    (done,) = place_these(office, [SubjectId(Subject.ARRIVAL, 1)], to, Decider("Nguyễn Văn An", "x"), NOW)
    assert isinstance(done, Placed)
    assert (done.done, done.why) == (False, ONLY_A_MESSAGE)


def test_what_its_unit_has_sent_before_is_recognised_whatever_it_is_called_now(office: Office):
    owe(office.store)
    owe(office.store, item=Item.REPORT, period="2023-H1", due="2023-06-16", plan_id=1)
    message_id, _ = reminder(office)
    run(office, answer([PLAN], answers=message_id))
    file_arrivals(office, NOW, Collected())
    again, strange = Collected(), Collected()
    run(office, answer([("van-ban.docx", PLAN[1])]))
    file_arrivals(office, NOW, again)
    assert (again.duplicates, arrivals(office)[-1][3]) == (1, "duplicate")
    run(office, answer([("van-ban.docx", PLAN[1])], sender="ai-do@gmail.example"))
    file_arrivals(office, NOW, strange)
    assert arrivals(office)[-1][3:] == ("unmatched", Doubt.STRANGER.words)


def test_a_file_over_the_limit_is_refused_and_its_unit_is_told(office: Office):
    owe(office.store)
    message_id, _ = reminder(office)
    _, taken = run(office, answer([("07-KH-UBND.docx", bytes(MAX_FILE + 1))], answers=message_id))
    file_arrivals(office, NOW, Collected())
    assert taken.faults == []
    ((*_, state, reason),) = arrivals(office)
    assert (state, "lớn hơn mức tiếp nhận" in (reason or "")) == ("refused", True)
    assert letters(office, "return") == [address(BINH_AN)]


@pytest.mark.parametrize(
    ("asked", "data"), [(Item.REPORT, PLAN[1]), (Item.SUB_PLAN, report_file()), (Item.SUB_PLAN, invitation())]
)
def test_a_file_that_calls_itself_something_else_is_left_to_a_person(office: Office, asked: Item, data: bytes):
    owe(office.store, item=asked, period="2023" if asked is Item.SUB_PLAN else "2023-H1", due="2023-02-28")
    message_id, _ = reminder(office)
    name = "van-ban.xlsx" if data == report_file() else "van-ban.docx"
    run(office, answer([(name, data)], answers=message_id))
    done = Collected()
    file_arrivals(office, NOW, done)
    assert ([row[3:] for row in arrivals(office)], done.unmatched) == ([("unmatched", Doubt.OTHER_ITEM.words)], 1)


def test_an_older_word_file_is_filed_from_its_copy(office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    copying(tmp_path, {"doc": PLAN[1]}, monkeypatch)
    owe(office.store)
    message_id, _ = reminder(office)
    run(office, answer([("07-KH-UBND.doc", compound("WordDocument"))], answers=message_id))
    file_arrivals(office, NOW, Collected())
    assert arrivals(office) == [(BINH_AN.id, "sub_plan", "2023", "filed", None)]
    with office.store.read() as connection:
        (sent,) = versions(connection, 1)
    assert sent.reference == "07/KH-UBND"
    assert "paper.converted" in [finding.rule for finding in sent.findings]


def test_a_scan_is_not_taken_for_next_years_report_where_a_signed_paper_is_awaited(office: Office):
    owe(office.store, item=Item.REPORT, period="2023-H1", due="2023-02-28", state=ObligationState.FIGURES_ONLY)
    owe(office.store, item=Item.REPORT, period="2023", due="2023-12-18", plan_id=1)
    run(office, answer([("scan0001.pdf", scan())]))
    assert [row[3:] for row in arrivals(office)] == [("unmatched", Doubt.SEVERAL_ITEMS.words)]
    with office.store.write() as connection:
        connection.exec_driver_sql("UPDATE obligation SET state = 'met' WHERE period = '2023'")
    run(office, answer([("scan0002.pdf", scan())]))
    assert arrivals(office)[-1] == (BINH_AN.id, "report", "2023-H1", "new", None)


def test_the_answer_to_the_receipt_of_a_file_that_joined_another_is_of_the_same(office: Office):
    owe(office.store)
    owe(office.store, item=Item.REPORT, period="2023-H1", due="2023-06-16", plan_id=1)
    message_id, _ = reminder(office)
    run(office, answer([PLAN, ("07-KH-UBND.pdf", scan())], answers=message_id))
    file_arrivals(office, NOW, Collected())
    with office.store.read() as connection:
        newest = letter.select().where(letter.c.kind == "receipt").order_by(letter.c.id.desc())
        receipt = connection.execute(newest).first()
    assert receipt is not None
    run(office, answer([("ban-sua.docx", plan_file(number="08"))], answers=receipt.message_id))
    assert arrivals(office)[-1] == FILED


def test_a_workbook_that_is_no_report_is_refused_for_a_plan_and_its_unit_is_told(office: Office):
    owe(office.store)
    message_id, _ = reminder(office)
    run(office, answer([("ke-hoach.xlsx", workbook("<sheetData/>"))], answers=message_id))
    file_arrivals(office, NOW, Collected())
    assert [row[3] for row in arrivals(office)] == ["refused"]
    assert letters(office, "return") == [address(BINH_AN)]


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        ("Đã gửi qua trục, số 07/KH-UBND ngày 20/02/2023.", "Đã nhận thư: "),
        ("Xã xin gia hạn đến ngày 10/3.", "Đã nhận thư: "),
        ("Xã đã gửi rồi ạ.", "Chưa thấy tệp gửi kèm: "),
    ],
)
def test_who_states_something_is_not_asked_for_it_once_more(office: Office, text: str, subject: str):
    owe(office.store)
    run(office, answer(text=text))
    with office.store.read() as connection:
        row = connection.execute(letter.select().where(letter.c.kind == "no_usable_file")).one()
    body = message_from_bytes(office.store.blobs.get(row.blob), policy=policy.default)
    said = body.get_body(("plain",)).get_content()  # type: ignore[attr-defined]
    assert row.subject.startswith(subject)
    assert ("đề nghị cho biết số, ngày văn bản" in said) is subject.startswith("Chưa")
