"""Write the shipped Word templates into templates/documents: ``python -m scripts.make_templates [folder]``.

What comes out is a starting point: a coordinator edits the .docx in Word (docs/vi/mau-van-ban.md) and never needs this
script. The variables are the fields of ``plan_lifecycle.documents.drafts``. Same script, same bytes.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

from scripts.word import layout
from scripts.word.markup import paragraph, tag
from scripts.word.package import LANDSCAPE_WIDTH, TEXT_WIDTH, section, section_break, word_file
from scripts.word.table import Column, cell, loop_cell, loop_row, row, ruled, table

TEMPLATES = Path(__file__).parents[1] / "templates" / "documents"
_END = "{% if loop.last %}.{% else %};{% endif %}"
_DOTS = "………………………………………………………………………………………………………………………………………………………………"


def main(folder: Path = TEMPLATES) -> None:
    """Write all four."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, make in SHIPPED.items():
        (folder / name).write_bytes(make())
        print(folder / name)


def sub_plan() -> bytes:
    """A unit's own plan: what it takes over from the superior plan, its targets, its duties to report."""
    content = [
        _head(),
        layout.title("KẾ HOẠCH", "{{ abstract }}", "{{ abstract_rule }}"),
        _each("basis in legal_bases", layout.bases("Căn cứ {{ basis.removeprefix('Căn cứ ') }}" + _END)),
        layout.body("Thực hiện {{ parent.full }}, {{ unit_name }} ban hành Kế hoạch triển khai thực hiện như sau:"),
        _purposes(),
        layout.part("II. NỘI DUNG, NHIỆM VỤ"),
        layout.item("1. Nhiệm vụ cụ thể"),
        ruled(_TASKS, "row in activities"),
        layout.spacer(),
        _when("targets", layout.item("2. Chỉ tiêu") + _each("target in targets", layout.body("- {{ target }}" + _END))),
        layout.part("III. KINH PHÍ"),
        _each("line in budget", layout.body("{{ line }}"), otherwise=layout.body(_BUDGET)),
        layout.part("IV. TỔ CHỨC THỰC HIỆN"),
        layout.body(_FOCAL_POINT),
        _when("duties", layout.body("2. Chế độ báo cáo:") + _each("duty in duties", layout.body(_DUTY + _END))),
        layout.body(
            "Trong quá trình thực hiện, nếu có khó khăn, vướng mắc, đề nghị các cơ quan, đơn vị phản ánh về "
            "{{ focal_point }} để tổng hợp, báo cáo {{ unit_name }} xem xét, giải quyết./."
        ),
        _foot(),
    ]
    return word_file(content, title="Kế hoạch {{ abstract }}")


_TASKS = (
    Column("STT", 720, "{{ row.ordinal }}", "TableCentre"),
    Column("Nội dung, nhiệm vụ", 2930, "{{ row.content }}"),
    Column("Chủ trì", 1450, "{{ row.lead }}"),
    Column("Phối hợp", 1500, "{{ row.support }}"),
    Column("Thời gian", 1400, "{{ row.deadline }}"),
    Column("Sản phẩm", TEXT_WIDTH - 8000, "{{ row.product }}"),
)
_BUDGET = (
    "Kinh phí thực hiện Kế hoạch được bố trí trong dự toán ngân sách năm {{ head.year }} giao cho {{ unit_name }} "
    "và các nguồn kinh phí hợp pháp khác theo quy định."
)
_FOCAL_POINT = (
    "1. Giao {{ focal_point }} theo dõi, đôn đốc, kiểm tra việc thực hiện Kế hoạch này; tổng hợp kết quả, "
    "tham mưu {{ unit_name }} báo cáo theo quy định."
)
_DUTY = (
    "- {{ duty.who }}: {{ duty.item }}{% if duty.addressee %}, gửi {{ duty.addressee }}{% endif %} {{ duty.deadline }}"
)


def _purposes() -> str:
    return (
        layout.part("I. MỤC ĐÍCH, YÊU CẦU")
        + layout.item("1. Mục đích")
        + layout.body(
            "- Tổ chức thực hiện kịp thời, đầy đủ, có hiệu quả các nội dung, nhiệm vụ giao cho {{ unit_name }} tại "
            "{{ parent.short }} của {{ parent.issuer }}."
        )
        + _each("line in purposes", layout.body("- {{ line }}"))
        + layout.item("2. Yêu cầu")
        + layout.body(
            "- Bám sát nội dung, thời hạn và chỉ tiêu của {{ parent.short }}; xác định rõ trách nhiệm chủ trì, "
            "phối hợp, thời gian hoàn thành và sản phẩm của từng nhiệm vụ.",
            "- Nội dung, hình thức thực hiện phù hợp với điều kiện thực tế của địa phương, đơn vị, bảo đảm "
            "thiết thực, tiết kiệm.",
        )
        + _each("line in requirements", layout.body("- {{ line }}"))
    )


