"""What a plan rests on: each document that the lines before its first section name, with number and date."""

from __future__ import annotations

import re
from collections.abc import Iterable

from plan_lifecycle.documents.read._outline import Entry
from plan_lifecycle.documents.read._phrases import REFERENCE, read_date, read_reference
from plan_lifecycle.domain.plan import LegalBasis
from plan_lifecycle.domain.regex import regex
from plan_lifecycle.domain.text import normalise

_KINDS = (
    r"(?:Bộ luật|Luật|Pháp lệnh|Nghị định|Nghị quyết|Quyết định|Kế hoạch|Chương trình|Chỉ thị|Thông tư"
    r"|Thông báo|Kết luận"
    r"|Công văn|Hướng dẫn|Đề án|Báo cáo|Tờ trình|Công điện|Quy định|Quy chế|Văn bản|Thông tri|Lệnh)"
)
_OPENING = regex(
    r"^(?:-\s*)?(?:(?:căn cứ|thực hiện|theo|triển khai|tiếp tục|xét|trên cơ sở|nhằm|để)(?:\s"
    r"|$))",
    re.I,
)
_LEAD = regex(
    r"^(?:-\s*)?(?:(?:Căn cứ|Thực hiện|Theo|Tiếp tục triển khai|Tiếp tục thực hiện|Triển khai thực hiện"
    r"|Triển khai|Xét đề nghị của|Xét"
    r"|Trên cơ sở|Nhằm thực hiện|Để thực hiện|Thực hiện theo)\s+)+",
    re.I,
)
# ", UBND tỉnh ban hành Kế hoạch … như sau:" is the plan speaking of itself.
_SELF = regex(
    r"[,;.]\s*(?:UBND|U[ỷỶ]\s*ban|[ỦủỦỷUu][ỷyYỶ]?\s*ban nhân dân|Ủy ban nhân dân|Uỷ ban nhân dân|Sở|Phòng|Ban"
    r"|Đảng ủy|Chi cục)[^;.]{0,80}?"
    r"(?:ban hành|xây dựng|triển khai|phát động)\s+(?:Kế hoạch|Đợt|nội dung).*$",
    re.S,
)
_AND = regex(rf"\s*(?:,\s*và|,|\bvà)\s+(?={_KINDS}(?:\s+\w+){{0,4}}?\s+(?:số|ngày)\s)")
_SEMICOLON = regex(rf";\s*(?:và\s+)?(?={_KINDS}\b)")
_TOPIC = regex(r"\b(?:về|thực hiện|triển khai|sửa đổi|ban hành|phê duyệt|quy định|hướng dẫn)\b", re.I)


def legal_bases(entries: Iterable[Entry]) -> tuple[LegalBasis, ...]:
    """The bases in order; one sentence may name several. Reading stops at the first heading."""
    found: list[LegalBasis] = []
    for entry in entries:
        if entry.is_heading and not _OPENING.match(entry.text):
            break
        for line in entry.text.split("\n"):
            if _OPENING.match(line.strip()):
                found += _of_sentence(" ".join(line.split()))
    return tuple(found)


def _of_sentence(sentence: str) -> list[LegalBasis]:
    bare = _SELF.sub("", _LEAD.sub("", sentence)).strip(" ;.,:")
    parts = [part for piece in _SEMICOLON.split(bare) for part in _divided(piece)]
    named = [_basis(part) for part in parts if part]
    if any(basis.number or basis.issued_on for basis in named):
        return named
    return named if normalise(sentence).startswith("căn cứ") and len(named) == 1 else []


def _divided(piece: str) -> list[str]:
    """Cut at "và Kế hoạch số …", unless what stands before is already telling what its document is about."""
    parts: list[str] = []
    begin = 0
    for match in _AND.finditer(piece):
        if not _TOPIC.search(piece, begin, match.start()) and REFERENCE.search(piece, begin, match.start()):
            parts.append(piece[begin : match.start()])
            begin = match.end()
    return [part.strip(" ;.,") for part in (*parts, piece[begin:])]


def _basis(part: str) -> LegalBasis:
    """Number and date of the document itself, not of those that its title goes on to name."""
    first = REFERENCE.search(part)
    second = REFERENCE.search(part, first.end()) if first else None
    end = second.start() if second else None
    if first is None:
        topic = re.search(r"\b(?:về|thực hiện)\b", part)
        end = topic.start() if topic else None
    return LegalBasis(part, read_reference(part[: first.end()]) if first else None, read_date(part, 0, end))
