"""Which files make one submission, which wait for a person, which for the signed paper."""

from __future__ import annotations

import io
from datetime import date
from email import message_from_bytes, policy
from unicodedata import normalize

import pytest
from docx import Document
from sqlalchemy import select
from tests.documents.hostile import photograph
from tests.documents.signing import (
    STAMP_OFFICE,
    filled_in,
    incoming_stamp,
    later,
    other_text,
    scan,
    signed,
    with_certificates,
    written,
)
from tests.factories import (
    BINH_AN,
    HOA_THANG,
    arrival,
    day,
    fill,
    make_office,
    obligation_of,
    owe,
    plan_file,
    plan_row,
    report_file,
)
from tests.fakes import FakeChannel

from plan_lifecycle.domain.obligation import Item, ObligationState
from plan_lifecycle.domain.submission import Submission, SubmissionState
from plan_lifecycle.lifecycle.collect import collect
from plan_lifecycle.lifecycle.compile import compile_report
from plan_lifecycle.lifecycle.office import Office
from plan_lifecycle.lifecycle.review import waiting
from plan_lifecycle.lifecycle.submission._checks import NO_FIGURES, NO_SOURCE
from plan_lifecycle.store.engine import Store
from plan_lifecycle.store.submission_files import parts
from plan_lifecycle.store.submissions import versions
from plan_lifecycle.store.tables import arrival as arrival_table
from plan_lifecycle.store.tables import letter, unit

S = SubmissionState
H1 = {"item": "report", "period": "2023-H1"}


@pytest.fixture
def office(store: Store) -> Office:
    """Xã Bình An owes its plan and its report."""
    fill(store)
    plan_id = plan_row(store)
    owe(store, plan_id=plan_id)
    owe(store, item=Item.REPORT, period="2023-H1", due="2023-06-16", plan_id=plan_id)
    return make_office(store)


_KEYS = iter(range(10_000))


def send(office: Office, data: bytes, name: str, at: str = "2023-02-20", **claim: str) -> None:
    came = arrival(data, key=f"k{next(_KEYS)}", file_name=name, at=at, **claim)  # type: ignore[arg-type]
    assert collect(office, [FakeChannel([came])], day(at)).faults == []


def stands(
    office: Office, item: Item = Item.SUB_PLAN, period: str = "2023"
) -> tuple[ObligationState, list[S], list[set[str]]]:
    owed = obligation_of(office.store, item=item, period=period)
    sent = sent_for(office, item, period)
    with office.store.read() as connection:
        made_of = parts(connection, [each.id for each in sent])
    return owed.state, [each.state for each in sent], [{str(part) for part in made_of[each.id]} for each in sent]


def sent_for(office: Office, item: Item = Item.SUB_PLAN, period: str = "2023") -> list[Submission]:
    with office.store.read() as connection:
        return versions(connection, obligation_of(office.store, item=item, period=period).id)


def test_a_signed_pdf_and_its_word_source_are_one_submission(office: Office) -> None:
    send(office, signed("Nguyễn Văn An"), "ke-hoach.pdf")
    assert stands(office) == (ObligationState.RECEIVED, [S.RECEIVED], [{"paper"}])
    assert [each.kind for each in waiting(office, day("2023-02-20"))] == ["submission"]
    send(office, plan_file(), "ke-hoach.docx")
    assert stands(office) == (ObligationState.MET, [S.ACCEPTED], [{"paper", "source"}])
    (only,) = sent_for(office)
    assert only.reference == "07/KH-UBND"
    assert office.store.blobs.get(only.blob) == plan_file()


@pytest.mark.parametrize(("issued", "days"), [("2023-02-20", 0), ("2023-03-02", 2)])
def test_the_date_of_issue_decides_once_it_is_known(office: Office, issued: str, days: int) -> None:
    send(office, signed("Nguyễn Văn An"), "ke-hoach.pdf", at="2023-03-03")
    assert [each.days_late for each in sent_for(office)] == [3]
    send(office, plan_file(issued=issued), "ke-hoach.docx", at="2023-03-06")
    assert [each.days_late for each in sent_for(office)] == [days]


def test_the_paper_may_come_after_its_source(office: Office) -> None:
    send(office, plan_file(), "ke-hoach.docx")
    send(office, scan(), "ke-hoach.pdf")
    assert stands(office) == (ObligationState.MET, [S.ACCEPTED], [{"paper", "source"}])


