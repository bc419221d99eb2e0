"""Templates are compiled once and filled safely: strict names, sandbox, same bytes, sound zips."""

from __future__ import annotations

import io
import re
import zipfile
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import docx
import pytest
from lxml import etree
from tests.documents.draft_samples import sub_plan
from tests.documents.word_samples import p, template, text_of, with_members

from plan_lifecycle.documents.render import TemplateError, compile_template, render_sub_plan


@dataclass(frozen=True)
class _Row:
    a: str


def test_it_fills_a_value(tmp_path: Path) -> None:
    path = template(tmp_path, p("Kính gửi: {{ name }}."))
    assert text_of(compile_template(path).render({"name": "UBND xã Bình An & <các thôn>"})) == (
        "Kính gửi: UBND xã Bình An & <các thôn>."
    )


def test_it_tells_which_variables_a_template_needs(tmp_path: Path) -> None:
    path = template(tmp_path, p("{% for row in rows %}{{ row.a }}{% endfor %}{% set x = y %}{{ x }}"))
    assert compile_template(path).variables == {"rows", "y", "title"}


def test_a_missing_variable_is_an_error_that_names_template_and_variable(tmp_path: Path) -> None:
    path = template(tmp_path, p("{% if no %}{{ deep_inside }}{% endif %}"), name="de-cuong.docx")
    with pytest.raises(TemplateError, match=r"template de-cuong\.docx: no value for deep_inside") as caught:
        compile_template(path).render({"no": False})
    assert (caught.value.template, caught.value.variable) == ("de-cuong.docx", "deep_inside")
    assert "de-cuong.docx" in caught.value.for_user
    assert "thông tin chưa có trong dữ liệu: deep_inside" in caught.value.for_user


@pytest.mark.parametrize("row", [{"b": "x"}, _Row("x")])
def test_a_missing_field_is_named_with_the_value_it_was_sought_in(tmp_path: Path, row: object) -> None:
    path = template(tmp_path, p("{% for row in rows %}{{ row.content }}{% endfor %}"))
    with pytest.raises(TemplateError) as caught:
        compile_template(path).render({"rows": [row]})
    assert caught.value.variable == "row.content"


@pytest.mark.parametrize("tag", ["{% if gone is defined %}x{% endif %}", "{{ gone|default('x') }}"])
def test_a_variable_that_the_template_can_do_without_may_be_missing(tmp_path: Path, tag: str) -> None:
    compile_template(template(tmp_path, p(tag))).render({})


@pytest.mark.parametrize(
    "tag",
    [
        "{{ ''.__class__.__mro__ }}",
        "{{ row.__init__.__globals__ }}",
        "{{ row['__class__'] }}",
        "{{ rows.append(1) }}",
        "{{ '{0.__class__}'.format(row) }}",
        "{{ row|attr('__class__') }}",
        "{{ cycler.__init__ }}",
        "{% for i in range(999999999) %}x{% endfor %}",
        "{% include '/etc/passwd' %}",
        "{% import 'os' as os %}",
        "{{ 1 // 0 }}",
        "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}",
    ],
)
def test_a_template_cannot_leave_its_sandbox(tmp_path: Path, tag: str) -> None:
    rows: list[int] = []
    with pytest.raises(TemplateError):
        compile_template(template(tmp_path, p(tag))).render({"row": _Row("x"), "rows": rows})
    assert rows == []


def test_a_broken_tag_is_an_error_that_shows_where(tmp_path: Path) -> None:
    path = template(tmp_path, p("Danh sách {% for row in rows %}"), name="hong.docx")
    with pytest.raises(TemplateError, match=r"hong\.docx.*Danh sách"):
        compile_template(path)


