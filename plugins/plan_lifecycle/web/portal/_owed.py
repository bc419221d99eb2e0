"""The page of one obligation: what is owed, what came, and handing in files."""

from __future__ import annotations

import re
import secrets
import unicodedata
from collections.abc import Callable, Mapping
from typing import NamedTuple

from fastapi import APIRouter
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from plan_lifecycle.channels.upload import MAX_FILES, UploadedFile
from plan_lifecycle.documents.convert import TARGETS, installed
from plan_lifecycle.documents.gate import ALLOWED, safe_name
from plan_lifecycle.domain.errors import PlanLifecycleError
from plan_lifecycle.lifecycle.portal import (
    keep_upload,
    may_say,
    paper_of,
    papers_of,
    settle,
    standing_of,
    what_came,
    what_was_said,
)
from plan_lifecycle.lifecycle.submission import PURPOSES
from plan_lifecycle.web.portal._portal import ClosedError, Portal, RefusedError, Work, log, portal_of
from plan_lifecycle.web.receiving import FilePart, Form
from plan_lifecycle.web.saving import saved

router = APIRouter()

LONGEST_NAME = 120
_BATCH = re.compile(r"[0-9a-f]{16}")
_KINDS = {"docx": "Word (.docx)", "xlsx": "Excel (.xlsx)", "pdf": "PDF", "png": "ảnh PNG", "jpeg": "ảnh JPEG"}


class Person(NamedTuple):
    """Who hands something in, as the person states it."""

    name: str
    post: str


@router.get("/v/{handle}/")
def look(request: Request, handle: str) -> Response:
    """What is owed and what came."""
    portal = portal_of(request)
    batch, noted = request.query_params.get("lan", ""), "ghi" in request.query_params
    return overview(portal, portal.at_work(request, handle), batch=batch, noted=noted)


@router.get("/v/{handle}/tai/{which}")
def download(request: Request, handle: str, which: str) -> Response:
    """A file of this obligation: the unit's draft, the superior plan, what it sent. Raises ClosedError."""
    portal = portal_of(request)
    work = portal.at_work(request, handle)
    found = paper_of(portal.office, work.owed.obligation, which)
    if found is None:
        raise ClosedError
    return saved(found.data, found.name)


@router.post("/v/{handle}/gui")
async def hand_in(request: Request, handle: str) -> Response:
    """Take in files: kept first, then judged at once, so that the next page says what became of them."""
    portal = portal_of(request)
    work = await run_in_threadpool(portal.at_work, request, handle)
    async with portal.uploaded(request, work) as form:
        return await portal.in_place(work, _take_in, form)


@router.post("/v/{handle}/roi")
async def leave(request: Request, handle: str) -> Response:
    """End the session, as on a shared computer."""
    portal = portal_of(request)
    work = await run_in_threadpool(portal.at_work, request, handle)
    await portal.posted(request, work)
    response = portal.pages.page("left", prefix=work.prefix)
    await run_in_threadpool(portal.sessions.end, response, work.session, work.prefix, work.now)
    return response


def overview(
    portal: Portal,
    work: Work,
    *,
    status: int = 200,
    batch: str = "",
    missing: Mapping[str, str] | None = None,
    typed: Mapping[str, str] | None = None,
    noted: bool = False,
) -> Response:
    """The page; ``batch`` is the upload whose results stand on top, ``missing`` what was missing in a form, by the
    field's id, ``typed`` what was typed there; ``noted`` says that what was said on it is noted."""
    history = what_came(portal.office, work.owed.obligation)
    said = what_was_said(portal.office, work.owed.obligation)
    allowed = ALLOWED[PURPOSES[work.owed.obligation.item]]
    kinds = [_with_older(kind) for kind in allowed] + ([] if "pdf" in allowed else ["PDF đã ký"])
    return portal.page(
        "owed",
        work,
        status=status,
        history=history,
        just_now=[entry for entry in history if _BATCH.fullmatch(batch) and batch in entry.batches],
        kinds=", ".join(kinds),
        most_files=MAX_FILES,
        missing=missing or {},
        typed=typed or {},
        person=work.person,
        standing=standing_of(work.owed, history, said),
        may_say=may_say(work.owed),
        papers=papers_of(portal.office, work.owed.obligation),
        noted=noted,
        phone=portal.office.rules.phone,
    )


def _with_older(kind: str) -> str:
    """Name a kind of file, with the older formats that are converted to it here: "Word (.docx, .doc, .rtf, .odt)"."""
    program = installed()
    older = [f".{one}" for one, target in TARGETS.items() if program and target == kind and one in program.kinds]
    return _KINDS[kind].replace(f".{kind}", ", ".join([f".{kind}", *older])) if older else _KINDS[kind]


def person_in(form: Form, who: str = "người gửi") -> tuple[Person, dict[str, str]]:
    """Name and post out of a form, and what is missing in them."""
    person = Person(one_line(form.fields.get("ho_ten", "")), one_line(form.fields.get("chuc_vu", "")))
    missing = {}
    if not person.name:
        missing["ho_ten"] = f"Đề nghị ghi họ và tên {who}."
    if not person.post:
        missing["chuc_vu"] = f"Đề nghị ghi chức vụ, chức danh {who}."
    return person, missing


def one_line(text: str, longest: int = LONGEST_NAME) -> str:
    """Text on one line, without signs that cannot be seen."""
    plain = "".join(sign if unicodedata.category(sign)[0] != "C" else " " for sign in text)
    return unicodedata.normalize("NFC", " ".join(plain.split()))[:longest]


def put_in(portal: Portal, work: Work, files: list[UploadedFile], person: Person) -> Response:
    """Keep the files, file them, and go to the page that says what became of them. Raises RefusedError."""
    batch = secrets.token_hex(8)
    obligation = work.owed.obligation
    try:
        arrivals = keep_upload(
            portal.office, obligation, files, name=person.name, post=person.post, batch=batch, now=work.now
        )
    except (PlanLifecycleError, OSError) as error:
        log.error("obligation %s: not kept: %s", obligation.id, type(error).__name__)
        raise RefusedError(503, "Chưa lưu được tệp; đề nghị gửi lại sau ít phút hoặc trả lời thư nhắc.") from error
    try:
        superiors = portal.superiors(work.now.date())
        with portal.filing:
            settle(portal.office, arrivals, obligation.unit_id, work.now, superiors)
    except PlanLifecycleError as error:  # it is kept: the next run files it
        log.error("obligation %s: kept, not yet filed: %s", obligation.id, type(error).__name__)
    portal.answer()
    log.info("obligation %s: %s file(s) taken in", obligation.id, len(files))
    return gone_on(portal, work, person, f"{work.here}/?lan={batch}")


def gone_on(portal: Portal, work: Work, person: Person, to: str) -> Response:
    """The way to the next page, from a form that this person filled in."""
    response = RedirectResponse(to, 303)
    portal.sessions.remember(response, work.prefix, person.name, person.post)
    return response


def _take_in(portal: Portal, work: Work, form: Form) -> Response:
    person, missing = person_in(form)
    if not form.files:
        missing["tep"] = "Đề nghị chọn tệp cần gửi."
    if missing:
        typed = {"ho_ten": person.name, "chuc_vu": person.post}
        return overview(portal, work, status=422, missing=missing, typed=typed)
    return put_in(portal, work, [UploadedFile(safe_name(file.name), _reader(file)) for file in form.files], person)


def _reader(part: FilePart) -> Callable[[], bytes]:
    def read() -> bytes:
        part.content.seek(0)
        return part.content.read()

    return read
