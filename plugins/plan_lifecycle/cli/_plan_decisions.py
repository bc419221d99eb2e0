"""``plan decide``, and what was decided when a plan is read again."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from plan_lifecycle.cli._files import is_there, paper_bytes, shown
from plan_lifecycle.cli._output import iso_date, plain
from plan_lifecycle.cli._work import at_work
from plan_lifecycle.domain.decider import Decider
from plan_lifecycle.domain.errors import InputError
from plan_lifecycle.domain.plan import Plan
from plan_lifecycle.domain.writing import latest_on

if TYPE_CHECKING:
    from plan_lifecycle.lifecycle.office import Office


def as_decided(plan: Plan) -> Plan:
    """The plan with what the store knows people decided about it; as it is where there is no store yet."""
    from plan_lifecycle.settings import Settings

    settings = Settings()
    if settings.database.startswith("sqlite:") and not _file_of(settings.database).exists():
        return plan
    from plan_lifecycle.domain.decision import plan_key, with_decisions
    from plan_lifecycle.store.decisions import decisions_of
    from plan_lifecycle.store_wiring import store_of

    store = store_of(settings)
    try:
        with store.read() as connection:
            return with_decisions(plan, decisions_of(connection, plan_key(plan)))
    finally:
        store.close()


def _file_of(url: str) -> Path:
    return Path(url.partition("///")[2].partition("?")[0])


def decide_point(
    named: str, point: str, *, due: Sequence[str], units: Sequence[str], by: str, reason: str, as_of: str, again: bool
) -> dict[str, Any]:
    """Decide one point; the answer. Raises InputError."""
    days = [day for text in due if (day := iso_date(text, field="--due"))]
    decider = Decider(by, reason)
    from plan_lifecycle.lifecycle.cascade import decide, decision_on

    with at_work("plan decide", as_of, again, by=by) as (office, now):
        given = decision_on(point, days, units, decider, now)
        plan = _plan(office, named)
        done = decide(office, plan, point, given=given, now=now)
    found = done.point
    return {
        "plan": {"number": plan.number, "symbol": plan.symbol, "issuer": plan.issuer, "ids": list(done.plan_ids)},
        "point": point,
        "field": found.field,
        "phrase": found.phrase,
        "source": found.source,
        "decision": plain(given),
        "moved": done.moved,
        "added": done.added,
        "closed": done.closed,
        "to_cascade": list(done.to_cascade),
    }


def _plan(office: Office, named: str) -> Plan:
    """A file where there is one of this name, else a registered plan."""
    from plan_lifecycle.documents.errors import BadDocument
    from plan_lifecycle.documents.read import NotAPlan, read_plan
    from plan_lifecycle.lifecycle.cascade import registered_plan

    path = Path(named)
    if not is_there(path) and path.suffix.lower() not in (".docx", ".doc", ".rtf", ".odt"):
        return registered_plan(office, named)
    try:
        return read_plan(paper_bytes(path).data, name=path.name)
    except (NotAPlan, BadDocument) as error:
        raise InputError("a plan", file=shown(path), found=type(error).__name__, vi=error.for_user) from error


def decided_text(answer: dict[str, Any]) -> str:
    """What was decided and what it moved, for people at a terminal."""
    decision = answer["decision"]
    what = (
        latest_on(map(date.fromisoformat, decision["due"]))
        if decision["due"]
        else f"đơn vị: {', '.join(decision['units'])}"
    )
    lines = [
        f"{answer['source']}: “{answer['phrase']}”" if answer["phrase"] else answer["source"],
        f"  Đã quyết định: {what} ({decision['decided_by']}, lý do: {decision['reason']})",
    ]
    if answer["plan"]["ids"]:
        lines.append(
            f"  Nội dung phải gửi: {answer['moved']:02} chuyển ngày, {answer['added']:02} thêm, "
            f"{answer['closed']:02} thôi không phải gửi"
        )
    if answer["to_cascade"]:
        lines.append("  Có đơn vị chưa có dự thảo; chạy “plan-lifecycle cascade” để triển khai.")
    return "\n".join(lines)
