"""The table behind *Tình hình*: units by what they owe in a year, with rates; as Excel, too."""

from __future__ import annotations

from collections.abc import Iterator

from fastapi import APIRouter, Depends
from starlette.requests import Request
from starlette.responses import Response

from plan_lifecycle.documents.list_table import Cell, Heading, write_list
from plan_lifecycle.domain.decider import LONGEST_NAME
from plan_lifecycle.domain.writing import file_name, short_date
from plan_lifecycle.lifecycle.situation import SIGNS, Mark, Matrix, matrix
from plan_lifecycle.web.board._frame import Frame, Person
from plan_lifecycle.web.saving import saved

MOST_UNITS = 400
"""Units that are shown at once; of more the groups are shown, and one group when it is chosen."""
MARK_WORDS = {
    Mark.DONE: "đã hoàn thành",
    Mark.HERE: "đã nhận, chưa xong",
    Mark.BACK: "đề nghị hoàn thiện",
    Mark.LATE: "quá hạn",
    Mark.SOON: "chưa đến hạn",
    Mark.FREE: "miễn, hoãn",
}


def matrix_page(frame: Frame) -> APIRouter:
    """The routes of the page: the table, and the same as a file."""
    routes, looks = APIRouter(prefix="/bang-theo-doi"), Depends(frame.within.look)

    @routes.get("/")
    def look(request: Request, who: Person = looks, nam: str = "", nhom: str = "") -> Response:
        now = frame.clock()
        table, group = frame.kept.look(matrix, frame.office_of(who), now, _year(nam)), nhom[:LONGEST_NAME]
        chosen = [one for one in table.groups if group in ("", one.name)]
        return frame.show(
            request,
            "matrix.html",
            who,
            now,
            table=table,
            chosen=chosen,
            group=group,
            open=bool(group) or table.units <= MOST_UNITS,
            signs=SIGNS,
            marks=MARK_WORDS,
        )

    @routes.get("/tep")
    def file(who: Person = looks, nam: str = "") -> Response:
        now = frame.clock()
        table = frame.kept.look(matrix, frame.office_of(who), now, _year(nam))
        title = f"Bảng theo dõi năm {table.year}"
        day = short_date(now.date())
        headings = (Heading("Đơn vị", 36), Heading("Nhóm", 28), *(Heading(name, 26) for name in table.columns))
        return saved(write_list(title, headings, _rows(table), [f"Ngày {day}"]), file_name(f"{title} {day}", "xlsx"))

    return routes


def _year(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdecimal() and len(text) == 4 else None


def _rows(table: Matrix) -> Iterator[tuple[Cell, ...]]:
    for group in table.groups:
        for row in group.rows:
            yield (row.unit, group.name, *(cell.words if cell else "" for cell in row.cells))
    yield ("Phải gửi", "", *(rates.expected for rates in table.rates))
    yield ("Đã nhận", "", *(_told(rates.received, rates.received_percent) for rates in table.rates))
    yield ("Đúng hạn", "", *(_told(rates.in_time, rates.in_time_percent) for rates in table.rates))


def _told(count: int, percent: int | None) -> str:
    return str(count) if percent is None else f"{count} ({percent}%)"
