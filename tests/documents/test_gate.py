"""The gate's verdict on sound files and on files that are refused for what they are or carry."""

from __future__ import annotations

import json
import shutil
import zipfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event

import pytest
from tests.documents import hostile
from tests.documents.hostile import _WORD_TYPE, W, paragraph, word
from tests.growth import steps
from tests.patience import PATIENCE

from plan_lifecycle.documents import gate
from plan_lifecycle.documents.gate import Look, Purpose, Verdict, _look, inspect, look, verdict_on, version
from plan_lifecycle.documents.gate._findings import Findings
from plan_lifecycle.documents.package import MAX_FILE

# Those that Word, LibreOffice and python-docx do not open either, or that are refused by rule.
REFUSED_SAMPLES = {
    "ExternalEntityInText.docx": "dtd",
    "SimpleMacro.docm": "macros",
    "bug53475-password-is-pass.docx": "password",
    "clusterfuzz-testcase-minimized-POIFuzzer-6709287337197568.docx": "damaged",
    "clusterfuzz-testcase-minimized-POIXWPFFuzzer-5313273089884160.docx": "damaged",
    "clusterfuzz-testcase-minimized-POIXWPFFuzzer-6120975439364096.docx": "damaged",
    "cpansearch.perl.org_src_tobyink_acme-rundoc-0.001_word-lib_hello_world.docm": "wrong_kind",
}
MACRO_WORD = "application/vnd.ms-word.document.macroEnabled.main+xml"
MACRO_EXCEL = "application/vnd.ms-excel.sheet.macroEnabled.main+xml"


def judge(data: bytes, name: str = "Kế hoạch xã Bình An.docx", purpose: Purpose = Purpose.EVIDENCE) -> Verdict:
    return inspect(data, name=name, purpose=purpose)


def test_it_accepts_every_sound_sample_and_no_other(samples: Path) -> None:
    for path in sorted((samples / "docx").glob("*.doc*")):
        verdict = inspect(path, name=path.name, purpose=Purpose.PLAN)
        assert (verdict.accepted, verdict.code) == (
            path.name not in REFUSED_SAMPLES,
            REFUSED_SAMPLES.get(path.name, ""),
        )
        assert verdict.size == path.stat().st_size


def test_it_accepts_the_layouts_of_the_decree(samples: Path) -> None:
    for path in (samples / "decree30").glob("*.docx"):
        assert inspect(path, name=path.name, purpose=Purpose.PLAN).accepted


@pytest.mark.parametrize("namespace", [hostile.W, hostile.STRICT_W])
def test_it_accepts_a_plain_document(namespace: str) -> None:
    verdict = judge(word(paragraph("KẾ HOẠCH"), namespace=namespace), purpose=Purpose.PLAN)
    assert (verdict.accepted, verdict.reason, verdict.code, verdict.kind) == (True, "", "", "docx")
    assert (verdict.has_macros, verdict.external_links, verdict.secret, verdict.warnings) == (False, (), False, ())
    assert verdict.name == "Kế hoạch xã Bình An.docx"


WORKBOOK = hostile.workbook('<sheetData><row r="1"><c r="A1"><v>1</v></c></row></sheetData>')
KINDS = {
    "docx": word(),
    "xlsx": WORKBOOK,
    "pdf": hostile.pdf(b"<</Type /Catalog>>"),
    "png": hostile.picture(600, 400),
    "jpeg": hostile.photograph(600, 400),
    "docm": word(main_type=MACRO_WORD),
    "doc": hostile.compound("WordDocument"),
    "xls": hostile.compound("Workbook"),
    "odt": hostile.zipped([("mimetype", b"application/vnd.oasis.opendocument.text"), ("content.xml", b"<a/>")]),
    "zip": hostile.zipped([("Kế hoạch.docx", word())]),
    "rar": b"Rar!\x1a\x07\x01\x00" + bytes(100),
    "rtf": b"{\\rtf1 K\\u7871? ho\\u7841?ch}",
    "html": b"\xef\xbb\xbf<HTML><body>",
    "text": "Kế hoạch".encode(),
    "heic": b"\0\0\0\x18ftypheic" + bytes(50),
    "exe": b"MZ" + bytes(100),
    "unknown": b"\x01\x02\x03",
}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    ("purpose", "allowed"),
    [
        ("plan", {"docx"}),
        ("report", {"docx", "xlsx", "pdf"}),
        ("evidence", {"docx", "xlsx", "pdf", "png", "jpeg"}),
        ("issued", {"docx", "pdf"}),
    ],
)
def test_it_takes_the_kinds_of_the_purpose_by_content(kind: str, purpose: str, allowed: set[str]) -> None:
    verdict = judge(KINDS[kind], f"tệp.{kind}", Purpose(purpose))
    assert (verdict.kind, verdict.accepted) == (kind, kind in allowed)
    assert bool(verdict.reason) == (not verdict.accepted)


@pytest.mark.parametrize(
    ("sign", "kind"),
    [
        (8, "unknown"), (9, "text"), (10, "text"), (13, "text"), (14, "unknown"), (26, "unknown"), (27, "text"),
        (28, "unknown"), (31, "unknown"), (32, "text"),
    ],
)  # fmt: skip
def test_a_text_holds_no_signs_but_those_that_people_type(sign: int, kind: str) -> None:
    """Tabs and line ends are typed, and old printers' escapes stand in exported lists."""
    assert judge(b"x" + bytes([sign]) + b"y", "danh sach.txt").kind == kind


