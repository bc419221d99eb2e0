"""A unit's own report; what is not yet known stays a dotted line."""

from __future__ import annotations

from scripts.templates.blocks import DOTS, addressees, foot, head, open_list, sections
from scripts.word import layout
from scripts.word.package import TEXT_WIDTH, word_file
from scripts.word.table import Column, ruled


def report_form() -> bytes:
    """A unit's own report; what is not yet known stays a dotted line."""
    content = [
        head(),
        layout.title("BÁO CÁO", "{{ abstract }}", "{{ abstract_rule }}"),
        addressees(),
        layout.body(
            "Thực hiện {{ parent.full }}, {{ unit_name }} báo cáo kết quả thực hiện {{ period }} "
            "(số liệu tính từ ngày {{ data_from }} đến ngày {{ data_to }}) như sau:"
        ),
        layout.part("I. KẾT QUẢ THỰC HIỆN"),
        sections(otherwise=layout.body(DOTS)),
        layout.part("II. SỐ LIỆU"),
        ruled(_FIGURES, "row in indicators"),
        layout.spacer(),
        open_list("III. KHÓ KHĂN, VƯỚNG MẮC", "difficulties"),
        open_list("IV. ĐỀ XUẤT, KIẾN NGHỊ", "proposals"),
        open_list("V. PHƯƠNG HƯỚNG, NHIỆM VỤ THỜI GIAN TỚI", "next_steps"),
        layout.body("Trên đây là báo cáo kết quả thực hiện {{ period }} của {{ unit_name }}./."),
        foot(),
    ]
    return word_file(content, title="Báo cáo {{ abstract }}")


_FIGURES = (
    Column("STT", 720, "{{ row.ordinal }}", "TableCentre"),
    Column("Mã", 1000, "{{ row.code }}", "TableCentre"),
    Column("Chỉ tiêu", 3030, "{{ row.name }}"),
    Column("Đơn vị tính", 1100, "{{ row.unit }}", "TableCentre"),
    Column("Số liệu", 1150, "{{ row.value }}", "TableCentre"),
    Column("Minh chứng", TEXT_WIDTH - 7000, "{{ row.evidence }}"),
)
