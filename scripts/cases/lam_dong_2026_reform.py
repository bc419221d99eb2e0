"""Lâm Đồng 2026: the reform plan of a two-tier province, its tasks in an annex with an agency that watches each.

The tasks stand in ``lam_dong_2026_tasks.tsv``, one a line, in the order of the annex.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from scripts.cases.lam_dong_2026_targets import TARGETS
from scripts.cases.sheet import Frame, plan, watched_tasks
from scripts.word import layout
from scripts.word.package import LANDSCAPE_WIDTH, section, section_break

FILE = "lam-dong-2026/ke-hoach-cchc-9669.docx"
AGENCY = ("ỦY BAN NHÂN DÂN", "TỈNH LÂM ĐỒNG")
SIGNATURE = ("TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH")
RESOLUTION = (
    "Nghị quyết số 76/NQ-CP ngày 15 tháng 7 năm 2021 của Chính phủ ban hành Chương trình tổng thể cải cách hành chính "
    "nhà nước giai đoạn 2021 - 2030"
)

_FRAME = Frame(
    agency=AGENCY,
    number="9669",
    symbol="KH-UBND",
    place="Lâm Đồng",
    issued_on=date(2025, 12, 24),
    abstract="Cải cách hành chính nhà nước năm 2026 tỉnh Lâm Đồng",
    bases=(
        f"Căn cứ {RESOLUTION}",
        "Căn cứ Nghị quyết số 202/2025/QH15 ngày 12 tháng 6 năm 2025 của Quốc hội về việc sắp xếp đơn vị hành chính "
        "cấp tỉnh",
        "Căn cứ Công văn số 4625/BNV-CCHC ngày 02 tháng 7 năm 2025 của Bộ Nội vụ về xây dựng kế hoạch cải cách hành "
        "chính và chế độ báo cáo cải cách hành chính định kỳ",
    ),
    opening="Ủy ban nhân dân tỉnh Lâm Đồng ban hành Kế hoạch cải cách hành chính nhà nước năm 2026, lấy xây dựng chính "
    "quyền số gần dân làm lĩnh vực đột phá, như sau:",
    recipients=(
        "Bộ Nội vụ",
        "Thường trực Tỉnh ủy, HĐND tỉnh",
        "Chủ tịch, các Phó Chủ tịch UBND tỉnh",
        "Các sở, ban, ngành tỉnh",
        "UBND các xã, phường, đặc khu",
        "Lưu: VT, NC",
    ),
    signature=SIGNATURE,
    signer="Trần Quang Dũng",
)

_LEADING = (
    "a) Người đứng đầu cơ quan, đơn vị, địa phương trực tiếp chỉ đạo và chịu trách nhiệm trước Chủ tịch UBND tỉnh về "
    "tiến độ, kết quả nhiệm vụ được giao.",
    "b) Bố trí công chức có năng lực làm đầu mối cải cách hành chính; mỗi tháng ít nhất một lần đưa nội dung cải cách "
    "hành chính vào cuộc họp giao ban.",
    "c) Cơ quan Trung ương đóng trên địa bàn phối hợp giải quyết hồ sơ liên thông đúng thời gian quy định.",
    "(Nhiệm vụ cụ thể, cơ quan chủ trì, phối hợp, theo dõi tại Phụ lục kèm theo)",
)
_ORGANISATION = (
    "Các sở, ban, ngành và UBND các xã, phường, đặc khu căn cứ mục tiêu, nhiệm vụ tại Kế hoạch này xây dựng kế hoạch "
    "của cơ quan, địa phương để triển khai thực hiện, gửi về UBND tỉnh (qua Sở Nội vụ). Thời gian hoàn thành ban hành "
    "kế hoạch chậm nhất là ngày 15/01/2026.",
    "Cơ quan được giao theo dõi, kiểm tra, đôn đốc tại Phụ lục có trách nhiệm hướng dẫn, kiểm tra các cơ quan, địa "
    "phương thực hiện nhiệm vụ do mình theo dõi.",
)
_REPORTING = (
    "a) Các sở, ban, ngành và UBND các xã, phường, đặc khu gửi báo cáo kết quả thực hiện kèm biểu mẫu thống kê về UBND "
    "tỉnh (qua Sở Nội vụ): báo cáo quý I trước ngày 18/3/2026; báo cáo 6 tháng đầu năm trước ngày 18/6/2026; báo cáo "
    "quý III trước ngày 18/9/2026; báo cáo năm trước ngày 18/12/2026.",
    "b) Thời gian chốt số liệu: báo cáo quý I từ ngày 15/12/2025 đến ngày 14/3/2026; báo cáo 6 tháng từ ngày "
    "15/12/2025 đến ngày 14/6/2026; báo cáo quý III từ ngày 15/6/2026 đến ngày 14/9/2026; báo cáo năm từ ngày "
    "15/12/2025 đến ngày 14/12/2026.",
    "c) Giao Sở Nội vụ theo dõi, đôn đốc, tổng hợp, tham mưu UBND tỉnh báo cáo Bộ Nội vụ trước ngày 20 của tháng cuối "
    "kỳ báo cáo.",
)
_MONEY = (
    "Kinh phí do ngân sách nhà nước bảo đảm theo phân cấp; các cơ quan, đơn vị, địa phương bố trí trong dự toán được "
    "giao năm 2026./."
)
_NOTE = "(Kèm theo Kế hoạch số 9669/KH-UBND ngày 24 tháng 12 năm 2025 của Ủy ban nhân dân tỉnh Lâm Đồng)"


def document() -> bytes:
    """The .docx of the reform plan."""
    return plan(
        _FRAME,
        layout.part("I. MỤC TIÊU, NHIỆM VỤ"),
        *_fields(),
        layout.item(f"{len(TARGETS) + 1}. Công tác chỉ đạo, điều hành"),
        layout.body(*_LEADING),
        layout.part("II. TỔ CHỨC THỰC HIỆN"),
        layout.item("1. Công tác triển khai"),
        layout.body(*_ORGANISATION),
        layout.item("2. Chế độ báo cáo"),
        layout.body(*_REPORTING),
        layout.item("3. Kinh phí thực hiện"),
        layout.body(_MONEY),
        annex=section_break()
        + layout.annex("Phụ lục", "PHÂN CÔNG THỰC HIỆN NHIỆM VỤ CẢI CÁCH HÀNH CHÍNH NĂM 2026", _NOTE, LANDSCAPE_WIDTH)
        + watched_tasks(_tasks()),
        last_section=section(landscape=True, annex=True),
    )


def _fields() -> Iterator[str]:
    for number, (field, targets, duties) in enumerate(TARGETS, start=1):
        yield layout.item(f"{number}. {field}")
        yield layout.body("a) Mục tiêu", *(f"- {target}" for target in targets))
        yield layout.body("b) Nhiệm vụ", *(f"- {duty}" for duty in duties))


def _tasks() -> list[tuple[str, ...]]:
    """Field, content, product, time, lead, support and monitoring agency of each task."""
    path = Path(__file__).with_name("lam_dong_2026_tasks.tsv")
    with path.open(encoding="utf-8", newline="") as lines:
        rows = csv.reader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
        next(rows)
        return [tuple(row) for row in rows]
