"""The report over all units, with two annexes that lead from every figure to its units."""

from __future__ import annotations

from scripts.templates.blocks import LATE_UNITS, addressees, each, foot, head, open_list, sections, when
from scripts.word import layout
from scripts.word.markup import paragraph, tag
from scripts.word.package import LANDSCAPE_WIDTH, TEXT_WIDTH, section, section_break, word_file
from scripts.word.table import Column, cell, loop_cell, loop_row, row, ruled, table


def consolidated_report() -> bytes:
    """The report over all units; the annexes lead from every figure back to the units it came from."""
    content = [
        head(),
        layout.title("BÁO CÁO", "{{ abstract }}", "{{ abstract_rule }}"),
        addressees(),
        layout.body(
            "Thực hiện {{ parent.full }}, {{ unit_name }} tổng hợp, báo cáo kết quả thực hiện {{ period }} "
            "(số liệu tính từ ngày {{ data_from }} đến ngày {{ data_to }}) như sau:"
        ),
        _receipt(),
        layout.part("II. KẾT QUẢ THỰC HIỆN"),
        sections(),
        layout.body(
            "Tổng hợp các chỉ tiêu ({{ period }}); số liệu từng đơn vị nêu tại Phụ lục I, nguồn số liệu tại Phụ lục II:"
        ),
        ruled(_TOTALS, "row in indicators"),
        layout.spacer(),
        each("line in comparison", layout.body("{{ line }}")),
        when("published_note", layout.body("{{ published_note }}")),
        open_list("III. KHÓ KHĂN, VƯỚNG MẮC", "difficulties"),
        open_list("IV. ĐỀ XUẤT, KIẾN NGHỊ", "proposals"),
        open_list("V. PHƯƠNG HƯỚNG, NHIỆM VỤ THỜI GIAN TỚI", "next_steps"),
        layout.body("Trên đây là báo cáo kết quả thực hiện {{ period }} của {{ unit_name }}./."),
        foot(),
        section_break(),
        layout.annex("Phụ lục I", "SỐ LIỆU CỦA TỪNG CƠ QUAN, ĐƠN VỊ", _ATTACHED, LANDSCAPE_WIDTH),
        each("part in tables", _figure_table()),
        section_break(landscape=True, annex=True),
        layout.annex("Phụ lục II", "NGUỒN CỦA TỪNG SỐ LIỆU", _ATTACHED),
        each("indicator in indicators", _sources()),
        when("published", _published()),
    ]
    return word_file(content, title="Báo cáo {{ abstract }}", last_section=section(annex=True))


_ATTACHED = "(Kèm theo Báo cáo {{ head.citation }} của {{ unit_name }})"
_TOTALS = (
    Column("STT", 720, "{{ row.ordinal }}", "TableCentre"),
    Column("Chỉ tiêu", 2634, "{{ row.name }}"),
    Column("Đơn vị tính", 1100, "{{ row.unit }}", "TableCentre"),
    Column("Tổng số", 1150, "{{ row.total }}", "TableCentre"),
    Column("Số đơn vị có số liệu", 1050, "{{ row.reported }}", "TableCentre"),
    Column("Cùng kỳ năm trước", 1250, "{{ row.previous }}", "TableCentre"),
    Column("Tăng, giảm", TEXT_WIDTH - 7904, "{{ row.change }}", "TableCentre"),
)
_PUBLISHED = (
    Column("STT", 700, "{{ row.ordinal }}", "TableCentre"),
    Column("Cơ quan, đơn vị", 1700, "{{ row.unit_name }}"),
    Column("Định mức", 720, "{{ row.quota }}", "TableCentre"),
    Column("Tháng đạt", 1200, "{{ row.met }}", "TableCentre"),
    Column("Tháng chưa đạt", 1250, "{{ row.short }}", "TableCentre"),
    Column("Chưa kiểm tra được", 1200, "{{ row.unchecked }}", "TableCentre"),
    Column("Đếm được", 780, "{{ row.counted }}", "TableCentre"),
    Column("Đơn vị báo cáo", 780, "{{ row.reported }}", "TableCentre"),
    Column("Chênh lệch", TEXT_WIDTH - 8330, "{{ row.difference }}", "TableCentre"),
)
_SOURCES = (
    Column("STT", 720, "{{ row.ordinal }}", "TableCentre"),
    Column("Cơ quan, đơn vị", 3230, "{{ row.unit_name }}"),
    Column("Số liệu", 1150, "{{ row.value }}", "TableCentre"),
    Column("Văn bản, nguồn", 2600, "{{ row.document }}"),
    Column("Ghi chú", TEXT_WIDTH - 7700, "{{ row.note }}"),
)


