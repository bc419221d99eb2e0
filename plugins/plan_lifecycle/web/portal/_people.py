"""The unit's contacts: what is registered, shortened; and what the unit proposes, for the coordinator to confirm."""

from __future__ import annotations

import re
from typing import Any, NamedTuple

from fastapi import APIRouter
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from plan_lifecycle.domain.telephone import kept_telephones, read_telephones
from plan_lifecycle.domain.writing import first_up
from plan_lifecycle.lifecycle.portal import people_of
from plan_lifecycle.store import portal as portal_rows
from plan_lifecycle.web.portal._owed import gone_on, one_line, person_in
from plan_lifecycle.web.portal._portal import Portal, Work, portal_of
from plan_lifecycle.web.receiving import Form

router = APIRouter()

NOTED = "Đã ghi nhận đề nghị; cán bộ đầu mối sẽ xác nhận trước khi áp dụng."
MOST_WAITING = 5
"""Proposals of a unit that may wait at once."""
_FIELDS = {"ten_moi": 120, "thu_moi": 254, "dien_thoai": 120}
"""The fields about the person, in the order of ``_Given``, with how long each may be."""
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
    people, waiting = people_of(portal.office, work.owed.unit.id, work.now.date())
    replaced = next((contact for contact in people if str(contact.id) == form.fields.get("thay_cho")), None)
    given = _Given(*(one_line(form.fields.get(field, ""), most) for field, most in _FIELDS.items()))
    missing |= given.missing(replaced)
    if len(waiting) >= MOST_WAITING:
        missing[""] = "Đã có nhiều đề nghị đang chờ xác nhận; đề nghị liên hệ cán bộ đầu mối."
    if missing:
        typed = {"ho_ten": person.name, "chuc_vu": person.post, "thay_cho": str(replaced.id if replaced else "")}
        return _page(portal, work, status=422, missing=missing, typed=typed | dict(zip(_FIELDS, given, strict=True)))
    stated = {"stated_by": f"{person.name}, {person.post}", "requested_at": work.now}
    with portal.office.store.write() as connection:
        portal_rows.request_contact(connection, {"unit_id": work.owed.unit.id} | given.values(replaced) | stated)
    return gone_on(portal, work, person, f"{work.here}/lien-he?ghi=1")


class _Given(NamedTuple):
    """What a unit wrote about a person: name, address and numbers, the former two only where they change."""

    name: str
    email: str
    phone: str

    def missing(self, replaced: portal_rows.KnownContact | None) -> dict[str, str]:
        """What is not enough, by field; who keeps name and address has at least numbers."""
        missing = {}
        keeps = replaced is not None and bool(self.phone) and not self.name and not self.email
        if not self.name and not keeps:
            missing["ten_moi"] = "Đề nghị ghi họ và tên người nhận thư."
        if not keeps and not _EMAIL.fullmatch(self.email):
            missing["thu_moi"] = "Địa chỉ thư chưa đúng; ví dụ: binhan@binhthuan.gov.vn."
        if doubts := read_telephones(self.phone)[1]:
            missing["dien_thoai"] = first_up(f"{'; '.join(doubt.vi for doubt in doubts)}.")
        return missing

    def values(self, replaced: portal_rows.KnownContact | None) -> dict[str, Any]:
        """The proposal as the store keeps it."""
        return {
            "replaces": replaced.id if replaced else None,
            "name": self.name or (replaced.name if replaced else ""),
            "email": self.email or (replaced.email if replaced else ""),
            "phone": kept_telephones(read_telephones(self.phone)[0]) or None,
        }


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
