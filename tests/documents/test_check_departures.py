"""Each departure from the form of a document is one finding, under its own rule: tables of one change each."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from tests.documents import forms
from tests.documents.departures import Case, body, expect
from tests.documents.forms import (
    ABSTRACT,
    AUTHORITY,
    BODY,
    DATE,
    ISSUER,
    MOTTO,
    NAME,
    NATIONAL,
    NUMBER,
    RECIPIENTS,
    RECIPIENTS_TITLE,
    SIGNER,
    basis,
    good_annexed_plan,
    good_decision,
    good_letter,
    good_plan,
    good_report,
    item,
    prose,
)
from tests.documents.word_xml import PAGE_NUMBER, Text, section

from plan_lifecycle.documents.check import ERROR, RULES, WARNING

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
    ({"number": "Số : 05/KH-UBND"}, "number.spacing", WARNING),
    ({"number": "Số: 132-KH/UBND"}, "number.format", WARNING),
    ({"number": "Số: 05/2023/KH-UBND"}, "number.format", WARNING),
    ({"number": "Số 05/KH-UBND"}, "number.format", ERROR),
    ({"number": "SỐ: 05/KH-UBND"}, "number.format", ERROR),
    ({"number": "Số: 05 /KH-UBND"}, "number.symbol", ERROR),
    ({"number": "Số: 05/KH - UBND"}, "number.symbol", ERROR),
    ({"number": "Số: 05/KH–UBND"}, "number.symbol", ERROR),
    ({"number": "Số: 05/kh-ubnd"}, "number.symbol", ERROR),
    ({"number": "Số: 05/KH-Ubnd"}, "number.symbol", ERROR),
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


def test_every_rule_that_is_found_belongs_to_a_registered_one() -> None:
    cases = [*PAGE, *HEAD, *NUMBERS, *TITLE, *BASES, *TEXT, *FOOT, *LETTER, *ANNEX]
    for _, rule, _ in cases:
        assert any(rule == known or rule.startswith(known + ".") for known in RULES)
    unproven = {
        known for known in RULES if not any(rule == known or rule.startswith(known + ".") for _, rule, _ in cases)
    }
    assert unproven == set()