def _receipt() -> str:
    """Who sent, who was late, who is missing; units are named here because the report goes to their superior."""
    return (
        layout.part("I. TÌNH HÌNH GỬI BÁO CÁO")
        + layout.body(
            "Đến {{ as_of }}, {{ unit_name }} đã nhận báo cáo của {{ counts.received }}/{{ counts.expected }} cơ quan, "
            "đơn vị (đạt {{ counts.completeness }}); trong đó đúng thời hạn {{ counts.on_time }} (đạt "
            "{{ counts.timeliness }}), chậm {{ counts.late }}; chưa nhận được {{ counts.missing }}."
        )
        + when(
            "unsigned",
            layout.body("Trong số đã nhận, {{ unsigned }} cơ quan, đơn vị mới có số liệu, chờ văn bản ký."),
        )
        + when(
            "missing_units",
            layout.body("Cơ quan, đơn vị chưa gửi báo cáo:")
            + ruled(LATE_UNITS, "row in missing_units")
            + layout.spacer(),
        )
        + when(
            "late_units",
            layout.body("Cơ quan, đơn vị gửi chậm:") + ruled(LATE_UNITS, "row in late_units") + layout.spacer(),
        )
    )


_SPARE_COLUMNS = 8
_BOLD = ("MatrixHead", "MatrixHead", "MatrixHead")
_PLAIN = ("MatrixCentre", "MatrixText", "MatrixCentre")


def _figure_table() -> str:
    """Units by some indicators. The grid has room for several: what is not needed goes to the columns that are."""
    widths = [650, 3000, *[(LANDSCAPE_WIDTH - 3650) // _SPARE_COLUMNS] * _SPARE_COLUMNS]
    unit = _line(("{{ row.ordinal }}", "{{ row.unit_name }}", "{{ figure }}"), "figure in row.figures", _PLAIN)
    rows = (
        row(_line(("STT", "Cơ quan, đơn vị", "{{ title }}"), "title in part.heads", _BOLD), repeat=True)
        + loop_row("for row in part.rows")
        + row(unit)
        + loop_row("endfor")
        + row(_line(("", "Cộng", "{{ figure }}"), "figure in part.totals", _BOLD))
    )
    return layout.item("{{ part.caption }}") + table(widths, rows, style="RuledTable") + layout.spacer()


def _line(texts: tuple[str, str, str], loop: str, styles: tuple[str, str, str]) -> str:
    """Two fixed cells and one that is repeated."""
    number, name, figure = (cell(paragraph(text, style), 0) for text, style in zip(texts, styles, strict=True))
    return number + name + loop_cell(f"for {loop}") + figure + loop_cell("endfor")


def _published() -> str:
    """Months that were counted on the units' own sites, beside what they report."""
    return (
        section_break(annex=True)
        + layout.annex("Phụ lục III", "TIN, BÀI ĐÃ ĐĂNG SO VỚI ĐỊNH MỨC HẰNG THÁNG", _ATTACHED)
        + layout.body(
            "Số đếm được theo tháng dương lịch trên cổng (trang) thông tin điện tử của đơn vị; tháng chưa kiểm tra "
            "được không có nghĩa là không có tin, bài."
        )
        + ruled(_PUBLISHED, "row in published")
        + layout.spacer()
    )


def _sources() -> str:
    total = row(
        cell(paragraph("", "TableTotal"), 720)
        + cell(paragraph("Cộng", "TableTotal"), 3230)
        + cell(paragraph("{{ indicator.total }}", "TableTotal"), 1150)
        + cell(paragraph("{{ indicator.reported }} đơn vị", "TableTotal"), 2600)
        + cell(paragraph("", "TableTotal"), TEXT_WIDTH - 7700)
    )
    return (
        layout.item("{{ indicator.ordinal }}. {{ indicator.name }} ({{ indicator.unit }})")
        + tag("{%p if indicator.texts %}")
        + each("line in indicator.texts", layout.body("- {{ line }}"))
        + tag("{%p else %}")
        + ruled(_SOURCES, "row in indicator.sources", foot=total)
        + tag("{%p endif %}")
        + layout.spacer()
    )
