"""A unit's own report: what it wrote under each heading, and its figures form by form."""

from __future__ import annotations

from scripts.templates.blocks import addressees, each, foot, head, outline
from scripts.word import layout
from scripts.word.package import TEXT_WIDTH, word_file
from scripts.word.table import Column, DropDown, ruled


def report_form() -> bytes:
    """A unit's own report: what it wrote under each heading, and its figures form by form."""
    content = [
        head(),
        layout.title("BÁO CÁO", "{{ abstract }}", "{{ abstract_rule }}"),
        addressees(),
        layout.body(
            "Thực hiện {{ parent.full }}, {{ unit_name }} báo cáo kết quả thực hiện {{ period }} "
            "(số liệu tính từ ngày {{ data_from }} đến ngày {{ data_to }}) như sau:"
        ),
        outline(),
        layout.part("{{ figures_label }} SỐ LIỆU"),
        each(
            "form in tables",
            layout.item("{{ form.ordinal }}. {{ form.title }}") + _figures() + layout.spacer(),
        ),
        layout.body("Trên đây là báo cáo kết quả thực hiện {{ period }} của {{ unit_name }}./."),
        foot(),
    ]
    return word_file(content, title="Báo cáo {{ abstract }}")


def _figures() -> str:
    """One row an indicator; where there are answers to choose from, the figure is a drop-down."""
    chosen = DropDown('{{ row.value or "…" }}', "row.choices")
    cells = [chosen if column.head == "Số liệu" else column.cell for column in _FIGURES]
    return ruled(_FIGURES, "row in form.rows", heading=("row.choices", cells))


_FIGURES = (
    Column("STT", 800, "{{ row.ordinal }}", "MatrixCentre"),
    Column("Mã", 1150, "{{ row.shown_code }}", "MatrixCode"),
    Column("Chỉ tiêu", 3150, "{{ row.name }}", "MatrixText"),
    Column("Đơn vị tính", 1150, "{{ row.unit }}", "MatrixCentre"),
    Column("Số liệu", 1350, "{{ row.value }}", "MatrixCentre"),
    Column("Minh chứng", TEXT_WIDTH - 7600, "{{ row.evidence }}", "MatrixText"),
)
