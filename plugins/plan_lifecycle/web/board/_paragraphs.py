"""What units wrote for a report, paragraph by paragraph: put under another heading, left out, put back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from fastapi import APIRouter, Depends
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from plan_lifecycle.domain.errors import InputError
from plan_lifecycle.domain.release import ReportKey
from plan_lifecycle.lifecycle.compile import (
    leave_out_paragraph,
    move_paragraph,
    put_back_paragraph,
    report_paragraphs,
)
from plan_lifecycle.lifecycle.office import find_unit
from plan_lifecycle.lifecycle.release import report_of_version, shown_report
from plan_lifecycle.web.board._acting import Act, Acting, Led, serve_acts
from plan_lifecycle.web.board._compiling import compile_now
from plan_lifecycle.web.board._frame import Frame, Person
from plan_lifecycle.web.board._given import Given, Number, Place

MOST = 100
"""Paragraphs that the page shows at once; a search finds the others."""
_LONGEST_SEARCH = 100
_NONE = "Chưa chọn đoạn nào."


def paragraphs_page(routes: APIRouter, frame: Frame) -> None:
    """Add the routes of the page: the paragraphs of a version's report, and an act for each form."""
    looks = Depends(frame.within.look)

    @routes.get("/noi-dung/{number}/")
    def every(
        request: Request, number: Place, who: Person = looks, muc: str | None = None, tim: str = "", da: Number = 0
    ) -> Response:
        return _show(frame, request, who, number, section=muc, search=tim[:_LONGEST_SEARCH], done=bool(da))

    serve_acts(
        routes, frame, Acting(ACTS, partial(_again, frame), _back), "/noi-dung/{number}/{act}", guards=frame.within
    )


def _show(
    frame: Frame,
    request: Request,
    who: Person,
    number: int,
    *,
    section: str | None = None,
    search: str = "",
    done: bool = False,
    problems: Sequence[str] = (),
) -> HTMLResponse:
    """The paragraphs of a heading, else of the first that has some. Raises HTTPException 404."""
    office, now = frame.office_of(who), frame.clock()
    key = report_of_version(office, number)
    if key is None:
        raise HTTPException(404)
    known = report_paragraphs(office, key.unit_id, key.period, profile=key.profile)
    shown = shown_report(office, key.unit_id, key.period, now, profile=key.profile)
    sections = {code: sum(one.section == code for one in known.every) for code in known.headings}
    chosen = section if section in sections else next((code for code in ("", *sections) if sections.get(code)), "")
    found = [one for one in known.every if one.section == chosen and search.lower() in one.text.lower()]
    return frame.show(
        request,
        "paragraphs.html",
        who,
        now,
        number=number,
        report=shown,
        headings=known.headings,
        sections={code: count for code, count in sections.items() if count},
        chosen=chosen,
        search=search,
        paragraphs=found[:MOST],
        more=max(len(found) - MOST, 0),
        pending=known.pending,
        done=done,
        problems=problems,
    )


def _again(frame: Frame, request: Request, given: Given, problems: Sequence[str]) -> HTMLResponse:
    number, section = given.place_number("number"), given.text("muc")
    return _show(frame, request, given.who, number, section=section, problems=problems)


def _back(given: Given, _: str) -> str:
    from urllib.parse import urlencode

    return f"./?{urlencode({'muc': given.text('muc'), 'da': 1})}"


def _report(given: Given) -> ReportKey:
    key = report_of_version(given.office, given.place_number("number"))
    if key is None:
        raise HTTPException(404)
    return key


def _each(given: Given, act: Callable[[ReportKey, str], object]) -> list[str]:
    """Do it to every paragraph that was ticked; return why what was not done."""
    key, chosen, problems = _report(given), given.fields.get("doan", []), dict[str, None]()
    if not chosen:
        raise InputError("at least one paragraph", field="doan", vi=_NONE)
    for statement in dict.fromkeys(chosen):
        try:
            act(key, statement)
        except InputError as error:
            problems[error.for_user] = None
    return [*problems]


def _move(given: Given) -> list[str]:
    decider, target = given.in_own_words(), given.text("den_muc")
    if not target:
        raise InputError("a heading", field="den_muc", vi="Đề nghị chọn đề mục.")

    def act(key: ReportKey, one: str) -> None:
        of = (given.office, key.unit_id, key.period, one, target)
        move_paragraph(*of, decider, given.now, profile=key.profile)

    return _each(given, act)


def _leave_out(given: Given) -> list[str]:
    decider = given.in_own_words()
    decider.why  # noqa: B018  a reason is owed before anything is looked for

    def act(key: ReportKey, one: str) -> None:
        leave_out_paragraph(given.office, key.unit_id, key.period, one, decider, given.now, profile=key.profile)

    return _each(given, act)


def _put_back(given: Given) -> list[str]:
    decider = given.in_own_words()

    def act(key: ReportKey, one: str) -> None:
        put_back_paragraph(given.office, key.unit_id, key.period, one, decider, given.now, profile=key.profile)

    return _each(given, act)


def _make_again(given: Given) -> Led | None:
    key = _report(given)
    run = compile_now(given, find_unit(given.office, key.unit_id, given.now), key.period, key.profile)
    return Led(f"../../../{run}") if run else None


ACTS: dict[str, Act] = {
    "chuyen": _move,
    "khong-dua-vao": _leave_out,
    "dua-ve": _put_back,
    "lap-lai": _make_again,
}
"""The acts on paragraphs, by the address that a form is sent to."""
