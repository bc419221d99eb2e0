"""The unit's contacts: what is registered, shortened; and what the unit proposes, for the coordinator to confirm."""

from __future__ import annotations

import re

from fastapi import APIRouter
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from plan_lifecycle.lifecycle.portal import people_of
from plan_lifecycle.store import portal as portal_rows
from plan_lifecycle.web.portal._owed import gone_on, one_line, person_in
from plan_lifecycle.web.portal._portal import Portal, Work, portal_of
from plan_lifecycle.web.receiving import Form

router = APIRouter()

NOTED = "Đã ghi nhận đề nghị; cán bộ đầu mối sẽ xác nhận trước khi áp dụng."
MOST_WAITING = 5
"""Proposals of a unit that may wait at once."""
_EMAIL = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@(?:[A-Za-z0-9-]{1,63}\.){1,8}[A-Za-z]{2,24}")


@router.get("/v/{handle}/lien-he")
def show_people(request: Request, handle: str) -> Response:
    """Who gets the unit's letters."""
    portal = portal_of(request)
    said = NOTED if request.query_params.get("ghi") else ""
    return _page(portal, portal.at_work(request, handle), said=said)


@router.post("/v/{handle}/lien-he")
async def propose(request: Request, handle: str) -> Response:
    """Note a proposal; nothing changes until a coordinator confirms it."""
    portal = portal_of(request)
    work = await run_in_threadpool(portal.at_work, request, handle)
    form = await portal.posted(request, work)
    return await run_in_threadpool(_proposed, portal, work, form)


def _proposed(portal: Portal, work: Work, form: Form) -> Response:
    person, missing = person_in(form, "người đề nghị")
    name, email = one_line(form.fields.get("ten_moi", "")), one_line(form.fields.get("thu_moi", ""), 254)
    if not name:
        missing["ten_moi"] = "Đề nghị ghi họ và tên người nhận thư."
    if not _EMAIL.fullmatch(email):
        missing["thu_moi"] = "Địa chỉ thư chưa đúng; ví dụ: binhan@binhthuan.gov.vn."
    people, waiting = people_of(portal.office, work.owed.unit.id, work.now.date())
    if len(waiting) >= MOST_WAITING:
        missing[""] = "Đã có nhiều đề nghị đang chờ xác nhận; đề nghị liên hệ cán bộ đầu mối."
    replaces = next((contact.id for contact in people if str(contact.id) == form.fields.get("thay_cho")), None)
    if missing:
        typed = {
            "thay_cho": str(replaces or ""),
            "ten_moi": name,
            "thu_moi": email,
            "ho_ten": person.name,
            "chuc_vu": person.post,
        }
        return _page(portal, work, status=422, missing=missing, typed=typed)
    with portal.office.store.write() as connection:
        portal_rows.request_contact(
            connection,
            {
                "unit_id": work.owed.unit.id,
                "replaces": replaces,
                "name": name,
                "email": email,
                "stated_by": f"{person.name}, {person.post}",
                "requested_at": work.now,
            },
        )
    return gone_on(portal, work, person, f"{work.here}/lien-he?ghi=1")


def _page(
    portal: Portal,
    work: Work,
    *,
    status: int = 200,
    said: str = "",
    missing: dict[str, str] | None = None,
    typed: dict[str, str] | None = None,
) -> Response:
    people, waiting = people_of(portal.office, work.owed.unit.id, work.now.date())
    return portal.page(
        "people",
        work,
        status=status,
        people=people,
        waiting=waiting,
        said=said,
        missing=missing or {},
        typed=typed or work.person,
    )
