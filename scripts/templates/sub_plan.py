"""The sub-plan: the same text for a district, a department and a commune."""

from __future__ import annotations

from scripts.templates.blocks import END, each, foot, head, when
from scripts.word import layout
from scripts.word.package import TEXT_WIDTH, word_file
from scripts.word.table import Column, ruled


def sub_plan() -> bytes:
    """A unit's own plan: what it takes over from the superior plan, its targets, its duties to report."""
    content = [
        head(),
        layout.title("KẾ HOẠCH", "{{ abstract }}", "{{ abstract_rule }}"),
        each("basis in legal_bases", layout.bases("Căn cứ {{ basis.removeprefix('Căn cứ ') }}" + END)),
        layout.body("Thực hiện {{ parent.full }}, {{ unit_name }} ban hành Kế hoạch triển khai thực hiện như sau:"),
        _purposes(),
        layout.part("II. NỘI DUNG, NHIỆM VỤ"),
        layout.item("1. Nhiệm vụ cụ thể"),
        ruled(_TASKS, "row in activities", heading=("row.field", _FIELD)),
        layout.spacer(),
        when("targets", layout.item("2. Chỉ tiêu") + each("target in targets", layout.body("- {{ target }}" + END))),
        layout.part("III. KINH PHÍ"),
        each("line in budget", layout.body("{{ line }}"), otherwise=layout.body(_BUDGET)),
        layout.part("IV. TỔ CHỨC THỰC HIỆN"),
        layout.body(_FOCAL_POINT),
        when("duties", layout.body("2. Chế độ báo cáo:") + each("duty in duties", layout.body(_DUTY + END))),
        layout.body(
            "Trong quá trình thực hiện, nếu có khó khăn, vướng mắc, đề nghị các cơ quan, đơn vị phản ánh về "
            "{{ focal_point }} để tổng hợp, báo cáo {{ unit_name }} xem xét, giải quyết./."
        ),
        foot(),
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
_FIELD = ("**{{ row.ordinal }}**", "**{{ row.content }}**", "", "", "", "")
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
        + each("line in purposes", layout.body("- {{ line }}"))
        + layout.item("2. Yêu cầu")
        + layout.body(
            "- Bám sát nội dung, thời hạn và chỉ tiêu của {{ parent.short }}; xác định rõ trách nhiệm chủ trì, "
            "phối hợp, thời gian hoàn thành và sản phẩm của từng nhiệm vụ.",
            "- Nội dung, hình thức thực hiện phù hợp với điều kiện thực tế của địa phương, đơn vị, bảo đảm "
            "thiết thực, tiết kiệm.",
        )
        + each("line in requirements", layout.body("- {{ line }}"))
    )
