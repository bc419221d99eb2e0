"""The gate's verdict on sound files, on kinds of file, and on what it was told once."""

from __future__ import annotations

import json
import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event

import pytest
from tests.documents import hostile
from tests.documents.gated import MACRO_WORD, MACROS, WORKBOOK, field, judge
from tests.documents.hostile import _WORD_TYPE, W, paragraph, word
from tests.growth import steps
from tests.patience import PATIENCE

from plan_lifecycle.documents import gate
from plan_lifecycle.documents.gate import Look, Purpose, _look, inspect, look, verdict_on, version
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
