"""What a file carries: links, macros, programs and fields that call them, embedded files, passwords."""

from __future__ import annotations

import zipfile

import pytest
from tests.documents import hostile
from tests.documents.gated import MACROS, WORKBOOK, field, judge
from tests.documents.hostile import paragraph, word


def test_it_reports_hyperlinks_and_accepts() -> None:
    verdict = judge(word(links=[("hyperlink", "https://binhthuan.gov.vn/", True)] * 2))
    assert (verdict.accepted, verdict.external_links, verdict.warnings) == (True, ("https://binhthuan.gov.vn/",), ())


@pytest.mark.parametrize("kind", ["image", "attachedTemplate", "oleObject", "mailMergeSource", "video"])
def test_it_reports_what_is_linked_on_a_disk_and_accepts(kind: str) -> None:
    verdict = judge(word(links=[(kind, "file:///C:/Mau/KH.dotx", True)]))
    assert (verdict.accepted, verdict.external_links) == (True, ("file:///C:/Mau/KH.dotx",))
    assert verdict.warnings


def test_it_reports_a_linked_picture_on_the_web_and_accepts() -> None:
    verdict = judge(word(links=[("image", "http://example.vn/logo.png", True)]))
    assert (verdict.accepted, verdict.external_links) == (True, ("http://example.vn/logo.png",))


@pytest.mark.parametrize(
    ("kind", "target"),
    [
        ("attachedTemplate", "https://example.vn/a.dotm"),
        ("oleObject", "mhtml:https://example.vn/a.html!x-usc:https://example.vn/a.html"),
        ("oleObject", "http://example.vn/a.hta"),
        ("frame", "http://example.vn/a.htm"),
        ("aFChunk", "HTTPS://example.vn/a.docx"),
        ("image", "ms-msdt:/id"),
    ],
)
def test_it_refuses_what_office_would_load_by_itself(kind: str, target: str) -> None:
    verdict = judge(word(links=[(kind, target, True)]))
    assert (verdict.accepted, verdict.code, verdict.external_links) == (False, "dangerous_link", (target,))


def test_it_keeps_a_hundred_links_of_many() -> None:
    verdict = judge(word(links=[("hyperlink", f"http://example.vn/{n}", True) for n in range(5_000)]))
    assert (verdict.accepted, len(verdict.external_links)) == (True, 100)


@pytest.mark.parametrize("case", MACROS)
def test_it_refuses_macros(case: str) -> None:
    verdict = judge(MACROS[case])
    assert (verdict.accepted, verdict.code, verdict.has_macros) == (False, "macros", True)


@pytest.mark.parametrize(
    "body",
    [
        field('DDEAUTO c:\\\\windows\\\\system32\\\\cmd.exe "/k calc.exe"'),
        field("D", "DE", "AUTO cmd"),
        '<w:p><w:fldSimple w:instr=" DDE Excel a"/></w:p>',
    ],
)
def test_it_refuses_a_field_that_calls_a_program(body: str) -> None:
    assert judge(word(body)).code == "dde"


def test_it_accepts_ordinary_fields_and_reports_their_addresses() -> None:
    body = (
        field(" PAGE ") + field(' HYPERLINK "https://example.vn/a" ') + field(' INCLUDEPICTURE "http://b.vn/c.png" \\d')
    )
    verdict = judge(word(body))
    assert (verdict.accepted, verdict.external_links) == (True, ("https://example.vn/a", "http://b.vn/c.png"))


def test_a_field_links_to_the_first_address_behind_its_word_however_it_goes_on() -> None:
    body = field(' HYPERLINK \\l "trang" "https://b.vn/2" ') + field(
        ' LINK "https://c.vn/1" HYPERLINK "https://c.vn/2" '
    )
    assert judge(word(body + field(' QUOTE "https://d.vn/1" '))).external_links == ("https://c.vn/1", "https://c.vn/2")


def test_it_refuses_a_workbook_that_calls_a_program_and_reports_linked_workbooks() -> None:
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    dde = f'<externalLink xmlns="{main}"><ddeLink ddeService="cmd" ddeTopic="/c calc"/></externalLink>'.encode()
    assert judge(hostile.workbook("<sheetData/>", extra=[("xl/externalLinks/externalLink1.xml", dde)])).code == "dde"
    rels = hostile.relationships(("externalLinkPath", "file:///D:/So lieu.xlsx", True))
    verdict = judge(hostile.workbook("<sheetData/>", extra=[("xl/externalLinks/_rels/externalLink1.xml.rels", rels)]))
    assert (verdict.accepted, verdict.external_links) == (True, ("file:///D:/So lieu.xlsx",))


def test_it_reports_embedded_workbooks_and_equations_and_accepts() -> None:
    verdict = judge(
        word(
            extra=[
                ("word/embeddings/a.xlsx", WORKBOOK),
                ("word/embeddings/oleObject1.bin", hostile.compound("Equation Native")),
            ]
        )
    )
    assert (verdict.accepted, len(verdict.warnings)) == (True, 2)


@pytest.mark.parametrize(
    "content", [hostile.compound("\x01Ole10Native", payload=b"C:\\a\\Hoa don.PDF.js\0"), b"MZ" + bytes(100)]
)
def test_it_refuses_an_embedded_program(content: bytes) -> None:
    assert judge(word(extra=[("word/embeddings/oleObject1.bin", content)])).code == "dangerous_object"


def test_it_refuses_a_password() -> None:
    assert judge(hostile.compound("EncryptionInfo", "EncryptedPackage")).code == "password"
    entry = bytearray(word())
    entry[entry.rindex(b"PK\x01\x02") + 8] |= 1
    assert judge(bytes(entry)).code == "password"


def test_it_accepts_a_document_protected_against_editing_commented_and_revised() -> None:
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml."
    verdict = judge(
        word(
            f'<w:ins w:id="1">{paragraph("a")}</w:ins><w:del w:id="2"><w:r><w:delText>MẬT</w:delText></w:r></w:del>',
            extra=[
                (
                    "word/settings.xml",
                    f'<w:settings xmlns:w="{hostile.W}"><w:documentProtection/></w:settings>'.encode(),
                ),
                ("word/comments.xml", f'<w:comments xmlns:w="{hostile.W}"/>'.encode()),
            ],
            extra_types={"word/settings.xml": kind + "settings+xml", "word/comments.xml": kind + "comments+xml"},
        )
    )
    assert verdict.accepted


def test_it_passes_over_a_broken_property_part_but_not_a_broken_text() -> None:
    verdict = judge(word(extra=[("docProps/app.xml", b"<a>"), ("customXml/item1.xml", b"")]))
    assert (verdict.accepted, len(verdict.warnings)) == (True, 2)
    assert judge(word(b"<w:document>")).code == "malformed"


def test_it_reads_names_as_office_does() -> None:
    members = [
        (name.upper() if name.endswith("document.xml") else name.replace("/", "\\"), content)
        for name, content in hostile.word_members(paragraph("a"))
    ]
    assert judge(hostile.zipped(members)).accepted


def test_it_refuses_two_parts_of_one_name() -> None:
    with pytest.warns(UserWarning, match="Duplicate name"):
        data = hostile.zipped([*hostile.word_members(), ("word/document.xml", b"<other/>")])
    assert judge(data).code == "duplicate_part"


def test_it_refuses_a_compression_that_office_does_not_know() -> None:
    assert judge(hostile.zipped(hostile.word_members(), zipfile.ZIP_BZIP2)).code == "damaged"
