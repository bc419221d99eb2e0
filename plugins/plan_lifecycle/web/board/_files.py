"""The files behind what is shown: as a unit sent them, and drafts. They are saved, never shown."""

from __future__ import annotations

from fastapi import APIRouter, Depends
from starlette.exceptions import HTTPException
from starlette.responses import Response

from plan_lifecycle.domain.errors import InputError
from plan_lifecycle.lifecycle.office import Office
from plan_lifecycle.lifecycle.review import Subject, read_id, require_seen
from plan_lifecycle.lifecycle.submission import kept_bytes
from plan_lifecycle.store import arrivals as arrival_rows
from plan_lifecycle.store import submission_files as file_rows
from plan_lifecycle.store import submissions as submission_rows
from plan_lifecycle.store import versions
from plan_lifecycle.web.board._frame import Frame, Person
from plan_lifecycle.web.saving import saved


def files(frame: Frame) -> APIRouter:
    """The route of the files, for whoever may look."""
    routes, looks = APIRouter(), Depends(frame.within.look)

    @routes.get("/tep/{which}")
    def file(which: str, who: Person = looks) -> Response:
        return _file(frame.office_of(who), which)

    return routes


def _file(office: Office, which: str) -> Response:
    """The file of a submission that may be seen, or the draft that goes with an obligation.

    It is to be saved and not shown: it is a unit's, and a browser would run what is in it.
    """
    try:
        number = read_id(which, Subject.SUBMISSION)
        require_seen(office, [number])
    except InputError as error:
        raise HTTPException(404) from error
    with office.store.read() as connection:
        found = submission_rows.find(connection, [number.number]) if number.subject is Subject.SUBMISSION else {}
        sent = found.get(number.number)
        original = file_rows.sent_as(connection, sent.id, sent.blob) if sent else None
        arrival = arrival_rows.get(connection, original or sent.arrival_id) if sent else None
        draft = versions.draft_for(connection, number.number) if number.subject is Subject.OBLIGATION else None
    if draft is not None:
        return saved(office.store.blobs.get(draft.blob), draft.file_name)
    if sent is None or arrival is None:
        raise HTTPException(404)
    as_sent = arrival.blob is not None and (original is not None or arrival.blob == sent.blob)
    data = (
        kept_bytes(office, arrival.blob or sent.blob, quarantined=arrival.quarantined)
        if as_sent
        else office.store.blobs.get(sent.blob)
    )
    return saved(data, arrival.file_name)
