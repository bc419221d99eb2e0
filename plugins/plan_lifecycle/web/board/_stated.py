"""What units say on their page: the coordinator records the paper, grants more time, or declines with a reason."""

from __future__ import annotations

from plan_lifecycle.domain.act import ActKind
from plan_lifecycle.domain.errors import InputError
from plan_lifecycle.lifecycle.review import Subject, decline_this, paper_for, record_paper
from plan_lifecycle.web.board._acting import Act
from plan_lifecycle.web.board._given import Given


def _record(given: Given) -> list[str]:
    reference, issued_on, received_on = given.text("so_ky_hieu"), given.day("ngay_van_ban"), given.day("ngay_den")
    if not reference or issued_on is None:
        field = "ngay_van_ban" if reference else "so_ky_hieu"
        raise InputError("number and day", field=field, vi="Đề nghị ghi số, ký hiệu và ngày của văn bản.")
    decider, received_on = given.decider(ActKind.RECORD), received_on or given.now.date()
    for which in given.ids("id", Subject.OBLIGATION):
        record_paper(
            given.office, paper_for(given.office, which, reference, issued_on, received_on), decider, given.now
        )
    return []


def _decline(given: Given) -> list[str]:
    decider = given.decider(ActKind.DECLINE_STATEMENT)
    done = [decline_this(given.office, which, decider, given.now) for which in given.ids("id", Subject.OBLIGATION)]
    return [f"{one.unit}: {one.why}" for one in done if not one.done]


STATED_ACTS: dict[str, Act] = {"ghi-nhan-da-gui": _record, "khong-chap-nhan": _decline}
"""The acts by the address that a form is sent to; more time is granted by the act that sets a day."""
