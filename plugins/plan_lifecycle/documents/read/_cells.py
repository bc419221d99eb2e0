"""The text of a table cell: its lines put together again."""

from __future__ import annotations

import re

from plan_lifecycle.domain.regex import regex

_BULLET = regex(r"^[-–+*•]\s*")
_UNFINISHED = regex(
    r"(?:[,/(–-]|(?<!\w)(?:và|các|của|trước|ngày|tháng|quý|năm|từ|đến|trên|theo|hoặc"
    r"|cho|lãnh đạo|thủ trưởng|người đứng đầu|đại diện))$",
    re.I,
)
_NEW = regex(
    r"(?:UBND|U[ỷỶ] ban|Ủy ban|Các |Sở |Phòng |Ban |Văn phòng|Công an|Hội |Đoàn |Trung tâm|Chi cục|Cục |Bộ "
    r"|Đài |Báo |Công chức"
    r"|Mặt trận|Thanh tra|Liên đoàn|Trường |Trước |Từ |Trong |Quý |Tháng |Năm |Hằng |Hàng |Thường xuyên"
    r"|Định kỳ|Khi |Sau )"
)


def unwrapped(text: str, separator: str) -> str:
    """The lines of a cell as one text: a line that only goes on is joined by a space, a new one by the separator."""
    lines = text.strip().split("\n")
    made = lines[0].strip(" ;") if separator == "; " else lines[0].strip()
    for line in lines[1:]:
        line = line.strip()
        bullet = _BULLET.match(line)
        goes_on = not bullet and (
            line[:1].islower()
            or line[:1].isdigit()
            or _UNFINISHED.search(made)
            or (separator == "; " and not _NEW.match(line))
        )
        if separator == "; ":
            line, made = _BULLET.sub("", line).strip(" ;"), made.rstrip(" ;")
        made += (" " if goes_on else separator) + line
    return _BULLET.sub("", made) if separator == "; " else made
