"""The text of a table cell: lines put together again, and lead and support told apart where one cell names both."""

from __future__ import annotations

import re

from plan_lifecycle.domain.text import normalise

_BULLET = re.compile(r"^[-–+*•]\s*")
_UNFINISHED = re.compile(
    r"(?:[,/(–-]|(?<!\w)(?:và|các|của|trước|ngày|tháng|quý|năm|từ|đến|trên|theo|hoặc"
    r"|cho))$",
    re.I,
)
_NEW = re.compile(
    r"(?:UBND|U[ỷỶ] ban|Ủy ban|Các |Sở |Phòng |Ban |Văn phòng|Công an|Hội |Đoàn |Trung tâm|Chi cục|Cục |Bộ "
    r"|Đài |Báo |Công chức"
    r"|Mặt trận|Thanh tra|Liên đoàn|Trường |Trước |Từ |Trong |Quý |Tháng |Năm |Hằng |Hàng |Thường xuyên"
    r"|Định kỳ|Khi |Sau )"
)
_PAIR = re.compile(
    r"(?:^|[\n;.])\s*[-–+]?\s*(?:(?:cơ quan|đơn vị|bộ phận)\s+)?(chủ trì|phối hợp)(?:\s+thực hiện)?\s*:\s*", re.I
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


def split_pair(text: str) -> tuple[str, str]:
    """Lead and support of a cell that names both: "Chủ trì: Sở Nội vụ; phối hợp: các sở"; without labels, the lead."""
    found = {"chủ trì": "", "phối hợp": ""}
    matches = list(_PAIR.finditer(text))
    for match, following in zip(matches, [*matches[1:], None], strict=True):
        end = following.start() if following else len(text)
        found[normalise(match[1])] = text[match.end() : end].strip(" \n;,.-–")
    if not matches:
        return text.strip(), ""
    if not found["chủ trì"] and matches[0].start():
        found["chủ trì"] = text[: matches[0].start()].strip(" \n;,.-–")
    return found["chủ trì"], found["phối hợp"]


def names_both(text: str) -> bool:
    """Whether a cell names lead or support under labels of its own."""
    return _PAIR.search(text) is not None
