"""One form, many layouts: tables, tabs, broken lines, drawn or typed rules; all are found."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from tests.documents.departures import rules
from tests.documents.forms import (
    ABSTRACT,
    AUTHORITY,
    BODY,
    DATE,
    ISSUER,
    MOTTO,
    NATIONAL,
    NUMBER,
    RECIPIENTS,
    RECIPIENTS_TITLE,
    SIGNER,
    good_plan,
    prose,
)
from tests.documents.word_xml import PAGE_NUMBER, Text, drawn, table

from plan_lifecycle.documents.check import check_form


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
