"""One submission to be read: its text beside what was found and what the plan above asks, and the way to the next."""

from __future__ import annotations

from collections.abc import Sequence

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse

from plan_lifecycle.domain.errors import InputError
from plan_lifecycle.lifecycle.review import Foreseen, Subject, lay_open, read_id
from plan_lifecycle.web.board._done import done_since
from plan_lifecycle.web.board._frame import Frame, Person


def draw_reading(
    frame: Frame,
    request: Request,
    who: Person,
    which: str,
    *,
    since: int | None = None,
    problems: Sequence[str] = (),
    foreseen: Foreseen | None = None,
) -> HTMLResponse:
    """The page of a submission, S12. Raises HTTPException 404 where there is none that may be seen."""
    office, now = frame.office_of(who), frame.clock()
    try:
        found = lay_open(office, read_id(which, Subject.SUBMISSION), now)
    except InputError as error:
        raise HTTPException(404) from error
    return frame.show(
        request,
        "reading.html",
        who,
        now,
        found=found,
        just=done_since(office, who.name, since),
        reasons=frame.office.rules.reasons,
        problems=problems,
        foreseen=foreseen,
    )
