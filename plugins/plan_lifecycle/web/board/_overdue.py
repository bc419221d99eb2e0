"""What is done about those who are late, for every one that is ticked: more time, let off, a paper recorded, the letter
again, the official letter that chases them.

One that is refused stops no other, and whatever is sent twice is done once.
"""

from __future__ import annotations

from starlette.responses import Response

from plan_lifecycle.domain.act import ActKind
from plan_lifecycle.domain.decider import Decider
from plan_lifecycle.domain.errors import InputError
from plan_lifecycle.lifecycle.digest import official_letters
from plan_lifecycle.lifecycle.remind import remind_again
from plan_lifecycle.lifecycle.review import Subject, Via, paper_for, record_paper
from plan_lifecycle.web.board._acting import Act
from plan_lifecycle.web.board._acts import ACTS
from plan_lifecycle.web.board._given import Given
from plan_lifecycle.web.saving import saved


def _record(given: Given) -> list[str]:
    """The paper of the one that is ticked: number, date, day of receipt."""
    ids = given.ids("id", Subject.OBLIGATION)
    if len(ids) > 1:
        vi = "Một bản giấy ghi nhận cho một đơn vị; nhiều bản thì ghi nhận theo sổ văn bản đến."
        raise InputError("one unit", field="so_ky_hieu", found=len(ids), vi=vi)
    decider = given.decider(ActKind.RECORD)
    number, issued_on, received_on = given.text("so_ky_hieu"), given.day("ngay_van_ban"), given.day("ngay_den")
    if not number:
        raise InputError("a number", field="so_ky_hieu", found="nothing", vi="Đề nghị ghi số, ký hiệu văn bản.")
    paper = paper_for(given.office, ids[0], number, issued_on, received_on or given.now.date(), Via.PAPER)
    done = record_paper(given.office, paper, decider, given.now)
    return [] if done.new else [f"{done.what}: văn bản số {number} đã được ghi nhận trước đó."]


def _resend(given: Given) -> list[str]:
    ids = [which.number for which in given.ids("id", Subject.OBLIGATION)]
    decider = Decider(given.who.name, given.text("ly_do_rieng"))
    outcomes = remind_again(given.office, ids, decider, given.now)
    return [f"{one.unit}: {one.what}: {one.why}" for one in outcomes if not one.done]


def _official_letter(given: Given) -> Response:
    """The draft about all that are ticked; of several kinds a letter each, packed together."""
    ids = [which.number for which in given.ids("id", Subject.OBLIGATION)]
    name, data = official_letters(given.office, ids, given.now)
    return saved(data, name)


OVERDUE_ACTS: dict[str, Act] = {
    "gia-han": ACTS["thoi-han"],
    "mien": ACTS["mien"],
    "ban-giay": _record,
    "gui-lai": _resend,
    "cong-van": _official_letter,
}
"""The acts on those who are late by the address that a form is sent to."""
