"""Whatever an accepted package holds, the checker answers: good files are damaged in every way but their XML."""

from __future__ import annotations

import io
import random
import zipfile
from collections.abc import Callable
from copy import deepcopy
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree
from tests.documents.forms import good_annexed_plan, good_decision, good_letter, good_plan, good_report
from tests.documents.word_xml import Text as Paragraph
from tests.documents.word_xml import W, package, table
from tests.growth import LINEAR, TIMES, growth

from plan_lifecycle.documents.check import check_form
from plan_lifecycle.documents.package import BadDocument

GOOD = [build() for build in (good_plan, good_report, good_letter, good_decision, good_annexed_plan)]
VALUES = ["", "0", "-1", "abc", "99999999999999999999", "2.5cm", "nan", "true", "center", "both", "\u00a0", "I", "%9."]


def mutated(data: bytes, chance: random.Random) -> bytes:
    """Remove, repeat, move and rewrite elements and attributes of every part."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(made, "w") as target:
        for name in source.namelist():
            content = source.read(name)
            if name.startswith("word/") and not name.endswith(".rels"):
                root = etree.fromstring(content)
                for _ in range(chance.randint(0, 12)):
                    _change(root, chance)
                content = etree.tostring(root)
            target.writestr(name, content)
    return made.getvalue()


def _change(root: etree._Element, chance: random.Random) -> None:
    elements = list(root.iter())
    element = chance.choice(elements)
    parent = element.getparent()
    match chance.randint(0, 5):
        case 0 if parent is not None:
            parent.remove(element)
        case 1 if parent is not None and len(elements) < 20_000:
            parent.append(deepcopy(element))
        case 2 if element.attrib:
            element.set(chance.choice(list(element.attrib)), chance.choice(VALUES))
        case 3:
            element.text = chance.choice([*VALUES, "Số: /", "Nơi nhận:", "Phụ lục I", "Căn cứ", "TM. "])
        case 4:
            element.tag = chance.choice(elements).tag
        case _ if len(elements) < 20_000:
            chance.choice(elements).append(deepcopy(element))


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.sampled_from(range(len(GOOD))), st.integers(0, 2**32))
def test_it_answers_for_any_change_of_a_good_file(which: int, seed: int) -> None:
    try:
        findings = check_form(mutated(GOOD[which], random.Random(seed)))
    except BadDocument:
        return
    assert all(finding.found and finding.expected and finding.where and finding.article for finding in findings)


@given(st.lists(st.text(max_size=60), max_size=12), st.booleans())
@settings(max_examples=100, deadline=None)
def test_it_answers_for_any_text(texts: list[str], draft: bool) -> None:
    clean = ["".join(sign for sign in text if sign.isprintable()) for text in texts]
    check_form(package("".join(str(Paragraph(text)) for text in clean)), draft=draft)


NESTED = 40


def nested_tables() -> str:
    inside = "<w:p/>"
    for _ in range(NESTED):
        inside = f"<w:tbl><w:tr><w:tc>{inside}<w:p/></w:tc></w:tr></w:tbl>"
    return inside


def nested_boxes() -> str:
    inside = "<w:p/>"
    for _ in range(NESTED // 2):
        box = f"<v:shape><v:textbox><w:txbxContent>{inside}</w:txbxContent></v:textbox></v:shape>"
        inside = f"<w:p><w:r><w:pict>{box}</w:pict></w:r></w:p>"
    return inside


def nested_controls() -> str:
    inside = "<w:r><w:t>Bình An</w:t></w:r>"
    for _ in range(100):
        inside = f"<w:sdt><w:sdtContent>{inside}</w:sdtContent></w:sdt>"
    return f"<w:p>{inside}</w:p>"


@pytest.mark.parametrize("body", [nested_tables, nested_boxes, nested_controls])
def test_deep_nesting_is_read_to_its_bottom(body: Callable[[], str]) -> None:
    assert check_form(package(body()))


def test_a_table_of_every_commune_is_checked_in_a_few_seconds() -> None:
    rows = [[[Paragraph(f"{number}")], [Paragraph("Xã Bình An")]] for number in range(3_321)]
    assert check_form(good_plan(body=(table(rows),))) is not None


HOSTILE = [
    ("Số: ", ".", 20_000, ""),
    ("Bình An, ngày ", " ", 20_000, "tháng"),
    ("", "a", 50_000, ""),
    ("", "- ", 20_000, ""),
    ("", "òa", 20_000, ""),
    ("", "_", 50_000, ""),
]


@pytest.mark.parametrize(("before", "piece", "count", "after"), HOSTILE)
def test_long_lines_take_no_time(before: str, piece: str, count: int, after: str) -> None:
    def lines(often: int) -> bytes:
        return package(str(Paragraph(before + piece * often + after)) * 5)

    assert growth(check_form, lines(count // TIMES), lines(count)) < LINEAR


def test_real_files_of_any_kind_are_answered(samples: Path) -> None:
    answered = 0
    for path in sorted((samples / "docx").glob("*.doc?")):
        try:
            check_form(path.read_bytes(), draft=True)
        except BadDocument:
            continue
        answered += 1
    assert answered > 30


MODELS = {"Mẫu 1.5": set(), "Mẫu 1.7": set(), "Mẫu 1.8": set(), "Mẫu 1.4": {"type.name"}}


@pytest.mark.parametrize("model", MODELS)
def test_the_models_of_the_decree_itself_are_in_form(samples: Path, model: str) -> None:
    data = (samples / "decree30" / "phu-luc-3.docx").read_bytes()
    found = {finding.rule for finding in check_form(_cut_out(data, model), draft=True)}
    # The annex that shows the models keeps its own paper; a model's title is a placeholder.
    assert {rule for rule in found if not rule.startswith("page.")} == MODELS[model]


def _cut_out(data: bytes, model: str) -> bytes:
    """The model's blocks alone, from its heading to its notes."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(made, "w") as target:
        for name in source.namelist():
            content = source.read(name)
            if name == "word/document.xml":
                root = etree.fromstring(content)
                _keep(root, model)
                content = etree.tostring(root)
            target.writestr(name, content)
    return made.getvalue()


def _keep(root: etree._Element, model: str) -> None:
    body = root.find(f"{{{W}}}body")
    assert body is not None
    inside = False
    for block in list(body)[:-1]:
        text = "".join(piece.text or "" for piece in block.iter(f"{{{W}}}t"))
        is_heading = block.tag == f"{{{W}}}p" and text.startswith("Mẫu ")
        if is_heading:
            inside = text.startswith(model)
        elif text.startswith("Ghi chú") and block.tag == f"{{{W}}}tbl":
            inside = False
        if is_heading or not inside:
            body.remove(block)
