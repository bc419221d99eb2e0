"""The signer's authority, office and name (mục II, khoản 7)."""

from __future__ import annotations

import re

from plan_lifecycle.documents.check._closing import authority, is_authority, is_office, is_placeholder
from plan_lifecycle.documents.check._elements import Elements
from plan_lifecycle.documents.check._findings import Report, quoted
from plan_lifecycle.documents.check._head import split_names
from plan_lifecycle.documents.check._spots import Spot
from plan_lifecycle.documents.check._style import Type, check_type, is_capitals

_AUTHORITY_TYPE = Type(13, 14, bold=True, capitals=True)
_NAME_TYPE = Type(13, 14, bold=True)
_FORM = re.compile(r"^(TM|Q|KT|TL|TUQ)\. \S")
_FORMS = "TM., Q., KT., TL. hoặc TUQ., có dấu chấm và cách chữ"
_RANK = re.compile(
    r"^(GS|PGS|TS|ThS|BS|CN|KS|CVC|NGƯT|NSND|Ths|Ts|Bs|Luật sư|Thạc sĩ|Tiến sĩ|Bác sĩ|Kỹ sư|Cử nhân|Ông|Bà)\b"
)
_RANKS_ALLOWED = re.compile(r"^(đại|thượng|trung|thiếu) (tướng|tá|úy|uý)\b", re.IGNORECASE)
_NAME = re.compile(r"^\W*[^\W\d_]+(\s+[^\W\d_'’-]+){1,6}\W*$")
# A People's Committee signs its own plans, programmes and reports as a body.
_COLLECTIVE = ("KẾ HOẠCH", "BÁO CÁO", "CHƯƠNG TRÌNH", "TỜ TRÌNH", "ĐỀ ÁN")


def check_signature(report: Report, elements: Elements) -> None:
    """Check the lines on the right of the foot."""
    lines = [spot for spot in elements.closing.signature if not is_placeholder(spot.folded)]
    if not lines and elements.title.attached:
        return
    if not lines:
        report.note("signature", "không có phần chữ ký", "quyền hạn, chức vụ và họ tên người ký", "cuối văn bản")
        return
    ranks, names = _split(lines)
    for spot in ranks:
        check_type(report, "signature", spot.line, spot.paragraph.place, _AUTHORITY_TYPE)
        if is_authority(spot.folded) and not _FORM.match(spot.text.upper()):
            report.note("signature.authority", quoted(spot.text), _FORMS, spot.paragraph.place)
        elif re.match(r"^tm\. (ubnd|hdnd)\b", spot.folded):
            full = "TM. ỦY BAN NHÂN DÂN (HỘI ĐỒNG NHÂN DÂN), không viết tắt"
            report.note("signature.authority", quoted(spot.text), full, spot.paragraph.place, warning=True)
    _check_offices(report, elements, ranks)
    _check_name(report, names, lines[-1])


def _split(lines: list[Spot]) -> tuple[list[Spot], list[Spot]]:
    """Authority and office come first, as far as lines are in capitals or name an office; the rest is the name."""
    end = 0
    while end < len(lines) and _is_rank(lines[end], after=end > 0):
        end += 1
    return lines[:end], lines[end:]


def _is_rank(spot: Spot, *, after: bool) -> bool:
    """A name in capitals is told from an office by what offices are called."""
    if is_authority(spot.folded) or is_office(spot.text):
        return True
    words = spot.folded.split()
    return is_capitals(spot.text) and not (after and 2 <= len(words) <= 5 and not _COMMON.search(spot.folded))


_COMMON = re.compile(
    r"\b(uy ban|nhan dan|tinh|huyen|xa|phuong|thi tran|so|phong|ban|bo|cuc|van phong|trung tam|hoi dong|truong|pho"
    r"|tap the|nguoi|to|kinh te|xa hoi|noi vu|thuong truc|hanh chinh|thanh pho|quan|thi xa|dac khu)\b"
)


def _check_offices(report: Report, elements: Elements, ranks: list[Spot]) -> None:
    forms = [authority(spot.folded) for spot in ranks]
    offices = [spot for spot in ranks if is_office(spot.text) or authority(spot.folded) not in ("", "tm")]
    if not ranks:
        report.note(
            "signature.office",
            "không có quyền hạn, chức vụ của người ký",
            "chức vụ của người ký, chữ in hoa",
            elements.closing.signature[0].paragraph.place,
        )
        return
    place = ranks[0].paragraph.place
    if "tm" in forms and not offices:
        report.note("signature.office", quoted(ranks[0].text), "chức vụ của người ký dưới dòng “TM. …”", place)
    for index, spot in enumerate(ranks):
        if forms[index] in ("kt", "tl", "tuq") and not any(is_office(rank.text) for rank in ranks[index + 1 :]):
            below = "chức vụ cấp phó" if forms[index] == "kt" else "chức vụ của người ký"
            report.note("signature.office", quoted(spot.text), f"{below} dưới dòng này", spot.paragraph.place)
    issuer = split_names(elements.top.names)[1]
    collective = elements.kind in _COLLECTIVE and issuer and re.match(r"^(uy ban nhan dan|ubnd)", issuer[0].folded)
    if collective and "tm" not in forms and not ({"tl", "tuq"} & set(forms)):
        report.note("signature.authority", quoted(ranks[0].text), "TM. ỦY BAN NHÂN DÂN", place, warning=True)


def _check_name(report: Report, names: list[Spot], last: Spot) -> None:
    place = last.paragraph.place
    if not names:
        if not report.draft:
            report.note("signature.name", "không có họ và tên người ký", "họ và tên người ký", place)
        return
    spot = names[-1]
    place = spot.paragraph.place
    check_type(report, "signature.name", spot.line, place, _NAME_TYPE)
    if is_capitals(spot.text):
        report.note("signature.name.capitals", quoted(spot.text), "chữ in thường, viết hoa chữ cái đầu", place)
    if _RANK.match(spot.text):
        report.note("signature.name", quoted(spot.text), "không ghi học hàm, học vị, danh hiệu trước họ tên", place)
    elif _RANKS_ALLOWED.match(spot.text):
        report.note(
            "signature.name",
            quoted(spot.text),
            "quân hàm chỉ ghi trong văn bản của lực lượng vũ trang",
            place,
            warning=True,
        )
    elif not is_capitals(spot.text) and any(word[:1].islower() for word in spot.text.split()):
        report.note(
            "signature.name",
            quoted(spot.text),
            "họ và tên, viết hoa chữ cái đầu mỗi tiếng",
            place,
            warning=bool(not _NAME.match(spot.text)),
        )
