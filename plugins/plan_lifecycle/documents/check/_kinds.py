"""The kinds of administrative documents and their codes (Nghị định 30/2020/NĐ-CP, Phụ lục III, mục I)."""

from __future__ import annotations

from plan_lifecycle.documents.check._spots import fold

CODES = {
    "NGHỊ QUYẾT": "NQ",
    "QUYẾT ĐỊNH": "QĐ",
    "CHỈ THỊ": "CT",
    "QUY CHẾ": "QC",
    "QUY ĐỊNH": "QyĐ",
    "THÔNG CÁO": "TC",
    "THÔNG BÁO": "TB",
    "HƯỚNG DẪN": "HD",
    "CHƯƠNG TRÌNH": "CTr",
    "KẾ HOẠCH": "KH",
    "PHƯƠNG ÁN": "PA",
    "ĐỀ ÁN": "ĐA",
    "DỰ ÁN": "DA",
    "BÁO CÁO": "BC",
    "BIÊN BẢN": "BB",
    "TỜ TRÌNH": "TTr",
    "HỢP ĐỒNG": "HĐ",
    "CÔNG ĐIỆN": "CĐ",
    "BẢN GHI NHỚ": "BGN",
    "BẢN THỎA THUẬN": "BTT",
    "GIẤY ỦY QUYỀN": "GUQ",
    "GIẤY MỜI": "GM",
    "GIẤY GIỚI THIỆU": "GGT",
    "GIẤY NGHỈ PHÉP": "GNP",
    "PHIẾU GỬI": "PG",
    "PHIẾU CHUYỂN": "PC",
    "PHIẾU BÁO": "PB",
}
LETTER = "CÔNG VĂN"
# Kinds that bind or inform all who are listed at their foot, and address no one at their head.
TO_ALL = ("KẾ HOẠCH", "QUYẾT ĐỊNH", "NGHỊ QUYẾT", "CHỈ THỊ", "CHƯƠNG TRÌNH", "ĐỀ ÁN")
_NAMES = {fold(name): name for name in CODES}
KNOWN_CODES = frozenset(CODES.values())


def kind_of(text: str) -> str | None:
    """The kind that a line names and nothing else: ``KẾ HOẠCH``, also when spaced out or in small letters."""
    folded = fold(text).strip(" .:*")
    if folded in _NAMES:
        return _NAMES[folded]
    squeezed = folded.replace(" ", "")
    if len(folded.split()) > 4 and all(len(word) == 1 for word in folded.split()):
        return next((name for plain, name in _NAMES.items() if plain.replace(" ", "") == squeezed), None)
    return None


def leading_kind(text: str) -> str | None:
    """The kind with which a line in capitals begins: ``KẾ HOẠCH TRIỂN KHAI …``."""
    if text != text.upper():
        return None
    folded = fold(text)
    return next((name for plain, name in _NAMES.items() if folded.startswith(plain + " ")), None)
