"""A plan as text at a terminal, in Vietnamese."""

from __future__ import annotations

from datetime import date
from typing import Any

from plan_lifecycle.domain.plan import DUTY_WORDS
from plan_lifecycle.domain.writing import short_date


def overview(answer: dict[str, Any]) -> str:
    """Head, activities, duties and open points, a line each."""
    if "refused" in answer:
        return f"{answer['file']}: không đọc được. {answer['refused']}"
    return "\n".join(
        [
            answer["file"],
            *from_copy(answer),
            *_head(answer),
            *_listed("Căn cứ", [basis["text"] for basis in answer["legal_bases"]]),
            *_listed("Nhiệm vụ", map(_activity, answer["activities"])),
            *_listed("Báo cáo, kế hoạch phải gửi", map(_duty, answer["reporting"])),
            *_listed("Nội dung cần quyết định", map(_point, answer["open_points"])),
        ]
    )


def from_copy(answer: dict[str, Any]) -> list[str]:
    """Say that what was read was read from a converted copy, where it was."""
    return [f"  Đọc từ bản chuyển đổi của tệp .{answer['converted_from']}"] if "converted_from" in answer else []


def _head(answer: dict[str, Any]) -> list[str]:
    reference = f"{answer['number'] or '…'}/{answer['symbol'] or '…'}"
    years = " - ".join(map(str, answer["period"])) or "chưa rõ"
    return [
        f"  {answer['type']} số {reference} ngày {_day(answer['issued_on'])} của {answer['issuer'] or '…'}",
        f"  Về: {answer['abstract'] or '…'}",
        f"  Thời gian của kế hoạch: {years}",
    ]


def _listed(title: str, items: Any) -> list[str]:
    lines = [f"    {number}. {item}" for number, item in enumerate(items, start=1)]
    return [f"  {title} ({len(lines):02}):", *lines] if lines else [f"  {title}: không có"]


def _activity(activity: dict[str, Any]) -> str:
    parts = [
        " ".join(activity["content"].split()),
        f"chủ trì: {activity['lead'] or '…'}",
        *([f"phối hợp: {activity['support']}"] if activity["support"] else []),
        *([f"theo dõi: {activity['monitor']}"] if activity["monitor"] else []),
        f"thời hạn: {_deadline(activity['deadline'])}",
        *([f"sản phẩm: {activity['product']}"] if activity["product"] else []),
    ]
    return f"{'; '.join(parts)} [{activity['source']}]"


def _duty(duty: dict[str, Any]) -> str:
    to = duty["addressee"] or ""
    if duty["receiving_office"]:
        to = f"{to} (qua {duty['receiving_office']})".strip()
    sent = f", gửi {to}" if to else ""
    when = f"{_deadline(duty['deadline'])}{_noted(duty['deadline'])}"
    return f"{duty['audience'] or '…'}: {DUTY_WORDS[duty['item']]}{sent}, {when} [{duty['source']}]"


def _noted(deadline: dict[str, Any] | None) -> str:
    """What a coordinator should know of a time that was understood; a question says its own."""
    if deadline is None or deadline["needs_decision"] or not deadline["warnings"]:
        return ""
    return f"; lưu ý: {' '.join(deadline['warnings'])}"


def _point(point: dict[str, Any]) -> str:
    phrase = f"“{point['phrase']}”: " if point["phrase"] else ""
    return f"{phrase}{point['reason']} [{point['source']}] (mã: {point['point']})"


def _deadline(deadline: dict[str, Any] | None) -> str:
    if deadline is None:
        return "chưa ghi"
    days = deadline["due"]
    if not days:
        return f"{deadline['phrase']} (chưa rõ ngày)"
    more = f", … {_day(days[-1])}" if len(days) > 2 else "".join(f", {_day(day)}" for day in days[1:])
    return f"{deadline['phrase']} (chậm nhất hết ngày {_day(days[0])}{more})"


def _day(iso: str | None) -> str:
    return "…" if iso is None else short_date(date.fromisoformat(iso))
