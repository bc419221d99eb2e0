"""How dates, hours, counts and deadlines are written in a letter (the filters of the templates).

Days below 10 and the months 1 and 2 are padded, nothing else: "01/3/2026", "17/6/2026" (Nghị định 30/2020/NĐ-CP,
Phụ lục I); counts below 10 are padded: "03 ngày".
"""

from __future__ import annotations

import re
from datetime import date, datetime
from urllib.parse import urlsplit

from markupsafe import Markup

from plan_lifecycle.domain.writing import count_text, first_down, first_up, short_date
from plan_lifecycle.mail.contexts import OwedItem, PlanRef

_LONGEST_IN_SUBJECT = 45
_BETWEEN = re.compile(r"(?<=[@._/])(?=\w)")


def moment(value: datetime) -> str:
    """14 giờ 05 phút ngày 16/6/2026."""
    return f"{value.hour:02d} giờ {value.minute:02d} phút ngày {short_date(value)}"


def bare(text: str) -> str:
    """Without the full stop or semicolon at its end: the template sets its own."""
    return text.strip().rstrip(".; ")


def plan_name(plan: PlanRef) -> str:
    """Kế hoạch số 36/KH-UBND ngày 05/01/2026 của UBND tỉnh Bình Thuận."""
    return f"Kế hoạch số {plan.number} ngày {short_date(plan.issued)} của {plan.issuer}"


def deadline(item: OwedItem) -> str:
    """The plan's wording with the last day in brackets, unless the wording already says that day inclusively."""
    words = first_down(bare(item.deadline))
    rest = ", là ngày nghỉ" if item.rest_day else ""
    if not _names(item.last_day, words):
        return f"{words} (chậm nhất hết ngày {short_date(item.last_day)}{rest})"
    return f"{words} (là ngày nghỉ)" if rest else words


def short_deadline(item: OwedItem) -> str:
    """A deadline that fits a subject: the plan's wording if it is short and holds one date, else the last day."""
    words = first_down(bare(item.deadline))
    dated = len(re.findall(r"\d{1,2}/\d{1,2}/\d{4}", words)) == 1
    return words if dated and len(words) <= _LONGEST_IN_SUBJECT else f"chậm nhất ngày {short_date(item.last_day)}"


def _names(last_day: date, words: str) -> bool:
    return any(
        (int(d), int(m), int(y)) == (last_day.day, last_day.month, last_day.year)
        for d, m, y in re.findall(r"(\d{1,2})/(\d{1,2})/(\d{4})", words)
    )


def place(address: str) -> str:
    """Whose page an address opens, as somebody types it: "gui.binhthuan.gov.vn", without what only a machine reads."""
    parts = urlsplit(address)
    return f"{parts.netloc}{parts.path.partition('/n/')[0].rstrip('/')}"


def breakable(name: str) -> Markup:
    """An address or a file's name for HTML: where a phone is too narrow for it, it breaks after a sign of its own."""
    return Markup("<wbr>").join(_BETWEEN.split(name))


FILTERS = {
    "ngat": breakable,
    "trang": place,
    "ngay": short_date,
    "luc": moment,
    "so": count_text,
    "hoa": first_up,
    "bo_dau": bare,
    "ten_ke_hoach": plan_name,
    "thoi_han": deadline,
    "thoi_han_ngan": short_deadline,
}
