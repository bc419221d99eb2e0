"""The report form as a page: figures beside those of last time, saved as typed, taken home as Word or handed in."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from typing import NamedTuple

from fastapi import APIRouter
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from plan_lifecycle.channels.upload import UploadedFile
from plan_lifecycle.documents.render import render_report_form
from plan_lifecycle.domain.earlier import Earlier
from plan_lifecycle.domain.indicator import Indicator, IndicatorType
from plan_lifecycle.domain.obligation import Item
from plan_lifecycle.domain.writing import file_name
from plan_lifecycle.lifecycle.office import EXCEL, WORD
from plan_lifecycle.lifecycle.portal import (
    ANSWERS,
    TASK_CELLS,
    Asked,
    Filled,
    Memory,
    asked_of,
    known_fields,
    own_report,
    read_fields,
    remembered,
    still_open,
    task_fields,
    workbook,
)
from plan_lifecycle.store import portal as portal_rows
from plan_lifecycle.store.portal import FormDraft
from plan_lifecycle.web.portal._owed import one_line, person_in, put_in
from plan_lifecycle.web.portal._portal import ClosedError, Portal, Work, portal_of
from plan_lifecycle.web.receiving import Form

router = APIRouter()

LONGEST_TEXT = 8000
LONGEST_EVIDENCE = 4000
"""Some forty links."""
_HINTS = {
    IndicatorType.COUNT: "số nguyên",
    IndicatorType.RANK: "thứ hạng, ví dụ 12",
    IndicatorType.RATIO: "tỷ lệ %, ghi 85 nếu là 85%",
    IndicatorType.SCORE: "số điểm, ví dụ 12,5",
    IndicatorType.MONEY: "số tiền theo đơn vị tính",
    IndicatorType.BOOLEAN: "chọn có hoặc chưa",
    IndicatorType.DATE: "ngày, ví dụ 05/01/2023",
    IndicatorType.TEXT: "ghi bằng chữ",
    IndicatorType.CODE: "ghi số của câu trả lời",
}


class Row(NamedTuple):
    """One field of the form; ``number`` is that of its row in the form."""

    number: str
    indicator: Indicator
    typed: str
    evidence: str
    estimate: bool
    unknown: bool
    before: str
    hint: str
    finding: str
    doubt: str


class Papers(NamedTuple):
    """What the form of an obligation is made of."""

    asked: Asked
    memory: Memory
    draft: FormDraft

    def read(self, fields: Mapping[str, str]) -> Filled:
        """What was typed, held against what is known."""
        return read_fields(self.asked.indicators, fields, self.memory.background)


@router.get("/v/{handle}/bieu")
def show_form(request: Request, handle: str) -> Response:
    """The form as it was saved."""
    portal = portal_of(request)
    work = portal.at_work(request, handle)
    papers = _papers(portal, work)
    fields = _begun(portal, work, papers)
    said = "Đã lưu bản nháp." if request.query_params.get("luu") else ""
    download = "tai" in request.query_params and bool(papers.draft.version)
    return _page(portal, work, papers, fields, said=said, download=download)


@router.post("/v/{handle}/bieu")
async def fill_in(request: Request, handle: str) -> Response:
    """Save what was typed; then, as the button says, nothing more, the Word file, or handing in."""
    portal = portal_of(request)
    work = await run_in_threadpool(portal.at_work, request, handle)
    form = await portal.posted(request, work)
    if form.fields.get("viec") == "gui":
        return await portal.in_place(work, _filled_in, form)
    return await run_in_threadpool(_filled_in, portal, work, form)


@router.get("/v/{handle}/bao-cao.docx")
async def word(request: Request, handle: str) -> Response:
    """The unit's own report out of the saved form, to be signed."""
    portal = portal_of(request)
    return await portal.in_place(await run_in_threadpool(portal.at_work, request, handle), _word)


@router.get("/v/{handle}/bieu-so-lieu.xlsx")
async def excel(request: Request, handle: str) -> Response:
    """The same form to be filled in without a connection, and uploaded."""
    portal = portal_of(request)
    return await portal.in_place(await run_in_threadpool(portal.at_work, request, handle), _excel)


def _word(portal: Portal, work: Work) -> Response:
    papers = _papers(portal, work)
    filled = papers.read(papers.draft.fields)
    tree = portal.tree(work.now.date())
    report = own_report(portal.office, tree, work.owed, papers.asked, filled, papers.draft.fields)
    data = render_report_form(report, portal.office.word_templates)
    return _download(data, WORD, file_name(f"Báo cáo {work.owed.period.label}", "docx"))


def _excel(portal: Portal, work: Work) -> Response:
    papers = _papers(portal, work)
    fields = _begun(portal, work, papers)
    data = workbook(work.owed, papers.asked, papers.read(fields), papers.memory.earlier, fields)
    return _download(data, EXCEL, file_name(f"Biểu số liệu {work.owed.period.label}", "xlsx"))


def _begun(portal: Portal, work: Work, papers: Papers) -> Mapping[str, str]:
    """The fields as they were saved; of a form that nobody has saved yet what is known already."""
    if papers.draft.version:
        return papers.draft.fields
    known = known_fields(portal.office, work.owed, papers.asked.indicators)
    return known | task_fields(papers.asked.plan.tasks)


def _papers(portal: Portal, work: Work) -> Papers:
    if work.owed.obligation.item is not Item.REPORT:
        raise ClosedError
    asked = asked_of(portal.office, work.owed, portal.tree(work.now.date()), work.now)
    with portal.office.store.read() as connection:
        draft = portal_rows.get_draft(connection, work.owed.obligation.id)
    return Papers(asked, remembered(portal.office, work.owed, asked.indicators), draft)


