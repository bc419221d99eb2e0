"""A document in form has no finding; each departure from it has exactly its own."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from tests.documents import forms
from tests.documents.forms import (
    ABSTRACT,
    AUTHORITY,
    BODY,
    DATE,
    FORM_STYLES,
    ISSUER,
    MOTTO,
    NAME,
    NATIONAL,
    NUMBER,
    PAGE_NUMBER,
    RECIPIENTS,
    RECIPIENTS_TITLE,
    SIGNER,
    Text,
    basis,
    drawn,
    good_annexed_plan,
    good_decision,
    good_letter,
    good_plan,
    good_report,
    item,
    prose,
    section,
    table,
)

from plan_lifecycle.documents.check import ERROR, RULES, WARNING, Finding, check_form
from plan_lifecycle.documents.package import BadDocument

Case = tuple[dict[str, Any], str, str]
BUILDERS = (good_plan, good_report, good_letter, good_decision, good_annexed_plan)


def rules(findings: tuple[Finding, ...]) -> dict[str, str]:
    """Rule to severity."""
    return {finding.rule: finding.severity for finding in findings}


def expect(build: Callable[..., bytes], changes: dict[str, Any], rule: str, severity: str) -> Finding:
    """The one finding of a document with one change."""
    findings = check_form(build(**changes))
    assert rules(findings) == {rule: severity}
    return findings[0]


@pytest.mark.parametrize("build", BUILDERS)
@pytest.mark.parametrize("draft", [False, True])
def test_a_document_in_form_has_no_finding(build: Callable[..., bytes], draft: bool) -> None:
    assert check_form(build(), draft=draft) == ()


PAGE: list[Case] = [
    ({"page": section(width=215.9, height=279.4)}, "page.size", ERROR),
    ({"page": section(left=25)}, "page.margin.left", ERROR),
    ({"page": section(right=25.4)}, "page.margin.right", ERROR),
    ({"page": section(top=15)}, "page.margin.top", ERROR),
    ({"page": section(bottom=30)}, "page.margin.bottom", ERROR),
    ({"page": section(width=297, height=210, left=30, right=20)}, "page.orientation", ERROR),
    ({"settings": "<w:mirrorMargins/>"}, "page.margin.mirror", WARNING),
    ({"header": "<w:p/>"}, "page.number", ERROR),
    ({"page": section(more="")}, "page.number.first", ERROR),
    ({"page": section(references='<w:footerReference w:type="default" r:id="rIdFooter"/>'), "footer": PAGE_NUMBER},
     "page.number.place", ERROR),
    ({"header": PAGE_NUMBER.replace('w:val="center"', 'w:val="right"')}, "page.number.alignment", ERROR),
    ({"header": PAGE_NUMBER.replace("<w:r><w:t>2", '<w:r><w:rPr><w:sz w:val="22"/></w:rPr><w:t>2')},
     "page.number.size", ERROR),
    ({"header": PAGE_NUMBER.replace("<w:r><w:t>2", "<w:r><w:rPr><w:i/></w:rPr><w:t>2")}, "page.number.italic", ERROR),
    ({"page": section(more='<w:titlePg/><w:pgNumType w:fmt="upperRoman"/>')}, "page.number.format", ERROR),
    ({"page": section(more='<w:titlePg/><w:pgNumType w:start="3"/>')}, "page.number.start", ERROR),
    ({"settings": "<w:evenAndOddHeaders/>"}, "page.number.even", ERROR),
]  # fmt: skip

HEAD: list[Case] = [
    ({"national": None}, "national.name", ERROR),
    ({"national": "CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM!"}, "national.name", ERROR),
    ({"national": "CỘNG HÒA XÃ HỘI CHŨ NGHĨA VIỆT NAM"}, "national.name", ERROR),
    ({"national": "Cộng hòa xã hội chủ nghĩa Việt Nam"}, "national.name", ERROR),
    ({"national": replace(NATIONAL, bold=False)}, "national.name.bold", ERROR),
    ({"national": replace(NATIONAL, italic=True)}, "national.name.italic", ERROR),
    ({"national": replace(NATIONAL, size=14)}, "national.name.size", ERROR),
    ({"motto": None}, "motto", ERROR),
    ({"motto": "Độc Lập - Tự Do - Hạnh Phúc"}, "motto", ERROR),
    ({"motto": "Độc lập – Tự do – Hạnh phúc"}, "motto.hyphen", WARNING),
    ({"motto": "Độc lập-Tự do-Hạnh phúc"}, "motto.hyphen", WARNING),
    ({"motto": replace(MOTTO, bold=False)}, "motto.bold", ERROR),
    ({"motto": replace(MOTTO, size=12, rule=150)}, "motto.size", ERROR),
    ({"motto": replace(MOTTO, rule=0)}, "motto.rule", ERROR),
    ({"motto": replace(MOTTO, rule=40)}, "motto.rule.length", ERROR),
    ({"issuer": ()}, "issuing.agency", ERROR),
    ({"issuer": (replace(ISSUER[0], bold=False), ISSUER[1])}, "issuing.agency.bold", ERROR),
    ({"issuer": (ISSUER[0], replace(ISSUER[1], text="Xã Bình An"))}, "issuing.agency.capitals", ERROR),
    ({"issuer": (ISSUER[0], replace(ISSUER[1], size=14))}, "issuing.agency.size", ERROR),
    ({"issuer": (ISSUER[0], replace(ISSUER[1], rule=0))}, "issuing.rule", ERROR),
    ({"issuer": (ISSUER[0], replace(ISSUER[1], rule=300))}, "issuing.rule.length", ERROR),
    ({"issuer": (ISSUER[0], replace(ISSUER[1], align="left"))}, "issuing.agency.alignment", ERROR),
    ({"issuer": (Text("UBND XÃ BÌNH AN", size=13, bold=True, rule=45),)}, "issuing.agency.name", WARNING),
    ({"superior": (Text("UBND HUYỆN BẮC BÌNH", size=13),)}, "superior.agency", ERROR),
]

NUMBERS: list[Case] = [
    ({"number": None}, "number", ERROR),
    ({"number": "Số: 5/KH-UBND"}, "number.padding", WARNING),
    ({"number": "Số: 0134/KH-UBND"}, "number.padding", WARNING),
    ({"number": "Số:05/KH-UBND"}, "number.spacing", WARNING),
    ({"number": "Số: 132-KH/UBND"}, "number.format", WARNING),
    ({"number": "Số: 05/2023/KH-UBND"}, "number.format", WARNING),
    ({"number": "Số 05/KH-UBND"}, "number.format", ERROR),
    ({"number": "SỐ: 05/KH-UBND"}, "number.format", ERROR),
    ({"number": "Số: 05 /KH-UBND"}, "number.symbol", ERROR),
    ({"number": "Số: 05/KH - UBND"}, "number.symbol", ERROR),
    ({"number": "Số: 05/KH–UBND"}, "number.symbol", ERROR),
    ({"number": "Số: 05/kh-ubnd"}, "number.symbol", ERROR),
    ({"number": "Số: 05/BC-UBND"}, "number.type", ERROR),
    ({"number": "Số:    /KH-UBND"}, "number.open", ERROR),
    ({"number": replace(NUMBER, size=14)}, "number.size", ERROR),
    ({"number": replace(NUMBER, bold=True)}, "number.bold", ERROR),
    ({"number": replace(NUMBER, italic=True)}, "number.italic", ERROR),
    ({"date": None}, "date", ERROR),
    ({"date": "Bình An, ngày 5 tháng 01 năm 2023"}, "date.padding", WARNING),
    ({"date": "Bình An, ngày 05 tháng 1 năm 2023"}, "date.padding", WARNING),
    ({"date": "Bình An, ngày 05 tháng 03 năm 2023"}, "date.padding", WARNING),
    ({"date": "Bình An, ngày 05/01/2023"}, "date.format", ERROR),
    ({"date": "Bình An ngày 05 tháng 01 năm 2023"}, "date.format", ERROR),
    ({"date": "Bình An, ngày 30 tháng 02 năm 2023"}, "date.format", ERROR),
    ({"date": "Bình An, ngày    tháng    năm 2023"}, "date.open", ERROR),
    ({"date": "bình an, ngày 05 tháng 01 năm 2023"}, "date.place", ERROR),
    ({"date": "TP. Phan Thiết, ngày 05 tháng 01 năm 2023"}, "date.place", WARNING),
    ({"date": replace(DATE, italic=False)}, "date.italic", ERROR),
    ({"date": replace(DATE, size=12)}, "date.size", ERROR),
]

TITLE: list[Case] = [
    ({"name": replace(NAME, bold=False)}, "type.name.bold", ERROR),
    ({"name": replace(NAME, size=16)}, "type.name.size", ERROR),
    ({"name": replace(NAME, align="left")}, "type.name.alignment", ERROR),
    ({"name": "Kế hoạch"}, "type.name.capitals", ERROR),
    ({"name": "KẾ HOẠCH THÔNG TIN NĂM 2023", "abstract": ()}, "type.name.line", ERROR),
    ({"abstract": ()}, "abstract", ERROR),
    ({"abstract": (replace(ABSTRACT[0], bold=False),)}, "abstract.bold", ERROR),
    ({"abstract": (replace(ABSTRACT[0], size=12),)}, "abstract.size", ERROR),
    ({"abstract": (replace(ABSTRACT[0], text="TUYÊN TRUYỀN CẢI CÁCH HÀNH CHÍNH"),)}, "abstract.capitals", ERROR),
    ({"abstract": (replace(ABSTRACT[0], rule=0),)}, "abstract.rule", ERROR),
    ({"abstract": (replace(ABSTRACT[0], rule=400),)}, "abstract.rule.length", ERROR),
    ({"addressee": (Text("Kính gửi: Các thôn", size=14),)}, "addressee.kind", WARNING),
]

BASES: list[Case] = [
    ({"bases": (replace(forms.BASES[0], italic=False), forms.BASES[1])}, "legal.bases.italic", ERROR),
    ({"bases": (replace(forms.BASES[0], size=12), forms.BASES[1])}, "legal.bases.size", ERROR),
    ({"bases": (basis("Căn cứ Luật Tổ chức chính quyền địa phương;"), basis("Căn cứ Kế hoạch số 36/KH-UBND;"))},
     "legal.bases.ending", ERROR),
    ({"bases": (basis("Căn cứ Luật Tổ chức chính quyền địa phương,"), forms.BASES[1])}, "legal.bases.ending", ERROR),
]  # fmt: skip


def body(index: int, **changes: Any) -> dict[str, Any]:
    """The plan's text with one paragraph changed."""
    return {"body": (*BODY[:index], replace(BODY[index], **changes), *BODY[index + 1 :])}


