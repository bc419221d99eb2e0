"""Where in a sentence a time stands, so that the phrase can be handed to the reader of deadlines."""

from __future__ import annotations

import re

from plan_lifecycle.documents.read._data_days import without_data_days
from plan_lifecycle.domain.regex import regex
from plan_lifecycle.domain.text import normalise

_NEXT = r"(?:sau|tiếp theo|kế tiếp|liền kề|liền sau|tới)"
_D = r"(?:[lI]\d|\d[lIoO]|[oO]\d|\d{1,2})(?![lIoO\d])"  # a letter of a scan: whoever reads the phrase asks
_GAP = r"(?:[.…_]{1,30}|[xX]{2})"
_YEAR = rf"(?:\s*(?:/\s*\d{{1,6}}|(?:-|năm)\s*\d{{4}})|\s+(?:của\s+)?năm\s+{_NEXT}(?!\w))"
_DAY = rf"{_D}\s*(?:/|-|tháng)\s*{_D}{_YEAR}?"
_EVERY = r"(?:\s*,?\s*(?:hằng|hàng|mỗi)\s+(?:năm|quý|tháng|tuần))"
_HOUR = r"(?:\d{1,2}\s*(?:giờ|h|g)\s*(?:\d{1,2})?\s*(?:phút)?\s*,?\s*)"
_BY = (
    r"(?:(?:chậm nhất|muộn nhất)(?:\s+(?:là|vào|đến|trong)(?=\s)){0,2}\s+|không\s+(?:quá|muộn hơn|chậm hơn)\s+)?"
    r"(?:(?:đến\s+trước|trước|đến\s+hết|hết|đến|vào|từ|trong)\s+)?"
)
_REPORTED = r"(?:tháng|quý|kỳ|năm)\s+báo\s+cáo"
# A month named by its place, and whatever else is said about it: a phrase is handed on whole, never cut.
_OF_PERIOD = (
    r"(?:\s*,?\s+(?:của\s+)?tháng(?!\s*\d)(?:\s+(?:cuối|đầu|giữa|thứ\s+\w+)(?:\s+(?:cùng|tiên))?(?:\s+của)?"
    rf"(?:\s+(?:mỗi|hằng|hàng|từng|các))?\s+(?:quý|kỳ|năm)|\s+{_NEXT}|\s+(?:báo\s+cáo|đó)(?!\w))?"
    rf"(?:\s+(?:{_NEXT}|của\s+{_REPORTED}|{_REPORTED}|báo\s+cáo)(?!\w)){{0,4}}"
    r"(?:\s+(?:cuối|đầu|giữa|thứ|liền|kế|tiếp|sau|trước(?!\s+(?:ngày|\d))|kỳ|nhiệm)(?=\s)(?:\s+\w+){0,6})?)"
)
TIME = regex(
    "|".join(
        (
            rf"(?:từ|trong)\s+(?:ngày\s+)?(?:{_DAY}|\d{{1,2}})\s+đến\s+(?:hết\s+)?(?:ngày\s+)?{_DAY}",
            rf"(?:định kỳ\s+)?{_BY}{_HOUR}?(?:ngày\s+)(?:{_DAY}(?:(?:\s*,\s*"
            rf"|\s+(?:và|hoặc)\s+)(?:trước\s+)?(?:ngày\s+)?{_DAY})*{_EVERY}?"
            rf"|\d{{1,2}}(?!\d)(?:{_OF_PERIOD}|{_EVERY}))(?:\s*\((?:tức|riêng)[^)]*\))?",
            rf"{_BY}{_HOUR}?(?<![\w/]){_DAY}(?:\s+hoặc\s+{_DAY})?{_EVERY}?(?:\s*\(riêng[^)]*\))?",
            # What a form leaves to the pen: a person is asked for it.
            rf"{_BY}{_HOUR}?ngày\s*{_GAP}\s*(?:/|tháng)\s*(?:\d{{1,2}}|{_GAP})(?:\s*(?:/|năm)\s*(?:\d{{2,4}}|{_GAP}))?",
            rf"{_BY}ngày\s+tháng\s+\d{{1,2}}\s+năm\s+\d{{4}}",
            rf"{_BY}ngày\s+(?:làm\s+việc\s+)?cuối(?:\s+cùng)?(?:\s+của)?(?:\s+mỗi)?"
            r"\s+(?:tháng\s+cuối(?:\s+(?:của|mỗi|cùng)){0,2}\s+(?:quý|kỳ|năm)|tháng|quý|năm|tuần)(?!\s*\d)",
            r"(?<=\()ngày\s+\d{1,2}(?=\))",
            r"(?:(?:chậm nhất|muộn nhất)(?:\s+(?:là|vào|đến))?|trước|đến\s+hết|vào)\s+ngày\s+\d{1,2}"
            r"(?=\s*(?:[),;.]|$))",
            rf"(?:định kỳ\s+)?{_BY}{_HOUR}?(?:thứ\s+(?:hai|ba|tư|năm|sáu|bảy|[2-7])|chủ nhật){_EVERY}?",
            rf"(?:trước|trong|hết|đến hết|vào|xong trong)\s+(?:đầu\s+|cuối\s+)?tháng\s+\d{{1,2}}{_YEAR}?",
            rf"(?:trước|trong|hết|đến hết|vào|xong trong)\s+quý\s+(?:IV|III|II|I|[1-4])(?!\w){_YEAR}?",
            r"(?:trong\s+)?(?:thời hạn|vòng|thời gian|chậm nhất"
            r"|sau)\s+(?:là\s+)?\d{1,3}\s+ngày(?:\s+làm việc)?(?:\s*,?\s*(?:kể từ|sau khi|từ khi|từ ngày"
            r"|tính từ)[^,;.)]*)?",
            r"(?:ngay\s+)?(?:sau khi|khi)\s+(?:tổng kết|sơ kết|kết thúc|có yêu cầu|nhận được|Kế hoạch|ban hành"
            r"|được ban hành|có phát sinh)[^,;.)]*",
            r"theo\s+(?:yêu cầu|đề nghị|quy định|hướng dẫn|Kế hoạch|thời gian)(?:\s+(?:của|tại)[^,;.)]*)?",
            r"(?:trong|hết|đến hết)\s+năm\s+\d{4}",
        )
    ),
    re.I,
)
# "Kế hoạch số 36/KH-UBND ngày 05/01/2023": the day of another paper.
_CITED = regex(r"[/-][A-ZĐ]{2}[\w&/-]{0,60}\s*,?\s*$")
_NARROW = (
    (3, regex(r"\d{1,2}\s*(?:/|-|tháng)\s*\d{1,2}(?!\d)|\bngày\s+(?:làm việc\s+)?(?:\d|cuối)")),
    (2, regex(r"\btháng\b")),
    (1, regex(r"\bquý\b")),
)
_VAGUE = regex(
    r"^theo\s+(?:yêu cầu|đề nghị|quy định|hướng dẫn|kế hoạch|thời gian)"
    r"|^(?:ngay\s+)?(?:sau khi|khi)\s",
    re.I,
)


def times_in(text: str) -> list[re.Match[str]]:
    """The times of a sentence, from the left, without the days of a report's data. Vague ones ("theo quy định") only
    where there is no other."""
    text = without_data_days(text)
    found = [
        m for m in TIME.finditer(text) if m[0].strip() and not _CITED.search(text, max(0, m.start() - 60), m.start())
    ]
    certain = [match for match in found if not is_vague(match)]
    return certain or found


def specificity(phrase: str) -> int:
    """How narrowly a phrase names its time: a day 3, a month 2, a quarter 1, anything else 0."""
    form = normalise(phrase)
    return next((rank for rank, pattern in _NARROW if pattern.search(form)), 0)


def is_vague(time: re.Match[str]) -> bool:
    """Whether a time names an event or another document instead of a day."""
    return _VAGUE.match(time[0].strip()) is not None