def test_figures_without_a_signed_paper_wait_for_it_and_count(office: Office) -> None:
    send(office, report_file(), "bao-cao.xlsx", **H1)
    assert stands(office, Item.REPORT, "2023-H1")[0] is ObligationState.FIGURES_ONLY
    assert compile_report(office, "bb", "2023-H1", day("2023-06-17")).received == 1
    send(office, scan(), "bao-cao.pdf", at="2023-06-18", **H1)
    assert stands(office, Item.REPORT, "2023-H1") == (ObligationState.MET, [S.ACCEPTED], [{"figures", "paper"}])


def letters_of(office: Office, kind: str) -> list[tuple[str, str, str]]:
    """Subject, text and HTML of the letters of a kind, as a mail program shows them."""
    with office.store.read() as connection:
        rows = connection.execute(select(letter.c.blob).where(letter.c.kind == kind).order_by(letter.c.id)).scalars()
        messages = [message_from_bytes(office.store.blobs.get(blob), policy=policy.default) for blob in rows]
    return [
        (
            str(each["Subject"]),
            each.get_body(("plain",)).get_content(),  # type: ignore[attr-defined]
            each.get_body(("html",)).get_content(),  # type: ignore[attr-defined]
        )
        for each in messages
    ]


@pytest.mark.parametrize(("at", "until"), [("2023-06-15", " chậm nhất hết ngày 16/6/2023"), ("2023-06-18", "")])
def test_a_unit_whose_figures_were_accepted_is_asked_for_the_signed_paper(office: Office, at: str, until: str) -> None:
    send(office, report_file(), "bao-cao.xlsx", at=at, **H1)
    ((subject, text, html),) = letters_of(office, "accepted")
    what = "Báo cáo thông tin, tuyên truyền CCHC 6 tháng đầu năm 2023"
    assert subject == f"Đã tiếp nhận số liệu, chờ văn bản ký: {what} – UBND xã Bình An"
    for body in (" ".join(text.split()), " ".join(html.split())):
        assert "số liệu đạt yêu cầu" in body
        assert f"“Có số liệu, chờ văn bản ký”: đề nghị đơn vị gửi văn bản đã ký{until} qua hệ thống" in body
    send(office, scan(), "bao-cao.pdf", at="2023-06-19", **H1)
    assert stands(office, Item.REPORT, "2023-H1")[0] is ObligationState.MET


def test_a_unit_whose_paper_is_there_is_asked_for_nothing(office: Office) -> None:
    send(office, scan(), "bao-cao.pdf", **H1)
    send(office, report_file(), "bao-cao.xlsx", **H1)
    send(office, plan_file(), "ke-hoach.docx")
    for subject, text, html in letters_of(office, "accepted"):
        assert subject.startswith("Đã tiếp nhận, đạt yêu cầu: ")
        assert "chờ văn bản ký" not in text + html


def test_figures_that_come_after_the_paper_complete_it(office: Office) -> None:
    send(office, scan(), "bao-cao.pdf", **H1)
    assert stands(office, Item.REPORT, "2023-H1")[0] is ObligationState.RETURNED
    send(office, report_file(), "bao-cao.xlsx", **H1)
    assert stands(office, Item.REPORT, "2023-H1") == (ObligationState.MET, [S.ACCEPTED], [{"figures", "paper"}])


def test_a_broken_signature_goes_back(office: Office) -> None:
    send(office, report_file(), "bao-cao.xlsx", **H1)
    send(office, signed("Nguyễn Văn An").replace(b"595 842", b"595 841"), "bao-cao.pdf", **H1)
    state, states, _ = stands(office, Item.REPORT, "2023-H1")
    assert (state, states) == (ObligationState.RETURNED, [S.ACCEPTED, S.RETURNED])
    assert "Chữ ký số của “Nguyễn Văn An” không khớp" in sent_for(office, Item.REPORT, "2023-H1")[1].findings[1].text


BOTH = signed("Văn thư UBND xã Bình An", signed("Nguyễn Văn An", written()), field="registry", visible=True)


