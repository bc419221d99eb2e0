"""What several templates have in common, as markup with tags."""

from __future__ import annotations

from scripts.word import layout
from scripts.word.markup import paragraph, tag
from scripts.word.package import TEXT_WIDTH
from scripts.word.table import Column

END = "{% if loop.last %}.{% else %};{% endif %}"
LATE_UNITS = (
    Column("STT", 720, "{{ row.ordinal }}", "TableCentre"),
    Column("Cơ quan, đơn vị", 3930, "{{ row.unit_name }}"),
    Column("Tình hình", 2600, "{{ row.state }}"),
    Column("Ghi chú", TEXT_WIDTH - 7250, "{{ row.note }}"),
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


def outline() -> str:
    """Headings with their labels, as deep as they come, each with its paragraphs."""
    heading = "{{ section.label }} {{ section.heading }}"
    one = (
        tag("{%p if section.depth == 0 %}")
        + layout.part(heading)
        + tag("{%p elif section.depth == 1 %}")
        + layout.item(heading)
        + tag("{%p else %}")
        + layout.body(heading)
        + tag("{%p endif %}")
        + each("line in section.lines", layout.body("{{ line }}"))
    )
    return each("section in sections", one)


def each(loop: str, content: str, *, otherwise: str = "") -> str:
    """``content`` for each of "line in recipients"; ``otherwise`` where there is none."""
    instead = tag("{%p else %}") + otherwise if otherwise else ""
    return tag("{%p for " + loop + " %}") + content + instead + tag("{%p endfor %}")


def when(condition: str, content: str) -> str:
    """``content`` where the condition holds."""
    return tag("{%p if " + condition + " %}") + content + tag("{%p endif %}")
