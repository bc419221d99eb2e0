"""Quốc hiệu, Tiêu ngữ and the names of the agencies (Phụ lục I, Phần I, mục II, khoản 1 and 2)."""

from __future__ import annotations

import re

from plan_lifecycle.documents.check._elements import Elements
from plan_lifecycle.documents.check._findings import Report, quoted
from plan_lifecycle.documents.check._spots import LEFT, RIGHT, Spot, is_rule
from plan_lifecycle.documents.check._style import Type, check_centred, check_type, lettered
from plan_lifecycle.documents.check._top import drawn_lines
from plan_lifecycle.documents.check._widths import check_length, text_width, underlined_share

# The decree itself prints both spellings (mục II, khoản 1 and the table of mục V).
_NATIONAL = ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM")
_MOTTO = "Độc lập - Tự do - Hạnh phúc"
_NATIONAL_TYPE = Type(12, 13, bold=True)
_MOTTO_TYPE = Type(13, 14, bold=True)
_SUPERIOR_TYPE = Type(12, 13, bold=False, capitals=True)
_ISSUER_TYPE = Type(12, 13, bold=True, capitals=True)
_DASHES = re.compile(r"(?<!\s)\s*[-‐‑‒–—―−]\s*")
# Widths are estimated from the letters, so the limits are wider than the decree's by a quarter.
_MOTTO_SHARE, _ISSUER_SHARE = (0.72, 1.3), (0.24, 0.64)
_PEOPLE = re.compile(r"^(ubnd|uy ban nhan dan|hdnd|hoi dong nhan dan)\b")
_NEEDS_SUPERIOR = re.compile(r"^(so|phong|chi cuc)\s")
_NEW_NAME = re.compile(
    r"^(ubnd|uy ban|hdnd|hoi dong|so|phong|chi cuc|cuc|ban|van phong|trung tam|bo|tong cuc|vien|truong|thanh tra|to"
    r"|dang uy|tong cong ty|cong an|cong ty|doan|vu|hoi|lien doan|uy ban mttq|quy|tap doan|benh vien)\b"
)
_GOES_ON = re.compile(r"^(tinh|thanh pho|tp\.?|huyen|quan|thi xa|xa|phuong|thi tran|dac khu|va)\b")


def check_head(report: Report, elements: Elements) -> None:
    """Check what stands above the title, numbers and dates apart."""
    _check_national(report, elements)
    _check_motto(report, elements)
    _check_names(report, elements)


def _check_national(report: Report, elements: Elements) -> None:
    top = elements.top
    if not top.national:
        report.note("national.name", "không có Quốc hiệu", _NATIONAL[0], "trang 1")
        return
    text = " ".join(spot.text for spot in top.national_lines)
    if text not in _NATIONAL:
        report.note("national.name", quoted(text), _NATIONAL[0], top.national.paragraph.place)
    for spot in top.national_lines:
        check_type(report, "national.name", spot.line, spot.paragraph.place, _NATIONAL_TYPE)
    if top.national.side != RIGHT:
        found = "ở bên trái" if top.national.side == LEFT else "chiếm cả chiều ngang trang"
        report.note("national.name.place", found, "ở phía trên, bên phải trang đầu", top.national.paragraph.place)


def _check_motto(report: Report, elements: Elements) -> None:
    spot = elements.top.motto
    if not spot:
        report.note("motto", "không có Tiêu ngữ", _MOTTO, "trang 1")
        return
    place = spot.paragraph.place
    if _DASHES.sub(" - ", spot.text) != _MOTTO:
        report.note("motto", quoted(spot.text), f"“{_MOTTO}”", place)
    elif spot.text != _MOTTO:
        report.note("motto.hyphen", quoted(spot.text), f"“{_MOTTO}”, gạch nối (-) có cách chữ", place, warning=True)
    check_type(report, "motto", spot.line, place, _MOTTO_TYPE)
    if underlined_share(spot.line) > 0.9:
        return
    _check_rule(report, elements, "motto.rule", (spot,), _MOTTO_SHARE, "nét liền, dài bằng dòng chữ Tiêu ngữ")


def _check_rule(
    report: Report, elements: Elements, rule: str, lines: tuple[Spot, ...], share: tuple[float, float], expected: str
) -> None:
    """Check the line under an element: drawn, typed with underscores, or a border of the paragraph.

    A border is as long as its cell, and a drawing may keep its length to itself: then only its presence counts.
    """
    spot = lines[-1]
    widths = _drawn_for(elements, spot)
    typed = _typed_rule(elements, spot)
    place = spot.paragraph.place
    if typed is not None:
        if not set(typed.text) & set("_─━"):
            report.note(f"{rule}.dashes", quoted(typed.text), expected, typed.paragraph.place, warning=True)
        widths = [text_width(typed.line)]
    if not widths:
        report.note(rule, "không có đường kẻ", expected, place)
        return
    longest = max(text_width(line.line) for line in lines)
    check_length(report, rule, widths, longest, share, expected, place)


