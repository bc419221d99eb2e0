"""Names from outside: kept Vietnamese, made harmless."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plan_lifecycle.documents.gate import safe_name
from plan_lifecycle.documents.gate._names import MAX_NAME

NAMES = {
    "Kế hoạch CCHC 2026 (xã Bình An).docx": "Kế hoạch CCHC 2026 (xã Bình An).docx",
    "BC 6.2026 Đà Nẵng v1.2.DOCX": "BC 6.2026 Đà Nẵng v1.2.DOCX",
    "Ke\u0302\u0301 hoa\u0323ch.docx": "Kế hoạch.docx",
    "../../etc/passwd": "passwd",
    "C:\\Users\\A\\Báo cáo.docx": "Báo cáo.docx",
    "thư mục/": "thư mục",
    "baocao\u202excod.exe": "baocaoxcod.exe",
    "a\x00b\r\nc\td.docx": "abcd.docx",
    "báo cáo.pdf.exe": "báo cáo_pdf.exe",
    "a.docx.docx": "a_docx.docx",
    "a.exe.docx": "a_exe.docx",
    ".htaccess": "htaccess",
    "...": "tep",
    "": "tep",
    "CON.docx": "_CON.docx",
    "nul": "_nul",
    "COM1.tar.docx": "_COM1.tar.docx",
    "Công văn.docx": "Công văn.docx",
    'a<b>:"c|d?*.docx': "a_b___c_d__.docx",
    "báo  cáo .docx. ": "báo cáo.docx",
    "không đuôi": "không đuôi",
    "\ud800a.docx": "a.docx",
}


@pytest.mark.parametrize(("name", "safe"), NAMES.items())
def test_it_makes_a_name_safe(name: str, safe: str) -> None:
    assert safe_name(name) == safe


@pytest.mark.parametrize(
    ("name", "kind", "safe"),
    [
        ("Ảnh.JPG", "jpeg", "Ảnh.JPG"),
        ("ảnh", "jpeg", "ảnh.jpg"),
        ("báo cáo.exe", "pdf", "báo cáo_exe.pdf"),
        ("KH số 45.UBND", "docx", "KH số 45.UBND.docx"),
        ("a.docx", "unknown", "a.docx"),
    ],
)
def test_the_extension_follows_the_content(name: str, kind: str, safe: str) -> None:
    assert safe_name(name, kind) == safe


def test_a_long_name_keeps_its_extension_and_whole_letters() -> None:
    safe = safe_name("Kế hoạch " * 50 + ".docx")
    assert len(safe.encode()) <= MAX_NAME
    assert safe.endswith(".docx")
    assert "\ufffd" not in safe


@given(
    st.text(max_size=300) | st.text(alphabet="./\\ aế:CONnul\u202e\x00", max_size=40),
    st.sampled_from(["", "docx", "jpeg"]),
)
def test_any_name_is_made_safe_once_and_for_all(name: str, kind: str) -> None:
    safe = safe_name(name, kind)
    assert safe
    assert len(safe.encode()) <= MAX_NAME
    assert not set(safe) & set('/\\<>:"|?*\0')
    assert not safe.startswith(".")
    assert not safe.endswith((".", " "))
    assert not any(unicodedata.category(character) in ("Cc", "Cf", "Cs") for character in safe)
    assert safe_name(safe, kind) == safe
    assert unicodedata.is_normalized("NFC", safe)
