"""Type, abstract, subject of an official letter, addressee (mục II, khoản 5 and 9)."""

from __future__ import annotations

import re

from plan_lifecycle.documents.check._elements import Elements
from plan_lifecycle.documents.check._findings import Report, quoted
from plan_lifecycle.documents.check._kinds import LETTER, TO_ALL
from plan_lifecycle.documents.check._spots import RIGHT, Spot, is_rule, spots_of
from plan_lifecycle.documents.check._style import Type, check_centred, check_type
from plan_lifecycle.documents.check._top import drawn_lines
from plan_lifecycle.documents.check._widths import check_length, text_width, underlined_share
from plan_lifecycle.documents.formatting import Paragraph

_NAME_TYPE = Type(13, 14, bold=True, capitals=True)
_ABSTRACT_TYPE = Type(13, 14, bold=True, capitals=False)
_SUBJECT_TYPE = Type(12, 13, bold=False, capitals=False)
_ADDRESSEE_TYPE = Type(13, 14, bold=False, capitals=False)
# An abstract of several lines: the rule is a third to a half of one of them; widths are estimates.
_SHARE = (0.1, 0.64)
_WITHOUT_ABSTRACT = ("GIẤY GIỚI THIỆU", "GIẤY NGHỈ PHÉP", "PHIẾU GỬI", "PHIẾU CHUYỂN", "PHIẾU BÁO", "HỢP ĐỒNG")
_UPWARD = ("TỜ TRÌNH", LETTER)


def check_title(report: Report, elements: Elements) -> None:
    """Check what names the document and whom it addresses."""
    if elements.title.name:
        _check_name(report, elements)
        _check_abstract(report, elements)
    elif elements.top.subject or elements.addressee:
        _check_subject(report, elements)
    else:
        report.note(
            "type.name", "không có tên loại văn bản", "tên loại, canh giữa (công văn: “V/v …” dưới số)", "trang 1"
        )
    _check_addressee(report, elements)


def _check_name(report: Report, elements: Elements) -> None:
    title = elements.title
    name = title.name
    if name is None:
        return
    place = name.paragraph.place
    check_type(report, "type.name", name.line, place, _NAME_TYPE)
    check_centred(report, "type.name", name.alignment, place)
    if title.merged:
        report.note("type.name.line", quoted(name.text), "tên loại trên dòng riêng, trích yếu ngay dưới", place)


def _check_abstract(report: Report, elements: Elements) -> None:
    title = elements.title
    if title.merged or title.kind in _WITHOUT_ABSTRACT or title.name is None:
        return
    if not title.abstract:
        report.note(
            "abstract", "không có trích yếu nội dung", "trích yếu ngay dưới tên loại", title.name.paragraph.place
        )
        return
    for spot in title.abstract:
        check_type(report, "abstract", spot.line, spot.paragraph.place, _ABSTRACT_TYPE)
        check_centred(report, "abstract", spot.alignment, spot.paragraph.place)
    _check_abstract_rule(report, elements)


def _check_abstract_rule(report: Report, elements: Elements) -> None:
    title = elements.title
    last = title.abstract[-1]
    expected = "nét liền, dài bằng 1/3 đến 1/2 dòng chữ, dưới trích yếu"
    longest = max(text_width(spot.line) for spot in title.abstract)
    typed = next((spot for spot in title.after if is_rule(spot.text)), None)
    if typed is not None and not set(typed.text) & set("_─━"):
        report.note("abstract.rule.dashes", quoted(typed.text), expected, typed.paragraph.place, warning=True)
    widths: list[float | None] = [text_width(typed.line)] if typed else _drawn_below(elements, last)
    if share := underlined_share(last.line):
        widths = [share * longest]
    if not widths:
        report.note("abstract.rule", "không có đường kẻ", expected, last.paragraph.place)
        return
    check_length(report, "abstract.rule", widths, longest, _SHARE, expected, last.paragraph.place)


