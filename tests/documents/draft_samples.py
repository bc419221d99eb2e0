"""Filled drafts for xã Bình An of huyện Bắc Bình, tỉnh Bình Thuận."""

from __future__ import annotations

from dataclasses import replace

from plan_lifecycle.documents.drafts import (
    ActivityRow,
    AwardGroup,
    AwardProposal,
    AwardRow,
    ConsolidatedReport,
    DutyRow,
    FigureTable,
    FormLine,
    FormTable,
    IndexRow,
    IndicatorRow,
    LateUnit,
    Letterhead,
    OutlineSection,
    OwnTask,
    PlanReference,
    ReceiptCounts,
    ReminderLetter,
    ReportForm,
    SectionTables,
    ShownChart,
    SignatureBlock,
    SubPlanDraft,
    TargetRow,
    TaskRow,
)
from plan_lifecycle.domain.chart import Chart, ChartForm, Series

PARENT = PlanReference(
    reference="36/KH-UBND",
    issued_on="05/01/2023",
    issuer="UBND tỉnh Bình Thuận",
    abstract="Thông tin, tuyên truyền cải cách hành chính năm 2023",
)
COMMUNE_HEAD = Letterhead(agency=("ỦY BAN NHÂN DÂN", "XÃ BÌNH AN"), symbol="KH-UBND", place="Bình An", year=2023)
DEPARTMENT_HEAD = Letterhead(
    superior=("UBND TỈNH BÌNH THUẬN",), agency=("SỞ NỘI VỤ",), symbol="SNV-CCHC", place="Bình Thuận", year=2023
)
COMMITTEE = SignatureBlock(lines=("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"))
DIRECTOR = SignatureBlock(lines=("GIÁM ĐỐC",))


def activities(count: int) -> tuple[ActivityRow, ...]:
    """Rows of a commune's plan."""
    return tuple(
        ActivityRow(
            ordinal=str(number),
            content=f"Phát thanh nội dung {number} về cải cách hành chính trên hệ thống truyền thanh cơ sở",
            lead="UBND xã Bình An",
            support="Công chức Văn hóa - Xã hội; các thôn",
            deadline="Trước ngày 25/4/2023" if number % 2 else "Thường xuyên",
            product="Lượt phát thanh; tin, bài",
        )
        for number in range(1, count + 1)
    )


def sub_plan(rows: int = 25) -> SubPlanDraft:
    """The plan that xã Bình An is to issue."""
    return SubPlanDraft(
        head=COMMUNE_HEAD,
        unit_name="UBND xã Bình An",
        abstract="Thông tin, tuyên truyền cải cách hành chính năm 2023 trên địa bàn xã Bình An",
        parent=PARENT,
        activities=activities(rows),
        targets=("Phát thanh ít nhất 02 lượt/tuần", "100% thôn có bảng niêm yết thủ tục hành chính"),
        duties=(
            DutyRow(
                who="UBND xã Bình An",
                item="Báo cáo 6 tháng đầu năm 2023",
                addressee="UBND huyện Bắc Bình (qua Phòng Nội vụ)",
                deadline="trước ngày 17/6/2023",
            ),
        ),
        focal_point="công chức Văn phòng - Thống kê",
        recipients=("UBND huyện Bắc Bình", "Phòng Nội vụ huyện", "Lưu: VT, VP"),
        signature=COMMITTEE,
    )


def department_sub_plan() -> SubPlanDraft:
    """The same plan as a department issues it."""
    return replace(
        sub_plan(3),
        head=replace(DEPARTMENT_HEAD, agency=("SỞ TƯ PHÁP",), symbol="KH-STP"),
        unit_name="Sở Tư pháp",
        abstract="Thông tin, tuyên truyền cải cách hành chính năm 2023 của Sở Tư pháp",
        legal_bases=("Căn cứ Nghị định số 30/2020/NĐ-CP ngày 05 tháng 3 năm 2020 của Chính phủ về công tác văn thư",),
        recipients=("UBND tỉnh", "Sở Nội vụ", "Lưu: VT, VP"),
        signature=DIRECTOR,
    )