@pytest.mark.parametrize(
    ("paper", "words"),
    [
        (BOTH, "“Nguyễn Văn An”, thời điểm ghi trong tệp|tệp có thêm: chữ ký số của “Văn thư UBND xã Bình An”"),
        (b"X-Scanned: yes\r\n\r\n" + BOTH, "“Nguyễn Văn An”|“Văn thư UBND xã Bình An”"),
        (later(BOTH, with_certificates), "tệp có thêm: dữ liệu phục vụ xác thực lâu dài"),
        (later(BOTH, incoming_stamp), "tệp có thêm: dấu hoặc ghi chú trên trang 1"),
        (later(BOTH, filled_in), "tệp có thêm: nội dung điền vào ô biểu mẫu “so_den”"),
        (signed("An", ends=2022, issuer="Ban Cơ yếu"), "do “Ban Cơ yếu” cấp đã hết hạn ngày 01/01/2022"),
        (signed("An", stamped=True), f"thời điểm theo dấu thời gian của “{STAMP_OFFICE}” 20/02/2023"),
    ],
    ids=["both", "lines before", "validation", "incoming stamp", "form", "expired", "time stamp"],
)
def test_what_was_added_to_a_signed_paper_is_told_and_returns_nothing(office: Office, paper: bytes, words: str) -> None:
    send(office, report_file(), "bao-cao.xlsx", **H1)
    send(office, paper, "bao-cao.pdf", **H1)
    assert stands(office, Item.REPORT, "2023-H1")[0] is ObligationState.MET
    told = " ".join(found.text for found in sent_for(office, Item.REPORT, "2023-H1")[-1].findings)
    assert [part for part in words.split("|") if part not in told] == []


def test_a_paper_that_was_changed_after_signing_goes_back(office: Office) -> None:
    send(office, report_file(), "bao-cao.xlsx", **H1)
    send(office, later(BOTH, other_text), "bao-cao.pdf", **H1)
    assert stands(office, Item.REPORT, "2023-H1")[0] is ObligationState.RETURNED
    told = [found.text for found in sent_for(office, Item.REPORT, "2023-H1")[1].findings if found.blocks]
    assert [text for text in told if "đã thay đổi sau chữ ký số của “Nguyễn Văn An”" in text] != []


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (b"Rar!\x1a\x07\x01\x00" + b"\0" * 100, "ke-hoach.rar"),
        (b"{\\rtf1 ke hoach}", "ke-hoach.rtf"),
        (photograph(40, 30), "anh.jpg"),
    ],
)
def test_what_cannot_be_read_counts_in_time_and_is_asked_for_again(office: Office, data: bytes, name: str) -> None:
    send(office, data, name)
    owed, (sent,) = obligation_of(office.store), sent_for(office)
    assert (owed.state, owed.first_received_at, sent.days_late) == (ObligationState.RETURNED, day("2023-02-20"), 0)
    assert "đề nghị gửi bản đọc được" in sent.findings[0].text
    send(office, plan_file(issued="2023-03-03"), "ke-hoach.docx", at="2023-03-05")
    assert stands(office)[0] is ObligationState.MET


def test_one_paper_meets_the_same_item_of_two_plans(office: Office) -> None:
    owe(office.store, plan_id=plan_row(office.store, number="16"))
    send(office, plan_file(parent=None), "ke-hoach.docx")
    with office.store.read() as connection:
        rows = connection.exec_driver_sql("SELECT arrival_id FROM submission").scalars().all()
    assert len(rows) == 2
    assert len(set(rows)) == 1


def receipts(office: Office) -> list[str]:
    """The words of every receipt that was queued, in order."""
    with office.store.read() as connection:
        blobs = connection.execute(select(letter.c.blob).where(letter.c.kind == "receipt").order_by(letter.c.id))
        sent = [message_from_bytes(office.store.blobs.get(blob), policy=policy.default) for blob in blobs.scalars()]
    bodies = [made.get_body(("plain",)) for made in sent]
    return [" ".join(body.get_content().split()) for body in bodies if body]


def test_a_receipt_does_not_ask_for_what_another_file_may_still_bring(office: Office) -> None:
    """The signed plan comes before its Word source, and a report in words before its figures."""
    send(office, signed("Nguyễn Văn An"), "ke-hoach.pdf")
    send(office, narrative(), "bao-cao.docx", **H1)
    plan, report = receipts(office)
    assert NO_SOURCE.text not in plan
    assert NO_FIGURES.text not in report
    assert NO_SOURCE in sent_for(office)[0].findings
    assert NO_FIGURES in sent_for(office, Item.REPORT, "2023-H1")[0].findings


def test_a_receipt_tells_what_is_to_be_mended_in_the_file_itself(office: Office) -> None:
    send(office, plan_file(parent=None), "ke-hoach.docx")
    (finding,) = [found for found in sent_for(office)[0].findings if found.blocks]
    (told,) = receipts(office)
    assert " ".join(finding.text.split()) in told


def test_a_paper_that_was_returned_is_not_the_signed_one(office: Office) -> None:
    """A PDF with a broken signature came first: the figures alone do not meet the report."""
    broken = signed("Nguyễn Văn An").replace(b"595 842", b"595 841")
    send(office, broken, "bao-cao.pdf", at="2023-06-10", **H1)
    send(office, report_file(), "bao-cao.xlsx", at="2023-06-11", **H1)
    state, states, made_of = stands(office, Item.REPORT, "2023-H1")
    assert (state, states[-1], made_of[-1]) == (ObligationState.FIGURES_ONLY, S.ACCEPTED, {"figures"})


