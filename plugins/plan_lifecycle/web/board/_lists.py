"""The page *Nhập danh sách*: a list is uploaded, its lines are seen with what they change, and it is taken in."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from fastapi import APIRouter, Depends
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from plan_lifecycle.domain.decider import LONGEST_NAME, Decider
from plan_lifecycle.domain.errors import InputError
from plan_lifecycle.lifecycle.people import (
    ListFile,
    Mark,
    import_list,
    keep_list,
    kept_list_bytes,
    kept_lists,
    provinces_at_hand,
    try_list,
)
from plan_lifecycle.store.list_uploads import ListKind
from plan_lifecycle.web.board._acting import Acting, Led, serve_acts
from plan_lifecycle.web.board._frame import Frame, Page, Person
from plan_lifecycle.web.board._given import Given, Number, Place
from plan_lifecycle.web.board._list_templates import agencies_template, people_as_they_stand, people_template
from plan_lifecycle.web.saving import saved

KINDS = {
    ListKind.PEOPLE: "Người liên hệ của các đơn vị",
    ListKind.AGENCIES: "Cơ quan, đơn vị trực thuộc",
    ListKind.UNITS: "Đơn vị hành chính của tỉnh (theo danh mục có sẵn, không cần tệp)",
}
MOST_LISTS = 20
MOST_SHOWN = 300
"""Lines of one kind on a page; the file has them all."""
TEMPLATES: dict[str, Callable[[], bytes]] = {
    "mau-nguoi-lien-he.xlsx": people_template,
    "mau-co-quan.xlsx": agencies_template,
}
AS_IT_STANDS = "nguoi-lien-he-hien-co.xlsx"


def lists_page(frame: Frame) -> APIRouter:
    """The routes of the page: the form, the files to fill in, one list, and what is done with it."""
    routes, page = APIRouter(prefix="/nhap"), _Page(frame)
    looks = Depends(frame.guards.look)

    @routes.get("/")
    def look(request: Request, who: Person = looks) -> Response:
        return page.form(request, who)

    @routes.get("/mau/{name}")
    def template(name: str, who: Person = looks) -> Response:  # noqa: ARG001
        return page.template(name)

    serve_acts(routes, frame, Acting({"nap": page.upload}, page.form_again), "/{act}")

    @routes.get("/{number}/")
    def one(request: Request, number: Place, who: Person = looks, da: Number = 0) -> Response:
        return page.list(request, number, who, done=bool(da))

    @routes.get("/{number}/tep")
    def file(number: Place, who: Person = looks) -> Response:  # noqa: ARG001
        return page.file(number)

    serve_acts(routes, frame, Acting({"nhap": _import}, page.list_again), "/{number}/{act}")
    return routes


class _Page(Page):
    """The page of one office."""

    def form(self, request: Request, who: Person, problems: Sequence[str] = ()) -> HTMLResponse:
        """The form, and the lists that came last."""
        now = self._frame.clock()
        return self._frame.show(
            request,
            "lists.html",
            who,
            now,
            problems=problems,
            kinds=KINDS,
            provinces=provinces_at_hand(self._office, now.date()),
            lists=kept_lists(self._office, MOST_LISTS),
            templates=(*TEMPLATES, AS_IT_STANDS),
        )

    def form_again(self, request: Request, given: Given, problems: Sequence[str]) -> HTMLResponse:
        """The form again, with why the list could not be kept."""
        return self.form(request, given.who, problems)

    def template(self, name: str) -> Response:
        """A file to fill in. Raises HTTPException 404."""
        if name == AS_IT_STANDS:
            return saved(people_as_they_stand(self._office, self._frame.clock().date()), name)
        if name not in TEMPLATES:
            raise HTTPException(404)
        return saved(TEMPLATES[name](), name)

    def upload(self, given: Given) -> Led:
        """Keep the list and lead to what it says. Raises InputError."""
        kind = next((each for each in KINDS if each.value == given.text("loai")), None)
        province, day = given.text("tinh")[:LONGEST_NAME], given.day("ngay") or given.now.date()
        if kind is None or not province:
            vi = "Đề nghị chọn loại danh sách." if kind is None else "Đề nghị ghi tên tỉnh, thành phố."
            raise InputError("a kind and a province", field="loai" if kind is None else "tinh", found="nothing", vi=vi)
        file = ListFile(*given.file) if given.file and given.file.name else None
        return Led(f"./{keep_list(self._office, kind, province, day, file, Decider(given.who.name), given.now)}/")

    def list(
        self, request: Request, number: int, who: Person, *, done: bool = False, problems: Sequence[str] = ()
    ) -> HTMLResponse:
        """What a list says and would change. Raises HTTPException 404."""
        try:
            tried = try_list(self._office, number)
        except InputError as error:
            raise HTTPException(404) from error
        return self._frame.show(
            request,
            "list.html",
            who,
            self._frame.clock(),
            tried=tried,
            upload=tried.upload,
            kinds=KINDS,
            marks=Mark,
            most=MOST_SHOWN,
            done=done,
            problems=problems,
        )

    def list_again(self, request: Request, given: Given, problems: Sequence[str]) -> HTMLResponse:
        """The list again, with why it was not taken in. Raises HTTPException 404."""
        return self.list(request, given.place_number("number"), given.who, problems=problems)

    def file(self, number: int) -> Response:
        """The list as it came, to be saved. Raises HTTPException 404."""
        found = kept_list_bytes(self._office, number)
        if found is None:
            raise HTTPException(404)
        return saved(found.data, found.name)


def _import(given: Given) -> None:
    only_sound = bool(given.text("bo_qua"))
    import_list(given.office, given.place_number("number"), Decider(given.who.name), given.now, skip_faulty=only_sound)
