"""The shipped templates: what they say for xã Bình An, in the form of the decree, and openable by an office suite."""

from __future__ import annotations

import io
import re
import subprocess
import zipfile
from collections.abc import Callable
from dataclasses import fields, is_dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import docx
import pytest
from scripts import make_templates
from tests.documents import draft_samples as samples_of
from tests.documents.word_samples import text_of
from tests.patience import PATIENCE

from plan_lifecycle.documents import drafts
from plan_lifecycle.documents.check import check_form
from plan_lifecycle.documents.drafts import Letterhead, rule_under, variables_of
from plan_lifecycle.documents.read import read_plan
from plan_lifecycle.documents.render import (
    TEMPLATES,
    compile_template,
    render_award_proposal,
    render_consolidated_report,
    render_reminder_letter,
    render_report_form,
    render_sub_plan,
)

DISTRICT = replace(
    samples_of.sub_plan(4),
    head=replace(samples_of.COMMUNE_HEAD, agency=("ỦY BAN NHÂN DÂN", "HUYỆN BẮC BÌNH"), place="Bắc Bình"),
    unit_name="UBND huyện Bắc Bình",
    abstract="Thông tin, tuyên truyền cải cách hành chính năm 2023 trên địa bàn huyện Bắc Bình",
    purposes=("Gắn tuyên truyền với nâng cao Chỉ số cải cách hành chính của huyện.",),
    requirements=("Mỗi tháng đăng ít nhất 05 tin, bài trên trang thông tin điện tử huyện.",),
    budget=("Kinh phí thực hiện là 150 triệu đồng, bố trí trong dự toán năm 2023 của Phòng Nội vụ.",),
)
BARE = replace(samples_of.sub_plan(1), targets=(), duties=())
SUB_PLANS = {
    "commune": samples_of.sub_plan(25),
    "department": samples_of.department_sub_plan(),
    "district": DISTRICT,
    "bare": BARE,
}
REPORTS = (
    samples_of.report_form(),
    replace(samples_of.report_form(), sections=(), tables=(), figures_label="I.", tasks_label="II."),
)
CONSOLIDATED = (
    samples_of.consolidated_report(),
    samples_of.consolidated_report(120),
    replace(samples_of.consolidated_report(), missing_units=(), late_units=()),
    replace(samples_of.consolidated_report(), comparison=(), sections=(), forms=()),
)
LETTERS = (
    samples_of.reminder_letter(),
    replace(samples_of.reminder_letter(), addressees=("UBND huyện Bắc Bình",)),
)
PROPOSALS = (
    samples_of.award_proposal(),
    replace(samples_of.award_proposal(), also=(), open=()),
)
Draft = tuple[str, Any, Callable[[Any], bytes]]
DRAFTS: list[Draft] = [
    *(("sub-plan.docx", draft, render_sub_plan) for draft in SUB_PLANS.values()),
    *(("report-form.docx", draft, render_report_form) for draft in REPORTS),
    *(("consolidated-report.docx", draft, render_consolidated_report) for draft in CONSOLIDATED),
    *(("reminder-letter.docx", draft, render_reminder_letter) for draft in LETTERS),
    *(("award-proposal.docx", draft, render_award_proposal) for draft in PROPOSALS),
]
IDS = [f"{name}-{number}" for number, (name, _, _) in enumerate(DRAFTS)]
every_draft = pytest.mark.parametrize(("name", "draft", "render"), DRAFTS, ids=IDS)


@pytest.mark.parametrize("name", make_templates.SHIPPED)
def test_the_script_makes_the_shipped_files(name: str) -> None:
    assert make_templates.SHIPPED[name]() == (TEMPLATES / name).read_bytes()


@every_draft
def test_a_template_uses_exactly_what_its_draft_gives(name: str, draft: Any, render: Callable[[Any], bytes]) -> None:
    assert compile_template(TEMPLATES / name).variables == variables_of(draft).keys()


@every_draft
def test_a_draft_is_in_the_form_of_the_decree(name: str, draft: Any, render: Callable[[Any], bytes]) -> None:
    assert check_form(render(draft), draft=True) == ()


@every_draft
def test_no_tag_and_no_empty_value_is_left(name: str, draft: Any, render: Callable[[Any], bytes]) -> None:
    text = text_of(render(draft))
    assert not re.search(r"[{}]|\bNone\b|\bundefined\b", text)
    assert "  ;" not in text
    assert " ." not in text


