"""The page *Chấm điểm, xếp hạng*: a year's ranking, a unit's criteria to appraise and ask about, files to take away."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial
from typing import NamedTuple
from urllib.parse import urlencode

from fastapi import APIRouter, Depends
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from plan_lifecycle.domain.appraisal import Side, applies_not, read_points
from plan_lifecycle.domain.decider import LONGEST_NAME, Decider
from plan_lifecycle.domain.errors import InputError
from plan_lifecycle.lifecycle.appraise import (
    Ruling,
    ScoringRound,
    appraise,
    appraise_rest,
    ask,
    award_proposal,
    choose_for,
    form_of,
    open_round,
    publish_ranking,
    published,
    ranking_of,
    review_of,
    send_forms,
    sheets_of,
    table_of,
    take,
    take_appraisal,
)
from plan_lifecycle.web.board._acting import Acting, serve_acts
from plan_lifecycle.web.board._frame import Frame, Page, Person
from plan_lifecycle.web.board._given import Given, Number
from plan_lifecycle.web.board._upload import File
from plan_lifecycle.web.saving import saved


class Asked(NamedTuple):
    """What an address names: a scheme's code, the year, whose units, and one unit of them."""

    scheme: str = ""
    year: int = 0
    receiver: str = ""
    unit: str = ""

    @property
    def query(self) -> str:
        """The same as it stands in an address."""
        return urlencode({"bo": self.scheme, "nam": self.year, "cua": self.receiver, "don_vi": self.unit})


def scores_page(frame: Frame) -> APIRouter:
    """The routes of the page: to look, to take a file away, and an act for each form."""
    routes, page = APIRouter(prefix="/diem"), _Page(frame)
    looks = Depends(frame.within.look)

    @routes.get("/")
    def look(
        request: Request, who: Person = looks, bo: str = "", nam: Number = 0, cua: str = "", don_vi: str = ""
    ) -> Response:
        return page.show(request, who, Asked(bo, nam, cua[:LONGEST_NAME], don_vi[:LONGEST_NAME]))

    @routes.get("/tep")
    def file(bo: str, nam: Number, who: Person = looks, cua: str = "", giai: str = "", tu: Number = 0) -> Response:
        return page.file(who, Asked(bo, nam, cua[:LONGEST_NAME]), giai, tu or nam)

    @routes.get("/to-trinh")
    def proposal(bo: str, nam: Number, giai: str, who: Person = looks, cua: str = "", tu: Number = 0) -> Response:
        return page.proposal(who, Asked(bo, nam, cua[:LONGEST_NAME]), giai, tu or nam)

    @routes.get("/bieu")
    def form(bo: str, nam: Number, don_vi: str, who: Person = looks, cua: str = "", ben: str = "") -> Response:
        return page.form(who, Asked(bo, nam, cua[:LONGEST_NAME], don_vi[:LONGEST_NAME]), ben)

    serve_acts(
        routes,
        frame,
        Acting(
            {act: partial(page.act, do) for act, do in ACTS.items()},
            page.again,
            lambda given, _: f"./?{_asked(given).query}",
        ),
        guards=frame.within,
    )
    return routes


class _Page(Page):
    """The page of one office."""

    def act(self, do: Callable[[Given, ScoringRound], list[str] | None], given: Given) -> list[str] | None:
        """Do it in the round that the form is about; returns what was not done. Raises InputError."""
        return do(given, self._round(given.who, _asked(given), given.now))

    def again(self, request: Request, given: Given, problems: Sequence[str]) -> HTMLResponse:
        """The ranking again, with what was not noted and why."""
        return self.show(request, given.who, _asked(given), problems=problems)

    def show(self, request: Request, who: Person, asked: Asked, *, problems: Sequence[str] = ()) -> HTMLResponse:
        """The ranking that is asked for; where there is none, the page says why."""
        now = self._frame.clock()
        year = asked.year or now.year
        rules = self._frame.office.rules.score_rules
        values: dict[str, object] = {"schemes": rules.of_year(year), "of": None, "sheet": None, "unit": None}
        if asked.scheme:
            try:
                values |= self._of_round(who, asked, self._round(who, asked, now), now)
            except InputError as error:
                problems = problems or [error.for_user]
        values |= {"asked": asked, "year": year, "problems": problems}
        page = self._frame.show(request, "scores.html", who, now, **values)
        page.status_code = 422 if problems else 200
        return page

    def file(self, who: Person, asked: Asked, award: str, first: int) -> Response:
        """The ranking as Excel, or with an award who may be proposed from the year ``first`` on."""
        now = self._frame.clock()
        try:
            of = self._round(who, asked, now)
            if not award:
                name, data = table_of(self._office, of)
            else:
                rounds = self._years(who, asked, first, now)
                name, data = review_of(self._office, rounds, of.rules.award(award)).file()
        except InputError as error:
            raise HTTPException(404) from error
        return saved(data, name)

    def proposal(self, who: Person, asked: Asked, award: str, first: int) -> Response:
        """The draft of the proposal for an award, as Word."""
        now = self._frame.clock()
        try:
            rounds = self._years(who, asked, first, now)
            name, data = award_proposal(self._office, rounds, rounds[-1].rules.award(award), now)
        except InputError as error:
            raise HTTPException(404) from error
        return saved(data, name)

    def form(self, who: Person, asked: Asked, side: str) -> Response:
        """The form in which a unit scores itself, or that of its appraisal."""
        try:
            of = self._round(who, asked, self._frame.clock())
            appraised = side == Side.APPRAISED.value
            name, data = form_of(self._office, of, of.unit(asked.unit), Side.APPRAISED if appraised else Side.SELF)
        except InputError as error:
            raise HTTPException(404) from error
        return saved(data, name)

    def _years(self, who: Person, asked: Asked, first: int, now: datetime) -> list[ScoringRound]:
        years = range(max(first, asked.year - 10), asked.year + 1) or [asked.year]
        return [self._round(who, asked._replace(year=year), now) for year in years]

    def _round(self, who: Person, asked: Asked, now: datetime) -> ScoringRound:
        office = self._frame.office_of(who)
        return open_round(office, office.rules.score_rules, asked.scheme, asked.year, asked.receiver, now)

    def _of_round(self, who: Person, asked: Asked, of: ScoringRound, now: datetime) -> dict[str, object]:
        awards = [award for award in of.rules.awards if award.scheme == of.scheme.code]
        rounds = self._years(who, asked, of.scheme.first or asked.year, now) if awards else []
        values: dict[str, object] = {
            "of": of,
            "ranking": ranking_of(self._office, of),
            "published": published(self._office, of),
            "reviews": [review_of(self._office, rounds, award) for award in awards],
        }
        if asked.unit:
            unit = of.unit(asked.unit)
            values |= {"unit": unit, "sheet": sheets_of(self._office, of)[unit.id]}
        return values


