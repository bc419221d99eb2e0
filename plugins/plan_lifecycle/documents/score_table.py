"""Rankings and award lists as Excel: numbers as numbers, filters, headings that stay."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal

import xlsxwriter

from plan_lifecycle.documents.consolidated_excel._sheet import Cell, Looks, Sheet
from plan_lifecycle.domain.award import Award, Candidates
from plan_lifecycle.domain.score import Place

_EPOCH = datetime(2000, 1, 1)  # noqa: DTZ001  a fixed creation date: same inputs, same bytes
_HEADS = ("Xếp hạng", "Nhóm", "Cơ quan, đơn vị", "Điểm tối đa", "Điểm đạt được", "Chỉ số (%)", "Xếp loại")
_WIDTHS = (10, 36, 44, 12, 12, 12, 14)


def write_ranking(
    title: str,
    places: Sequence[Place],
    notes: Sequence[str] = (),
    award: tuple[Award, Sequence[Candidates]] | None = None,
) -> bytes:
    """A workbook with the ranking and, where an ``award`` is given, a sheet of who may be proposed for it and why."""
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"title": title, "created": _EPOCH})
    looks = Looks(book)
    sheet = Sheet(book.add_worksheet("Xếp hạng"), looks)
    sheet.say(title, title=True)
    for note in notes:
        sheet.say(note)
    sheet.head(_HEADS, _WIDTHS, fixed=3)
    for place in sorted(places, key=_order):
        numbers = (place.maximum, place.points, place.index)
        sheet.row([place.rank, place.group, place.unit, *map(_number, numbers), place.band or "chưa chấm điểm"])
    sheet.filter()
    if award is not None:
        _write_award(Sheet(book.add_worksheet("Đề nghị khen thưởng"), looks), *award)
    book.close()
    return stream.getvalue()


def why_words(place: Place, group: Candidates, award: Award) -> str:
    """Why a unit may be proposed: its band, its place, and the cap of its group."""
    cap = f"trong số {group.limit:02} đơn vị của nhóm" if group.limit is not None else "không giới hạn số đơn vị"
    index = f"{place.index}".replace(".", ",")
    return f"Chỉ số {index}%, xếp loại {place.band} (yêu cầu từ {award.band}), hạng {place.rank}, {cap}"


def _write_award(sheet: Sheet, award: Award, groups: Sequence[Candidates]) -> None:
    sheet.say(f"ĐỀ NGHỊ KHEN THƯỞNG: {award.name}", title=True)
    sheet.say(f"Mỗi đơn vị đề nghị không quá {award.collectives:02} tập thể, {award.individuals:02} cá nhân.")
    for also in award.also:
        sheet.say(f"Tiêu chí xem xét thêm: {also}.")
    sheet.head(("Nhóm", "Cơ quan, đơn vị", "Kết quả", "Căn cứ"), (36, 44, 20, 70), fixed=2)
    for group in groups:
        for place in group.proposed:
            sheet.row([group.group, place.unit, "Đề nghị", why_words(place, group, award)])
        for place in group.tie.units if group.tie else ():
            left = group.tie.left if group.tie else 0
            why = f"Đồng hạng {place.rank}, còn {left:02} chỗ: người có thẩm quyền chọn"
            sheet.row([group.group, place.unit, "Chờ chọn", why])
        for place in group.left_out:
            sheet.row([group.group, place.unit, "Không đề nghị", "Theo quyết định của người có thẩm quyền"])
    sheet.filter()


def _order(place: Place) -> tuple[str, bool, int]:
    return place.group, place.rank is None, place.rank or 0


def _number(number: Decimal | None) -> Cell:
    return None if number is None else float(number)
