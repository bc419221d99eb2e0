"""A document in form has no finding; each departure from it has exactly its own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from tests.documents.departures import body, expect, rules
from tests.documents.forms import (
    BODY,
    MOTTO,
    good_annexed_plan,
    good_decision,
    good_letter,
    good_plan,
    good_report,
    prose,
)
from tests.documents.word_xml import FORM_STYLES, Text, package, section, table
from tests.growth import LINEAR, TIMES, growth

from plan_lifecycle.documents.check import ERROR, WARNING, Finding, check_form
from plan_lifecycle.documents.package import BadDocument

BUILDERS = (good_plan, good_report, good_letter, good_decision, good_annexed_plan)


@pytest.mark.parametrize("build", BUILDERS)
@pytest.mark.parametrize("draft", [False, True])
def test_a_document_in_form_has_no_finding(build: Callable[..., bytes], draft: bool) -> None:
    assert check_form(build(), draft=draft) == ()


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
    strict, usual = (check_form(package(body_xml, strict=strict)) for strict in (True, False))
    assert strict == usual
    assert "page.margin.left" in rules(strict)


def test_a_document_of_many_pages_takes_in_proportion_to_them() -> None:
    def pages(count: int) -> bytes:
        return good_plan(body=(BODY[0], *(prose(paragraph.text[3:]) for paragraph in BODY[3:9] * count), BODY[-1]))

    assert growth(check_form, pages(26), pages(26 * TIMES)) < LINEAR


def test_bytes_that_are_no_word_document_are_refused() -> None:
    with pytest.raises(BadDocument):
        check_form(b"%PDF-1.7")
