"""Which files make one submission, which wait for a person, which for the signed paper."""

from __future__ import annotations

from unicodedata import normalize

import pytest
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
from tests.factories import BINH_AN, HOA_THANG, arrival, day, obligation_of, owe, plan_file, plan_row, report_file
from tests.fakes import FakeChannel
from tests.lifecycle.submission.sending import H1, S, letters_of, narrative, receipts, send, send_all, sent_for, stands

from plan_lifecycle.domain.obligation import Item, ObligationState
from plan_lifecycle.lifecycle.collect import collect
from plan_lifecycle.lifecycle.compile import compile_report
from plan_lifecycle.lifecycle.office import Office
from plan_lifecycle.lifecycle.review import waiting
from plan_lifecycle.lifecycle.submission._checks import NO_FIGURES, NO_SOURCE
from plan_lifecycle.store.tables import arrival as arrival_table
from plan_lifecycle.store.tables import unit


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
