"""A form of the board that was sent: by whom, when, with what."""

from __future__ import annotations

import pathlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Annotated

from fastapi import Path, Query
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request

from plan_lifecycle.config.reasons import worded
from plan_lifecycle.domain.act import ActKind
from plan_lifecycle.domain.decider import Decider
from plan_lifecycle.domain.errors import CombinedInputError, InputError, raise_all
from plan_lifecycle.domain.pausing import Suspension
from plan_lifecycle.lifecycle.office import Office, begin_day
from plan_lifecycle.lifecycle.review import Subject, SubjectId, read_id, require_seen
from plan_lifecycle.store import audit
from plan_lifecycle.web.board._form import Fields, read_fields
from plan_lifecycle.web.board._frame import Frame, Person, from_here
from plan_lifecycle.web.board._runs import Runs
from plan_lifecycle.web.board._upload import File, read_upload

_LARGEST = 2**31 - 1
NOTHING_CHOSEN = "Chưa chọn văn bản nào."


@dataclass(frozen=True, slots=True)
class Given:
    """A form that was sent: by whom, when, with what."""

    office: Office
    config: pathlib.Path
    fields: Fields
    who: Person
    now: datetime
    request: Request
    place: Mapping[str, str] = field(default_factory=dict)
    """The parts of the address that name what the form is about."""
    file: File | None = None
    runs: Runs | None = None
    since: int = 0
    """The newest row of the trail before the act: what was done since then is this form's doing, by this person."""

    def ids(self, name: str, subject: Subject) -> list[SubjectId]:
        """The ids that were ticked. Raises InputError where there is none, or one is no id of what may be seen."""
        found = [read_id(each, subject) for each in self.fields.get(name, [])]
        if not found:
            raise InputError("at least one id", field=name, vi=NOTHING_CHOSEN)
        require_seen(self.office, found)
        return found

    def decider(self, act: ActKind) -> Decider:
        """Who decides, and the reason: the person's own sentence, else the chosen one (or the one behind a code)."""
        own = self.fields.get("ly_do_rieng", [""])[0].strip()
        return Decider(self.who.name, worded(self.office.rules.reasons, act, own or self.fields.get("ly_do", [""])[0]))

    def in_own_words(self) -> Decider:
        """Who decides, with the sentence that was typed as the reason."""
        return Decider(self.who.name, self.fields.get("ly_do_rieng", [""])[0].strip())

    def pause(self, unit_id: str | None = None) -> Suspension:
        """The pause of a unit's letters, else of all, from today to the day that was typed. Raises InputError."""
        return Suspension(self.now.date(), self.until(), self.who.name, self.in_own_words().why, unit_id=unit_id)

    def text(self, name: str) -> str:
        """What was typed into a field, without spaces around it; empty where there is none."""
        return self.fields.get(name, [""])[0].strip()

    def day(self, name: str) -> date | None:
        """A day of a form; None where none was typed. Raises InputError."""
        text = self.text(name)
        try:
            return date.fromisoformat(text) if text else None
        except ValueError as error:
            raise InputError("a day", field=name, found=text, vi=f"Ngày “{text}” chưa đúng.") from error

    def place_number(self, name: str) -> int:
        """A number within the address. Raises HTTPException 404."""
        text = self.place[name]
        if not (text.isascii() and text.isdecimal() and len(text) < 12 and int(text) <= _LARGEST):
            raise HTTPException(404)
        return int(text)

    def number(self, name: str) -> int:
        """A number of a form. Raises InputError."""
        text = self.fields.get(name, [""])[0]
        if not text.isdecimal() or len(text) > 9:
            raise InputError("a number", field=name, found=text, vi=NOTHING_CHOSEN)
        return int(text)

    def until(self) -> date:
        """The last day that was typed. Raises InputError."""
        text = self.fields.get("den_ngay", [""])[0]
        try:
            return date.fromisoformat(text)
        except ValueError as error:
            raise InputError("a day", field="den_ngay", found=text, vi="Đề nghị ghi ngày cuối cùng.") from error


def all_of(*steps: Callable[[], object]) -> None:
    """Take every step of reading a form. Raises InputError with what any of them found, all of it together."""
    found: list[InputError] = []
    for step in steps:
        try:
            step()
        except InputError as error:
            found += error.errors if isinstance(error, CombinedInputError) else (error,)
    raise_all(found)


Number = Annotated[int, Query(ge=0, le=_LARGEST)]
"""A number behind the question mark of an address, as large as the store may hold."""
Place = Annotated[int, Path(ge=0, le=_LARGEST)]
"""A number within an address."""


async def receive(frame: Frame, request: Request, who: Person) -> Given:
    """The form that somebody sent from a page of ours, a file in it or none; its day begins.

    Raises TooLarge where a file is; HTTPException 400, 408, 413, 415.
    """
    from_here(request)
    with_file = request.headers.get("content-type", "").startswith("multipart/form-data")
    fields, file = await read_upload(request) if with_file else (await read_fields(request), None)
    nothing = nothing_given(frame, request, who)
    since = await run_in_threadpool(_begin, nothing)
    return replace(nothing, fields=fields, file=file, since=since)


def _begin(given: Given) -> int:
    begin_day(given.office.store, given.now, wall=given.now)
    with given.office.store.read() as connection:
        return audit.newest_number(connection)


def nothing_given(frame: Frame, request: Request, who: Person) -> Given:
    """A form of which nothing could be kept."""
    seen, place = frame.office_of(who), request.path_params
    return Given(seen, frame.config, {}, who, frame.clock(), request, place=place, runs=frame.runs)
