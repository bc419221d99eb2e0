"""The value of a setting as people read it, one line a thing."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from plan_lifecycle.config.adjustable import Kind, Setting
from plan_lifecycle.domain.unit import ContactRole
from plan_lifecycle.domain.writing import count_text, short_date

NOTHING = "chưa ghi"
ROLE_WORDS = {
    ContactRole.OFFICER.value: "cán bộ phụ trách",
    ContactRole.HEAD.value: "thủ trưởng",
    ContactRole.COORDINATOR.value: "đầu mối tổng hợp",
}


def value_words(setting: Setting, value: Any) -> list[str]:
    """The lines; of a whole file how long it is."""
    if setting.kind is Kind.FILE:
        return [f"{count_text(len(str(value).splitlines()))} dòng"]
    if value is None or value == [] or value == "":
        return [NOTHING]
    if setting.kind is Kind.YES_NO:
        return ["có" if value else "không"]
    if setting.kind is Kind.CHOICE:
        return [setting.choices[value]]
    if setting.kind is Kind.LADDER:
        return [rung_words(rung) for rung in value]
    if setting.kind is Kind.YEAR:
        return list(_year(value))
    if setting.kind is Kind.HOURS:
        return [f"từ {value['opens'][:5]} đến {value['closes'][:5]}"]
    if setting.kind is Kind.QUIET:
        return [f"{count_text(value['before'])} ngày trước, {count_text(value['after'])} ngày sau kỳ nghỉ"]
    return list(map(str, value)) if setting.kind is Kind.LINES else [str(value)]


def rung_words(rung: dict[str, Any]) -> str:
    """One step of a ladder: "07 ngày trước ngày cuối cùng: cán bộ phụ trách"."""
    days, working = rung.get("days", 0), rung.get("working_days", 0)
    parts = [f"{count_text(abs(days))} ngày"] if days else []
    parts += [f"{count_text(abs(working))} ngày làm việc"] if working else []
    side = "sau" if days > 0 or working > 0 else "trước"
    when = f"{' và '.join(parts)} {side} ngày cuối cùng" if parts else "đúng ngày cuối cùng"
    to = [ROLE_WORDS.get(role, role) for role in rung.get("roles") or ["officer"]]
    to += ["lãnh đạo cơ quan cấp trên"] if rung.get("superior") else []
    more = [_repeat(rung["repeat"])] if rung.get("repeat") else []
    more += ["báo cáo lãnh đạo từ nấc này"] if rung.get("escalates") else []
    more += ["nấc duy nhất đối với cơ quan chỉ đề nghị"] if rung.get("courtesy") else []
    return "; ".join([f"{when}: {', '.join(to)}", *more])


def _repeat(repeat: dict[str, Any]) -> str:
    every, most = count_text(repeat["every"]), count_text(repeat["at_most"])
    told = f"nhắc lại sau mỗi {every} ngày làm việc, nhiều nhất {most} lần"
    return f"{told}, khi nhắc lại thì báo cáo lãnh đạo" if repeat.get("escalates") else told


def _year(year: dict[str, Any]) -> Iterator[str]:
    yield year["notice"]
    for words, name in (("nghỉ", "days_off"), ("làm bù", "working_days")):
        days = [short_date(date.fromisoformat(str(day))) for day in year.get(name) or ()]
        if days:
            yield f"{words}: {', '.join(days)}"
