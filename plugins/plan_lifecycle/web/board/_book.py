"""The page *Sổ văn bản đến*: many papers at once from the registry's book, pasted or as Excel; tried, then recorded.

What was read of a file stands in the field as lines: what is recorded is what was seen, and a line can be put right.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from fastapi import APIRouter, Depends
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from plan_lifecycle.documents.gate import Purpose, inspect
from plan_lifecycle.documents.registry_book import RegistryRow, pasted_again, read_pasted, read_registry
from plan_lifecycle.domain.act import ActKind
from plan_lifecycle.domain.errors import InputError
from plan_lifecycle.domain.obligation import Item
from plan_lifecycle.lifecycle.office import provinces
from plan_lifecycle.lifecycle.review import About, Line, Status, record_book
from plan_lifecycle.lifecycle.situation import kinds_owed
from plan_lifecycle.web.board._acting import Acting, serve_acts
from plan_lifecycle.web.board._frame import Frame, Page, Person
from plan_lifecycle.web.board._given import Given

STATUS_WORDS = {
    Status.MATCHED: "ghi nhận được",
    Status.KNOWN: "đã ghi nhận trước đó",
    Status.DOUBT: "cần xem lại",
    Status.UNRELATED: "không liên quan",
}


def book_page(frame: Frame) -> APIRouter:
    """The routes of the page: the form, what would become of the lines, and recording them."""
    routes, page, looks = APIRouter(prefix="/so-van-ban"), _Page(frame), Depends(frame.within.look)

    @routes.get("/")
    def look(request: Request, who: Person = looks) -> HTMLResponse:
        return page.show(request, who)

    serve_acts(routes, frame, Acting({"xem": page.tried, "ghi": page.recorded}, page.again), guards=frame.within)
    return routes


class _Page(Page):
    """The page of one office."""

    def show(
        self,
        request: Request,
        who: Person,
        *,
        text: str = "",
        chosen: str = "",
        lines: Sequence[Line] = (),
        recorded: bool = False,
        problems: Sequence[str] = (),
    ) -> HTMLResponse:
        """The form; beneath it what would become of the lines, or what became of them."""
        office, now = self._frame.office_of(who), self._frame.clock()
        return self._frame.show(
            request,
            "book.html",
            who,
            now,
            kinds=[(f"{kind.item.value} {kind.period}", kind.what) for kind in kinds_owed(office)],
            text=text,
            chosen=chosen,
            lines=[(line, STATUS_WORDS[line.status]) for line in lines],
            counts=[(words, sum(line.status is status for line in lines)) for status, words in STATUS_WORDS.items()],
            to_record=sum(line.status is Status.MATCHED for line in lines),
            recorded=recorded,
            problems=problems,
        )

    def again(self, request: Request, given: Given, problems: Sequence[str]) -> HTMLResponse:
        """The form again, with what was wrong."""
        return self.show(request, given.who, chosen=given.text("noi_dung"), problems=problems)

    def tried(self, given: Given) -> Response:
        """What would become of the lines, with the form filled in by them. Raises InputError."""
        rows = _rows(given)
        lines = _record(given, rows, dry_run=True)
        text = given.text("dong") if given.file is None or not given.file.name else pasted_again(rows)
        chosen = given.text("noi_dung")
        return self.show(given.request, given.who, text=text, chosen=chosen, lines=lines)

    def recorded(self, given: Given) -> Response:
        """Record the lines that surely meet something; what is left stays in the field. Raises InputError."""
        rows = _rows(given)
        lines = _record(given, rows, dry_run=False)
        left = {line.line for line in lines if line.status is Status.DOUBT}
        text = pasted_again([row for row in rows if row.line in left]) if left else ""
        chosen = given.text("noi_dung")
        return self.show(given.request, given.who, text=text, chosen=chosen, lines=lines, recorded=True)


def _rows(given: Given) -> list[RegistryRow]:
    """The lines of the file, else those that were pasted. Raises InputError where there are none."""
    if given.file is not None and given.file.name:
        verdict = inspect(given.file.data, name=given.file.name, purpose=Purpose.EVIDENCE)
        if not verdict.accepted or verdict.kind != "xlsx":
            vi = verdict.reason or "Sổ văn bản đến phải là bảng tính Excel (.xlsx)."
            raise InputError("the registry's book, .xlsx", field="tep", found=verdict.code or verdict.kind, vi=vi)
        rows = given.office.bounded(read_registry, given.file.data)
    else:
        rows = read_pasted(given.text("dong"))
    if not rows:
        raise InputError("lines", field="dong", found="none", vi="Đề nghị dán các dòng của sổ, hoặc chọn tệp Excel.")
    day = given.day("ngay_den")
    return [replace(row, received_on=row.received_on or day) for row in rows]


def _record(given: Given, rows: Sequence[RegistryRow], *, dry_run: bool) -> list[Line]:
    decider, found = given.decider(ActKind.RECORD), []
    for top in provinces(given.office, given.now):
        found.append(record_book(given.office, rows, top, decider, given.now, dry_run=dry_run, about=_about(given)))
    return [_clearest(each) for each in zip(*found, strict=True)]


def _about(given: Given) -> About | None:
    """What the lines are, where that was chosen; else their abstracts say it. Raises InputError."""
    text = given.text("noi_dung")
    if not text:
        return None
    item, _, period = text.partition(" ")
    if item not in {one.value for one in Item}:
        raise InputError(
            "an item and a period", field="noi_dung", found=text, vi="Đề nghị chọn nội dung trong danh sách."
        )
    return About(Item(item), period)


def _clearest(lines: Sequence[Line]) -> Line:
    """Of what a line is to several provinces what is surest."""
    order = (Status.MATCHED, Status.KNOWN, Status.DOUBT, Status.UNRELATED)
    return min(lines, key=lambda line: order.index(line.status))
