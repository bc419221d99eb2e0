"""What a message brings is kept once, gated, and filed as what it is."""

from __future__ import annotations

import io
import tempfile
from pathlib import Path

import pytest
from docx import Document
from tests.channels.answering import answer
from tests.documents.hostile import billion_laughs, compound, workbook
from tests.documents.office_files import copying
from tests.factories import BINH_AN, address, owe, plan_file, report_file
from tests.lifecycle.collect.mailbox import FILED, NOW, PLAN, RAR, Inbox, arrivals, letters, reminder, run

from plan_lifecycle.channels import MAX_FILE, MailItem, Verdict
from plan_lifecycle.domain.obligation import Item
from plan_lifecycle.lifecycle.collect import Collected, file_arrivals, receive_mail
from plan_lifecycle.lifecycle.collect._doubts import Doubt
from plan_lifecycle.lifecycle.collect._mailroom import MailTaken, take_in
from plan_lifecycle.lifecycle.office import Office
from plan_lifecycle.store.blobs import BlobError
from plan_lifecycle.store.submissions import versions
from plan_lifecycle.store.tables import arrival, letter, message


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


def test_a_workbook_that_is_no_report_is_refused_for_a_plan_and_its_unit_is_told(office: Office):
    owe(office.store)
    message_id, _ = reminder(office)
    run(office, answer([("ke-hoach.xlsx", workbook("<sheetData/>"))], answers=message_id))
    file_arrivals(office, NOW, Collected())
    assert [row[3] for row in arrivals(office)] == ["refused"]
    assert letters(office, "return") == [address(BINH_AN)]