def test_it_says_that_a_name_does_not_fit_the_content() -> None:
    refused = judge(KINDS["pdf"], "Kế hoạch.docx", Purpose.PLAN)
    assert (refused.code, refused.kind) == ("wrong_kind", "pdf")
    assert "tệp PDF mang tên .docx" in refused.reason
    accepted = judge(KINDS["pdf"], "Báo cáo.docx", Purpose.REPORT)
    assert accepted.accepted
    assert accepted.warnings == ("Tên tệp không khớp với nội dung: nội dung là tệp PDF.",)
    assert accepted.name == "Báo cáo_docx.pdf"


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


MACROS = {
    "a macro document by its name": word(main_type=MACRO_WORD),
    "a project in a plain document": word(extra=[("word/vbaProject.bin", hostile.compound("VBA"))]),
    "a project under another name": word(extra=[("word/media/image1.png", hostile.compound("_VBA_PROJECT"))]),
    "a project by relationship": word(links=[("vbaProject", "x.bin", False)]),
    "a macro workbook": hostile.workbook("<sheetData/>", main=MACRO_EXCEL),
    "a macro document inside": word(extra=[("word/embeddings/a.docx", word(main_type=MACRO_WORD))]),
}


@pytest.mark.parametrize("case", MACROS)
def test_it_refuses_macros(case: str) -> None:
    verdict = judge(MACROS[case])
    assert (verdict.accepted, verdict.code, verdict.has_macros) == (False, "macros", True)


def field(*parts: str) -> str:
    runs = "".join(f"<w:r><w:instrText>{part}</w:instrText></w:r>" for part in parts)
    return f'<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r>{runs}<w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>'


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


def test_it_answers_to_nothing_and_to_too_much(tmp_path: Path) -> None:
    assert judge(b"").code == "zero_bytes"
    large = tmp_path / "large.pdf"
    with large.open("wb") as file:
        file.write(b"%PDF-1.7\n")
        file.truncate(MAX_FILE * 20)
    verdict = inspect(large, name=large.name, purpose=Purpose.REPORT)
    assert (verdict.code, verdict.kind, verdict.size) == ("too_large", "pdf", MAX_FILE * 20)


def test_threads_that_look_at_one_file_at_once_see_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    """None of them is given what another has only begun to find out."""
    begun, second_done, inspect_content = Event(), Event(), _look._inspect_content

    def slowly(content: bytes, size: int, findings: Findings) -> None:
        findings.kind = "zip"
        if not begun.is_set():
            begun.set()
            second_done.wait(timeout=PATIENCE)
        inspect_content(content, size, findings)

    monkeypatch.setattr(_look, "_inspect_content", slowly)
    data = word(paragraph("Cùng một tệp"))
    with ThreadPoolExecutor(2) as pool:
        first = pool.submit(look, data)
        begun.wait()
        second = look(data)
        second_done.set()
        assert (first.result().kind, second.kind) == ("docx", "docx")


@pytest.mark.parametrize("kind", KINDS)
def test_a_look_serves_every_purpose_without_the_bytes(kind: str) -> None:
    seen = look(KINDS[kind])
    for purpose in Purpose:
        for name in (f"tệp.{kind}", "Kế hoạch.docx"):
            assert verdict_on(seen, name=name, purpose=purpose) == judge(KINDS[kind], name, purpose)


def test_a_look_comes_back_from_plain_data() -> None:
    kinds = [*KINDS.values(), *MACROS.values(), word(links=[("image", "file:///C:/a.png", True)]), b""]
    for seen in map(look, kinds):
        assert Look.from_json(json.loads(json.dumps(seen.to_json()))) == seen


def test_the_gate_is_another_version_when_its_text_is_another(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each rule of the gate lies in its folder, or in the two modules that open a package for it."""
    folder = tmp_path / "gate"
    shutil.copytree(Path(gate.__file__).parent, folder)
    monkeypatch.setattr(_look, "__file__", str(folder / "_look.py"))
    assert _look.version.__wrapped__() == version()
    with (folder / "_secrecy.py").open("a", encoding="utf-8") as file:
        file.write("# one more mark\n")
    assert _look.version.__wrapped__() != version()


def test_the_parts_of_a_template_are_looked_at_once() -> None:
    """Ten thousand reports of one template: only their text is another."""
    theme = ("word/theme/theme1.xml", b"<a>" + b'<b c="d"/>' * 300 + b"</a>")
    first, second, third = (word(paragraph(text), extra=[theme]) for text in ("một", "hai", "ba"))
    anew = steps(lambda: look(first))
    assert max(steps(lambda: look(second)), steps(lambda: look(third))) < anew - 300


def test_what_is_found_in_a_part_is_found_each_time() -> None:
    notes = {"word/footnotes.xml": _WORD_TYPE + "footnotes+xml"}
    calls = f'<w:footnotes xmlns:w="{W}">{field("DDEAUTO cmd")}</w:footnotes>'.encode()
    clean = f'<w:footnotes xmlns:w="{W}"><w:p/></w:footnotes>'.encode()
    papers = [word(extra=[("word/footnotes.xml", part)], extra_types=notes) for part in (clean, calls, clean, calls)]
    assert [judge(paper).code for paper in papers] == ["", "dde", "", "dde"]
