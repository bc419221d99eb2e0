"""The page *Báo cáo*: compiled reports with versions and files; hold one, let it go, correct it, record its issue."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from urllib.parse import urlencode

from fastapi import APIRouter, Depends
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from plan_lifecycle.domain.errors import InputError
from plan_lifecycle.domain.period import Period
from plan_lifecycle.domain.release import REPORT_STATE_WORDS, Receiver
from plan_lifecycle.lifecycle.office import find_unit
from plan_lifecycle.lifecycle.release import (
    Paper,
    Signed,
    add_paper,
    correct_report,
    corrected_file,
    hold_report,
    issue_report,
    release_report,
    report_to_save,
    reported_periods,
    shown_reports,
    signed_paper,
    take_back_correction,
    undo_issue,
)
from plan_lifecycle.web.board._acting import Act, Acting, Led, serve_acts
from plan_lifecycle.web.board._compiling import compile_now
from plan_lifecycle.web.board._frame import Frame, Person
from plan_lifecycle.web.board._given import Given, Number, Place
from plan_lifecycle.web.board._paragraphs import paragraphs_page
from plan_lifecycle.web.saving import saved

_LONGEST_PERIOD = 16
_PARTS = ("", "-H1", "-Q1", "-Q2", "-Q3", "-Q4")
"""The periods of a year of which a report may be compiled at once."""


def reports_page(frame: Frame) -> APIRouter:
    """The routes of the page: the reports of a period, the files, an act for each form."""
    routes = APIRouter(prefix="/bao-cao")
    looks = Depends(frame.within.look)

    @routes.get("/")
    def every(request: Request, who: Person = looks, ky: str = "", da: Number = 0) -> Response:
        return _show(frame, request, who, ky[:_LONGEST_PERIOD], done=bool(da))

    @routes.get("/tep/{number}/{ending}")
    def file(number: Place, ending: str, who: Person = looks) -> Response:
        found = report_to_save(frame.office_of(who), number, ending, frame.clock())
        if found is None:
            raise HTTPException(404)
        name, data = found
        return saved(data, name)

    @routes.get("/{kind}/{number}")
    def paper(kind: str, number: Place, who: Person = looks) -> Response:
        found = CAME_BACK[kind](frame.office_of(who), number) if kind in CAME_BACK else None
        if found is None:
            raise HTTPException(404)
        name, data = found
        return saved(data, name)

    paragraphs_page(routes, frame)
    serve_acts(routes, frame, Acting(ACTS, partial(_again, frame), _back), guards=frame.within)
    return routes


def _show(
    frame: Frame,
    request: Request,
    who: Person,
    period: str,
    *,
    done: bool = False,
    problems: Sequence[str] = (),
) -> HTMLResponse:
    """The reports of a period, else of the one with the newest report. Raises HTTPException 404 where there is none."""
    now, office = frame.clock(), frame.office_of(who)
    periods = reported_periods(office)
    if period and period not in periods:
        raise HTTPException(404)
    chosen = period or next(iter(periods), "")
    return frame.show(
        request,
        "reports.html",
        who,
        now,
        periods=[(code, Period.parse(code).label) for code in periods],
        chosen=chosen,
        kinds=[(profile.code, profile.name) for profile in office.rules.profiles],
        askable=[(code, Period.parse(code).label) for code in _askable(now.year)],
        reports=shown_reports(office, now, chosen) if chosen else [],
        states=REPORT_STATE_WORDS,
        coordinator=Receiver.COORDINATOR,
        leader=Receiver.LEADER,
        done=done,
        problems=problems,
    )


def _askable(year: int) -> list[str]:
    return [f"{one}{part}" for one in (year, year - 1) for part in _PARTS]


def _again(frame: Frame, request: Request, given: Given, problems: Sequence[str]) -> HTMLResponse:
    """The period's reports again, with what was not done and why."""
    period = given.text("ky")
    known = period if period in reported_periods(given.office) else ""
    return _show(frame, request, given.who, known, problems=problems)


