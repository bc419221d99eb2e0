"""The letter to the units that are late."""

from __future__ import annotations

from scripts.templates.blocks import LATE_UNITS, addressees, foot, head
from scripts.word import layout
from scripts.word.package import word_file
from scripts.word.table import ruled


def reminder_letter() -> bytes:
    """An official letter (công văn) that lists the late units; the leader signs it, nothing sends it by itself."""
    content = [
        head(subject="V/v {{ subject }}"),
        layout.spacer(),
        addressees(),
        layout.body(
            "Thực hiện {{ parent.full }}, các cơ quan, đơn vị gửi {{ item }} về {{ receiving_office }} {{ due }}.",
            "Đến {{ as_of }}, {{ unit_name }} đã nhận được của {{ counts.received }}/{{ counts.expected }} cơ quan, "
            "đơn vị; còn {{ counts.missing }} cơ quan, đơn vị chưa gửi, gồm:",
        ),
        ruled(LATE_UNITS, "row in late_units"),
        layout.spacer(),
        layout.body(
            "{{ unit_name }} {{ request }} các cơ quan, đơn vị nêu trên khẩn trương hoàn thành, gửi {{ item }} về "
            "{{ receiving_office }} {{ new_due }} để kịp tổng hợp, báo cáo theo quy định; nếu có khó khăn, vướng mắc, "
            "đề nghị thông tin để phối hợp. Cơ quan, đơn vị đã gửi đề nghị cho biết số, ngày văn bản.",
            "Đầu mối liên hệ: {{ contact }}.",
            "{{ unit_name }} {{ request }} các cơ quan, đơn vị quan tâm, thực hiện./.",
        ),
        foot(),
    ]
    return word_file(content, title="{{ subject }}")
