"""The page *Tin, bài theo tháng*: what units published in the months of a year, beside what the plan asks."""

from __future__ import annotations

from fastapi import APIRouter, Depends
from starlette.requests import Request
from starlette.responses import HTMLResponse

from plan_lifecycle.lifecycle.situation import news_months
from plan_lifecycle.web.board._frame import Frame, Person
from plan_lifecycle.web.board._given import Number

YEARS = 3
"""How many years can be chosen, this one the first."""


def news_page(frame: Frame) -> APIRouter:
    """The route of the page."""
    routes, looks = APIRouter(prefix="/tin-bai"), Depends(frame.within.look)

    @routes.get("/")
    def look(request: Request, who: Person = looks, nam: Number = 0) -> HTMLResponse:
        now = frame.clock()
        years = [now.year - ago for ago in range(YEARS)]
        year = nam if nam in years else now.year
        months = news_months(frame.office_of(who), now, year=year)
        return frame.show(request, "news.html", who, now, months=months, years=years, year=year)

    return routes
