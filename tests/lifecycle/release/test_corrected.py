"""A draft that comes back corrected becomes the text that goes on and is issued; the signed paper comes later."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date

import docx
import pytest
from tests.documents import hostile
from tests.documents.pdf_pages import printed
from tests.factories import CHO_LAU, day
from tests.lifecycle.release.conftest import LEADER, MONDAY, TUESDAY, WEDNESDAY, report_in
from tests.lifecycle.release.editing import edited, words
from tests.lifecycle.release.letters import brought
from tests.lifecycle.release.test_acts import LAN, REPORT, SIGNED, shown, trail

from plan_lifecycle.documents.errors import BadDocument
from plan_lifecycle.documents.report_word import with_origin
from plan_lifecycle.domain.act import ActKind
from plan_lifecycle.domain.correction import Correction
from plan_lifecycle.domain.decider import Decider
from plan_lifecycle.domain.errors import InputError
from plan_lifecycle.domain.release import Issue
from plan_lifecycle.lifecycle.compile import compile_report
from plan_lifecycle.lifecycle.office import Office
from plan_lifecycle.lifecycle.release import (
    Paper,
    Signed,
    add_paper,
    correct_report,
    corrected_file,
    deliver_reports,
    issue_report,
    report_to_save,
    signed_paper,
    take_back_correction,
    undo_issue,
)

SAID = "Đã đăng 2.500 tin, bài"
CHANGES = {
    SAID: "Đã đăng 2.050 tin, bài",
    "Các cơ quan, đơn vị chưa báo cáo nội dung này.": "Không phát sinh.",
}


def saved(office: Office, ending: str = "docx") -> bytes:
    found = report_to_save(office, shown(office).newest.id, ending, TUESDAY)
    assert found is not None
    return found[1]


def give(office: Office, data: bytes, *, sure: bool = False, version: int | None = None) -> bool:
    return correct_report(office, *REPORT, Paper("sua.docx", data), LAN, MONDAY, sure=sure, version=version)


def standing(office: Office) -> Correction:
    correction = shown(office).newest.correction
    assert correction is not None
    return correction


def issue_of(office: Office) -> Issue:
    issue = shown(office).newest.issue
    assert issue is not None
    return issue


def refusal(act: Callable[[], object]) -> str:
    with pytest.raises(InputError) as error:
        act()
    return error.value.for_user


def test_a_corrected_draft_is_kept_as_given_told_figure_by_figure_and_is_what_goes_up_and_is_issued(
    compiled: Office,
) -> None:
    file = edited(saved(compiled), CHANGES)
    assert [give(compiled, file) for _ in range(2)] == [True, False]
    correction = standing(compiled)
    assert corrected_file(compiled, shown(compiled).newest.id) == ("sua.docx", file)
    (figure,) = correction.figures
    assert (figure.ours, figure.theirs) == ("2.500", "2.050")
    assert figure.place.startswith(f"Mục II.1: “{SAID}")
    assert {(one.before, one.after) for one in correction.texts} == {
        ("Các cơ quan, đơn vị chưa báo cáo nội dung này.", "Không phát sinh."),
    }
    assert correction.notes == ()
    for moment in (MONDAY, TUESDAY):
        deliver_reports(compiled, moment)
    leaders = next(letter for letter in brought(compiled) if letter.to == LEADER)
    assert next(data for name, data in leaders.files.items() if name.endswith(".docx")) == file
    assert "Bản Word đã sửa có 01 số liệu khác số đã tổng hợp" in " ".join(leaders.text.split())
    issue_report(compiled, *REPORT, SIGNED, LAN, TUESDAY)
    issued = words(saved(compiled))
    assert ("Đã đăng 2.050 tin, bài" in issued, "Số: 45/BC-UBND" in issued, "DỰ THẢO" in issued) == (True, True, False)
    assert "Nguyễn Văn Ánh" in issued
    (finding,) = issue_of(compiled).findings
    assert finding.startswith("Bản Word đã sửa có 01 số liệu khác")
    assert [act for _, act, _ in trail(compiled)] == [ActKind.ISSUE_REPORT, ActKind.CORRECT_REPORT]
    again = edited(file, {"Không phát sinh.": "Không có."})
    for refused in (lambda: give(compiled, again), lambda: take_back_correction(compiled, *REPORT, LAN, TUESDAY)):
        assert "đề nghị rút ghi nhận ban hành trước" in refusal(refused)


def test_a_later_correction_takes_the_place_of_the_one_before_and_the_draft_comes_back_with_a_reason(
    compiled: Office,
) -> None:
    first = edited(saved(compiled), CHANGES)
    second = edited(saved(compiled), {SAID: "Đã đăng 2.500 tin, bài và clip"})
    assert [give(compiled, first), give(compiled, second)] == [True, True]
    correction = standing(compiled)
    (text,) = correction.texts
    assert (correction.figures, text.before.startswith(SAID), text.after.startswith(f"{SAID} và clip")) == (
        (),
        True,
        True,
    )
    with pytest.raises(InputError, match="reason"):
        take_back_correction(compiled, *REPORT, Decider("Trần Thị Lan"), MONDAY)
    assert [take_back_correction(compiled, *REPORT, LAN, MONDAY) for _ in range(2)] == [True, False]
    assert (shown(compiled).newest.correction, corrected_file(compiled, shown(compiled).newest.id)) == (None, None)
    issue_report(compiled, *REPORT, SIGNED, LAN, TUESDAY)
    assert SAID in words(saved(compiled))


def test_a_file_that_is_not_this_version_s_is_refused_with_what_it_is(compiled: Office) -> None:
    draft = saved(compiled)
    assert refusal(lambda: give(compiled, draft)) == "Tệp này chính là bản dự thảo, chưa sửa."
    file = edited(draft, CHANGES)
    assert "báo cáo kỳ khác" in refusal(lambda: give(compiled, with_origin(file, "bb:2022-H1:tuyen-truyen:1")))
    assert "của đơn vị khác" in refusal(lambda: give(compiled, with_origin(file, "hx:2023-H1:tuyen-truyen:1")))
    assert "báo cáo loại khác" in refusal(lambda: give(compiled, with_origin(file, "bb:2023-H1:cchc:1")))
    assert "báo cáo khác" in refusal(lambda: give(compiled, with_origin(file, "x")))
    report_in(compiled, CHO_LAU, at="2023-06-19")
    compile_report(compiled, "bb", "2023-H1", TUESDAY)
    older = refusal(lambda: give(compiled, file))
    named = "Báo cáo thông tin, tuyên truyền CCHC 6 tháng đầu năm 2023 (lập lại lần 02)"
    assert older.startswith(f"Tệp này sửa từ bản lập lần 01, không phải “{named}”")
    assert give(compiled, file, version=1)
    with pytest.raises(BadDocument):
        give(compiled, b"%PDF-1.4 x")
    assert shown(compiled).newest.correction is None


def test_a_file_that_does_not_say_what_it_is_of_is_asked_about_and_another_report_is_refused(compiled: Office) -> None:
    unmarked = edited(saved(compiled), CHANGES)
    document = docx.Document(io.BytesIO(unmarked))
    package = document.part.package
    del package.rels[next(number for number, rel in package.rels.items() if "custom-properties" in rel.reltype)]
    made = io.BytesIO()
    document.save(made)
    unmarked = made.getvalue()
    asked = refusal(lambda: give(compiled, unmarked))
    assert asked.startswith("Tệp không cho biết được sửa từ bản nào; 9")
    assert "đề nghị đánh dấu xác nhận" in asked
    other = edited(unmarked, {"cải cách hành chính 6 tháng đầu năm 2023": "cải cách hành chính năm 2022"})
    assert "cải cách hành chính năm 2022 của UBND huyện Bắc Bình”, không phải" in refusal(
        lambda: give(compiled, other, sure=True)
    )
    assert give(compiled, unmarked, sure=True)


def test_a_file_of_which_little_is_left_is_asked_about_though_it_says_whose_it_is(compiled: Office) -> None:
    document = docx.Document(io.BytesIO(saved(compiled)))
    for paragraph in document.paragraphs[4:]:
        paragraph.text = "Viết lại."
    for table in document.tables[1:]:
        table._tbl.getparent().remove(table._tbl)
    made = io.BytesIO()
    document.save(made)
    assert "Chỉ " in refusal(lambda: give(compiled, made.getvalue()))
    assert give(compiled, made.getvalue(), sure=True)


def test_number_and_day_that_the_corrected_file_bears_are_held_against_what_is_recorded(compiled: Office) -> None:
    typed = {
        "/BC-UBND": "46/BC-UBND",
        "ngày       tháng       năm 2023": "ngày 20 tháng 6 năm 2023",
    }
    assert give(compiled, edited(saved(compiled), CHANGES | typed))
    issue_report(compiled, *REPORT, SIGNED, LAN, TUESDAY)
    findings = issue_of(compiled).findings
    assert findings[0] == "Tệp Word ghi số 46, khác số 45 đã ghi nhận."
    assert len(findings) == 2


def test_what_should_not_be_issued_in_a_corrected_file_is_told(compiled: Office) -> None:
    document = docx.Document(io.BytesIO(edited(saved(compiled), CHANGES)))
    document.sections[0].footer.paragraphs[0].text = "Dự thảo lần 2"
    made = io.BytesIO()
    document.save(made)
    assert give(compiled, made.getvalue())
    assert standing(compiled).notes == ("Đầu trang, chân trang hoặc hình nền của tệp còn ghi “dự thảo”.",)


def test_the_signed_paper_is_added_later_and_its_own_number_and_day_are_held_against_the_record(
    compiled: Office,
) -> None:
    def add(data: bytes, name: str) -> bool:
        return add_paper(compiled, *REPORT, Paper(name, data), LAN, WEDNESDAY)

    def on_paper(number: str) -> bytes:
        head = ("UBND HUYỆN BẮC BÌNH", number, "Bắc Bình, ngày 20 tháng 6 năm 2023", "BÁO CÁO", "Báo cáo số 9/BC-UBND")
        return printed(*((60, 800 - 20 * row, text) for row, text in enumerate(head)))

    assert "chưa ghi nhận ban hành" in refusal(lambda: add(on_paper("Số: 45/BC-UBND"), "45.pdf"))
    issue_report(compiled, *REPORT, SIGNED, LAN, TUESDAY)
    word = saved(compiled)
    assert [add(word, "45.docx") for _ in range(2)] == [True, False]
    assert issue_of(compiled).paper_findings == ()
    assert add(edited(word, {"Số: 45/": "Số: 54/", "ngày 20 tháng 6 năm 2023": "ngày 21 tháng 6 năm 2023"}), "54.docx")
    assert issue_of(compiled).paper_findings == (
        "Bản đã ký ghi số 54/BC-UBND, khác số 45 đã ghi nhận.",
        "Bản đã ký ghi ngày 21/6/2023, khác ngày 20/6/2023 đã ghi nhận.",
    )
    assert add(on_paper("S : 44/BC-UBNDố"), "44.pdf")
    assert issue_of(compiled).paper_findings == ("Bản đã ký ghi số 44/BC-UBND, khác số 45 đã ghi nhận.",)
    assert add(on_paper("Số: 45/BC-UBND"), "45.pdf")
    assert issue_of(compiled).paper_findings == ()
    assert add(hostile.pdf(b"<</Type /Catalog>>"), "quet.pdf")
    assert issue_of(compiled).paper_findings[-1].startswith("Không đọc được số, ngày trong bản đã ký")
    assert (signed_paper(compiled, shown(compiled).newest.id) or ("",))[0] == "quet.pdf"
    assert [act for _, act, _ in trail(compiled)] == [*[ActKind.ADD_PAPER] * 5, ActKind.ISSUE_REPORT]
    assert undo_issue(compiled, *REPORT, LAN, WEDNESDAY)
    assert issue_report(compiled, *REPORT, Signed("46", date(2023, 6, 20), "Ánh"), LAN, day("2023-06-21"))
    assert issue_of(compiled).paper_name is None