def _filled_in(portal: Portal, work: Work, form: Form) -> Response:
    papers = _papers(portal, work)
    fields = _known_fields(papers.asked, form.fields)
    saved = _saved(portal, work, papers.draft, fields, form.fields.get("ban", "0"))
    papers = _papers(portal, work)
    if not saved:
        missing = {"": "Biểu này vừa được lưu ở nơi khác; nội dung dưới đây chưa lưu. Bấm lưu lần nữa để thay bản đó."}
        return _page(portal, work, papers, fields, status=409, missing=missing)
    act = form.fields.get("viec", "luu")
    if act not in ("word", "gui"):
        return RedirectResponse(f"{work.here}/bieu?luu=1", 303)
    filled = papers.read(fields)
    person, missing = person_in(form) if act == "gui" else (None, {})
    if filled.findings or missing:
        return _page(portal, work, papers, fields, status=422, missing=missing, every=True, given=form.fields)
    if person is None:
        return RedirectResponse(f"{work.here}/bieu?tai=1", 303)
    data = workbook(work.owed, papers.asked, filled, papers.memory.earlier, fields)
    name = file_name(f"Biểu số liệu {work.owed.period.label}", "xlsx")
    return put_in(portal, work, [UploadedFile(name, lambda: data)], person)


def _saved(portal: Portal, work: Work, draft: FormDraft, fields: Mapping[str, str], version: str) -> bool:
    """Save what was typed over ``version``; False where somebody else has saved something else since.

    What is saved already is not saved again: a button pressed twice is no second person.
    """
    if draft.version and fields == draft.fields:
        return True
    over = int(version) if version.isdecimal() and len(version) < 9 else 0
    with portal.office.store.write() as connection:
        return portal_rows.save_draft(connection, work.owed.obligation.id, fields, over=over, at=work.now)


def _known_fields(asked: Asked, fields: Mapping[str, str]) -> dict[str, str]:
    """What belongs to the form and nothing else, each bounded and of plain signs."""
    known = {}
    for indicator in asked.indicators:
        known[f"v_{indicator.code}"] = one_line(fields.get(f"v_{indicator.code}", ""), 1000)
        known[f"e_{indicator.code}"] = one_line(fields.get(f"e_{indicator.code}", ""), LONGEST_EVIDENCE)
        for tick in ("u", "k"):
            known[f"{tick}_{indicator.code}"] = "1" if fields.get(f"{tick}_{indicator.code}") else ""
    for heading in asked.headings:
        known[heading.name] = _lines(fields.get(heading.name, ""))
    for task in asked.plan.tasks:
        for cell in TASK_CELLS:
            known[f"{cell}_{task.key}"] = one_line(fields.get(f"{cell}_{task.key}", ""), 1000)
    return {name: value for name, value in known.items() if value}


def _lines(text: str) -> str:
    lines = (one_line(line, LONGEST_TEXT) for line in text.splitlines())
    return unicodedata.normalize("NFC", "\n".join(lines)).strip()[:LONGEST_TEXT]


def _page(
    portal: Portal,
    work: Work,
    papers: Papers,
    fields: Mapping[str, str],
    *,
    status: int = 200,
    said: str = "",
    download: bool = False,
    missing: Mapping[str, str] | None = None,
    every: bool = False,
    given: Mapping[str, str] | None = None,
) -> Response:
    """The form with what was typed; ``every`` also tells what is still missing."""
    filled = papers.read(fields)
    earlier = papers.memory.earlier
    forms = [
        (form.title, [_row(number, one, fields, filled, earlier, every=every) for number, one in form.rows])
        for form in papers.asked.forms
    ]
    open_ = still_open(papers.asked, fields)
    return portal.page(
        "form",
        work,
        status=status,
        forms=forms,
        rows=[row for _, rows in forms for row in rows],
        still_open=open_,
        prefilled=bool(fields) and not papers.draft.version,
        headings=[(heading, fields.get(heading.name, "")) for heading in papers.asked.headings],
        tasks=[(task, [fields.get(f"{c}_{task.key}", "") for c in TASK_CELLS]) for task in papers.asked.plan.tasks],
        answers=ANSWERS,
        targets=papers.asked.plan.targets,
        earlier=earlier.label,
        version=papers.draft.version,
        saved_at=papers.draft.saved_at,
        said=said,
        download=download,
        missing=missing or {},
        given=given or work.person,
    )


def _row(
    number: str, indicator: Indicator, fields: Mapping[str, str], filled: Filled, earlier: Earlier, *, every: bool
) -> Row:
    code = indicator.code
    typed = fields.get(f"v_{code}", "")
    return Row(
        number=number,
        indicator=indicator,
        typed=typed,
        evidence=fields.get(f"e_{code}", ""),
        estimate=bool(fields.get(f"u_{code}")),
        unknown=bool(fields.get(f"k_{code}")),
        before=earlier.told(indicator),
        hint=_hint(indicator),
        finding=filled.findings.get(code, "") if typed or every or fields.get(f"k_{code}") else "",
        doubt=filled.doubts.get(code, ""),
    )


def _hint(indicator: Indicator) -> str:
    low, high = indicator.minimum, indicator.maximum
    bounds = ""
    if high is not None:
        bounds = f", từ {low or 0:g} đến {high:g}"
    elif low:
        bounds = f", từ {low:g} trở lên"
    return f"{_HINTS[indicator.type]}{bounds}"


def _download(data: bytes, kind: str, name: str) -> Response:
    return Response(data, media_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'})