@every_draft
def test_only_times_new_roman_is_named(name: str, draft: Any, render: Callable[[Any], bytes]) -> None:
    with zipfile.ZipFile(io.BytesIO(render(draft))) as archive:
        parts = [part for part in archive.namelist() if part.startswith("word/") and part.endswith(".xml")]
        markup = "".join(archive.read(part).decode() for part in parts)
    drawn = set(re.findall(r'<a:latin typeface="([^"]+)"', markup))
    assert drawn <= {"Times New Roman"}
    fonts = set(re.findall(r'w:(?:ascii|hAnsi|cs|eastAsia)="([^"]+)"', " ".join(re.findall("<w:rFonts[^>]*>", markup))))
    assert fonts == {"Times New Roman"}


def test_a_sub_plan_leaves_number_day_and_signer_open() -> None:
    text = text_of(render_sub_plan(samples_of.sub_plan()))
    assert "Số:       /KH-UBND" in text
    assert "Bình An, ngày       tháng       năm 2023" in text
    assert text.rstrip("\n").endswith("TM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH")


def test_a_sub_plan_cites_its_parent_by_number_date_and_abstract() -> None:
    assert (
        "Thực hiện Kế hoạch số 36/KH-UBND ngày 05/01/2023 của UBND tỉnh Bình Thuận về thông tin, tuyên truyền cải cách "
        "hành chính năm 2023, UBND xã Bình An ban hành Kế hoạch triển khai thực hiện như sau:"
    ) in text_of(render_sub_plan(samples_of.sub_plan()))


def test_a_sub_plan_carries_its_activities_targets_duties_and_recipients() -> None:
    draft = samples_of.sub_plan(7)
    content = render_sub_plan(draft)
    rows = docx.Document(io.BytesIO(content)).tables[1].rows
    assert [[cell.text for cell in row.cells] for row in rows[1:]] == [
        [row.ordinal, row.content, row.lead, row.support, row.deadline, row.product] for row in draft.activities
    ]
    text = text_of(content)
    assert "- Phát thanh ít nhất 02 lượt/tuần;\n- 100% thôn có bảng niêm yết thủ tục hành chính." in text
    assert (
        "- UBND xã Bình An: Báo cáo 6 tháng đầu năm 2023, gửi UBND huyện Bắc Bình (qua Phòng Nội vụ) "
        "trước ngày 17/6/2023."
    ) in text
    assert "- UBND huyện Bắc Bình;\n- Phòng Nội vụ huyện;\n- Lưu: VT, VP." in text


def test_a_department_carries_its_superior_agency_and_a_committee_none() -> None:
    department, commune = (text_of(render_sub_plan(SUB_PLANS[kind])) for kind in ("department", "commune"))
    assert department.startswith("UBND TỈNH BÌNH THUẬN\nSỞ TƯ PHÁP\n")
    assert commune.startswith("ỦY BAN NHÂN DÂN\nXÃ BÌNH AN\n")


def test_a_sub_plan_holds_nothing_of_another_unit() -> None:
    other = text_of(render_sub_plan(DISTRICT))
    text = text_of(render_sub_plan(SUB_PLANS["department"]))
    assert "xã Bình An" in other  # its rows do name the commune
    assert "huyện Bắc Bình" not in text.replace("UBND huyện Bắc Bình (qua Phòng Nội vụ)", "")


def test_a_sub_plan_can_be_read_back_as_a_plan() -> None:
    draft = samples_of.sub_plan(5)
    plan = read_plan(render_sub_plan(draft))
    assert [(one.content, one.lead, one.product) for one in plan.activities] == [
        (row.content, row.lead, row.product) for row in draft.activities
    ]
    assert plan.abstract == draft.abstract


def test_the_consolidated_report_has_its_outline_its_forms_and_the_missing_and_late_units() -> None:
    data = render_consolidated_report(samples_of.consolidated_report())
    text = text_of(data)
    assert "I. CÔNG TÁC CHỈ ĐẠO, TRIỂN KHAI\n1. Tình hình gửi báo cáo\nĐã nhận báo cáo của 119/124" in text
    assert "a) Mô hình, sáng kiến\n- UBND xã Bình An: Tổ công nghệ số cộng đồng." in text
    assert "Biểu mẫu 1. Thông tin, tuyên truyền" in text
    assert "UBND xã Bình Tân\nQuá hạn 03 ngày" in text
    assert "UBND xã Hải Ninh\nNhận ngày 20/6/2023" in text
    (form,) = [
        table for table in docx.Document(io.BytesIO(data)).tables if "Chỉ tiêu thống kê" in table.rows[0].cells[1].text
    ]
    assert [cell.text for cell in form.rows[1].cells] == ["1", "Tin, bài", "", "", "", "", ""]
    assert [cell.text for cell in form.rows[2].cells][3:] == ["1.250", "1.100", "tăng 150 (13,6%)", "119/124 đơn vị"]


