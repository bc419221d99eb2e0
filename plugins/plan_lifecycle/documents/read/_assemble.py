"""A plan from its blocks."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from plan_lifecycle.documents.read import _open_points
from plan_lifecycle.documents.read._all_tables import Found, Tables, all_tables
from plan_lifecycle.documents.read._asked import Duty
from plan_lifecycle.documents.read._bases import legal_bases
from plan_lifecycle.documents.read._blocks import Block, Paragraph
from plan_lifecycle.documents.read._columns import Role
from plan_lifecycle.documents.read._duties import Duties, duties
from plan_lifecycle.documents.read._errors import NotAPlan
from plan_lifecycle.documents.read._head import Head, read_head
from plan_lifecycle.documents.read._inline import InlineTasks, Task, inline_tasks
from plan_lifecycle.documents.read._legacy import legacy_code
from plan_lifecycle.documents.read._outline import Entry, outline, sections
from plan_lifecycle.documents.read._period import Terms, period_of
from plan_lifecycle.documents.read._rows import Row
from plan_lifecycle.documents.read._settled import beside, main_first, settled
from plan_lifecycle.documents.read._source import refused
from plan_lifecycle.documents.read._types import DECISION, PLAN, type_of
from plan_lifecycle.domain.deadline import Deadline
from plan_lifecycle.domain.plan import Activity, OpenPoint, Plan, ReportingDuty
from plan_lifecycle.domain.regex import regex
from plan_lifecycle.domain.target import Target, find_targets
from plan_lifecycle.domain.text import normalise

_QUOTA = regex(
    r"\d[^.;\d]{0,60}/\s*(?:tháng|tuần|quý)"
    r"|(?:mỗi|hằng|hàng|một)\s+(?:tháng|tuần|quý)[^.;\d]{0,60}\d",
    re.I,
)


def assemble(blocks: list[Block]) -> Plan:
    """Read a plan. Raises NotAPlan where the document is of another type."""
    code = legacy_code(blocks)
    if code is not None:
        raise refused(code)
    head = read_head(blocks)
    _require_plan(head, blocks)
    entries = outline(blocks, head.body)
    inline = inline_tasks(entries)
    opening = " ".join(entry.text for entry in entries if not entry.path and not entry.is_heading)
    terms = Terms(head.issued_on, period_of(head.abstract, head.issued_on))
    if not terms.period:
        terms = Terms(head.issued_on, period_of(None, None, opening))
    tables = all_tables(blocks, entries)
    activities = [*_of_tables(tables.tasks, terms), *_of_text(inline, terms)]
    found = duties(entries, inline.blocks)
    found.asked += tables.duties
    asked = list(_reporting(found.asked, terms))
    about = head.abstract or ""
    reporting = tuple(main_first(settled(asked, _also(found.asked, terms), about), about))
    points = _points(head, activities, tables, reporting, found, entries, inline)
    return Plan(
        number=head.number,
        symbol=head.symbol,
        issued_on=head.issued_on,
        issuer=head.issuer,
        place=head.place,
        type=head.type.name if head.type else None,
        abstract=head.abstract,
        legal_bases=legal_bases(entries),
        period=terms.period,
        sections=sections(entries),
        activities=tuple(activities),
        reporting=reporting,
        open_points=_open_points.numbered(points, frozenset(activity.source for activity in activities)),
        letterhead=head.agencies,
    )


def _require_plan(head: Head, blocks: Sequence[Block]) -> None:
    kind = head.type.name if head.type else None
    if kind == PLAN:
        return
    if kind == DECISION and (_issues_plan(head.abstract or "") or _attached_plan(blocks[head.body :])):
        return
    if other := kind or head.untyped:
        raise NotAPlan(
            "other_type",
            f"Văn bản là {other}, không phải kế hoạch hoặc quyết định ban hành kế hoạch; đề nghị gửi bản Word của "
            "kế hoạch.",
            other,
        )
    if not any(_holds_text(block) for block in blocks):
        raise NotAPlan(
            "no_text",
            "Tệp Word không có nội dung chữ (có thể là ảnh quét), không phải kế hoạch đọc được; đề nghị gửi bản Word "
            "soạn thảo.",
        )
    raise NotAPlan(
        "no_type",
        "Văn bản không phải kế hoạch: không tìm thấy tên loại “KẾ HOẠCH” ở phần đầu; đề nghị gửi bản Word của "
        "kế hoạch.",
    )


def _issues_plan(abstract: str) -> bool:
    form = normalise(abstract)
    return bool(re.search(r"\bkế hoạch\b", form)) and not re.search(
        r"giao (?:chỉ tiêu )?kế hoạch|đầu tư công"
        r"|kế hoạch vốn",
        form,
    )


def _attached_plan(blocks: Sequence[Block]) -> bool:
    found = (type_of(b.text, b.centred or b.bold) for b in blocks if isinstance(b, Paragraph) and len(b.text) < 60)
    return any(kind is not None and kind.name == PLAN for kind in found)


def _holds_text(block: Block) -> bool:
    return bool(block.text.strip()) if isinstance(block, Paragraph) else any(cell.text for cell in block.cells())


def _of_tables(tables: Sequence[Found], terms: Terms) -> Iterator[Activity]:
    for found in tables:
        for row in found.table.rows:
            yield _activity_of_row(row, found.place, terms)


def _activity_of_row(row: Row, place: str, terms: Terms) -> Activity:
    return Activity(
        ordinal=row.ordinal,
        content=row.content,
        lead=row.lead,
        support=row.support,
        deadline=terms.deadline(row.deadline),
        product=row.product,
        budget=row.budget,
        targets=_targets(row.content, row.target, row.product),
        source=f"{place}, hàng {row.number}",
        section=row.group,
        monitor=row.monitor,
    )


def _of_text(inline: InlineTasks, terms: Terms) -> Iterator[Activity]:
    for task in inline.tasks:
        yield _activity_of_task(task, terms)


def _activity_of_task(task: Task, terms: Terms) -> Activity:
    fields = task.fields
    return Activity(
        ordinal=task.ordinal,
        content=task.content,
        lead=fields.get("lead", ""),
        support=fields.get("support", ""),
        deadline=terms.deadline(fields.get("deadline", "")),
        product=fields.get("product", ""),
        budget=fields.get("budget", ""),
        targets=_targets(task.content, fields.get("target", ""), fields.get("product", "")),
        source=task.where,
        section=task.section,
        monitor=fields.get("monitor", ""),
    )


def _targets(*texts: str) -> tuple[Target, ...]:
    """The targets of a task, each text by itself: what one counts does not run on into the next."""
    return tuple(target for text in dict.fromkeys(texts) for target in find_targets(text))


def _reporting(found: Sequence[Duty], terms: Terms) -> Iterator[ReportingDuty]:
    for duty in found:
        yield ReportingDuty(
            item=duty.item,
            audience=duty.audience,
            deadline=terms.deadline(duty.when, duty.item),
            addressee=duty.addressee,
            receiving_office=duty.office,
            basis=duty.basis,
            clause=duty.clause,
            source=duty.entry.where,
        )


def _also(found: Sequence[Duty], terms: Terms) -> list[list[Deadline]]:
    """The other times that were said of each duty."""
    read = [[terms.deadline(phrase, duty.item) for phrase in duty.also] for duty in found]
    return [[deadline for deadline in deadlines if deadline is not None] for deadlines in read]


def _points(
    head: Head,
    activities: Sequence[Activity],
    tables: Tables,
    reporting: Sequence[ReportingDuty],
    found: Duties,
    entries: Sequence[Entry],
    inline: InlineTasks,
) -> Iterator[OpenPoint]:
    yield from _open_points.of_head(head)
    two_tiers = head.issued_on is not None and head.issued_on >= _open_points.TWO_TIERS
    wants_deadline = bool(inline.tasks) or any(
        one.table.columns.has(Role.DEADLINE, Role.MARK, Role.OPENS) for one in tables.tasks
    )
    unsure = {f"{one.place}, hàng {row.number}" for one in tables.tasks for row in one.table.rows if row.unsure}
    yield from _open_points.of_activities(
        activities, wants_lead=True, wants_deadline=wants_deadline, unsure=unsure, two_tiers=two_tiers
    )
    yield from _open_points.of_tables(tables)
    second = {(duty.audience, duty.clause): first for duty, first in beside(reporting, head.abstract or "")}
    yield from _open_points.of_duties(reporting, two_tiers=two_tiers, second=second)
    for one in found.unread:
        yield _open_points.unread(one.sentence, one.when, one.entry.where)
    if not reporting:
        yield _open_points.no_duties(len(activities))
    yield from _open_points.of_order(reporting)
    for entry in entries:
        if entry.block not in inline.blocks and _QUOTA.search(entry.text):
            for target in find_targets(entry.text):
                if target.per in ("month", "week", "quarter"):
                    shown = f"{target.value:g} {target.unit or ''}".strip()
                    yield _open_points.of_quota(entry.text, shown, entry.where)
