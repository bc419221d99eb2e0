"""Phường Đức Xuân 2024: a ward's plan, tied to the schedule of its own reform plan."""

from __future__ import annotations

from datetime import date

from scripts.cases.sheet import Frame, plan, tasks
from scripts.word import layout

FILE = "duc-xuan-2024/ke-hoach-phuong.docx"

_FRAME = Frame(
    agency=("ỦY BAN NHÂN DÂN", "PHƯỜNG ĐỨC XUÂN"),
    number="18",
    symbol="KH-UBND",
    place="Đức Xuân",
    issued_on=date(2024, 1, 29),
    abstract="Thông tin, tuyên truyền cải cách hành chính năm 2024 trên địa bàn phường Đức Xuân",
    bases=(
        "Căn cứ Kế hoạch thông tin, tuyên truyền cải cách hành chính năm 2024 của Ủy ban nhân dân thành phố Bắc Kạn",
        "Căn cứ Kế hoạch cải cách hành chính năm 2024 của Ủy ban nhân dân phường Đức Xuân",
    ),
    opening="Ủy ban nhân dân phường Đức Xuân ban hành Kế hoạch thông tin, tuyên truyền cải cách hành chính năm 2024 "
    "như "
    "sau:",
    recipients=(
        "UBND thành phố Bắc Kạn",
        "Phòng Nội vụ thành phố",
        "Thường trực Đảng ủy, HĐND phường",
        "Các tổ dân phố",
        "Lưu: VT",
    ),
    signature=("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"),
    signer="Hoàng Văn Thái",
)

_OFFICE = "Văn phòng - Thống kê"
_TASKS = (
    (
        "Tuyên truyền nội dung cải cách hành chính theo tiến độ của Kế hoạch cải cách hành chính năm 2024 của phường",
        _OFFICE,
        "Các bộ phận chuyên môn; các tổ dân phố",
        "Theo Kế hoạch cải cách hành chính năm 2024",
        "Tin, bài; lượt phát thanh",
    ),
    (
        "Công khai, tuyên truyền kết quả các chỉ số PAR Index, SIPAS, PAPI và chỉ số chuyển đổi số (DTI)",
        _OFFICE,
        "Công chức Văn hóa - Xã hội",
        "Trong 15 ngày kể từ ngày kết quả được công bố",
        "Tin, bài; bảng niêm yết",
    ),
    (
        "Phát thanh trên hệ thống loa truyền thanh tổ dân phố, ít nhất 02 lượt/tuần",
        "Công chức Văn hóa - Xã hội",
        "Các tổ dân phố",
        "Hằng tuần",
        "Lượt phát thanh",
    ),
    (
        "Giới thiệu sáng kiến, mô hình điển hình trong giải quyết thủ tục hành chính",
        _OFFICE,
        "Công chức Tư pháp - Hộ tịch",
        "Quý III/2024",
        "Ít nhất 01 mô hình",
    ),
    (
        "Tiếp nhận, tổng hợp và trả lời 100% ý kiến phản ánh, kiến nghị của người dân",
        "Công chức Tư pháp - Hộ tịch",
        _OFFICE,
        "Thường xuyên",
        "Sổ theo dõi, văn bản trả lời",
    ),
    (
        "Hướng dẫn người dân nộp hồ sơ trực tuyến; tổ công nghệ số cộng đồng đến từng tổ dân phố",
        "Công chức Văn hóa - Xã hội",
        "Đoàn Thanh niên phường",
        "Từ ngày 01/3/2024 đến ngày 30/11/2024",
        "Buổi hướng dẫn",
    ),
)


def document() -> bytes:
    """The .docx of the ward's plan."""
    return plan(
        _FRAME,
        layout.part("I. MỤC ĐÍCH, YÊU CẦU"),
        layout.body(
            "1. Giúp người dân, tổ chức trên địa bàn phường nắm rõ quyền lợi, trách nhiệm khi giải quyết thủ tục "
            "hành chính.",
            "2. Việc tuyên truyền gắn với tiến độ thực hiện Kế hoạch cải cách hành chính của phường.",
        ),
        layout.part("II. NỘI DUNG, NHIỆM VỤ"),
        tasks(_TASKS),
        layout.part("III. KINH PHÍ"),
        layout.body("Kinh phí bố trí trong dự toán ngân sách năm 2024 của phường."),
        layout.part("IV. TỔ CHỨC THỰC HIỆN"),
        layout.body(
            "1. Các bộ phận chuyên môn, các tổ dân phố gửi kết quả 6 tháng đầu năm trước ngày 18/6/2024, kết quả năm "
            "trước "
            "ngày 17/12/2024 về Văn phòng - Thống kê.",
            "2. Văn phòng - Thống kê tổng hợp, tham mưu UBND phường gửi báo cáo về UBND thành phố (qua Phòng Nội vụ) "
            "trước "
            "ngày 20/6/2024 và trước ngày 19/12/2024./.",
        ),
    )
