"""What all pages of the board share: who looks, at which moment, the templates, the way from one page to the others."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse

from plan_lifecycle.domain.sight import EVERYTHING, Sight
from plan_lifecycle.domain.writing import count_text, moment_words, short_date, weekday_date
from plan_lifecycle.lifecycle.office import LiveOffice, Office
from plan_lifecycle.lifecycle.situation import pause_of_all
from plan_lifecycle.web.board._kept import Kept
from plan_lifecycle.web.board._runs import Runs


class Person(NamedTuple):
    """Who is logged in, whether they may decide and see to Airflow itself; by their ``roles`` the rules say which units
    they see (``sight``)."""

    name: str
    decides: bool
    administers: bool = False
    roles: frozenset[str] = frozenset()
    sight: Sight = EVERYTHING


class Guards(NamedTuple):
    """FastAPI dependencies that let somebody look, or decide, and say who it is."""

    look: Callable[..., Person]
    decide: Callable[..., Person]


class Link(NamedTuple):
    """A page in the board's navigation; ``address`` counts from the board's own, without a slash before it.

    ``part`` says that it is also for people who see some of the units only.
    """

    address: str
    name: str
    part: bool = False


PAGES = (
    Link("", "Tình hình", part=True),
    Link("viec/", "Việc chờ xử lý", part=True),
    Link("don-vi/", "Đơn vị", part=True),
    Link("thu/", "Thư", part=True),
    Link("ke-hoach-moi/", "Kế hoạch mới", part=True),
    Link("ke-hoach/", "Tiến độ kế hoạch", part=True),
    Link("bao-cao/", "Báo cáo", part=True),
    Link("diem/", "Chấm điểm, xếp hạng", part=True),
    Link("nhap/", "Nhập danh sách"),
    Link("thiet-lap/", "Thiết lập"),
)
"""The pages in the order of a coordinator's morning."""


@dataclass(frozen=True, slots=True)
class Frame:
    """The board of one office; ``config`` is its folder, ``clock`` gives the business moment.

    ``guards`` let people in who see everything, ``within`` also those who see some of the units.
    ``runs`` are those of Airflow; None where acts that take long are done within the request. ``sources`` is the file
    of the pages of news and of the systems that are asked.
    """

    live: LiveOffice
    config: Path
    guards: Guards
    within: Guards
    clock: Callable[[], datetime]
    environment: Environment
    runs: Runs | None = None
    sources: Path | None = None
    kept: Kept = field(default_factory=Kept)

    @property
    def office(self) -> Office:
        """The office with the rules of this moment."""
        return self.live.now()

    def office_of(self, who: Person) -> Office:
        """The office as somebody sees it: verbs keep to their units."""
        return replace(self.office, sight=who.sight)

    def show(self, request: Request, template: str, who: Person, now: datetime, **values: object) -> HTMLResponse:
        """A page as somebody sees it; its template stands on ``_layout.html`` and is compiled once."""
        root = str(request.scope.get("root_path", "")).rstrip("/")
        page, pause = self.environment.get_template(template), self.kept.look(pause_of_all, self.office, now)
        pages = [link for link in PAGES if link.part or who.sight.whole]
        return HTMLResponse(page.render(root=root, pages=pages, who=who, now=now, pause=pause, **values))


class Page:
    """A page of the board: drawn in the frame, of the office by the rules of this request."""

    def __init__(self, frame: Frame) -> None:
        self._frame = frame

    @property
    def _office(self) -> Office:
        return self._frame.office


def make_environment(templates: Path) -> Environment:
    """The board's templates, in ``board`` of the folder of templates."""
    environment = Environment(
        loader=FileSystemLoader(templates / "board"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    environment.filters |= {"ngay": short_date, "luc": moment_words, "so": count_text, "thu": weekday_date}
    return environment


def from_here(request: Request) -> None:
    """Refuse a form that another site sends: the browser says where it stands. Raises HTTPException 400."""
    site, origin = request.headers.get("sec-fetch-site"), request.headers.get("origin")
    host = request.headers.get("host", "")
    ours = site == "same-origin" if site else origin is not None and origin.partition("://")[2] == host
    if not ours:
        raise HTTPException(400)
