"""``plan-lifecycle review record``: what came over the document axis, on paper or by hand (*Ghi nhận thay*)."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from plan_lifecycle.cli._output import AsJson, iso_date, one_way, say
from plan_lifecycle.cli._review_given import decider_of
from plan_lifecycle.cli._work import Again, AsOf, at_work, looking
from plan_lifecycle.domain.act import ActKind
from plan_lifecycle.domain.decider import Decider
from plan_lifecycle.domain.errors import InputError

if TYPE_CHECKING:
    from plan_lifecycle.lifecycle.office import Office

_SHOWN = {"matched": "ghi nhận", "known": "đã ghi nhận trước đó", "doubt": "cần xem", "unrelated": "không liên quan"}


def record(
    by: Annotated[str, typer.Option("--by", help="Name of the person who records.", show_default=False)],
    unit: Annotated[str, typer.Option(help="Id or name of the unit.", show_default=False)] = "",
    item: Annotated[str, typer.Option(help="sub_plan | report | quota", show_default=False)] = "",
    period: Annotated[str, typer.Option(help="2023, 2023-H1, …", show_default=False)] = "",
    number: Annotated[str, typer.Option(help="Number and symbol: 45/BC-UBND.", show_default=False)] = "",
    issued: Annotated[str, typer.Option("--date", help="The paper's own date.", show_default=False)] = "",
    via: Annotated[str, typer.Option(help="How it came: axis | paper | hand.")] = "axis",
    received: Annotated[str, typer.Option(help="The day of receipt; empty: today.", show_default="today")] = "",
    reason: Annotated[str, typer.Option(help="A remark, or a code of reasons.yaml.", show_default=False)] = "",
    registry: Annotated[
        Path | None, typer.Option("--file", help="The registry's book (.xlsx), instead of one paper.")
    ] = None,
    province: Annotated[str, typer.Option(help="Whose units the book names.", show_default=False)] = "",
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show the matches, record nothing.")] = False,
    as_of: AsOf = "",
    again: Again = False,
    as_json: AsJson = False,
) -> None:
    """Record a paper, or every line of the registry's book that surely meets an obligation: reminders stop at once."""
    if (registry is None) == (not unit):
        raise one_way("either --unit or --file, and not both", "--unit", "--file")
    with looking(as_of) if dry_run else at_work("review record", as_of, again, by=by) as (office, now):
        decider = decider_of(office, ActKind.RECORD, by, reason)
        if registry is not None:
            _record_book(office, registry, province, decider, now, dry_run, as_json)
            return
        from plan_lifecycle.lifecycle.office import find_unit
        from plan_lifecycle.lifecycle.review import read_paper, record_paper

        on = iso_date(received, field="--received") or now.date()
        whose = find_unit(office, unit, now)
        paper = read_paper(whose.id, item, period, number, iso_date(issued, field="--date"), on, via)
        if dry_run:
            raise InputError("--dry-run with --file", field="--dry-run", vi="--dry-run chỉ dùng cùng --file.")
        done = record_paper(office, paper, decider, now)
        say(done, as_json=as_json, human=_recorded)


def _record_book(
    office: Office, path: Path, province: str, decider: Decider, now: datetime, dry_run: bool, as_json: bool
) -> None:
    from plan_lifecycle.cli._files import paper_bytes
    from plan_lifecycle.documents.gate import Purpose, inspect
    from plan_lifecycle.documents.registry_book import read_registry
    from plan_lifecycle.lifecycle.office import find_province
    from plan_lifecycle.lifecycle.review import record_book

    data = paper_bytes(path).data
    verdict = inspect(data, name=path.name, purpose=Purpose.EVIDENCE)
    if not verdict.accepted or verdict.kind != "xlsx":
        reason = verdict.reason or "Sổ văn bản đến phải là bảng tính Excel (.xlsx)."
        raise InputError("the registry's book, .xlsx", file=path, found=verdict.code or verdict.kind, vi=reason)
    whose = find_province(office, province, now)
    for line in record_book(office, read_registry(data, name=path.name), whose, decider, now, dry_run=dry_run):
        say(line, as_json=as_json, human=_line)


def _recorded(done: dict[str, Any]) -> str:
    late = f", chậm {done['days_late']:02} ngày" if done["days_late"] else ""
    return f"{done['id']}  {'đã ghi nhận' if done['new'] else 'đã ghi nhận trước đó'}: {done['what']}{late}"


def _line(line: dict[str, Any]) -> str:
    why = f" ({line['why']})" if line["why"] else ""
    return f"dòng {line['line']}: {_SHOWN[line['status']]}{why}: {line['agency']}: {line['abstract']}"
