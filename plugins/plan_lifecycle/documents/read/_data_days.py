"""The days whose data a report holds ("số liệu từ ngày 15/6 đến ngày 14/9"): no time by which anything is sent.

They stand in a paragraph of their own, in brackets after a report's name, or at the end of a sentence. Taken for the
report's day they would have it sent before its data are complete.
"""

from __future__ import annotations

import re

from plan_lifecycle.domain.regex import regex
from plan_lifecycle.domain.text import normalise

_OF_DATA = (
    r"(?:chốt|lấy|khóa|thống kê)\s+số\s+liệu"
    r"|số\s+liệu(?:\s+(?:của|trong|để|báo\s+cáo|tổng\s+hợp|thống\s+kê)){0,3}\s+(?:được\s+)?(?:chốt|tính|lấy|khóa|từ|đến)"
    r"|kỳ\s+(?:số\s+liệu|báo\s+cáo)(?:\s+[^\W\d]\w*){0,4}\s+(?:được\s+)?tính"
    r"|(?:niên\s+độ|thời\s+gian|kỳ)\s+tính\s+số\s+liệu"
)
_CUE = regex(rf"(?<!\w)(?:{_OF_DATA})(?!\w)", re.I)
# Where the data end and the sending begins: "chốt số liệu đến 14/6, gửi trước ngày 18/6".
_UNTIL = regex(r"[;)\n]|[.,]\s+(?=[^\W\d])|(?<!\w)(?:và|rồi)\s+(?=gửi|báo cáo|nộp)|(?<!\w)trước\s+ngày", re.I)
_SPAN = regex(
    r"từ\s+(?:ngày\s+)?(\d{1,2})\s*[/-]\s*(\d{1,2})(?:\s*[/-]\s*\d{4})?\s+(?:đến|-|–)\s+(?:hết\s+)?(?:ngày\s+)?"
    r"(\d{1,2})\s*[/-]\s*(\d{1,2})(?:\s*[/-]\s*\d{4})?",
    re.I,
)
_REPORTED = regex(r"(?<!\w)(?:báo\s+cáo|số\s+liệu|quý|tháng|năm)(?!\w)", re.I)
_MONTH = 30
_A_PERIOD = 2 * _MONTH  # days from which nobody sends a report for so long


def tells_data_days(paragraph: str) -> bool:
    """Whether all of a paragraph tells them: "Thời gian chốt số liệu: quý I đến ngày 14/3; 6 tháng đến ngày 14/6"."""
    head, colon, _ = normalise(paragraph[:200]).partition(":")
    return bool(colon) and _CUE.search(head) is not None and "gửi" not in head


def without_data_days(text: str) -> str:
    """The text with blanks in their place, as long as it was."""
    for cue in _CUE.finditer(text):
        until = _UNTIL.search(text, cue.end())
        text = _blank(text, cue.start(), until.start() if until else len(text))
    for span in _SPAN.finditer(text):
        if _is_period(*map(int, span.groups())) and _REPORTED.search(text, max(0, span.start() - 60), span.start()):
            text = _blank(text, span.start(), span.end())
    return text


def _is_period(first_day: int, first_month: int, last_day: int, last_month: int) -> bool:
    """Whether the days are those of a period: from the 15th to the 14th, or months on end."""
    days = (last_month - first_month) % 12 * _MONTH + last_day - first_day
    return days >= _A_PERIOD or (first_day == 15 and last_day == 14) or days < 0  # a year: 15/12 to 14/12


def _blank(text: str, start: int, end: int) -> str:
    return text[:start] + " " * (end - start) + text[end:]