def _drawn_below(elements: Elements, last: Spot) -> list[float | None]:
    """Lines anchored from the type's name down to the first paragraph of the text."""
    title, blocks = elements.title, elements.layout.blocks
    if title.name is None:
        return []
    end = last.block + 1
    while end < min(len(blocks), last.block + 4) and isinstance(blocks[end], Paragraph):
        end += 1
        if any(spot.text for spot in spots_of(blocks[end - 1], end - 1)):
            break
    return [width for _, width in drawn_lines(blocks[title.name.block : end])]


def _check_subject(report: Report, elements: Elements) -> None:
    subject = elements.top.subject
    if not subject:
        report.note("abstract.subject", "không có trích yếu công văn", "“V/v …” dưới số, ký hiệu", "trang 1")
        return
    first = subject[0]
    for spot in subject:
        check_type(report, "abstract.subject", spot.line, spot.paragraph.place, _SUBJECT_TYPE)
    if not first.text.startswith("V/v "):
        report.note("abstract.subject", quoted(first.text), "bắt đầu bằng “V/v”", first.paragraph.place, warning=True)
    if first.side == RIGHT:
        report.note("abstract.subject.place", "ở bên phải", "canh giữa dưới số, ký hiệu", first.paragraph.place)


def _check_addressee(report: Report, elements: Elements) -> None:
    kind = elements.kind
    if not elements.addressee:
        if kind in _UPWARD and (elements.title.name or elements.top.subject):
            report.note(
                "addressee.missing",
                f"{kind.lower()} không có “Kính gửi”",
                "“Kính gửi: …” trên phần nội dung",
                "trang 1",
            )
        elif kind == "BÁO CÁO":
            report.note(
                "addressee.missing",
                "báo cáo không có “Kính gửi”",
                "“Kính gửi: …” nếu báo cáo gửi cơ quan cấp trên",
                "trang 1",
                warning=True,
            )
        return
    first = elements.addressee[0]
    if kind in TO_ALL:
        report.note(
            "addressee.kind",
            f"{kind.lower()} có “Kính gửi”",
            "chỉ ghi “Nơi nhận” ở cuối văn bản",
            first.place,
            warning=True,
        )
    for paragraph in elements.addressee:
        for line in paragraph.lines:
            check_type(report, "addressee", line, paragraph.place, _ADDRESSEE_TYPE)
    _check_addressee_text(report, elements.addressee)


def _check_addressee_text(report: Report, paragraphs: tuple[Paragraph, ...]) -> None:
    place = paragraphs[0].place
    lines = [
        " ".join(text.split())
        for number, paragraph in enumerate(paragraphs)
        for text in (paragraph.text if number else paragraph.text.lstrip()).split("\n")
        if text.strip()
    ]
    if not re.match(r"^Kính gửi\s?:", lines[0]):
        report.note("addressee.colon", quoted(lines[0]), "“Kính gửi:”, sau có dấu hai chấm", place)
        return
    head, _, rest = lines[0].partition(":")
    items = [*([rest.strip()] if rest.strip() else []), *lines[1:]]
    if not items:
        if not report.draft:
            report.note("addressee", quoted(head), "tên cơ quan, tổ chức hoặc cá nhân nhận văn bản", place)
        return
    if len(items) == 1:
        return
    starts = [item.startswith(("-", "–", "+")) for item in items]
    if not all(starts) and rest.strip() and not any(starts):
        # One long name on several lines.
        return
    if not all(starts):
        report.note(
            "addressee.list", quoted(items[starts.index(False)]), "mỗi nơi một dòng, đầu dòng gạch đầu dòng (-)", place
        )
    _check_ends(report, items, place)


def _check_ends(report: Report, items: list[str], place: object) -> None:
    for item in items[:-1]:
        if not item.endswith(";"):
            report.note("addressee.list", quoted(item), "cuối dòng có dấu chấm phẩy (;)", place)
            return
    if not items[-1].endswith("."):
        report.note("addressee.list", quoted(items[-1]), "cuối dòng cuối cùng có dấu chấm (.)", place)
