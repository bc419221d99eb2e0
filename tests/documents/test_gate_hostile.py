"""Whatever the bytes, the gate answers, in bounded memory and time: bombs, DTDs, cycles, wide tables, cuts, noise."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.documents import hostile
from tests.documents.hostile import paragraph, word
from tests.growth import LINEAR, TIMES, growth

from plan_lifecycle.documents.gate import Purpose, inspect, look
from plan_lifecycle.documents.markup import MAX_DEPTH, parse_xml
from plan_lifecycle.documents.package import BadDocument, open_package

FAR_CELLS = (
    '<sheetData><row r="1"><c r="A1"><v>1</v></c></row>'
    '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
)


def repeated(cells: int) -> bytes:
    rows = '<row><c t="s"><v>0</v></c></row>' * cells
    return hostile.workbook(f"<sheetData>{rows}</sheetData>", texts=["x" * 32_000])


def many_attributes(count: int) -> bytes:
    return word("<w:p " + " ".join(f"a{n}='1'" for n in range(count)) + "/>")


def simple_field(instruction: str) -> bytes:
    return word(f'<w:p><w:fldSimple w:instr="{instruction}"/></w:p>')


def field(instruction: str) -> bytes:
    texts = "".join(
        f'<w:r><w:instrText xml:space="preserve">{instruction[at : at + 500]}</w:instrText></w:r>'
        for at in range(0, len(instruction), 500)
    )
    return word(f'<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r>{texts}</w:p>')


HOSTILE = {
    "flat bomb": (hostile.flat_bomb, "bomb"),
    "lying bomb": (hostile.lying_bomb, "bomb"),
    "bomb of many parts": (hostile.many_parts_bomb, "bomb"),
    "overlapping bomb": (hostile.overlapping_bomb, "bomb"),
    "nested bomb": (hostile.nested_bomb, "too_deep"),
    "directory of 60,000": (hostile.full_directory, "too_many_members"),
    "external entity": (lambda: hostile.with_doctype('<!ENTITY x SYSTEM "file:///etc/passwd">', "&x;"), "dtd"),
    "parameter entity": (lambda: hostile.with_doctype('<!ENTITY % x SYSTEM "http://127.0.0.1:9/">%x;'), "dtd"),
    "entity in UTF-16": (lambda: hostile.with_doctype('<!ENTITY x "y">', "&x;", "utf-16"), "dtd"),
    "entity in UTF-7": (lambda: hostile.with_doctype('<!ENTITY x "y">', "&x;", "utf-7"), "dtd"),
    "billion laughs": (hostile.billion_laughs, "dtd"),
    "entity in a property part": (
        lambda: word(extra=[("docProps/core.xml", b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>')]),
        "dtd",
    ),
    "table of 10,000 columns": (hostile.wide_table, "too_complex"),
    "span of two thousand million": (
        lambda: word('<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val="2000000000"/></w:tcPr></w:tc></w:tr></w:tbl>'),
        "too_complex",
    ),
    "100,000 levels": (hostile.deep, "too_deep"),
    "four million elements": (lambda: word("<w:p/>" * 2_500_000), "too_complex"),
    "endless attributes": (lambda: many_attributes(500_000), "too_complex"),
    "cells in far corners": (lambda: hostile.workbook(FAR_CELLS), "too_complex"),
    "one text in every cell": (lambda: repeated(40_000), "too_complex"),
    "field that calls a program behind 70,000 spaces": (lambda: simple_field(" " * 70_000 + "DDEAUTO cmd"), "dde"),
    "field in runs that calls a program behind 70,000 spaces": (lambda: field(" " * 70_000 + "DDEAUTO cmd"), "dde"),
    "picture of 10,000 million points": (lambda: hostile.picture(100_000, 100_000), "bomb"),
    "photograph of 4,000 million points": (lambda: hostile.photograph(65_535, 65_535), "bomb"),
    "endless marker": (lambda: b"\xff\xd8" + b"\xff" * 20_000_000, "damaged"),
}


@pytest.fixture(scope="module")
def hostile_files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("hostile")
    files = {name: folder / f"{number}.docx" for number, name in enumerate(HOSTILE)}
    for name, (build, _) in HOSTILE.items():
        files[name].write_bytes(build())
    return files


@pytest.mark.parametrize("name", HOSTILE)
def test_it_refuses_a_hostile_file(name: str, hostile_files: dict[str, Path]) -> None:
    verdict = inspect(hostile_files[name], name="a.docx", purpose=Purpose.EVIDENCE)
    assert (verdict.accepted, verdict.code) == (False, HOSTILE[name][1])


GROWING: dict[str, tuple[Callable[[int], bytes], int]] = {
    "flat bomb": (hostile.flat_bomb, 64),
    "lying bomb": (hostile.lying_bomb, 64),
    "bomb of many parts": (hostile.many_parts_bomb, 48),
    "overlapping bomb": (hostile.overlapping_bomb, 3_000),
    "nested bomb": (hostile.nested_bomb, 16),
    "full directory": (hostile.full_directory, 60_000),
    "wide table": (hostile.wide_table, 10_000),
    "levels": (hostile.deep, 100_000),
    "elements": (lambda n: word("<w:p/>" * n), 2_500_000),
    "attributes": (many_attributes, 500_000),
    "one text in every cell": (repeated, 40_000),
    "markers of a photograph": (lambda n: b"\xff\xd8" + b"\xff" * n, 20_000_000),
    "spaces before a field's word": (lambda n: simple_field(" " * n + "DDEAUTO x"), 70_000),
    "spaces within a field's word": (lambda n: simple_field("{" + " " * n + "DDEAUTO x"), 70_000),
    "spaces in a field of runs": (lambda n: field(" " * n), 70_000),
    "words of a field that link to nothing": (lambda n: simple_field("LINK " * n), 14_000),
    "quotes of a field": (lambda n: simple_field("LINK " + "&quot;" * n), 70_000),
    "links": (lambda n: word(links=[("hyperlink", f"http://{at}.vn/", True) for at in range(n)]), 40_000),
}


@pytest.mark.parametrize("name", GROWING)
def test_a_hostile_file_costs_no_more_than_in_proportion_to_its_size(name: str) -> None:
    build, count = GROWING[name]
    assert growth(look, build(count // TIMES), build(count)) < LINEAR


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="the peak is read from /proc")
def test_the_command_judges_them_all_within_200_megabytes(hostile_files: dict[str, Path], tmp_path: Path) -> None:
    full = tmp_path / "full.docx"
    noise = bytes(range(256)) * 4096
    full.write_bytes(
        hostile.zipped([*hostile.word_members(), *((f"word/{n}.bin", noise * 32) for n in range(3))], method=0)[
            : 50 << 20
        ]
    )
    verdicts, peak = hostile.judged_by_the_command([*hostile_files.values(), full])
    assert [verdict["accepted"] for verdict in verdicts] == [False] * (len(hostile_files) + 1)
    assert peak < 200 * 1024


def test_it_survives_cycles_of_relationships_styles_and_names() -> None:
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml"
    styles = (
        f'<w:styles xmlns:w="{hostile.W}"><w:style w:styleId="a"><w:basedOn w:val="b"/></w:style>'
        '<w:style w:styleId="b"><w:basedOn w:val="a"/></w:style></w:styles>'
    )
    data = word(
        links=[("subDocument", "document.xml", False), ("aFChunk", "../../../../word/document.xml", False)],
        extra=[("word/styles.xml", styles.encode()), ("word/_rels/header1.xml.rels", hostile.relationships(
            ("header", "header1.xml", False), ("officeDocument", "/word/document.xml", False)))],
        extra_types={"word/styles.xml": kind},
    )  # fmt: skip
    assert inspect(data, name="a.docx", purpose=Purpose.PLAN).accepted


def test_it_accepts_a_large_table_that_repeats_itself() -> None:
    row = "<w:tr>" + f"<w:tc>{paragraph('Sở Nội vụ')}</w:tc>" * 10 + "</w:tr>"
    data = word(f"<w:tbl>{row * 3_321}</w:tbl>")
    assert inspect(data, name="a.docx", purpose=Purpose.PLAN).accepted
    package = open_package(data)
    assert len(package.xml(package.main)[0][0]) == 3_321


def test_it_answers_to_every_cut_of_a_good_file() -> None:
    for data in (word(), hostile.workbook("<sheetData/>"), hostile.pdf(b"<<>>"), hostile.picture(1, 1),
                 hostile.photograph(1, 1), hostile.compound("EncryptedPackage")):  # fmt: skip
        for size in range(len(data)):
            verdict = inspect(data[:size], name="a.docx", purpose=Purpose.EVIDENCE)
            assert verdict.accepted or verdict.reason
            if data.startswith(b"PK"):
                assert not verdict.accepted


GOOD = hostile.zipped(hostile.word_members(paragraph("KẾ HOẠCH"), links=[("hyperlink", "http://a.vn", True)]), method=0)
PACKED = word(paragraph("KẾ HOẠCH"))
SHEET = hostile.workbook('<sheetData><row r="1"><c r="A1" t="s"><v>0</v></c></row></sheetData>', texts=["MẬT"])
COMPOUND = hostile.compound("WordDocument", "EncryptedPackage")
PDF = hostile.pdf(
    b"<</Type/Catalog/Pages 2 0 R>>", b"<</Kids[2 0 R]>>", hostile.stream(b"/Type/ObjStm", b"1 0 <</JS(a)>>")
)


@settings(max_examples=400, deadline=None)
@given(
    st.sampled_from([GOOD, PACKED, SHEET, COMPOUND, PDF, hostile.picture(9, 9), hostile.photograph(9, 9)]),
    st.lists(st.tuples(st.floats(0, 1), st.binary(max_size=8), st.integers(0, 8)), min_size=1, max_size=6),
)
def test_it_answers_to_any_mutation_of_a_good_file(data: bytes, edits: list[tuple[float, bytes, int]]) -> None:
    changed = bytearray(data)
    for place, replacement, length in edits:
        at = int(place * len(changed))
        changed[at : at + length] = replacement
    verdict = inspect(bytes(changed), name="a.docx", purpose=Purpose.EVIDENCE)
    assert verdict.accepted != bool(verdict.reason)


@settings(max_examples=300, deadline=None)
@given(
    st.sampled_from([b"", b"PK\x03\x04", b"PK\x05\x06", b"%PDF-1.4\n", b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff",
                     b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"<?xml version='1.0'?>", b"{\\rtf"]),
    st.binary(max_size=2_000),
    st.sampled_from([b"", b"startxref", hostile.full_directory(3)[-22:]]),
)  # fmt: skip
def test_it_answers_to_any_bytes(beginning: bytes, middle: bytes, end: bytes) -> None:
    verdict = inspect(beginning + middle + end, name="a.docx", purpose=Purpose.PLAN)
    assert not verdict.accepted
    assert verdict.reason


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=400) | st.text(alphabet="<>/a\"'=! -[]&;?", max_size=200).map(str.encode))
def test_any_bytes_are_a_tree_or_a_bad_document(data: bytes) -> None:
    try:
        parse_xml(data)
    except BadDocument as error:
        assert error.for_user  # noqa: PT017  an answer either way


def test_a_tree_is_bounded_like_the_gate() -> None:
    parse_xml(b"<a>" * 200 + b"</a>" * 200)
    for data, code in (
        (b"<a>" * (MAX_DEPTH * 10) + b"</a>" * (MAX_DEPTH * 10), ("too_deep",)),
        (b"<r>" + b"<a/>" * 2_000_000 + b"</r>", ("too_complex",)),
        (b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', ("dtd",)),
    ):
        with pytest.raises(BadDocument) as caught:
            parse_xml(data)
        assert caught.value.code in code
