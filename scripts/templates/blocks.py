"""What several templates have in common, as markup with tags."""

from __future__ import annotations

from scripts.word import layout
from scripts.word.markup import paragraph, tag
from scripts.word.package import TEXT_WIDTH
from scripts.word.table import Column, ruled

END = "{% if loop.last %}.{% else %};{% endif %}"
LATE_UNITS = (
    Column("STT", 720, "{{ row.ordinal }}", "TableCentre"),
    Column("Cơ quan, đơn vị", 3650, "{{ row.unit_name }}"),
    Column("Tình hình", 2250, "{{ row.state }}"),
    Column("Ghi chú", TEXT_WIDTH - 6620, "{{ row.note }}"),
)
_LATE_TASKS = (
    Column("TT", 520, "{{ row.ordinal }}", "MatrixCentre"),
    Column("Nhiệm vụ chậm, đến hạn chưa xong", 2900, "{{ row.name }}", "MatrixText"),
    Column("Thời gian", 1350, "{{ row.time }}", "MatrixText"),
    Column("Chủ trì", 1500, "{{ row.lead }}", "MatrixText"),
    Column("Theo dõi, đôn đốc", 1150, "{{ row.monitor }}", "MatrixText"),
    Column("Tình hình", TEXT_WIDTH - 7420, "{{ row.state }}", "MatrixText"),
)
_TARGETS = (
    Column("TT", 520, "{{ row.ordinal }}", "MatrixCentre"),
    Column("Mục tiêu của Kế hoạch", 3450, "{{ row.target }}", "MatrixText"),
    Column("Mức phải đạt", 1150, "{{ row.wanted }}", "MatrixCentre"),
    Column("Kết quả", 2750, "{{ row.result }}", "MatrixText"),
    Column("Đánh giá", TEXT_WIDTH - 7870, "{{ row.verdict }}", "MatrixCentre"),
)
_INDICES = (
    Column("TT", 620, "{{ row.ordinal }}", "TableCentre"),
    Column("Chỉ số", 2934, "{{ row.index }}"),
    Column("Kết quả", 1200, "{{ row.value }}", "TableCentre"),
    Column("Xếp hạng", 1000, "{{ row.rank }}", "TableCentre"),
    Column("Năm trước", 1500, "{{ row.before }}", "TableCentre"),
    Column("Cơ quan, ngày công bố", TEXT_WIDTH - 7254, "{{ row.publisher }}"),
)
_CHANGES = (
    Column("TT", 620, "{{ row.ordinal }}", "TableCentre"),
    Column("Nội dung", 2834, "{{ row.name }}"),
    Column("Đã báo cáo", 1300, "{{ row.before }}", "TableCentre"),
    Column("Nay là", 1300, "{{ row.after }}", "TableCentre"),
    Column("Tăng, giảm", 1200, "{{ row.difference }}", "TableCentre"),
    Column("Theo văn bản của", TEXT_WIDTH - 7254, "{{ row.source }}"),
)


def head(subject: str = "") -> str:
    """Agency, number and date; ``subject`` for a letter."""
    superior = ("{%p for line in head.superior %}", "{{ line }}", "{%p endfor %}")
    agency = ("{%p for line in head.agency %}", "{{ line }}", "{%p endfor %}")
    return layout.letterhead(
        superior, agency, "{{ head.rule }}", "{{ head.number_line }}", "{{ head.date_line }}", subject
    )


def foot() -> str:
    """Recipients and signature."""
    recipients = ("{%p for line in recipients %}", "- {{ line }}" + END, "{%p endfor %}")
    signature = ("{%p for line in signature.lines %}", "{{ line }}", "{%p endfor %}")
    return layout.closing(recipients, signature, "{{ signature.name }}")


def addressees() -> str:
    """``Kính gửi``: one in the line itself, several as a list."""
    many = paragraph("Kính gửi:", "AddresseeHead") + each(
        "line in addressees", paragraph("- {{ line }}" + END, "AddresseeList")
    )
    return (
        tag("{%p if addressees|length == 1 %}")
        + paragraph("Kính gửi: {{ addressees[0] }}", "Addressee")
        + tag("{%p else %}")
        + many
        + layout.spacer()
        + tag("{%p endif %}")
    )


def outline(beside: str = "") -> str:
    """Headings with their labels, as deep as they come, each with its paragraphs and what stands ``beside`` them."""
    heading = "{{ section.label }} {{ section.heading }}"
    one = (
        tag("{%p if section.depth == 0 %}")
        + layout.part(heading)
        + tag("{%p elif section.depth == 1 %}")
        + layout.item(heading)
        + tag("{%p else %}")
        + paragraph(heading, "BodyText30", "<w:keepNext/>")
        + tag("{%p endif %}")
        + each("line in section.lines", layout.body("{{ line }}"))
        + beside
    )
    return each("section in sections", one)


def standing() -> str:
    """Under a heading of the outline: late tasks, targets beside results, published indices, what has changed."""
    return "".join(
        when(f"section.tables.{name}", ruled(columns, f"row in section.tables.{name}") + layout.spacer())
        for name, columns in (
            ("tasks", _LATE_TASKS),
            ("targets", _TARGETS),
            ("indices", _INDICES),
            ("changes", _CHANGES),
        )
    )


def each(loop: str, content: str, *, otherwise: str = "") -> str:
    """``content`` for each of "line in recipients"; ``otherwise`` where there is none."""
    instead = tag("{%p else %}") + otherwise if otherwise else ""
    return tag("{%p for " + loop + " %}") + content + instead + tag("{%p endfor %}")


def when(condition: str, content: str) -> str:
    """``content`` where the condition holds."""
    return tag("{%p if " + condition + " %}") + content + tag("{%p endif %}")
