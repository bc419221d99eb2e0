"""The page *Kế hoạch mới*: a plan is uploaded, what was read of it is seen and settled, and its cascade is started."""

from __future__ import annotations

from collections.abc import Sequence

from fastapi import APIRouter, Depends
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from plan_lifecycle.documents.read import NotAPlan
from plan_lifecycle.domain.deadline import Deadline
from plan_lifecycle.domain.decider import LONGEST_NAME, Decider
from plan_lifecycle.domain.decision import BY_DAY, BY_UNITS
from plan_lifecycle.domain.errors import InputError
from plan_lifecycle.domain.plan import DUTY_WORDS, Decision
from plan_lifecycle.domain.plan_target import target_words
from plan_lifecycle.domain.writing import file_name, short_date
from plan_lifecycle.lifecycle.cascade import (
    PlanReading,
    Told,
    decide,
    decision_on,
    note_order,
    order_cascade,
    reading_of,
    register_upload,
    registered_plan,
    sample_letters,
    waiting_plans,
)
from plan_lifecycle.lifecycle.progress import plans_to_follow
from plan_lifecycle.web.board._acting import Act, Acting, Led, serve_acts
from plan_lifecycle.web.board._frame import Frame, Page, Person
from plan_lifecycle.web.board._given import Given, Place
from plan_lifecycle.web.board._runs import CASCADE, LongAct, run_address
from plan_lifecycle.web.saving import saved

SAMPLES = 3
"""Letters that are read before a cascade."""
NO_FILE = "Đề nghị chọn tệp kế hoạch (.docx)."


def plans_page(frame: Frame) -> APIRouter:
    """The routes of the page: to upload, to see one plan, and an act for each form."""
    routes, page = APIRouter(prefix="/ke-hoach-moi"), _Page(frame)
    looks = Depends(frame.within.look)

    @routes.get("/")
    def look(request: Request, who: Person = looks) -> Response:
        return page.form(request, who)

    serve_acts(routes, frame, Acting({"nap": page.upload}, page.form_again), "/{act}", guards=frame.within)

    @routes.get("/{plan_id}/")
    def one(request: Request, plan_id: Place, who: Person = looks, da: str = "") -> Response:
        return page.plan(request, plan_id, who, done=da if da in ACTS else "")

    @routes.get("/{plan_id}/xem-thu")
    def letters(request: Request, plan_id: Place, who: Person = looks) -> Response:
        return page.letters(request, plan_id, who)

    @routes.get("/{plan_id}/tep")
    def file(plan_id: Place, who: Person = looks) -> Response:
        return page.file(who, plan_id)

    acting = Acting(ACTS, page.plan_again, lambda _, act: f"./?da={act}")
    serve_acts(routes, frame, acting, "/{plan_id}/{act}", guards=frame.within)
    return routes