def test_a_report_of_all_units_has_one_annex_and_no_list_of_the_missing() -> None:
    draft = replace(samples_of.consolidated_report(), missing_units=(), late_units=())
    text = text_of(render_consolidated_report(draft))
    assert "Phụ lục\nBIỂU MẪU THỐNG KÊ" in text
    assert "Phụ lục II" not in text


def test_a_reminder_letter_has_no_type_and_lists_the_late_units() -> None:
    text = text_of(render_reminder_letter(samples_of.reminder_letter()))
    assert "V/v đôn đốc gửi báo cáo cải cách hành chính 6 tháng đầu năm 2023" in text
    assert "Kính gửi:\n- UBND huyện Bắc Bình;\n- UBND huyện Tuy Phong.\n" in text
    assert "còn 05 cơ quan, đơn vị chưa gửi, gồm:" in text
    assert "Sở Nội vụ đề nghị các cơ quan, đơn vị nêu trên khẩn trương hoàn thành" in text


@pytest.mark.parametrize(
    ("issued_on", "number", "expected"),
    [
        (date(2023, 1, 5), "5", ("Số: 05/KH-UBND", "Bình An, ngày 05 tháng 01 năm 2023")),
        (date(2023, 6, 29), "141", ("Số: 141/KH-UBND", "Bình An, ngày 29 tháng 6 năm 2023")),
        (date(2023, 12, 9), "0134", ("Số: 0134/KH-UBND", "Bình An, ngày 09 tháng 12 năm 2023")),
        (None, "", ("Số:       /KH-UBND", "Bình An, ngày       tháng       năm 2023")),
    ],
)
def test_number_and_date_are_padded_as_the_decree_wants(
    issued_on: date | None, number: str, expected: tuple[str, str]
) -> None:
    head = replace(samples_of.COMMUNE_HEAD, issued_on=issued_on, number=number)
    assert (head.number_line, head.date_line) == expected


def test_a_head_is_cited_by_number_and_date() -> None:
    head = Letterhead(("SỞ NỘI VỤ",), "BC-SNV", "Bình Thuận", 2023, number="45", issued_on=date(2023, 6, 16))
    assert head.citation == "số 45/BC-SNV ngày 16 tháng 6 năm 2023"


@pytest.mark.parametrize(
    "agency",
    ["SỞ Y TẾ", "SỞ NỘI VỤ", "THANH TRA TỈNH", "SỞ NÔNG NGHIỆP VÀ PHÁT TRIỂN NÔNG THÔN", "BAN DÂN TỘC"],
)
def test_the_rule_under_an_agency_is_a_third_to_a_half_of_its_name(agency: str) -> None:
    draft = replace(
        samples_of.department_sub_plan(), head=replace(samples_of.DEPARTMENT_HEAD, agency=(agency,), symbol="KH-S")
    )
    assert check_form(render_sub_plan(draft), draft=True) == ()
    assert set(rule_under(agency, 13)) == {"_"}


@pytest.mark.system
def test_an_office_suite_opens_every_draft_and_shows_its_text(tmp_path: Path) -> None:
    expected = {}
    for number, (_, draft, render) in enumerate(DRAFTS):
        (tmp_path / f"{number}.docx").write_bytes(render(draft))
        expected[number] = _words(text_of((tmp_path / f"{number}.docx").read_bytes()))
    office = ["soffice", "--headless", f"-env:UserInstallation=file://{tmp_path}/office", "--convert-to", "pdf"]
    files = [str(path) for path in sorted(tmp_path.glob("*.docx"))]
    subprocess.run([*office, "--outdir", str(tmp_path), *files], check=True, capture_output=True, timeout=PATIENCE)
    for number, words in expected.items():
        command = ["pdftotext", str(tmp_path / f"{number}.pdf"), "-"]  # in reading order: a cell's lines together
        shown = "".join(subprocess.run(command, check=True, capture_output=True, text=True).stdout.split())
        assert [word for word in words if word not in shown] == [], IDS[number]


def _words(text: str) -> set[str]:
    """Words to look for; a substitute font may put gaps into them, so they are sought without."""
    return {word for word in text.split() if not set(word) <= set("_…")}


def test_every_field_of_the_drafts_is_explained_to_coordinators() -> None:
    guide = (TEMPLATES.parents[1] / "docs" / "vi" / "mau-van-ban.md").read_text()
    kinds = [kind for kind in vars(drafts).values() if is_dataclass(kind)]
    properties = {name for kind in kinds for name, member in vars(kind).items() if isinstance(member, property)}
    names = {field.name for kind in kinds for field in fields(kind)} | properties
    explained = {word.split(".")[-1] for word in re.findall(r"`([\w.]+)`", guide)}
    assert names - explained == set()
