"""What the board's forms do: the same verbs as ``plan-lifecycle review``, by the person who is logged in."""

from __future__ import annotations

from collections.abc import Iterable

from plan_lifecycle.domain.act import ActKind
from plan_lifecycle.domain.decider import Decider
from plan_lifecycle.domain.errors import InputError
from plan_lifecycle.lifecycle.portal import decide_contact
from plan_lifecycle.lifecycle.review import (
    Decided,
    Placed,
    Subject,
    accept_these,
    clean_submissions,
    close_these,
    compile_addenda,
    extend_these,
    hand_over_these,
    lay_aside,
    place_these,
    reopen,
    return_these,
    waive_these,
)
from plan_lifecycle.web.board._acting import Act
from plan_lifecycle.web.board._given import Given
from plan_lifecycle.web.board._stated import STATED_ACTS


def _accept(given: Given) -> list[str]:
    ids = given.ids("id", Subject.SUBMISSION)
    return not_done(accept_these(given.office, ids, given.decider(ActKind.ACCEPT), given.now))


def _accept_all_clean(given: Given) -> list[str]:
    ids = clean_submissions(given.office)
    return not_done(accept_these(given.office, ids, Decider(given.who.name), given.now))


def _return(given: Given) -> list[str]:
    ids = given.ids("id", Subject.SUBMISSION)
    return not_done(return_these(given.office, ids, given.decider(ActKind.RETURN), given.now))


def _place(given: Given) -> list[str]:
    ids, to = given.ids("id", Subject.ARRIVAL), given.ids("noi_dung", Subject.OBLIGATION)
    decider, sure = given.decider(ActKind.ASSIGN), "chac_chan" in given.fields
    return not_done(place_these(given.office, ids, to, decider, given.now, sure=sure))


def _lay_aside(given: Given) -> list[str]:
    decider = given.decider(ActKind.RETURN)
    ids = given.ids("id", Subject.ARRIVAL)
    return not_done(lay_aside(given.office, which, decider, given.now) for which in ids)


def _set_day(given: Given) -> list[str]:
    decider, until = given.decider(ActKind.EXTEND), given.until()
    ids = given.ids("id", Subject.OBLIGATION)
    return not_done(extend_these(given.office, ids, until, decider, given.now))


def _waive(given: Given) -> list[str]:
    decider = given.decider(ActKind.WAIVE)
    ids = given.ids("id", Subject.OBLIGATION)
    return not_done(waive_these(given.office, ids, decider, given.now))


def _hand_over(given: Given) -> list[str]:
    decider, to = given.decider(ActKind.HAND_OVER), given.fields.get("den", [""])[0]
    return not_done(hand_over_these(given.office, given.ids("id", Subject.OBLIGATION), to, decider, given.now))


def _close(given: Given) -> list[str]:
    decider = given.decider(ActKind.CLOSE)
    return not_done(close_these(given.office, given.ids("id", Subject.OBLIGATION), decider, given.now))


def _reopen(given: Given) -> list[str]:
    decider = given.decider(ActKind.REOPEN)
    ids = given.ids("id", Subject.SUBMISSION)
    return not_done(reopen(given.office, which, decider, given.now) for which in ids)


def not_done(outcomes: Iterable[Decided | Placed | InputError]) -> list[str]:
    """What was not done, and why."""
    found = []
    for outcome in outcomes:
        if isinstance(outcome, InputError):
            found.append(outcome.for_user)
        elif not outcome.done:
            found.append(f"{outcome.unit or outcome.id}: {outcome.why or 'chưa thực hiện được'}")
    return found


def _compile_addenda(given: Given) -> list[str]:
    done = compile_addenda(given.office, given.ids("id", Subject.SUBMISSION), given.now, given.who.name)
    return [
        f"{one.unit}: không có văn bản được tiếp nhận thêm sau bản đã lập; đề nghị tiếp nhận văn bản trước."
        for one in done
        if not one.new
    ]


def _decide_contact(given: Given, *, confirm: bool) -> None:
    decider = Decider(given.who.name, given.text("ly_do_rieng"))
    decide_contact(given.office, given.number("de_nghi"), decider, given.now, confirm=confirm)


ACTS: dict[str, Act] = {
    "tiep-nhan": _accept,
    "tiep-nhan-het": _accept_all_clean,
    "hoan-thien": _return,
    "xep": _place,
    "khong-tiep-nhan": _lay_aside,
    "thoi-han": _set_day,
    "mien": _waive,
    "mo-lai": _reopen,
    "ban-giao": _hand_over,
    "ket-thuc": _close,
    "bo-sung": _compile_addenda,
    "nhan-lien-he": lambda given: _decide_contact(given, confirm=True),
    "khong-nhan-lien-he": lambda given: _decide_contact(given, confirm=False),
} | STATED_ACTS
"""The acts by the address that a form is sent to; each returns what was not done, and why."""
