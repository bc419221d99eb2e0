"""Legal bases: italic, one a line, ``;`` after each and ``.`` after the last (mục II, khoản 6, điểm a)."""

from __future__ import annotations

from plan_lifecycle.documents.check._elements import Elements
from plan_lifecycle.documents.check._findings import Report, quoted
from plan_lifecycle.documents.check._spots import tidy
from plan_lifecycle.documents.check._style import Type, check_type
from plan_lifecycle.documents.formatting import Paragraph

_TYPE = Type(13, 14, bold=False, italic=True)


def check_bases(report: Report, elements: Elements) -> None:
    """Check the type and the last sign of each basis; a draft's dots count as text."""
    for index, paragraph in enumerate(elements.bases):
        for line in paragraph.lines:
            check_type(report, "legal.bases", line, paragraph.place, _TYPE)
        _check_end(report, paragraph, last=index == len(elements.bases) - 1)


def _check_end(report: Report, paragraph: Paragraph, *, last: bool) -> None:
    text = tidy(paragraph.text)
    wanted, name = (".", "dấu chấm (.)") if last else (";", "dấu chấm phẩy (;)")
    if not text.endswith(wanted):
        which = "căn cứ cuối cùng" if last else "mỗi căn cứ"
        report.note("legal.bases.ending", quoted("…" + text[-40:]), f"cuối {which} có {name}", paragraph.place)
