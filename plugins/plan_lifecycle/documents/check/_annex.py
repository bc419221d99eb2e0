"""Annexes and what is issued with a document (mục III, khoản 1). Their inner text and tables are theirs to lay out."""

from __future__ import annotations

import re
from dataclasses import dataclass

from plan_lifecycle.documents.check._elements import Elements
from plan_lifecycle.documents.check._findings import Report, quoted
from plan_lifecycle.documents.check._spots import Spot, fold, is_rule, spots_of
from plan_lifecycle.documents.check._style import Type, check_centred, check_type, is_capitals
from plan_lifecycle.documents.formatting import Block, every_paragraph

_HEADING = re.compile(r"^phu luc(\s+(so\s+)?([ivx]+|\d+|[a-z]))?\s*[.:]?$")
_ATTACHED = re.compile(r"^[(\[]?\s*(ban hanh )?kem theo\b")
_HEADING_TYPE = Type(14, 14, bold=True)
_TITLE_TYPE = Type(13, 14, bold=True, capitals=True)
_ATTACHED_TYPE = Type(13, 14, bold=False, italic=True)
_NEAR = 8


@dataclass(frozen=True)
class _Annex:
    heading: Spot
    number: str
    title: tuple[Spot, ...]
    attached: tuple[Spot, ...]


def check_annexes(report: Report, elements: Elements) -> None:
    """Check each annex's heading, title and reference, their numbers, and that the text mentions them."""
    annexes = _find(elements.annexes)
    if not annexes:
        return
    for annex in annexes:
        _check_one(report, annex)
    _check_numbers(report, annexes)
    if not _mentioned(elements):
        report.note(
            "annex.reference",
            "nội dung không nhắc đến Phụ lục",
            "có chỉ dẫn về Phụ lục kèm theo",
            annexes[0].heading.paragraph.place,
        )
    _check_page_numbers(report, elements, annexes)


def _find(blocks: tuple[Block, ...]) -> list[_Annex]:
    spots = [spot for index, block in enumerate(blocks) for spot in _leading_spots(block, index)]
    found = []
    for index, spot in enumerate(spots):
        match = _HEADING.match(spot.folded)
        if match and (spot.alignment == "center" or is_capitals(spot.text) or _is_bold(spot)):
            title, attached = _under(spots[index + 1 : index + 1 + _NEAR])
            found.append(_Annex(spot, spot.text.split()[-1].strip(".:") if match[1] else "", title, attached))
    return found


def _leading_spots(block: Block, index: int) -> list[Spot]:
    spots: list[Spot] = []
    for spot in spots_of(block, index):
        spots.append(spot)
        if len(spots) >= _NEAR:
            break
    return spots


def _is_bold(spot: Spot) -> bool:
    return all(run.look.bold for run in spot.line.visible)


def _under(spots: list[Spot]) -> tuple[tuple[Spot, ...], tuple[Spot, ...]]:
    """The title's lines, then ``(Kèm theo …)`` up to its closing bracket."""
    title: list[Spot] = []
    attached: list[Spot] = []
    for spot in spots:
        if is_rule(spot.text) or _HEADING.match(spot.folded):
            break
        if attached or _ATTACHED.match(spot.folded):
            attached.append(spot)
            if spot.text.endswith(")"):
                break
        elif spot.alignment == "center" and not spot.paragraph.place.table:
            title.append(spot)
        else:
            break
    return tuple(title), tuple(attached)


def _check_one(report: Report, annex: _Annex) -> None:
    place = annex.heading.paragraph.place
    check_type(report, "annex.heading", annex.heading.line, place, _HEADING_TYPE)
    check_centred(report, "annex.heading", annex.heading.alignment, place)
    if annex.heading.text.startswith("PHỤ LỤC"):
        report.note("annex.heading.capitals", quoted(annex.heading.text), "chữ in thường: Phụ lục", place)
    for spot in annex.title:
        check_type(report, "annex.title", spot.line, spot.paragraph.place, _TITLE_TYPE)
    for spot in annex.attached:
        check_type(report, "annex.attachment", spot.line, spot.paragraph.place, _ATTACHED_TYPE)
        check_centred(report, "annex.attachment", spot.alignment, spot.paragraph.place)
    if not annex.attached:
        report.note(
            "annex.attachment", "không có “(Kèm theo …)”", "“(Kèm theo … số … ngày … của …)” dưới tên Phụ lục", place
        )


def _check_numbers(report: Report, annexes: list[_Annex]) -> None:
    for annex in annexes:
        place = annex.heading.paragraph.place
        if annex.number and not re.fullmatch(r"[IVXLC]+", annex.number):
            report.note("annex.number", quoted(annex.heading.text), "chữ số La Mã: Phụ lục I", place)
        elif not annex.number and len(annexes) > 1:
            report.note("annex.number", quoted(annex.heading.text), "từ hai Phụ lục trở lên phải đánh số La Mã", place)


def _mentioned(elements: Elements) -> bool:
    blocks = (*elements.body, *elements.layout.blocks[: elements.closing.first_block])
    return any("phu luc" in fold(paragraph.text) for paragraph in every_paragraph(blocks))


def _check_page_numbers(report: Report, elements: Elements, annexes: list[_Annex]) -> None:
    """Each annex is numbered by itself, which Word does only for a section that begins at 1."""
    for annex in annexes:
        section = elements.layout.sections[min(annex.heading.paragraph.section, len(elements.layout.sections) - 1)]
        if section.number_start != 1:
            report.note(
                "annex.page_number",
                "số trang nối tiếp văn bản",
                "số trang đánh riêng theo từng Phụ lục",
                annex.heading.paragraph.place,
                warning=True,
            )