def _asked(given: Given) -> Asked:
    """What the form was sent from."""
    year = given.text("nam")
    number = int(year) if year.isdecimal() and len(year) == 4 else 0
    return Asked(given.text("bo"), number, given.text("cua"), given.text("don_vi"))


def _appraise(given: Given, of: ScoringRound) -> None:
    text = given.text("diem")
    try:
        points = None if applies_not(text) else read_points(text)
    except ValueError as error:
        raise InputError("points", field="diem", found=text, vi=f"Điểm “{text}” không phải là số.") from error
    ruling = Ruling(given.text("don_vi"), given.text("tieu_chi"), points, given.text("ly_do_rieng"))
    appraise(given.office, of, ruling, Decider(given.who.name), given.now)


def _appraise_rest(given: Given, of: ScoringRound) -> None:
    named = given.text("don_vi")
    appraise_rest(given.office, of, [of.unit(named)] if named else of.units, Decider(given.who.name), given.now)


def _ask(given: Given, of: ScoringRound) -> None:
    about = (given.text("don_vi"), given.text("tieu_chi"), given.text("ly_do_rieng"))
    ask(given.office, of, *about, Decider(given.who.name), given.now)


def _send(given: Given, of: ScoringRound) -> list[str]:
    sent = send_forms(given.office, of, given.until(), Decider(given.who.name), given.now)
    if sent.unreachable and not sent.queued:
        return [f"Chưa có địa chỉ thư: {'; '.join(sent.unreachable)}."]
    return []


def _take(given: Given, of: ScoringRound) -> None:
    file = _file(given)
    take(given.office, of, file.data, file.name, Decider(given.who.name), given.now, given.text("don_vi"))


def _take_appraisal(given: Given, of: ScoringRound) -> None:
    file, whose = _file(given), given.text("don_vi")
    take_appraisal(given.office, of, file.data, file.name, Decider(given.who.name), given.now, whose)


def _file(given: Given) -> File:
    if given.file is None or not given.file.data:
        raise InputError("a file", field="tep", vi="Đề nghị chọn tệp.")
    return given.file


def _choose(given: Given, of: ScoringRound) -> None:
    award, first = of.rules.award(given.text("giai")), of.scheme.first or of.year
    rounds = [
        open_round(given.office, of.rules, of.scheme.code, year, of.receiver.name, given.now)
        for year in range(max(first, of.year - 10), of.year + 1)
    ]
    proposed, unit = "khong" not in given.fields, given.text("ten_don_vi")
    choose_for(given.office, rounds, award, unit, given.in_own_words(), given.now, proposed=proposed)


def _publish(given: Given, of: ScoringRound) -> None:
    publish_ranking(given.office, of, Decider(given.who.name, given.text("ly_do_rieng")), given.now)


ACTS: dict[str, Callable[[Given, ScoringRound], list[str] | None]] = {
    "tham-dinh": _appraise,
    "con-lai": _appraise_rest,
    "giai-trinh": _ask,
    "cong-bo": _publish,
    "gui-bieu": _send,
    "nop-tu-cham": _take,
    "nop-tham-dinh": _take_appraisal,
    "chon": _choose,
}
"""The acts by the address that a form is sent to."""