TEXT: list[Case] = [
    (body(3, size=12), "body.size", ERROR),
    (body(3, align="left"), "body.alignment", ERROR),
    (body(3, align="center"), "body.alignment", ERROR),
    (body(3, first_cm=0), "body.indent", ERROR),
    (body(3, first_cm=2), "body.indent", ERROR),
    (body(3, after=0), "body.spacing", ERROR),
    (body(3, line=480), "body.line_spacing", ERROR),
    (body(3, line=200), "body.line_spacing", ERROR),
    (body(3, italic=True), "body.italic", ERROR),
    (body(-1 % len(BODY), text="Trên đây là Kế hoạch của Ủy ban nhân dân xã Bình An."), "body.end", WARNING),
    (body(1, text="I. Mục đích, yêu cầu"), "heading.capitals", ERROR),
    (body(1, bold=False), "heading.bold", ERROR),
    (body(2, bold=False), "heading.bold", WARNING),
    (body(7, text="e) Nhân rộng mô hình mới, cách làm hay ở các thôn trên địa bàn xã Bình An trong năm 2023."),
     "heading.ordinal", ERROR),
    (body(4, text="c) Cung cấp thông tin kịp thời, chính xác cho Nhân dân trên địa bàn xã Bình An năm 2023."),
     "heading.ordinal", ERROR),
    (body(11, text="III. TỔ CHỨC THỰC HIỆN"), "heading.ordinal", WARNING),
    (body(1, text="I- MỤC ĐÍCH, YÊU CẦU"), "heading.dot", ERROR),
    (body(10, text="Uỷ ban nhân dân xã thực hiện nội dung tuyên truyền theo Kế hoạch của tỉnh và của huyện."),
     "spelling.tone", WARNING),
    (body(10, text="Báo cáo hàng quý và hằng năm về Ủy ban nhân dân huyện Bắc Bình theo Kế hoạch của huyện."),
     "spelling.every", WARNING),
    (body(3, font="Arial"), "font.family", ERROR),
    (body(3, colour="FF0000"), "font.colour", ERROR),
    (body(3, colour="1A1A1A"), "font.colour", WARNING),
    (body(3, font=".VnTime"), "font.encoding", ERROR),
]  # fmt: skip

