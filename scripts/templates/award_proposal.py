"""The proposal of awards: which units, by which index and rank."""

from __future__ import annotations

from scripts.templates.blocks import addressees, each, foot, head, when
from scripts.word import layout
from scripts.word.package import TEXT_WIDTH, word_file
from scripts.word.table import Column, ruled

_ROWS = (
    Column("STT", 720, "{{ row.ordinal }}", "TableCentre"),
    Column("Cơ quan, đơn vị", 3000, "{{ row.unit_name }}"),
    Column("Chỉ số (%)", 1000, "{{ row.index }}", "TableCentre"),
    Column("Hạng", 800, "{{ row.rank }}", "TableCentre"),
    Column("Xếp loại", 1100, "{{ row.band }}", "TableCentre"),
    Column("Đề nghị", TEXT_WIDTH - 6620, "{{ row.proposed }}"),
)


def award_proposal() -> bytes:
    """A proposal (tờ trình) that lists who may be awarded group by group; the leader signs it."""
    content = [
        head(),
        layout.title("TỜ TRÌNH", "{{ abstract }}", "{{ abstract_rule }}"),
        addressees(),
        layout.body(
            "Căn cứ kết quả thẩm định, xếp hạng {{ basis }}, {{ unit_name }} kính trình xem xét, tặng {{ award }} cho "
            "các cơ quan, đơn vị sau:"
        ),
        each("group in groups", layout.item("{{ group.title }}") + ruled(_ROWS, "row in group.rows") + layout.spacer()),
        when(
            "also",
            layout.body("Các đơn vị nêu trên phải đạt thêm các tiêu chí:")
            + each("line in also", layout.body("- {{ line }}.")),
        ),
        when("open", each("line in open", layout.body("{{ line }}"))),
        layout.body("{{ unit_name }} kính trình xem xét, quyết định./."),
        foot(),
    ]
    return word_file(content, title="Tờ trình {{ abstract }}")
