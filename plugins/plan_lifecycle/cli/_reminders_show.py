"""``reminders preview`` and ``reminders explain``."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

import typer

from plan_lifecycle.cli._output import AsJson, day_of, plain, say, table
from plan_lifecycle.cli._work import AsOf, looking
from plan_lifecycle.domain.writing import short_date


def preview(
    begin: Annotated[str, typer.Option("--from", help="First day, YYYY-MM-DD.")],
    end: Annotated[str, typer.Option("--to", help="Last day, YYYY-MM-DD.")],
    unit: Annotated[str | None, typer.Option(help="Only letters about this unit (id).", show_default=False)] = None,
    as_of: AsOf = "",
    as_json: AsJson = False,
) -> None:
    """Every letter that would go in these days, to whom and by which rule, if nobody delivers anything until then."""
    from plan_lifecycle.lifecycle.remind import preview as verb

    first, last = day_of(begin, field="--from"), day_of(end, field="--to")
    with looking(as_of) as (office, now):
        found = verb(office, first, last, now, unit)
    answer = {"from": first, "to": last, "letters": found.letters, "not_sent": found.not_sent}
    say(plain(answer), as_json=as_json, human=_previewed)


def explain(
    unit: Annotated[str, typer.Argument(help="Id of the unit.")], as_of: AsOf = "", as_json: AsJson = False
) -> None:
    """Each rung of each obligation of a unit: sent when and to whom, or why not."""
    from plan_lifecycle.lifecycle.remind import explain as verb

    with looking(as_of) as (office, now):
        say(verb(office, unit, now), as_json=as_json, human=_explained)


def _previewed(found: dict[str, Any]) -> str:
    rows = [
        (letter["day"], letter["recipient"], item["unit"], item["what"], item["rule"])
        for letter in found["letters"]
        for item in letter["reminders"]
    ]
    rows += [
        (each["day"], "–", each["reminder"]["unit"], each["reminder"]["what"], f"không gửi: {each['reason']}")
        for each in found["not_sent"]
    ]
    if not rows:
        return f"Không có thư nhắc nào từ {_day(found['from'])} đến {_day(found['to'])}."
    shown = [(_day(day), *rest) for day, *rest in sorted(rows)]
    return table(shown, ("Ngày", "Địa chỉ", "Đơn vị", "Nội dung phải gửi", "Nấc nhắc"))


def _explained(found: dict[str, Any]) -> str:
    from plan_lifecycle.lifecycle.remind import RUNG_WORDS

    lines = [f"{found['unit']} ({', '.join(found['contacts']) or 'chưa có địa chỉ thư liên hệ'})"]
    lines += [] if found["obligations"] else ["Không có nội dung phải gửi."]
    for owed in found["obligations"]:
        lines.append(f"{owed['what']}: thời hạn {_day(owed['due_on']) or 'chờ quyết định'}")
        rows = [
            (_day(each["day"]), each["rung"], RUNG_WORDS[each["state"]], each["recipient"] or "", each["reason"] or "")
            for each in owed["rungs"]
        ]
        if rows:
            lines.append(table(rows, ("Ngày", "Nấc", "Kết quả", "Địa chỉ", "Lý do")))
    return "\n".join(lines)


def _day(iso: str | None) -> str:
    return short_date(date.fromisoformat(iso)) if iso else ""
