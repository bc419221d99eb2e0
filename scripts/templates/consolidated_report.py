"""The report over all units: an outline of headings and paragraphs, the forms, and who is missing or was late."""

from __future__ import annotations

from scripts.templates.blocks import LATE_UNITS, addressees, each, foot, head, outline, standing, when
from scripts.word import layout
from scripts.word.package import TEXT_WIDTH, section, section_break, word_file
from scripts.word.table import Column, ruled

from plan_lifecycle.documents.charts import chart_part
from plan_lifecycle.domain.chart import Chart, ChartForm, Series


def consolidated_report() -> bytes:
    """The outline comes with its labels; headings of three depths look as in any administrative document."""
    content = [
        head(),
        layout.draft_mark(),
        layout.title("BÁO CÁO", "{{ abstract }}", "{{ abstract_rule }}"),
        addressees(),
        layout.body("{{ opening }}"),
        outline(standing() + _charts()),
        when("more", layout.body("{{ more }}")),
        layout.body(_ANNEXED),
        layout.body("{{ closing }}"),
        foot(),
        section_break(),
        layout.annex("{% if missing_units or late_units %}Phụ lục I{% else %}Phụ lục{% endif %}", _FORMS, _ATTACHED),
        each("form in forms", _form()),
        each("line in comparison", layout.body("{{ line }}")),
        when("missing_units or late_units", _late()),
    ]
    return word_file(
        content, title="Báo cáo {{ abstract }}", last_section=section(annex=True), chart=chart_part(_SAMPLE)
    )


_SAMPLE = Chart(
    "Biểu đồ mẫu", ChartForm.COLUMNS, ("Mục 1", "Mục 2"), (Series("Số liệu mẫu", (1, 2)), Series("Số liệu mẫu", (2, 1)))
)
_FORMS = "BIỂU MẪU THỐNG KÊ"
_ANNEXED = (
    "{% if missing_units or late_units %}Số liệu thống kê tại Phụ lục I, danh sách cơ quan, đơn vị chưa gửi, gửi chậm "
    "tại Phụ lục II kèm theo.{% else %}Số liệu thống kê tại Phụ lục kèm theo.{% endif %}"
)
_ATTACHED = "(Kèm theo Báo cáo {{ head.citation }} của {{ unit_name }})"
_ROWS = (
    Column("STT", 700, "{{ row.number }}", "MatrixCentre"),
    Column("Chỉ tiêu thống kê", 2954, "{{ row.name }}", "MatrixText"),
    Column("Đơn vị tính", 1000, "{{ row.unit }}", "MatrixCentre"),
    Column("Số liệu", 1150, "{{ row.value }}", "MatrixNumber"),
    Column("Cùng kỳ năm trước", 1100, "{{ row.previous }}", "MatrixNumber"),
    Column("Tăng, giảm", 1150, "{{ row.change }}", "MatrixNumber"),
    Column("Ghi chú", TEXT_WIDTH - 8054, "{{ row.note }}", "MatrixText"),
)


_OF_NOW = (
    *_ROWS[:1],
    _ROWS[1]._replace(width=4104),
    _ROWS[2]._replace(width=1300),
    _ROWS[3],
    _ROWS[-1]._replace(width=TEXT_WIDTH - 7254),
)


def _charts() -> str:
    return each("chart in section.charts", layout.chart("{{ chart.alternative }}", "{{ chart.caption }}"))


def _form() -> str:
    """A form; where nothing is known of last year, without its columns."""
    return (
        layout.item("{{ form.caption }}. {{ form.title }}")
        + when("compared", ruled(_ROWS, "row in form.rows"))
        + when("not compared", ruled(_OF_NOW, "row in form.rows"))
        + layout.spacer()
    )


def _late() -> str:
    """Units are named here because the report goes to their superior."""
    return (
        section_break(annex=True)
        + layout.annex("Phụ lục II", "CƠ QUAN, ĐƠN VỊ CHƯA GỬI, GỬI CHẬM BÁO CÁO", _ATTACHED)
        + when(
            "missing_units",
            layout.item("Cơ quan, đơn vị chưa gửi báo cáo")
            + ruled(LATE_UNITS, "row in missing_units")
            + layout.spacer(),
        )
        + when(
            "late_units",
            layout.item("Cơ quan, đơn vị gửi chậm") + ruled(LATE_UNITS, "row in late_units") + layout.spacer(),
        )
    )