FOOT: list[Case] = [
    ({"authority": (), "signer": None}, "signature", ERROR),
    ({"authority": AUTHORITY[:1]}, "signature.office", ERROR),
    ({"authority": AUTHORITY[1:]}, "signature.authority", WARNING),
    ({"authority": (AUTHORITY[0], replace(AUTHORITY[1], text="KT. CHỦ TỊCH"))}, "signature.office", ERROR),
    ({"authority": (replace(AUTHORITY[0], text="T/M ỦY BAN NHÂN DÂN"), AUTHORITY[1])}, "signature.authority", ERROR),
    ({"authority": (replace(AUTHORITY[0], text="TM.ỦY BAN NHÂN DÂN"), AUTHORITY[1])}, "signature.authority", ERROR),
    ({"authority": (replace(AUTHORITY[0], text="TM. UBND XÃ"), AUTHORITY[1])}, "signature.authority", WARNING),
    ({"authority": (replace(AUTHORITY[0], bold=False), AUTHORITY[1])}, "signature.bold", ERROR),
    ({"authority": (AUTHORITY[0], replace(AUTHORITY[1], text="Chủ tịch"))}, "signature.capitals", ERROR),
    ({"authority": (AUTHORITY[0], replace(AUTHORITY[1], size=12))}, "signature.size", ERROR),
    ({"signer": None}, "signature.name", ERROR),
    ({"signer": "ThS. Nguyễn Văn An"}, "signature.name", ERROR),
    ({"signer": "NGUYỄN VĂN AN"}, "signature.name.capitals", ERROR),
    ({"signer": replace(SIGNER, bold=False)}, "signature.name.bold", ERROR),
    ({"recipients_title": None, "recipients": ()}, "recipients.title", ERROR),
    ({"recipients_title": replace(RECIPIENTS_TITLE, size=14)}, "recipients.title.size", ERROR),
    ({"recipients_title": replace(RECIPIENTS_TITLE, bold=False)}, "recipients.title.bold", ERROR),
    ({"recipients_title": replace(RECIPIENTS_TITLE, italic=False)}, "recipients.title.italic", ERROR),
    ({"recipients_title": replace(RECIPIENTS_TITLE, underline=True)}, "recipients.title.underline", WARNING),
    ({"recipients": (replace(RECIPIENTS[0], size=12), *RECIPIENTS[1:])}, "recipients.list.size", ERROR),
    ({"recipients": (item("- UBND huyện Bắc Bình"), *RECIPIENTS[1:])}, "recipients.list", ERROR),
    ({"recipients": (item("UBND huyện Bắc Bình;"), *RECIPIENTS[1:])}, "recipients.list", ERROR),
    ({"recipients": RECIPIENTS[:2]}, "recipients.archive", ERROR),
    ({"recipients": (*RECIPIENTS[:2], item("- Lưu: VT"))}, "recipients.archive", WARNING),
    ({"recipients": (*RECIPIENTS[:2], item("- Lưu VT, VHXH."))}, "recipients.archive", WARNING),
]