class _Page(Page):
    """The page of one office."""

    def form(self, request: Request, who: Person, problems: Sequence[str] = ()) -> HTMLResponse:
        """The form, and the plans that wait for their cascade."""
        now, office = self._frame.clock(), self._frame.office_of(who)
        names = {choice.id: choice.name for choice in plans_to_follow(office, now)}
        waits = [(each, names.get(each.plan_id, each.issuer)) for each in waiting_plans(office, now)]
        return self._frame.show(request, "new_plan.html", who, now, problems=problems, waits=waits)

    def form_again(self, request: Request, given: Given, problems: Sequence[str]) -> HTMLResponse:
        """The form again, with why the plan could not be kept."""
        return self.form(request, given.who, problems)

    def upload(self, given: Given) -> Led:
        """Keep the plan and lead to what was read. Raises InputError."""
        if given.file is None or not given.file.name:
            raise InputError("a file", field="tep", found="nothing", vi=NO_FILE)
        told = Told.read(given.text("so")[:LONGEST_NAME], given.day("ngay"))
        by, unit = Decider(given.who.name), given.text("don_vi")[:LONGEST_NAME] or None
        file = given.file
        plan_id = register_upload(given.office, file.data, file.name, unit=unit, told=told, by=by, now=given.now)
        return Led(f"./{plan_id}/")

    def plan(
        self, request: Request, plan_id: int, who: Person, *, done: str = "", problems: Sequence[str] = ()
    ) -> HTMLResponse:
        """What was read of a plan; ``problems`` are what was not done, and why. Raises HTTPException 404."""
        now = self._frame.clock()
        reading = self._read(who, plan_id)
        return self._frame.show(
            request,
            "read_plan.html",
            who,
            now,
            reading=reading,
            plan=reading.registered,
            outlook=reading.outlook,
            names={unit.id: unit.name for unit in reading.below},
            by_day=BY_DAY,
            by_units=BY_UNITS,
            duty_words=DUTY_WORDS,
            day_words=_days,
            target_words=target_words,
            done=done,
            problems=problems,
        )

    def plan_again(self, request: Request, given: Given, problems: Sequence[str]) -> HTMLResponse:
        """The plan again, with what was not done and why. Raises HTTPException 404."""
        return self.plan(request, given.place_number("plan_id"), given.who, problems=problems)

    def letters(self, request: Request, plan_id: int, who: Person) -> Response:
        """The first letters that would go, before they do. Raises HTTPException 404."""
        now, reading = self._frame.clock(), self._read(who, plan_id)
        samples = sample_letters(self._frame.office_of(who), plan_id, SAMPLES, now)
        return self._frame.show(
            request, "plan_letters.html", who, now, plan=reading.registered, outlook=reading.outlook, samples=samples
        )

    def file(self, who: Person, plan_id: int) -> Response:
        """The plan's file, to be saved. Raises HTTPException 404."""
        plan = self._read(who, plan_id).registered
        return saved(self._office.store.blobs.get(plan.blob), file_name(f"Kế hoạch {plan.reference}", "docx"))

    def _read(self, who: Person, plan_id: int) -> PlanReading:
        try:
            return reading_of(self._frame.office_of(who), plan_id, self._frame.clock())
        except (InputError, NotAPlan) as error:
            raise HTTPException(404) from error


def _days(deadline: Deadline | None) -> str:
    """The last days in words, the middle ones of many left out; empty where none is known."""
    days = list(map(short_date, deadline.due)) if deadline else []
    return ", ".join(days if len(days) < 4 else [*days[:2], "…", days[-1]])


def _decide(given: Given) -> None:
    plan = registered_plan(given.office, str(given.place_number("plan_id")))
    decide(given.office, plan, given.text("noi_dung"), given=_decision(given), now=given.now)


def _decision(given: Given) -> Decision:
    """What the form says: days, or units."""
    day = given.day("den_ngay")
    units = [unit for unit in given.fields.get("don_vi", []) if unit]
    if not day and not units:
        vi = "Đề nghị chọn ngày hoặc đơn vị cho nội dung này."
        raise InputError("a day, or units", field="den_ngay", found="nothing", vi=vi)
    decider = given.in_own_words()
    return decision_on(given.text("noi_dung"), [day] if day else [], units, decider, given.now)


def _cascade(given: Given) -> Led | None:
    """Cascade the plan: by a run of Airflow, where there is one. Raises InputError."""
    plan_id = given.place_number("plan_id")
    if given.runs is not None:
        if not note_order(given.office, plan_id, Decider(given.who.name), given.now):
            return None
        act = LongAct("cascade_plan", f"{CASCADE}.{plan_id}", {"plan": str(plan_id)})
        return Led(f"../../{run_address(act.dag, given.runs.start(act, given.who.name, given.now.date()))}")
    done = order_cascade(given.office, plan_id, Decider(given.who.name), given.now)
    if done.without_duties is not None or done.nobody:
        vi = "Chưa giao được cho đơn vị nào: văn bản chưa cho thấy đơn vị nào phải gửi kế hoạch, báo cáo."
        raise InputError("a plan that asks something of somebody", field="plan", found=plan_id, vi=vi)
    if done.faults:
        vi = f"Chưa triển khai được cho: {'; '.join(done.faults)}. Các đơn vị khác đã có dự thảo; có thể bấm lại."
        raise InputError("every unit to get its draft", field="plan", found=plan_id, vi=vi)
    return None


ACTS: dict[str, Act] = {"quyet-dinh": _decide, "trien-khai": _cascade}
"""The acts by the address that a form is sent to. Each raises InputError where it cannot be done."""