FIGURES = (
    IndicatorRow("1", "TT01", "Tin, bài đăng trên trang thông tin điện tử", "tin, bài", "32", "Danh sách kèm theo"),
    IndicatorRow("2", "TT02", "Lượt phát thanh", "lượt", "1.250"),
)


STATES = ("Đã hoàn thành", "Đang thực hiện")
TASKS = (
    OwnTask("1", "Ban hành kế hoạch", "Trước ngày 01/3/2023", STATES[0], "28/02/2023", "12/KH-UBND", choices=STATES),
    OwnTask("2", "Tập huấn nghiệp vụ", "Quý II/2023", note="Chờ cấp trên mở lớp", choices=STATES),
)


def report_form() -> ReportForm:
    """The half-year report of xã Bình An."""
    return ReportForm(
        head=replace(COMMUNE_HEAD, symbol="BC-UBND"),
        unit_name="UBND xã Bình An",
        abstract="Kết quả thông tin, tuyên truyền cải cách hành chính 6 tháng đầu năm 2023",
        addressees=("UBND huyện Bắc Bình (qua Phòng Nội vụ)",),
        parent=PARENT,
        period="6 tháng đầu năm 2023",
        data_from="15/12/2022",
        data_to="14/6/2023",
        sections=(
            OutlineSection("I.", "CÔNG TÁC CHỈ ĐẠO, TRIỂN KHAI", 0),
            OutlineSection("1.", "Ban hành kế hoạch", 1, ("UBND xã đã ban hành kế hoạch năm 2023.",)),
        ),
        figures_label="II.",
        tables=(FigureTable("1", "Thông tin, tuyên truyền", FIGURES),),
        recipients=("Như trên", "Lưu: VT"),
        signature=COMMITTEE,
        tasks_label="III.",
        tasks=TASKS,
    )


COUNTS = ReceiptCounts(
    expected="124", received="119", on_time="110", late="09", missing="05", completeness="96,0%", timeliness="88,7%"
)


_GROUPS = Chart(
    "Tình hình gửi báo cáo",
    ChartForm.STACKED,
    ("Sở, ban, ngành", "Cấp xã"),
    (Series("Đúng thời hạn", (14, 90)), Series("Chậm", (1, 14)), Series("Chưa gửi", (0, 5))),
    "cơ quan, đơn vị",
)
_RECEIVED = ShownChart("Biểu đồ 1. Tình hình gửi báo cáo", _GROUPS.alternative, _GROUPS)


def consolidated_report(rows: int = 6) -> ConsolidatedReport:
    """The half-year report of Sở Nội vụ over all units."""
    lines = tuple(
        FormLine(f"{i}.1", f"Chỉ tiêu {i}", "tin, bài", "1.250", "1.100", "tăng 150 (13,6%)", "119/124 đơn vị")
        for i in range(1, rows + 1)
    )
    return ConsolidatedReport(
        head=replace(DEPARTMENT_HEAD, symbol="BC-SNV"),
        unit_name="Sở Nội vụ",
        abstract="Kết quả thông tin, tuyên truyền cải cách hành chính 6 tháng đầu năm 2023",
        addressees=("UBND tỉnh Bình Thuận",),
        opening=f"Thực hiện {PARENT.full}, Sở Nội vụ báo cáo kết quả như sau:",
        sections=(
            OutlineSection("I.", "CÔNG TÁC CHỈ ĐẠO, TRIỂN KHAI", 0),
            OutlineSection(
                "1.",
                "Tình hình gửi báo cáo",
                1,
                ("Đã nhận báo cáo của 119/124 cơ quan, đơn vị.",),
                charts=(_RECEIVED,),
            ),
            OutlineSection("2.", "Tiến độ thực hiện Kế hoạch", 1, ("Kế hoạch đặt ra 25 nhiệm vụ.",), _standing()),
            OutlineSection("a)", "Mô hình, sáng kiến", 2, ("- UBND xã Bình An: Tổ công nghệ số cộng đồng.",)),
        ),
        closing="Trên đây là báo cáo của Sở Nội vụ./.",
        forms=(FormTable("Biểu mẫu 1", "Thông tin, tuyên truyền", (FormLine("1", "Tin, bài"), *lines)),),
        missing_units=(LateUnit("1", "UBND xã Bình Tân", "Quá hạn 03 ngày"),),
        late_units=(LateUnit("1", "UBND xã Hải Ninh", "Nhận ngày 20/6/2023"),),
        comparison=("Số liệu cùng kỳ năm trước lấy từ báo cáo đã tiếp nhận của 118/121 đơn vị.",),
        recipients=("Như trên", "Lưu: VT, CCHC"),
        signature=DIRECTOR,
    )