@pytest.mark.parametrize(("changes", "rule", "severity"), [*PAGE, *HEAD, *NUMBERS, *TITLE, *BASES, *TEXT, *FOOT])
def test_one_departure_of_a_plan_is_one_finding(changes: dict[str, Any], rule: str, severity: str) -> None:
    finding = expect(good_plan, changes, rule, severity)
    assert finding.found
    assert finding.expected
    assert finding.where
    assert finding.article.startswith(("Nghị định 30/2020/NĐ-CP, Phụ lục I", "Thông lệ"))


LETTER: list[Case] = [
    ({"addressee": ()}, "addressee.missing", ERROR),
    ({"subject": ()}, "abstract.subject", ERROR),
    ({"subject": (Text("V/v đôn đốc gửi báo cáo", size=14),)}, "abstract.subject.size", ERROR),
    ({"subject": (Text("V/v đôn đốc gửi báo cáo", size=12, italic=True),)}, "abstract.subject.italic", ERROR),
    ({"subject": (Text("Về việc đôn đốc gửi báo cáo", size=12),)}, "abstract.subject", WARNING),
    ({"number": "Số: 05/BC-SNV"}, "number.type", ERROR),
    ({"superior": ()}, "superior.agency", ERROR),
    ({"superior": (Text("UBND TỈNH BÌNH THUẬN", size=13, bold=True),)}, "superior.agency.bold", ERROR),
    ({"addressee": (Text("Kính gửi:", size=14), Text("- Xã Bình An", size=14), Text("- Xã Phan Hòa.", size=14))},
     "addressee.list", ERROR),
    ({"addressee": (Text("Kính gửi: Ủy ban nhân dân xã Bình An", size=14, bold=True),)}, "addressee.bold", ERROR),
    ({"addressee": (Text("Kính gửi: Ủy ban nhân dân xã Bình An", size=12),)}, "addressee.size", ERROR),
    ({"addressee": (Text("Kính gửi Ủy ban nhân dân xã Bình An", size=14),)}, "addressee.colon", ERROR),
    ({"recipients": RECIPIENTS}, "recipients.as_above", WARNING),
]  # fmt: skip


