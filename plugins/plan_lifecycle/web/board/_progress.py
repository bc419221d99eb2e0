"""The page *Tiến độ kế hoạch*: a plan's tasks, its targets, published indices, and what a coordinator notes of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from fastapi import APIRouter, Depends
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse

from plan_lifecycle.domain.act import ActKind
from plan_lifecycle.domain.errors import InputError
from plan_lifecycle.domain.plan_target import OWN_MEASURE_WORDS, WHY_WORDS, Why, number_words, target_words
from plan_lifecycle.domain.plan_task import SAID_WORDS, STATE_WORDS, Said, tally
from plan_lifecycle.domain.profile import Profile
from plan_lifecycle.domain.published_index import PublishedIndex, read_index_value
from plan_lifecycle.lifecycle.progress import (
    PlanChoice,
    PlanProgress,
    TargetChoice,
    enter_index,
    indices_of,
    mark_task,
    measured,
    plans_to_follow,
    progress_of_plan,
    reopen_target,
    settle_target,
    settle_targets,
    suggested,
    withdraw_index,
)
from plan_lifecycle.web.board._acting import Act, Acting, serve_acts
from plan_lifecycle.web.board._frame import Frame, Page, Person
from plan_lifecycle.web.board._given import Given, Number

ANCHORS = {
    "nhiem-vu": "nhiem-vu",
    "muc-tieu": "muc-tieu",
    "muc-tieu-cung-luc": "muc-tieu",
    "bo-muc-tieu": "muc-tieu",
    "chi-so": "chi-so",
    "bo-chi-so": "chi-so",
}
"""The part of the page that each act belongs to."""
_OF_A_TARGET = ("chon-", "ket_qua-")
"""How the fields of a target begin in the form of all; its key follows."""
LATER, FOLLOWED_APART = "de-sau", "khong-co"
"""What stands for a target that is left for later, and for one that no indicator measures."""


class Offer(NamedTuple):
    """An indicator that may measure a target: ``place`` is where it stands in the forms, for people."""

    code: str
    name: str
    place: str


class TargetLine(NamedTuple):
    """A target as the page shows it; ``by`` names what measures it, ``question`` says that nothing does yet."""

    key: str
    text: str
    wanted: str
    by: str
    question: str
    settled: str
    offers: tuple[Offer, ...] = ()


def progress_page(frame: Frame) -> APIRouter:
    """The routes of the page: to look, and an act for each form."""
    routes, page = APIRouter(prefix="/ke-hoach"), _Page(frame)
    looks = Depends(frame.within.look)

    @routes.get("/")
    def look(request: Request, who: Person = looks, ma: Number | None = None, da_ghi: str = "") -> HTMLResponse:
        return page.show(request, who, ma, noted=bool(da_ghi))

    serve_acts(routes, frame, Acting(ACTS, page.again, _back), guards=frame.within)
    return routes


class _Page(Page):
    """The page of one office."""

    def again(self, request: Request, given: Given, problems: Sequence[str]) -> HTMLResponse:
        """The plan again, with what was not noted and why."""
        plan = given.text("ma")
        number = int(plan) if plan.isdecimal() and len(plan) < 10 else None
        return self.show(request, given.who, number, problems=problems)

    def show(
        self,
        request: Request,
        who: Person,
        number: int | None,
        *,
        problems: Sequence[str] = (),
        noted: bool = False,
    ) -> HTMLResponse:
        """The plan of this number, else the first that there is."""
        now, office = self._frame.clock(), self._frame.office_of(who)
        choices = plans_to_follow(office, now)
        chosen = next(
            (choice for choice in choices if choice.id == number), None if number else next(iter(choices), None)
        )
        if chosen is None and number:
            raise HTTPException(404)
        progress = progress_of_plan(office, str(chosen.id), now) if chosen else None
        values = self._of_plan(chosen, progress) if chosen and progress else {}
        values |= {"choices": choices, "chosen": chosen, "problems": problems, "noted": noted}
        return self._frame.show(request, "progress.html", who, now, **values)

    def _of_plan(self, chosen: PlanChoice, progress: PlanProgress) -> dict[str, object]:
        rules, now = self._office.rules, self._frame.clock()
        profile = rules.profile_of(progress.abstract)
        names = {one.code: one.name for one in profile.indicators} | OWN_MEASURE_WORDS
        return {
            "progress": progress,
            "tally": tally(progress.tasks),
            "targets": _lines(progress, names, profile),
            "later": LATER,
            "apart": FOLLOWED_APART,
            "measures": sorted(names.values()),
            "indices": indices_of(self._office, chosen.issuer_id, now),
            "kinds": rules.indices.values(),
            "sayings": [(said.value, words) for said, words in SAID_WORDS.items() if said is not Said.OPEN],
            "states": STATE_WORDS,
            "number_words": number_words,
        }


def _back(given: Given, act: str) -> str:
    return f"./?ma={int(given.text('ma'))}&da_ghi=1#{ANCHORS[act]}"


def _lines(progress: PlanProgress, names: dict[str, str], profile: Profile) -> list[TargetLine]:
    found, places, offers = [], _places(profile), suggested(progress, profile)
    for one in measured(progress, [profile]):
        mark = one.mark
        by = "; ".join(names.get(code, code) for code in one.indicators or ())
        if mark and mark.result is not None:
            by = f"kết quả {number_words(mark.result)}{'%' if one.target.target.is_ratio else ''} ({mark.paper})"
        question = WHY_WORDS[Why.ASKED] if one.indicators is None else "" if by else WHY_WORDS[Why.NOT_MEASURED]
        settled = f"{mark.by}: {mark.reason}" if mark else ""
        offered = tuple(Offer(code, names[code], places.get(code, "")) for code in offers.get(one.target.key, ()))
        wanted = target_words(one.target.target)
        found.append(TargetLine(one.target.key, one.target.text, wanted, by, question, settled, offered))
    return found


def _places(profile: Profile) -> dict[str, str]:
    """Where each indicator stands in the forms: "Biểu mẫu 2, số 2.2"."""
    return {row.code: f"Biểu mẫu {form.number}, số {row.number}" for form in profile.forms for row in form.rows}


def _mark(given: Given) -> None:
    said = given.text("tinh_hinh")
    if said not in {one.value for one in Said}:
        raise InputError("a state", field="tinh_hinh", found=said, vi="Đề nghị chọn tình hình thực hiện.")
    day, paper = given.day("ngay"), given.text("van_ban")
    decider = given.decider(ActKind.REOPEN)
    mark_task(
        given.office,
        given.text("ma"),
        given.text("nhiem_vu"),
        Said(said),
        decider,
        given.now,
        done_on=day,
        paper=paper,
    )


def _settle(given: Given) -> None:
    office, named, key = given.office, given.text("ma"), given.text("muc_tieu")
    typed, none = [text for text in given.fields.get("chi_tieu", []) if text.strip()], "khong_co" in given.fields
    result, paper = given.text("ket_qua"), given.text("van_ban")
    if [bool(typed), none, bool(result)].count(True) != 1:
        vi = "Đề nghị chọn một cách: chỉ tiêu thống kê, hoặc không có chỉ tiêu, hoặc ghi kết quả."
        raise InputError("one of indicators, none, a result", field="chi_tieu", vi=vi)
    value = read_index_value(result, "ket_qua")
    decider, codes = given.decider(ActKind.REOPEN), [_code(given, text) for text in typed]
    settle_target(office, named, key, decider, given.now, indicators=codes, result=value, paper=paper)


def _settle_many(given: Given) -> list[str]:
    """Settle every target of which something was chosen or typed; return why what was not settled."""
    choices, problems = dict[str, TargetChoice](), list[str]()
    for key in dict.fromkeys(name.partition("-")[2] for name in given.fields if name.startswith(_OF_A_TARGET)):
        try:
            choices |= _chosen(given, key)
        except InputError as error:
            problems.append(error.for_user)
    if not choices and not problems:
        vi = "Chưa chọn cách đánh giá, chưa ghi kết quả của mục tiêu nào."
        raise InputError("at least one target", field="muc_tieu", vi=vi)
    plan = given.text("ma")
    found = settle_targets(given.office, plan, choices, given.decider(ActKind.REOPEN), given.now)
    texts = {one.key: one.text for one in progress_of_plan(given.office, plan, given.now).targets} if found else {}
    return problems + [f"{texts.get(key, key)}: {error.for_user}" for key, error in found.items()]


def _chosen(given: Given, key: str) -> dict[str, TargetChoice]:
    """What was chosen or typed for a target, by its key; empty where it is left for later. Raises InputError."""
    chosen, result = given.text(f"chon-{key}"), given.text(f"ket_qua-{key}")
    chosen, paper = "" if chosen == LATER else chosen, given.text(f"van_ban-{key}")
    if result and chosen:
        vi = f"Kết quả “{result}”: đề nghị chọn chỉ tiêu hoặc ghi kết quả, chỉ một trong hai."
        raise InputError("either indicators or a result", field=f"ket_qua-{key}", found=result, vi=vi)
    if result:
        return {key: TargetChoice((), read_index_value(result, f"ket_qua-{key}"), paper)}
    if chosen:
        return {key: TargetChoice(() if chosen == FOLLOWED_APART else (chosen,))}
    return {}


def _code(given: Given, typed: str) -> str:
    """The code of an indicator that is named, as the list beside the field proposes it. Raises InputError."""
    named = " ".join(typed.split())
    known = {one.name: one.code for profile in given.office.rules.profiles for one in profile.indicators}
    known |= {words: code for code, words in OWN_MEASURE_WORDS.items()}
    if named not in known:
        vi = f"Không có chỉ tiêu “{named}”; đề nghị chọn trong danh sách."
        raise InputError("the name of an indicator", field="chi_tieu", found=named, vi=vi)
    return known[named]


def _reopen(given: Given) -> None:
    reopen_target(given.office, given.text("ma"), given.text("muc_tieu"), given.decider(ActKind.REOPEN), given.now)


def _enter(given: Given) -> None:
    plan = progress_of_plan(given.office, given.text("ma"), given.now)
    published = given.day("ngay")
    if published is None:
        raise InputError("a day", field="ngay", found="", vi="Đề nghị ghi ngày công bố.")
    result = PublishedIndex(
        plan.issuer_id,
        given.text("chi_so"),
        _number(given, "nam", "năm") or 0,
        read_index_value(given.text("ket_qua"), "ket_qua"),
        _number(given, "thu_hang", "thứ hạng"),
        _number(given, "tong_so", "tổng số xếp hạng"),
        published,
        given.text("co_quan"),
        given.text("van_ban"),
        read_index_value(given.text("ket_qua_truoc"), "ket_qua_truoc"),
        _number(given, "thu_hang_truoc", "thứ hạng năm trước"),
        given.who.name,
    )
    enter_index(given.office, result, given.now)


def _withdraw(given: Given) -> None:
    plan = progress_of_plan(given.office, given.text("ma"), given.now)
    year, decider = _number(given, "nam", "năm") or 0, given.decider(ActKind.REOPEN)
    withdraw_index(given.office, plan.issuer_id, given.text("chi_so"), year, decider, given.now)


ACTS: dict[str, Act] = {
    "nhiem-vu": _mark,
    "muc-tieu": _settle,
    "muc-tieu-cung-luc": _settle_many,
    "bo-muc-tieu": _reopen,
    "chi-so": _enter,
    "bo-chi-so": _withdraw,
}
"""The acts by the address that a form is sent to. Each raises InputError where it cannot be done."""


def _number(given: Given, name: str, what: str) -> int | None:
    text = given.text(name)
    if text and not (text.isascii() and text.isdecimal() and len(text) < 6):
        raise InputError("a whole number", field=name, found=text, vi=f"Ô {what}: “{text}” chưa phải số nguyên.")
    return int(text) if text else None
