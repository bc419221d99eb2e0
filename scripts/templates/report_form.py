"""A unit's own report: words by heading, figures form by form, and the plan's tasks that it leads."""

from __future__ import annotations

from scripts.templates.blocks import addressees, each, foot, head, outline, when
from scripts.word import layout
from scripts.word.package import TEXT_WIDTH, word_file
from scripts.word.table import Column, DropDown, ruled


def report_form() -> bytes:
    """A unit's own report: words by heading, figures form by form, and the plan's tasks that it leads."""
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
        when(
            "tasks",
            layout.part("{{ tasks_label }} NHIỆM VỤ CỦA KẾ HOẠCH DO ĐƠN VỊ CHỦ TRÌ") + _tasks() + layout.spacer(),
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


def _tasks() -> str:
    """One row a task; how far it is, is a drop-down."""
    chosen = DropDown('{{ row.said or "…" }}', "row.choices")
    cells = [chosen if column.head == "Tình hình thực hiện" else column.cell for column in _TASKS]
    return ruled(_TASKS, "row in tasks", heading=("row.choices", cells))


_FIGURES = (
    Column("STT", 800, "{{ row.ordinal }}", "MatrixCentre"),
    Column("Mã", 1150, "{{ row.shown_code }}", "MatrixCode"),
    Column("Chỉ tiêu", 3150, "{{ row.name }}", "MatrixText"),
    Column("Đơn vị tính", 1150, "{{ row.unit }}", "MatrixCentre"),
    Column("Số liệu", 1350, "{{ row.value }}", "MatrixCentre"),
    Column("Minh chứng", TEXT_WIDTH - 7600, "{{ row.evidence }}", "MatrixText"),
)

_TASKS = (
    Column("TT", 520, "{{ row.ordinal }}", "MatrixCentre"),
    Column("Nhiệm vụ", 2450, "{{ row.name }}", "MatrixText"),
    Column("Thời gian theo kế hoạch", 1250, "{{ row.time }}", "MatrixText"),
    Column("Tình hình thực hiện", 1250, "{{ row.said }}", "MatrixText"),
    Column("Ngày hoàn thành", 1150, "{{ row.done_on }}", "MatrixCentre"),
    Column("Văn bản, sản phẩm", 1450, "{{ row.paper }}", "MatrixText"),
    Column("Khó khăn, ghi chú", TEXT_WIDTH - 8070, "{{ row.note }}", "MatrixText"),
)