@pytest.mark.parametrize(("changes", "rule", "severity"), LETTER)
def test_one_departure_of_an_official_letter_is_one_finding(changes: dict[str, Any], rule: str, severity: str) -> None:
    expect(good_letter, changes, rule, severity)


def test_a_report_without_an_addressee_is_a_warning_for_it_may_be_sent_to_equals() -> None:
    expect(good_report, {"addressee": ()}, "addressee.missing", WARNING)


def test_an_article_needs_a_bold_label_and_a_dot() -> None:
    plain = prose("Điều 1. Ban hành kèm theo Quyết định này Kế hoạch cải cách hành chính năm 2023.")
    last = prose("Quyết định này có hiệu lực từ ngày ký; các thôn chịu trách nhiệm thi hành Quyết định này./.")
    expect(good_decision, {"body": (plain, last)}, "heading.bold", ERROR)


def annexes(*heads: Text) -> dict[str, Any]:
    """One annex with these lines at its head, in a section of its own."""
    return {"annexes": heads}


ANNEX: list[Case] = [
    (annexes(replace(forms.ANNEX[0], text="PHỤ LỤC I"), *forms.ANNEX[1:]), "annex.heading.capitals", ERROR),
    (annexes(replace(forms.ANNEX[0], text="Phụ lục 1"), *forms.ANNEX[1:]), "annex.number", ERROR),
    (annexes(replace(forms.ANNEX[0], size=13), *forms.ANNEX[1:]), "annex.heading.size", ERROR),
    (annexes(forms.ANNEX[0], replace(forms.ANNEX[1], text="Danh mục nhiệm vụ"), *forms.ANNEX[2:]),
     "annex.title.capitals", ERROR),
    (annexes(*forms.ANNEX[:2]), "annex.attachment", ERROR),
    (annexes(*forms.ANNEX[:2], replace(forms.ANNEX[2], italic=False), replace(forms.ANNEX[3], italic=False)),
     "annex.attachment.italic", ERROR),
    ({"body": BODY}, "annex.reference", ERROR),
    ({"page": section()}, "annex.page_number", WARNING),
    ({"annexes": (*forms.ANNEX, Text("", after=0), Text("Phụ lục", size=14, bold=True), *forms.ANNEX[1:])},
     "annex.number", ERROR),
]  # fmt: skip


@pytest.mark.parametrize(("changes", "rule", "severity"), ANNEX)
def test_one_departure_of_an_annex_is_one_finding(changes: dict[str, Any], rule: str, severity: str) -> None:
    expect(good_annexed_plan, changes, rule, severity)


def test_a_draft_may_leave_number_date_and_signer_open() -> None:
    changes = {"number": "Số:    /KH-UBND", "date": "Bình An, ngày    tháng    năm 2023", "signer": None}
    assert rules(check_form(good_plan(**changes))) == {
        "number.open": ERROR, "date.open": ERROR, "signature.name": ERROR
    }  # fmt: skip
    assert check_form(good_plan(**changes), draft=True) == ()


@pytest.mark.parametrize("number", ["Số: ……/KH-UBND", "Số: ..../KH-UBND", "Số:\t/KH-UBND", "Số: /KH-UBND"])
def test_a_draft_may_leave_the_number_open_in_any_way(number: str) -> None:
    assert check_form(good_plan(number=number), draft=True) == ()


