"""Every paragraph that units wrote, in the order of the outline; each leads to the paper that it stands in.

The code of its section stands in a hidden column: the level above reads the sheet back under the same headings.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from plan_lifecycle.documents.consolidated_excel._places import Places
from plan_lifecycle.documents.consolidated_excel._sheet import Link, Sheet
from plan_lifecycle.documents.report_form import SECTION_HEAD, WHOSE_HEAD
from plan_lifecycle.domain.gathering import Group
from plan_lifecycle.domain.placing import Written
from plan_lifecycle.domain.report import Consolidated

_OTHER = "Nội dung khác"


def write_texts(sheet: Sheet, whole: Consolidated, groups: Mapping[str, Sequence[Group]], places: Places) -> None:
    """One row for each paragraph of each unit."""
    sheet.say("Nội dung các cơ quan, đơn vị báo cáo, theo đề mục", title=True)
    sheet.skip()
    heads = (
        "Đề mục", "Nội dung", WHOSE_HEAD, "Số đơn vị cùng nội dung", "Văn bản", "Đề mục của đơn vị", "Ghi chú",
        SECTION_HEAD,
    )  # fmt: skip
    sheet.head(heads, (34, 80, 30, 12, 24, 34, 40, 20), fixed=1)
    sheet.hide_column(len(heads) - 1)
    headings = {one.section.code: f"{' '.join(one.path)} {one.section.heading}" for one in whole.profile.numbered()}
    order = [*headings, *(code for code in groups if code not in headings)]
    for code in order:
        for group in groups.get(code, ()):
            note, count = _note(group), len(group.units)
            for said in group.said:
                written = whole.written[said.source]
                moved = _moved(written, headings)
                paper = Link(written.contribution.document or "Tệp đã gửi", places.to_paper(said.unit_id))
                heading = headings.get(code, _OTHER)
                sheet.row((heading, said.text, said.name, count, paper, written.passage.heading, moved or note, code))
    sheet.filter()


def write_left_out(sheet: Sheet, whole: Consolidated, places: Places) -> None:
    """The paragraphs that a coordinator left out of the report, with her reason. Nobody reads them back."""
    sheet.say("Nội dung các cơ quan, đơn vị báo cáo, không đưa vào báo cáo tổng hợp", title=True)
    sheet.skip()
    sheet.head(
        ("Đề mục", "Đoạn", WHOSE_HEAD, "Văn bản", "Lý do", "Người quyết định"), (34, 80, 30, 24, 40, 24), fixed=1
    )
    headings = {one.section.code: f"{' '.join(one.path)} {one.section.heading}" for one in whole.profile.numbered()}
    for written in whole.written:
        if written.placing is not None and written.left_out:
            of, placing = written.contribution, written.placing
            paper = Link(of.document or "Tệp đã gửi", places.to_paper(of.unit_id))
            heading = headings.get(placing.section, _OTHER)
            sheet.row((heading, written.passage.text, of.unit_name, paper, placing.reason, placing.decided_by))
    sheet.filter()


def _moved(written: Written, headings: Mapping[str, str]) -> str:
    """From which heading a coordinator moved it, where she did."""
    if written.placing is None:
        return ""
    return f"{written.placing.decided_by} chuyển từ “{headings.get(written.placing.section, _OTHER)}”"


def _note(group: Group) -> str:
    alike = "; ".join(dict.fromkeys(said.name for said in group.resembling))
    if alike:
        return f"Gần giống, khác số liệu: {alike}"
    return "Trùng nội dung giữa các đơn vị" if group.copied else ""