def test_the_same_content_is_recognised_among_all_files_of_a_submission(office: Office) -> None:
    send(office, plan_file(), "ke-hoach.docx")
    send(office, scan(), "ke-hoach.pdf")
    came = arrival(scan(), key="again", file_name="quet.pdf")
    assert collect(office, [FakeChannel([came])], day("2023-02-21")).duplicates == 1


def test_what_comes_when_the_report_was_compiled_is_marked_for_an_addendum(office: Office) -> None:
    owe(office.store, HOA_THANG, Item.REPORT, "2023-H1", "2023-06-16", plan_id=obligation_of(office.store).plan_id)
    send(office, report_file(HOA_THANG), "bao-cao.xlsx", at="2023-06-15", unit=HOA_THANG, **H1)  # type: ignore[arg-type]
    assert compile_report(office, "bb", "2023-H1", day("2023-06-17")).version == 1
    send(office, report_file(), "bao-cao.xlsx", at="2023-06-20", **H1)
    (late,) = [each for each in waiting(office, day("2023-06-20")) if each.kind == "addendum"]
    assert (late.unit_id, late.days_late) == (BINH_AN.id, 4)
    assert compile_report(office, "bb", "2023-H1", day("2023-06-21")).version == 2
    assert [each for each in waiting(office, day("2023-06-21")) if each.kind == "addendum"] == []


def narrative() -> bytes:
    """A report in words, without a table of figures."""
    document, stream = Document(), io.BytesIO()
    head = ("ỦY BAN NHÂN DÂN XÃ BÌNH AN", "Số: 45/BC-UBND", "Bình An, ngày 12 tháng 6 năm 2023", "BÁO CÁO")
    for line in (*head, "Kết quả CCHC", "Thực hiện Kế hoạch số 15/KH-UBND ngày 10/02/2023", "1. Đã làm."):
        document.add_paragraph(line)
    document.save(stream)
    return stream.getvalue()


def send_all(office: Office, *files: tuple[str, bytes], at: str = "2023-02-20", **claim: str) -> None:
    """Several files that come at one moment, in this order."""
    came = [arrival(data, key=f"k{next(_KEYS)}", file_name=name, at=at, **claim) for name, data in files]  # type: ignore[arg-type]
    assert collect(office, [FakeChannel([*came])], day(at)).faults == []


PICTURE = ("anh.jpg", photograph(40, 30))


@pytest.mark.parametrize("files", [(("kh.docx", plan_file()), PICTURE), (PICTURE, ("kh.docx", plan_file()))])
def test_a_picture_beside_what_can_be_read_takes_nothing_away(
    office: Office, files: tuple[tuple[str, bytes], ...]
) -> None:
    send_all(office, *files)
    assert stands(office) == (ObligationState.MET, [S.ACCEPTED], [{"source", "copy"}])
    assert not any("bản đọc được" in text for _, text, _ in letters_of(office, "receipt")[1:])


def test_a_picture_that_comes_when_all_is_accepted_asks_for_nothing(office: Office) -> None:
    send(office, plan_file(), "kh.docx")
    send(office, *reversed(PICTURE), at="2023-02-21")
    assert stands(office) == (ObligationState.MET, [S.ACCEPTED], [{"source", "copy"}])
    assert letters_of(office, "return") == []


def test_a_photograph_of_the_signed_paper_is_asked_for_again(office: Office) -> None:
    send(office, report_file(), "bieu.xlsx", at="2023-06-12", **H1)
    send(office, *reversed(PICTURE), at="2023-06-13", **H1)
    assert stands(office, Item.REPORT, "2023-H1")[0] is ObligationState.FIGURES_ONLY
    assert "đề nghị gửi bản đọc được" in letters_of(office, "receipt")[-1][1]


def test_pictures_of_several_pages_are_one_submission(office: Office) -> None:
    send_all(office, PICTURE, ("trang-2.jpg", photograph(41, 30)))
    assert stands(office) == (ObligationState.RETURNED, [S.RETURNED], [{"copy"}])
    assert len(letters_of(office, "return")) == 1