def test_a_draft_is_still_held_to_the_rest_of_the_form() -> None:
    findings = check_form(good_plan(number="Số:    /BC-UBND", motto=replace(MOTTO, bold=False)), draft=True)
    assert rules(findings) == {"motto.bold": ERROR, "number.type": ERROR}


@pytest.mark.parametrize("name", ["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM"])
def test_both_spellings_that_the_decree_prints_are_right(name: str) -> None:
    assert check_form(good_plan(national=name)) == ()


def test_a_name_that_takes_two_lines_is_still_read_whole() -> None:
    assert check_form(good_plan(national="CỘNG HÒA XÃ HỘI\nCHỦ NGHĨA VIỆT NAM")) == ()


@pytest.mark.parametrize(
    "motto",
    [
        replace(MOTTO, rule=0, underline=True),
        replace(MOTTO, rule=0, xml=MOTTO.runs().partition("<w:r><mc:")[0] + drawn(178, old=True)),
        replace(MOTTO, rule=0, properties='<w:pBdr><w:bottom w:val="single" w:sz="4"/></w:pBdr>'),
        replace(MOTTO, rule=0, text=MOTTO.text + "\n" + "_" * 26),
    ],
    ids=["underline", "vml", "border", "underscores"],
)
def test_a_line_may_be_drawn_in_any_way(motto: Text) -> None:
    assert check_form(good_plan(motto=motto)) == ()


def test_text_split_over_runs_and_revised_is_read_as_it_stands() -> None:
    runs = (
        '<w:r><w:rPr><w:sz w:val="26"/></w:rPr><w:t>Số</w:t></w:r>'
        '<w:ins w:id="1"><w:r><w:rPr><w:sz w:val="26"/></w:rPr><w:t xml:space="preserve">: 0</w:t></w:r></w:ins>'
        '<w:del w:id="2"><w:r><w:delText>99</w:delText></w:r></w:del>'
        '<w:r><w:rPr><w:sz w:val="26"/></w:rPr><w:t>5/KH-UBND</w:t></w:r>'
    )
    assert check_form(good_plan(number=replace(NUMBER, xml=runs))) == ()


def test_a_head_laid_out_with_tabs_is_found_too() -> None:
    def line(left: Text, right: Text, **changes: Any) -> str:
        runs = replace(left, rule=0).runs() + "<w:r><w:tab/></w:r>" + replace(right, rule=0).runs()
        return str(replace(Text("", align="left"), xml=runs, **changes))

    rule = str(Text("", xml=drawn(60) + drawn(178)))
    head = "".join((line(ISSUER[0], NATIONAL), line(ISSUER[1], MOTTO), rule, line(NUMBER, DATE)))
    assert check_form(good_plan(head=head)) == ()


def test_a_foot_laid_out_with_tabs_is_found_too() -> None:
    first = replace(RECIPIENTS_TITLE, xml=RECIPIENTS_TITLE.runs() + "<w:r><w:tab/></w:r>" + AUTHORITY[0].runs())
    second = replace(RECIPIENTS[0], xml=RECIPIENTS[0].runs() + "<w:r><w:tab/></w:r>" + AUTHORITY[1].runs())
    third = replace(RECIPIENTS[2], xml=RECIPIENTS[2].runs() + "<w:r><w:tab/></w:r>" + SIGNER.runs())
    assert check_form(good_plan(foot="".join(map(str, (first, second, third))))) == ()


def test_a_head_may_be_one_row_with_all_lines_in_a_cell() -> None:
    assert check_form(good_plan(head=table([[[*ISSUER, NUMBER], [NATIONAL, MOTTO, DATE]]]))) == ()


def test_a_head_may_be_one_paragraph_a_cell_broken_into_lines() -> None:
    left = replace(ISSUER[0], text="ỦY BAN NHÂN DÂN\nXÃ BÌNH AN", rule=60)
    right = replace(NATIONAL, xml=NATIONAL.runs() + "<w:r><w:br/></w:r>" + MOTTO.runs())
    assert check_form(good_plan(head=table([[[left], [right]], [[NUMBER], [DATE]]]))) == ()


def test_a_foot_may_be_one_paragraph_a_cell_broken_into_lines() -> None:
    left = replace(RECIPIENTS_TITLE, xml="<w:r><w:br/></w:r>".join(t.runs() for t in (RECIPIENTS_TITLE, *RECIPIENTS)))
    right = replace(SIGNER, xml="<w:r><w:br/></w:r>".join(t.runs() for t in (*AUTHORITY, Text(""), SIGNER)))
    assert check_form(good_plan(foot=table([[[left], [right]]]))) == ()