def report_form() -> bytes:
    """A unit's own report; what is not yet known stays a dotted line."""
    content = [
        _head(),
        layout.title("BÁO CÁO", "{{ abstract }}", "{{ abstract_rule }}"),
        _addressees(),
        layout.body(
            "Thực hiện {{ parent.full }}, {{ unit_name }} báo cáo kết quả thực hiện {{ period }} "
            "(số liệu tính từ ngày {{ data_from }} đến ngày {{ data_to }}) như sau:"
        ),
        layout.part("I. KẾT QUẢ THỰC HIỆN"),
        _sections(otherwise=layout.body(_DOTS)),
        layout.part("II. SỐ LIỆU"),
        ruled(_FIGURES, "row in indicators"),
        layout.spacer(),
        _open_list("III. KHÓ KHĂN, VƯỚNG MẮC", "difficulties"),
        _open_list("IV. ĐỀ XUẤT, KIẾN NGHỊ", "proposals"),
        _open_list("V. PHƯƠNG HƯỚNG, NHIỆM VỤ THỜI GIAN TỚI", "next_steps"),
        layout.body("Trên đây là báo cáo kết quả thực hiện {{ period }} của {{ unit_name }}./."),
        _foot(),
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


def consolidated_report() -> bytes:
    """The report over all units; the annexes lead from every figure back to the units it came from."""
    content = [
        _head(),
        layout.title("BÁO CÁO", "{{ abstract }}", "{{ abstract_rule }}"),
        _addressees(),
        layout.body(
            "Thực hiện {{ parent.full }}, {{ unit_name }} tổng hợp, báo cáo kết quả thực hiện {{ period }} "
            "(số liệu tính từ ngày {{ data_from }} đến ngày {{ data_to }}) như sau:"
        ),
        _receipt(),
        layout.part("II. KẾT QUẢ THỰC HIỆN"),
        _sections(),
        layout.body(
            "Tổng hợp các chỉ tiêu ({{ period }}); số liệu từng đơn vị nêu tại Phụ lục I, nguồn số liệu tại Phụ lục II:"
        ),
        ruled(_TOTALS, "row in indicators"),
        layout.spacer(),
        _open_list("III. KHÓ KHĂN, VƯỚNG MẮC", "difficulties"),
        _open_list("IV. ĐỀ XUẤT, KIẾN NGHỊ", "proposals"),
        _open_list("V. PHƯƠNG HƯỚNG, NHIỆM VỤ THỜI GIAN TỚI", "next_steps"),
        layout.body("Trên đây là báo cáo kết quả thực hiện {{ period }} của {{ unit_name }}./."),
        _foot(),
        section_break(),
        layout.annex("Phụ lục I", "SỐ LIỆU CỦA TỪNG CƠ QUAN, ĐƠN VỊ", _ATTACHED, LANDSCAPE_WIDTH),
        _matrix(),
        section_break(landscape=True, annex=True),
        layout.annex("Phụ lục II", "NGUỒN CỦA TỪNG SỐ LIỆU", _ATTACHED),
        _each("indicator in indicators", _sources()),
    ]
    return word_file(content, title="Báo cáo {{ abstract }}", last_section=section(annex=True))


_ATTACHED = "(Kèm theo Báo cáo {{ head.citation }} của {{ unit_name }})"
_TOTALS = (
    Column("STT", 720, "{{ row.ordinal }}", "TableCentre"),
    Column("Chỉ tiêu", 3034, "{{ row.name }}"),
    Column("Đơn vị tính", 1100, "{{ row.unit }}", "TableCentre"),
    Column("Tổng số", 1150, "{{ row.total }}", "TableCentre"),
    Column("Số đơn vị có số liệu", 1150, "{{ row.reported }}", "TableCentre"),
    Column("Cùng kỳ năm trước", 1100, "{{ row.previous }}", "TableCentre"),
    Column("Tăng, giảm", TEXT_WIDTH - 8254, "{{ row.change }}", "TableCentre"),
)
_LATE = (
    Column("STT", 720, "{{ row.ordinal }}", "TableCentre"),
    Column("Cơ quan, đơn vị", 3930, "{{ row.unit_name }}"),
    Column("Tình hình", 2600, "{{ row.state }}"),
    Column("Ghi chú", TEXT_WIDTH - 7250, "{{ row.note }}"),
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
        + _when(
            "missing_units",
            layout.body("Cơ quan, đơn vị chưa gửi báo cáo:") + ruled(_LATE, "row in missing_units") + layout.spacer(),
        )
        + _when(
            "late_units", layout.body("Cơ quan, đơn vị gửi chậm:") + ruled(_LATE, "row in late_units") + layout.spacer()
        )
    )


def _matrix() -> str:
    """Units by indicators. The grid has room for many indicators: what is not needed goes to the columns that are."""
    spare = 14
    widths = [650, 3000, *[(LANDSCAPE_WIDTH - 3650) // spare] * spare]

    def line(first: str, second: str, loop: str, value: str, styles: tuple[str, str, str]) -> str:
        number, name, figure = (
            cell(paragraph(text, style), 0) for text, style in zip((first, second, value), styles, strict=True)
        )
        return number + name + loop_cell(f"for {loop}") + figure + loop_cell("endfor")

    head = ("MatrixHead", "MatrixHead", "MatrixHead")
    plain = ("MatrixCentre", "MatrixText", "MatrixCentre")
    rows = (
        row(
            line(
                "STT", "Cơ quan, đơn vị", "indicator in indicators", "{{ indicator.name }} ({{ indicator.unit }})", head
            ),
            repeat=True,
        )
        + loop_row("for row in matrix")
        + row(line("{{ row.ordinal }}", "{{ row.unit_name }}", "value in row.figures", "{{ value }}", plain))
        + loop_row("endfor")
        + row(line("", "Cộng", "value in matrix_totals", "{{ value }}", head))
    )
    return table(widths, rows, style="RuledTable")


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
        + ruled(_SOURCES, "row in indicator.sources", foot=total)
        + layout.spacer()
    )


def reminder_letter() -> bytes:
    """An official letter (công văn) that lists the late units; the leader signs it, nothing sends it by itself."""
    content = [
        _head(subject="V/v {{ subject }}"),
        layout.spacer(),
        _addressees(),
        layout.body(
            "Thực hiện {{ parent.full }}, các cơ quan, đơn vị gửi {{ item }} về {{ receiving_office }} {{ due }}.",
            "Đến {{ as_of }}, {{ unit_name }} đã nhận được của {{ counts.received }}/{{ counts.expected }} cơ quan, "
            "đơn vị; còn {{ counts.missing }} cơ quan, đơn vị chưa gửi, gồm:",
        ),
        ruled(_LATE, "row in late_units"),
        layout.spacer(),
        layout.body(
            "{{ unit_name }} {{ request }} các cơ quan, đơn vị nêu trên khẩn trương hoàn thành, gửi {{ item }} về "
            "{{ receiving_office }} {{ new_due }} để kịp tổng hợp, báo cáo theo quy định; nếu có khó khăn, vướng mắc, "
            "đề nghị thông tin để phối hợp. Cơ quan, đơn vị đã gửi đề nghị cho biết số, ngày văn bản.",
            "Đầu mối liên hệ: {{ contact }}.",
            "{{ unit_name }} {{ request }} các cơ quan, đơn vị quan tâm, thực hiện./.",
        ),
        _foot(),
    ]
    return word_file(content, title="{{ subject }}")


def _head(subject: str = "") -> str:
    superior = ("{%p for line in head.superior %}", "{{ line }}", "{%p endfor %}")
    agency = ("{%p for line in head.agency %}", "{{ line }}", "{%p endfor %}")
    return layout.letterhead(
        superior, agency, "{{ head.rule }}", "{{ head.number_line }}", "{{ head.date_line }}", subject
    )


def _foot() -> str:
    recipients = ("{%p for line in recipients %}", "- {{ line }}" + _END, "{%p endfor %}")
    signature = ("{%p for line in signature.lines %}", "{{ line }}", "{%p endfor %}")
    return layout.closing(recipients, signature, "{{ signature.name }}")


def _addressees() -> str:
    many = paragraph("Kính gửi:", "Addressee") + _each(
        "line in addressees", paragraph("- {{ line }}" + _END, "AddresseeList")
    )
    return (
        tag("{%p if addressees|length == 1 %}")
        + paragraph("Kính gửi: {{ addressees[0] }}", "Addressee")
        + tag("{%p else %}")
        + many
        + tag("{%p endif %}")
    )


def _sections(otherwise: str = "") -> str:
    """The numbered parts of the results."""
    one = layout.item("{{ section.ordinal }}. {{ section.title }}") + _each(
        "line in section.paragraphs", layout.body("{{ line }}"), otherwise=layout.body(_DOTS)
    )
    return _each("section in sections", one, otherwise=otherwise)


def _open_list(heading: str, name: str) -> str:
    return layout.part(heading) + _each(f"line in {name}", layout.body("- {{ line }}"), otherwise=layout.body(_DOTS))


def _each(loop: str, content: str, *, otherwise: str = "") -> str:
    instead = tag("{%p else %}") + otherwise if otherwise else ""
    return tag("{%p for " + loop + " %}") + content + instead + tag("{%p endfor %}")


def _when(condition: str, content: str) -> str:
    return tag("{%p if " + condition + " %}") + content + tag("{%p endif %}")


SHIPPED: dict[str, Callable[[], bytes]] = {
    "sub-plan.docx": sub_plan,
    "report-form.docx": report_form,
    "consolidated-report.docx": consolidated_report,
    "reminder-letter.docx": reminder_letter,
}

if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