@pytest.mark.parametrize("reverse", [False, True])
def test_a_report_in_words_goes_with_its_figures(office: Office, reverse: bool) -> None:
    files = [("bao-cao.docx", narrative()), ("bieu.xlsx", report_file())]
    send_all(office, *(reversed(files) if reverse else files), at="2023-06-12", **H1)
    assert stands(office, Item.REPORT, "2023-H1") == (
        ObligationState.FIGURES_ONLY,
        [S.ACCEPTED],
        [{"source", "figures"}],
    )
    (sent,) = sent_for(office, Item.REPORT, "2023-H1")
    assert (sent.reference, sent.issued_on) == ("45/BC-UBND", date(2023, 6, 12))
    assert "Báo cáo số 45/BC-UBND ngày 12/6/2023" in letters_of(office, "receipt")[0][1]
    send(office, signed("Chủ tịch"), "bao-cao.pdf", at="2023-06-13", **H1)
    assert stands(office, Item.REPORT, "2023-H1")[0] is ObligationState.MET


def test_a_report_in_words_alone_is_asked_for_its_figures(office: Office) -> None:
    send(office, narrative(), "bao-cao.docx", at="2023-06-12", **H1)
    assert stands(office, Item.REPORT, "2023-H1")[0] is ObligationState.RETURNED
    send(office, report_file(), "bieu.xlsx", at="2023-06-13", **H1)
    state, states, parts_ = stands(office, Item.REPORT, "2023-H1")
    assert (state, states, parts_) == (ObligationState.FIGURES_ONLY, [S.ACCEPTED], [{"source", "figures"}])


def test_a_plan_sent_for_a_report_is_no_report_in_words(office: Office) -> None:
    send_all(office, ("bieu.xlsx", report_file()), ("ke-hoach.docx", plan_file()), at="2023-06-12", **H1)
    assert stands(office, Item.REPORT, "2023-H1")[2] == [{"figures"}, {"figures"}]


@pytest.mark.parametrize(
    ("readable", "claim"), [(("kh.docx", plan_file()), {}), (("bieu.xlsx", report_file()), H1)], ids=["plan", "report"]
)
def test_the_registrys_signature_on_a_signed_paper_changes_nothing(
    office: Office, readable: tuple[str, bytes], claim: dict[str, str]
) -> None:
    by_leader = signed("Chủ tịch")
    send_all(office, readable, ("ky.pdf", by_leader), at="2023-02-20", **claim)
    send(office, signed("Văn thư UBND xã Bình An", by_leader, "registry"), "ky-dau.pdf", at="2023-02-21", **claim)
    item, period = (Item.REPORT, "2023-H1") if claim else (Item.SUB_PLAN, "2023")
    state, states, _ = stands(office, item, period)
    assert (state, states) == (ObligationState.MET, [S.ACCEPTED])
    (sent,) = sent_for(office, item, period)
    assert sum(each.rule == "paper.signature" for each in sent.findings) == 2
    assert letters_of(office, "return") == []


def test_who_sends_again_what_was_returned_is_told(office: Office) -> None:
    send(office, plan_file(number=None), "ke-hoach.docx")
    send(office, plan_file(number=None), "ke-hoach.docx", at="2023-02-21")
    assert stands(office) == (ObligationState.RETURNED, [S.RETURNED], [{"source"}])
    again = letters_of(office, "return")[1]
    assert "Tệp “ke-hoach.docx”: nội dung trùng với bản đã được đề nghị hoàn thiện" in " ".join(again[1].split())
    send(office, plan_file(), "ke-hoach.docx", at="2023-03-05")
    assert stands(office)[0] is ObligationState.MET
    assert [each.days_late for each in sent_for(office)] == [0, 0]


def test_a_name_in_decomposed_letters_is_kept_composed(office: Office) -> None:
    name = "Kế hoạch xã Bình An.docx"
    send(office, plan_file(), normalize("NFD", name))
    with office.store.read() as connection:
        assert connection.execute(select(arrival_table.c.file_name)).scalar_one() == name
    ((_, text, html),) = letters_of(office, "receipt")
    assert name in text
    assert name in html.replace("<wbr>", "")


def test_a_paper_of_a_unit_that_no_longer_exists_is_filed_and_answered_to_nobody(office: Office) -> None:
    with office.store.write() as connection:
        ended = unit.update().where(unit.c.id == BINH_AN.id).values(valid_to=day("2023-01-31").date())
        connection.execute(ended)
    send(office, plan_file(), "ke-hoach.docx")
    assert sent_for(office)[0].reference == "07/KH-UBND"
    assert letters_of(office, "receipt") == []


def test_very_many_files_at_once_are_each_filed_once(office: Office) -> None:
    files = [(f"ke-hoach-{number}.docx", plan_file(number=str(number))) for number in range(100, 160)]
    send_all(office, *files)
    sent = sent_for(office)
    assert [each.version for each in sent] == list(range(1, 61))
    assert [each.state for each in sent] == [S.SUPERSEDED] * 59 + [S.ACCEPTED]