def test_an_empty_column_beside_head_or_foot_changes_nothing() -> None:
    head = table([[[], list(ISSUER), [NATIONAL, MOTTO]], [[], [NUMBER], [DATE]]])
    foot = table([[[], [RECIPIENTS_TITLE, *RECIPIENTS], [], [*AUTHORITY, Text(""), SIGNER]]])
    assert check_form(good_plan(head=head, foot=foot)) == ()


def test_a_mark_of_a_draft_at_the_head_is_no_agency() -> None:
    left = [*ISSUER, Text("DỰ THẢO", size=14, bold=True)]
    assert check_form(good_plan(head=table([[left, [NATIONAL, MOTTO]], [[NUMBER], [DATE]]]))) == ()


@pytest.mark.parametrize(
    "text", ["Thực hiện công tác cải cách hành chính năm 2023", "Kiểm tra công vụ\ntrên địa bàn xã Bình An năm 2023"]
)
def test_an_abstract_may_begin_like_the_text_and_take_two_lines(text: str) -> None:
    assert check_form(good_plan(abstract=(replace(ABSTRACT[0], text=text, rule=100),))) == ()


@pytest.mark.parametrize("name", ["Vũ Trường Giang", "K' Brêm", "Hoàng Thị A", "Y Thanh Hà Niê Kđăm", "Lò Văn Ếng"])
def test_a_name_is_no_office_however_it_sounds(name: str) -> None:
    assert check_form(good_plan(signer=name)) == ()


def test_what_is_issued_with_a_decision_bears_no_number_date_nor_signature() -> None:
    head = table([[list(ISSUER), [NATIONAL, MOTTO]]])
    reference = Text("(Kèm theo Quyết định số 12/QĐ-UBND ngày 05 tháng 01 năm 2023)", size=14, italic=True)
    assert check_form(good_plan(head=head, foot="", abstract=(*ABSTRACT, reference), bases=())) == ()


def test_a_sentence_that_begins_with_its_basis_is_no_basis() -> None:
    opening = prose("Căn cứ Kế hoạch số 36/KH-UBND của tỉnh, Ủy ban nhân dân xã Bình An ban hành Kế hoạch năm 2023.")
    assert check_form(good_plan(bases=(), body=(opening, *BODY[1:]))) == ()


def test_the_number_may_stand_in_a_frame_a_control_or_a_text_box() -> None:
    frame = PAGE_NUMBER.replace('<w:jc w:val="center"/>', '<w:framePr w:wrap="around" w:xAlign="center"/>')
    control = f"<w:sdt><w:sdtContent>{PAGE_NUMBER}</w:sdtContent></w:sdt>"
    plain = PAGE_NUMBER.replace('<w:jc w:val="center"/>', "")
    shape = f"<v:shape><v:textbox><w:txbxContent>{plain}</w:txbxContent></v:textbox></v:shape>"
    box = f"<w:p><w:r><w:pict>{shape}</w:pict></w:r></w:p>"
    simple = '<w:p><w:pPr><w:jc w:val="center"/></w:pPr><w:fldSimple w:instr="PAGE \\* MERGEFORMAT"/></w:p>'
    for header in (frame, control, box, simple):
        assert check_form(good_plan(header=header)) == ()


def test_the_national_name_alone_across_the_page_is_out_of_place() -> None:
    head = "".join(map(str, (NATIONAL, MOTTO, *ISSUER, NUMBER, DATE)))
    assert "national.name.place" in rules(check_form(good_plan(head=head)))


def test_an_article_of_the_decree_is_cited_with_what_was_found() -> None:
    finding = expect(good_plan, {"date": "Bình An, ngày 5 tháng 01 năm 2023"}, "date.padding", WARNING)
    assert finding == Finding(
        rule="date.padding",
        severity=WARNING,
        found="ngày 5",
        expected="ngày 05",
        where="bảng đầu, hàng 2, ô 2, đoạn 1",
        article="Nghị định 30/2020/NĐ-CP, Phụ lục I, Phần I, mục II, khoản 4, điểm b",
    )


def test_the_same_departure_in_many_places_is_one_finding_that_counts_them() -> None:
    small = tuple(replace(paragraph, size=12) for paragraph in BODY)
    finding = expect(good_plan, {"body": small}, "body.size", ERROR)
    assert finding.where.endswith(f"và {len(BODY) - 3} chỗ khác")