def _standing() -> SectionTables:
    name = "Chỉ số cải cách hành chính (PAR INDEX) năm 2022"
    return SectionTables(
        (TaskRow("1", "Ban hành quy chế", "Quý I/2023", "Sở Tư pháp", "Sở Nội vụ", "Hoàn thành, chậm 05 ngày"),),
        (TargetRow("1", "100% xã ban hành kế hoạch", "100%", "98%", "Chưa đạt"),),
        (IndexRow("1", name, "86,1 điểm", "20/63", "thứ 22", "Bộ Nội vụ, ngày 19/4/2023"),),
    )


def reminder_letter() -> ReminderLetter:
    """The letter by which Sở Nội vụ asks for what is late."""
    return ReminderLetter(
        head=DEPARTMENT_HEAD,
        unit_name="Sở Nội vụ",
        subject="đôn đốc gửi báo cáo cải cách hành chính 6 tháng đầu năm 2023",
        addressees=("UBND huyện Bắc Bình", "UBND huyện Tuy Phong"),
        parent=PARENT,
        item="báo cáo 6 tháng đầu năm 2023",
        due="trước ngày 20/6/2023 (chậm nhất hết ngày 19/6/2023)",
        as_of="hết ngày 22/6/2023",
        counts=COUNTS,
        late_units=(LateUnit("1", "UBND huyện Bắc Bình", "Quá hạn 03 ngày"),),
        request="đề nghị",
        new_due="trước ngày 25/6/2023",
        receiving_office="Sở Nội vụ",
        contact="Phòng Cải cách hành chính, điện thoại cơ quan 0252 000 000",
        recipients=("Như trên", "Lưu: VT, CCHC"),
        signature=DIRECTOR,
    )


def award_proposal() -> AwardProposal:
    """The proposal of Sở Nội vụ after a year, with a place that is still to be chosen."""
    row = AwardRow("1", "UBND xã Bình An", "91,5", "1", "Tốt", "Không quá 01 tập thể, 01 cá nhân")
    return AwardProposal(
        head=replace(DEPARTMENT_HEAD, symbol="TTr-SNV"),
        unit_name="Sở Nội vụ",
        abstract="Về việc đề nghị tặng Bằng khen của Chủ tịch UBND tỉnh năm 2023",
        addressees=("UBND tỉnh Bình Thuận",),
        basis="chỉ số cải cách hành chính của UBND các xã: năm 2023",
        award="Bằng khen của Chủ tịch UBND tỉnh",
        groups=(AwardGroup("UBND các xã, thị trấn (01 đơn vị)", (row,)),),
        also=("Nội bộ đoàn kết",),
        open=("Còn chọn 01 đơn vị trong các đơn vị đồng hạng 2: UBND xã A, UBND xã B.",),
        recipients=("Như trên", "Lưu: VT, CCHC"),
        signature=DIRECTOR,
    )