@pytest.mark.parametrize("content", [b"", b"no zip", b"PK\x03\x04 cut off"])
def test_a_file_that_is_no_word_document_is_an_error_that_names_it(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "khong-phai.docx"
    path.write_bytes(content)
    with pytest.raises(TemplateError, match=r"khong-phai\.docx"):
        compile_template(path)


def test_a_template_that_is_not_there_is_an_error_that_names_it(tmp_path: Path) -> None:
    with pytest.raises(TemplateError, match=r"thieu\.docx"):
        compile_template(tmp_path / "thieu.docx")


def test_a_zip_that_is_no_word_document_is_an_error(tmp_path: Path) -> None:
    path = tmp_path / "bang.docx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a.txt", "x")
    with pytest.raises(TemplateError, match=r"bang\.docx"):
        compile_template(path)


def test_a_template_that_declares_entities_is_refused(tmp_path: Path) -> None:
    header = (
        '<!DOCTYPE w:hdr [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
        '<w:hdr xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:p/></w:hdr>'
    )
    with pytest.raises(TemplateError, match="entities"):
        compile_template(template(tmp_path, p("a"), extra={"word/header1.xml": header}))


def test_a_template_is_compiled_once_for_each_content(tmp_path: Path) -> None:
    path = template(tmp_path, p("một {{ x }}"))
    first = compile_template(path)
    assert compile_template(path) is first
    template(tmp_path, p("hai {{ x }}"))
    assert text_of(compile_template(path).render({"x": "a"})) == "hai a"


def test_the_same_inputs_give_the_same_bytes(tmp_path: Path) -> None:
    path = template(tmp_path, p("{{ x }}"))
    assert compile_template(path).render({"x": "a"}) == compile_template(path).render({"x": "a"})
    assert render_sub_plan(sub_plan()) == render_sub_plan(sub_plan())


def test_threads_fill_one_template_without_mixing_data(tmp_path: Path) -> None:
    compiled = compile_template(template(tmp_path, p("{% for i in range(200) %}{{ x }}{% endfor %}")))
    with ThreadPoolExecutor(8) as pool:
        results = list(pool.map(lambda i: text_of(compiled.render({"x": str(i)})), range(64)))
    assert results == [str(i) * 200 for i in range(64)]


def test_the_zip_is_sound_and_its_time_stamps_are_fixed() -> None:
    with zipfile.ZipFile(io.BytesIO(render_sub_plan(sub_plan()))) as archive:
        assert archive.testzip() is None
        assert archive.namelist()[0] == "[Content_Types].xml"
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_the_title_is_filled_into_the_core_properties(tmp_path: Path) -> None:
    path = template(tmp_path, p("x"))
    done = docx.Document(io.BytesIO(compile_template(path).render({"title": "Kế hoạch & báo cáo"})))
    assert done.core_properties.title == "Kế hoạch & báo cáo"


def test_characters_that_xml_cannot_hold_are_left_out(tmp_path: Path) -> None:
    path = template(tmp_path, p("{{ x }}"))
    assert text_of(compile_template(path).render({"x": "a\x00b\x0bc\ud800d\ufffee\x1f"})) == "abcde"


def test_windows_line_ends_are_line_breaks(tmp_path: Path) -> None:
    path = template(tmp_path, p("{{ x }}"))
    assert re.sub(r"\s*\n\s*", "|", text_of(compile_template(path).render({"x": "a\r\nb"}))) == "a|b"


def test_every_result_is_well_formed_even_where_branches_hold_half_elements(tmp_path: Path) -> None:
    path = template(tmp_path, p("{% if yes %}một"), p("hai{% endif %}"))
    for yes in (True, False):
        with zipfile.ZipFile(io.BytesIO(compile_template(path).render({"yes": yes}))) as archive:
            etree.fromstring(archive.read("word/document.xml"))


def test_members_without_tags_come_through_unchanged(tmp_path: Path) -> None:
    path = template(tmp_path, p("{{ x }}"))
    path.write_bytes(with_members(path.read_bytes(), {"word/media/note.txt": "{{ not a part }}"}))
    with zipfile.ZipFile(io.BytesIO(compile_template(path).render({"x": "a"}))) as archive:
        assert archive.read("word/media/note.txt") == b"{{ not a part }}"
