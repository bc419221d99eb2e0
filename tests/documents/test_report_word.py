"""What a compiled report's Word file carries: its version's name, and what should not be issued in it."""

from __future__ import annotations

import io
import zipfile

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from plan_lifecycle.documents.errors import BadDocument
from plan_lifecycle.documents.report_word import LeftOver, left_over, origin_name, origin_of, with_origin
from plan_lifecycle.domain.release import ReportKey


def word(edit: str = "", header: str = "") -> bytes:
    document = docx.Document()
    document.add_paragraph("BÁO CÁO")
    if edit:
        document.paragraphs[0]._p.append(parse_xml(f"<w:ins {nsdecls('w')} w:id='1' w:author='a'><w:r/></w:ins>"))
    if header:
        document.sections[0].header.paragraphs[0].text = header
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def test_a_word_file_says_of_which_version_it_is_also_after_it_was_saved_again() -> None:
    name = origin_name(ReportKey("bb", "2023-H1", "cchc"), 2)
    marked = with_origin(word(), name)
    document = docx.Document(io.BytesIO(marked))
    document.add_paragraph("Sửa thêm.")
    saved = io.BytesIO()
    document.save(saved)
    assert (name, origin_of(marked), origin_of(saved.getvalue()), origin_of(word())) == (
        "bb:2023-H1:cchc:2",
        name,
        name,
        None,
    )
    again = with_origin(saved.getvalue(), "bb:2023-H1:3")
    assert origin_of(again) == "bb:2023-H1:3"
    with zipfile.ZipFile(io.BytesIO(again)) as package:
        assert package.namelist().count("docProps/custom.xml") == 1


def test_changes_that_nobody_accepted_and_a_header_that_calls_it_a_draft_are_found() -> None:
    assert left_over(word()) == LeftOver(0, 0, draft_around=False)
    assert left_over(word(edit="x", header="DỰ THẢO LẦN 2")) == LeftOver(1, 0, draft_around=True)


def test_what_is_no_word_file_is_refused() -> None:
    with pytest.raises(BadDocument):
        origin_of(b"PK\x03\x04")