def _drawn_for(elements: Elements, spot: Spot) -> list[float | None]:
    """The widths of the lines drawn on the element's side of the head, or else of those anchored above the title.

    A line anchored outside the element's table is placed by its offset, so its width is not held against it.
    """
    place = spot.paragraph.place
    name = elements.title.name
    end = elements.top.last_block + 1 if name is None else max(name.block, 1)
    drawn = drawn_lines(elements.layout.blocks[:end])
    if not place.table:
        return [None for _ in drawn]
    own = [
        width
        for paragraph, width in drawn
        if paragraph.place.table == place.table and (paragraph.place.cell == 1) == (place.cell == 1)
    ]
    return own or [None for paragraph, _ in drawn if not paragraph.place.table]


def _typed_rule(elements: Elements, spot: Spot) -> Spot | None:
    spots = elements.top.spots
    at = next(i for i, each in enumerate(spots) if each is spot)
    below = [each for each in spots[at + 1 : at + 8] if each.side == spot.side and each.column == spot.column]
    return below[0] if below and is_rule(below[0].text) else None


def split_names(names: tuple[Spot, ...]) -> tuple[tuple[Spot, ...], tuple[Spot, ...]]:
    """The lines of the superior agency and those of the issuing one.

    ``UBND TỈNH BÌNH THUẬN / SỞ NỘI VỤ`` are two names, ``ỦY BAN NHÂN DÂN / XÃ BÌNH AN`` is one on two lines.
    """
    begin = 0
    for index, spot in enumerate(names[1:], start=1):
        if _GOES_ON.match(spot.folded):
            continue
        fresh = bool(_NEW_NAME.match(spot.folded)) and not _PEOPLE_ALONE.match(names[index - 1].folded)
        if fresh or (_bold(spot) and not _bold(names[index - 1])):
            begin = index
    return names[:begin], names[begin:]


_PEOPLE_ALONE = re.compile(r"^(van phong|ban|to|doan) .*(va|cua)$")


def _bold(spot: Spot) -> bool:
    return all(run.look.bold for run in lettered(spot.line))


def _check_names(report: Report, elements: Elements) -> None:
    names = elements.top.names
    if not names:
        report.note(
            "issuing.agency", "không có tên cơ quan ban hành", "tên cơ quan, tổ chức ban hành văn bản", "trang 1"
        )
        return
    superior, issuer = split_names(names)
    for rule, lines, kind in (
        ("superior.agency", superior, _SUPERIOR_TYPE), ("issuing.agency", issuer, _ISSUER_TYPE)
    ):  # fmt: skip
        for spot in lines:
            check_type(report, rule, spot.line, spot.paragraph.place, kind)
            check_centred(report, rule, spot.alignment if spot.column or spot.paragraph.place.table else "center",
                          spot.paragraph.place)  # fmt: skip
    _check_superior(report, superior, issuer)
    place = issuer[-1].paragraph.place
    expected = "nét liền, dài bằng 1/3 đến 1/2 dòng chữ"
    share = underlined_share(issuer[-1].line)
    if share > 0:
        check_length(report, "issuing.rule", [share], 1.0, _ISSUER_SHARE, expected, place)
    else:
        _check_rule(report, elements, "issuing.rule", issuer, _ISSUER_SHARE,
                    "nét liền, dài bằng 1/3 đến 1/2 dòng chữ")  # fmt: skip


def _check_superior(report: Report, superior: tuple[Spot, ...], issuer: tuple[Spot, ...]) -> None:
    name, place = issuer[0], issuer[0].paragraph.place
    if _PEOPLE.match(name.folded):
        if superior:
            report.note(
                "superior.agency",
                quoted(superior[0].text),
                "Ủy ban nhân dân, Hội đồng nhân dân không ghi cơ quan chủ quản",
                superior[0].paragraph.place,
            )
        if name.folded.startswith(("ubnd", "hdnd")):
            report.note(
                "issuing.agency.name",
                quoted(name.text),
                "tên chính thức, đầy đủ (ỦY BAN NHÂN DÂN …)",
                place,
                warning=True,
            )
    elif _NEEDS_SUPERIOR.match(name.folded) and not superior:
        report.note(
            "superior.agency",
            f"{quoted(name.text)} không có tên cơ quan chủ quản",
            "tên cơ quan chủ quản trực tiếp (ví dụ UBND TỈNH …)",
            place,
        )