def _back(given: Given, _: str) -> str:
    return f"./?{urlencode({'ky': given.text('ky'), 'da': 1})}"


def _which(given: Given) -> tuple[str, str]:
    """The unit and the period of the report."""
    return given.text("don_vi"), given.text("ky")


def _seen(given: Given) -> int | None:
    """Which text of the version the page showed; None where the form does not say."""
    return given.number("da_xem") if given.text("da_xem") else None


def _kind(given: Given) -> str | None:
    """The kind of report, by the code of its profile."""
    return given.text("loai") or None


def _hold(given: Given) -> None:
    decider, until = given.in_own_words(), given.day("den_ngay")
    hold_report(given.office, *_which(given), decider, given.now, until=until, profile=_kind(given))


def _release(given: Given) -> None:
    of, decider, version = _which(given), given.in_own_words(), given.number("lan") if given.text("lan") else None
    release_report(given.office, *of, decider, given.now, version=version, seen=_seen(given), profile=_kind(given))


def _issue(given: Given) -> None:
    day = given.day("ngay")
    if day is None:
        raise InputError("a day", field="ngay", found="nothing", vi="Đề nghị ghi ngày ban hành.")
    signed = Signed(given.text("so"), day, given.text("nguoi_ky"))
    of, decider, version = _which(given), given.in_own_words(), given.number("lan")
    paper = _paper(given) if given.file and (given.file.name or given.file.data) else None
    which = (given.office, *of, signed, decider, given.now)
    issue_report(*which, version=version, paper=paper, seen=_seen(given), profile=_kind(given))


def _paper(given: Given) -> Paper:
    """The file that came. Raises InputError where none was chosen."""
    if given.file is None or not (given.file.name or given.file.data):
        raise InputError("a file", field="FILE", found="nothing", vi="Đề nghị chọn tệp.")
    return Paper(given.file.name, given.file.data)


def _correct(given: Given) -> None:
    of, paper, decider, sure = _which(given), _paper(given), given.in_own_words(), bool(given.text("dung"))
    version, kind = given.number("lan"), _kind(given)
    which = (given.office, *of, paper, decider, given.now)
    correct_report(*which, version=version, sure=sure, seen=_seen(given), profile=kind)


def _uncorrect(given: Given) -> None:
    of, decider, version = _which(given), given.in_own_words(), given.number("lan")
    take_back_correction(
        given.office, *of, decider, given.now, version=version, seen=_seen(given), profile=_kind(given)
    )


def _add_paper(given: Given) -> None:
    of, paper, decider, version = _which(given), _paper(given), given.in_own_words(), given.number("lan")
    add_paper(given.office, *of, paper, decider, given.now, version=version, profile=_kind(given))


def _undo(given: Given) -> None:
    decider, version = given.in_own_words(), given.number("lan")
    undo_issue(given.office, *_which(given), decider, given.now, version=version, profile=_kind(given))


def _compile(given: Given) -> Led | None:
    """Compile a report now: by a run of Airflow, where there is one. Raises InputError."""
    unit, period = find_unit(given.office, given.text("don_vi"), given.now), Period.parse(given.text("ky")).code
    run = compile_now(given, unit, period, _kind(given))
    return Led(f"../{run}") if run else None


ACTS: dict[str, Act] = {
    "lap": _compile,
    "giu-lai": _hold,
    "trinh": _release,
    "rut": _undo,
    "ban-hanh": _issue,
    "ban-sua": _correct,
    "bo-ban-sua": _uncorrect,
    "ban-ky": _add_paper,
}
"""The acts on a report of a unit and period, by the address that a form is sent to."""
CAME_BACK = {"ban-ky": signed_paper, "ban-sua": corrected_file}
"""What came back of a version, by its address: the paper that was signed, the draft that was corrected."""