ARIAL_NORMAL = FORM_STYLES.replace(
    '<w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:cs="Times New Roman"/>', ""
)


def test_a_font_that_comes_from_the_theme_alone_is_seen() -> None:
    assert check_form(good_plan(styles=ARIAL_NORMAL)) == ()
    finding = expect(good_plan, {"styles": ARIAL_NORMAL, "minor_font": "Arial"}, "font.family", ERROR)
    assert finding.found == "phông Arial"


def test_a_size_that_comes_from_the_defaults_alone_is_seen() -> None:
    unsized = FORM_STYLES.replace('<w:sz w:val="28"/></w:rPr>\n</w:style>', "</w:rPr></w:style>")
    small = tuple(replace(paragraph, size=None) for paragraph in BODY)
    assert rules(check_form(good_plan(styles=unsized, body=small))) == {"body.size": ERROR, "page.number.size": ERROR}


def test_automatic_letters_that_pass_over_d_with_stroke_are_out_of_order() -> None:
    numbering = (
        '<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/>'
        '<w:lvlText w:val="%1)"/><w:pPr><w:ind w:left="0" w:firstLine="720"/></w:pPr></w:lvl></w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    )
    listed = tuple(
        replace(
            paragraph,
            text=paragraph.text[3:],
            first_cm=0,
            properties='<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>',
        )
        for paragraph in BODY[3:9]
    )
    finding = expect(
        good_plan, {"body": (*BODY[:3], *listed, *BODY[9:]), "numbering": numbering}, "heading.ordinal", ERROR
    )
    assert finding.found == "e)"
    assert finding.expected.startswith("đ)")


def test_the_inside_of_a_table_is_not_held_to_the_rules_of_the_text() -> None:
    rows = table([[[Text("STT", size=12)], [Text("Nhiệm vụ", size=12, align="left")]]] * 3)
    assert check_form(good_plan(body=(*BODY[:10], rows, *BODY[10:]))) == ()


def test_a_text_across_the_sheet_may_stand_where_it_holds_tables() -> None:
    rows = table([[[Text("STT", size=12)], [Text("Nhiệm vụ", size=12)]]])
    page = section(width=297, height=210, left=30, right=20)
    assert rules(check_form(good_plan(page=page, body=(*BODY[:10], rows, *BODY[10:])))) == {"page.orientation": WARNING}


def test_headings_need_not_be_justified_for_they_end_before_the_margin() -> None:
    assert check_form(good_plan(**body(1, align="left"))) == ()


def test_a_tab_may_stand_for_the_indent() -> None:
    assert check_form(good_plan(**body(3, first_cm=0, text="\t" + BODY[3].text))) == ()


def test_one_page_without_a_number_is_a_warning() -> None:
    assert rules(check_form(good_plan(header="<w:p/>", body=BODY[-1:]))) == {"page.number": WARNING}


def test_a_strict_file_is_read_like_any_other() -> None:
    body_xml = str(prose("Nội dung")) + f"<w:sectPr>{section(left=10)}</w:sectPr>"
    strict, usual = (check_form(forms.package(body_xml, strict=strict)) for strict in (True, False))
    assert strict == usual
    assert "page.margin.left" in rules(strict)


def test_twenty_pages_take_less_than_a_tenth_of_a_second() -> None:
    data = good_plan(body=(BODY[0], *(prose(paragraph.text[3:]) for paragraph in BODY[3:9] * 15), BODY[-1]))
    check_form(data)
    begun = time.process_time()
    check_form(data)
    assert time.process_time() - begun < 0.1


def test_bytes_that_are_no_word_document_are_refused() -> None:
    with pytest.raises(BadDocument):
        check_form(b"%PDF-1.7")


def test_every_rule_that_is_found_belongs_to_a_registered_one() -> None:
    cases = [*PAGE, *HEAD, *NUMBERS, *TITLE, *BASES, *TEXT, *FOOT, *LETTER, *ANNEX]
    for _, rule, _ in cases:
        assert any(rule == known or rule.startswith(known + ".") for known in RULES)
    unproven = {
        known for known in RULES if not any(rule == known or rule.startswith(known + ".") for _, rule, _ in cases)
    }
    assert unproven == set()
