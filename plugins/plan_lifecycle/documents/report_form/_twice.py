"""Each indicator once: where two cells differ, neither is taken and both are named."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from plan_lifecycle.documents.report_form._finder import Finder
from plan_lifecycle.documents.report_form._table import Found
from plan_lifecycle.domain.indicator import Indicator
from plan_lifecycle.domain.submission import Finding, Rule
from plan_lifecycle.domain.writing import write_value

_TOLD_ALONE = 3


def once_each(figures: Sequence[Found], finder: Finder) -> tuple[list[Found], list[Finding]]:
    """The figures of which all cells say the same, and a finding for what differs."""
    by_indicator: dict[str, list[Found]] = defaultdict(list)
    for found in figures:
        by_indicator[found.figure.indicator].append(found)
    kept, differing = list[Found](), list[tuple[Indicator, list[Found]]]()
    for code, cells in by_indicator.items():
        cells = _in_place(cells)
        if len({found.figure.value for found in cells}) == 1:
            kept.append(next((found for found in cells if found.figure.evidence), cells[0]))
        else:
            differing.append((finder.by_code[code.lower()], cells))
    sheets = {found.sheet.where: None for _indicator, cells in differing for found in cells}
    if len(differing) > _TOLD_ALONE and len(sheets) > 1:
        return kept, [_sheets_differ(differing, list(sheets))]
    return kept, [_cells_differ(indicator, cells) for indicator, cells in differing]


def _in_place(cells: list[Found]) -> list[Found]:
    """Of rows of one name those that stand below what they belong to; else those of which nothing says the contrary."""
    return [found for found in cells if found.fits] or [found for found in cells if found.fits is None] or cells


def _cells_differ(indicator: Indicator, cells: Sequence[Found]) -> Finding:
    said = "; ".join(f"{write_value(found.figure.value, indicator)} ({found.at})" for found in cells[:4])
    count = len({found.figure.value for found in cells})
    text = f"“{indicator.name}” có {count} số liệu khác nhau: {said}; đề nghị giữ lại một số liệu."
    return Finding(Rule.REPORT_TWICE, text, about=indicator.code)


def _sheets_differ(differing: Sequence[tuple[Indicator, list[Found]]], sheets: Sequence[str]) -> Finding:
    """One sentence for two sheets that go apart in nearly everything: most likely they are of two periods."""
    indicator, cells = differing[0]
    said = "; ".join(f"{write_value(found.figure.value, indicator)} ({found.at})" for found in cells[:4])
    text = f"{' và '.join(sheets)} có số liệu khác nhau ở {len(differing)} chỉ tiêu, ví dụ “{indicator.name}”: {said}"
    text = f"{text[:1].upper()}{text[1:]}; đề nghị cho biết trang của kỳ này, bỏ hoặc ghi rõ kỳ ở các trang còn lại."
    return Finding(Rule.REPORT_TWICE, text, about=" ".join(sheets))
