"""Lâm Đồng 2026: the communication plan under the reform plan; its quarters report within the reform report."""

from __future__ import annotations

from datetime import date

from scripts.cases.lam_dong_2026_reform import AGENCY, RESOLUTION, SIGNATURE
from scripts.cases.sheet import Frame, dated, plan, tasks
from scripts.word import layout

FILE = "lam-dong-2026/ke-hoach-tuyen-truyen-428.docx"

_FRAME = Frame(
    agency=AGENCY,
    number="428",
    symbol="KH-UBND",
    place="Lâm Đồng",
    issued_on=date(2026, 1, 10),
    abstract="Tuyên truyền cải cách hành chính năm 2026",
    bases=(
        f"Căn cứ {RESOLUTION}",
        "Căn cứ Kế hoạch số 9669/KH-UBND ngày 24 tháng 12 năm 2025 của Ủy ban nhân dân tỉnh Lâm Đồng về cải cách hành "
        "chính nhà nước năm 2026",
    ),
    opening="Ủy ban nhân dân tỉnh Lâm Đồng ban hành Kế hoạch tuyên truyền cải cách hành chính (sau đây viết tắt là "
    "CCHC) năm 2026 như sau:",
    recipients=(
        "Bộ Nội vụ",
        "Thường trực Tỉnh ủy, HĐND tỉnh",
        "Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh",
        "Các sở, ban, ngành tỉnh",
        "UBND các xã, phường, đặc khu",
        "Báo và Phát thanh, Truyền hình Lâm Đồng",
        "Lưu: VT, NC",
    ),
    signature=SIGNATURE,
    signer="Trần Quang Dũng",
)

_PURPOSE = (
    "- Giúp cán bộ, công chức, viên chức nắm chắc nhiệm vụ CCHC của cơ quan, địa phương mình; người dân, doanh nghiệp "
    "biết, tham gia và giám sát.",
    "- Giới thiệu cách làm hay của cơ sở; phản ánh kịp thời việc chậm trễ, gây phiền hà.",
)
_TERMS = (
    "- Nội dung ngắn gọn, dễ hiểu, phù hợp với đồng bào các dân tộc và từng địa bàn.",
    "- Kết hợp báo chí, truyền thanh cơ sở với mạng xã hội; sử dụng kinh phí tiết kiệm.",
)
_TARGETS = (
    "- 100% cơ quan, địa phương ban hành kế hoạch tuyên truyền CCHC năm 2026.",
    "- 100% Trung tâm Phục vụ hành chính công có bảng hướng dẫn sử dụng dịch vụ công trực tuyến.",
)
_SPEAKERS = (
    ("Sở Công Thương", "23/01/2026"),
    ("Sở Giáo dục và Đào tạo", "13/3/2026"),
    ("Sở Y tế", "08/5/2026"),
    ("Sở Tài chính", "12/6/2026"),
    ("Sở Nông nghiệp và Môi trường", "10/7/2026"),
    ("Sở Xây dựng", "09/10/2026"),
    ("Sở Tư pháp", "13/11/2026"),
)
_PLACES = (
    ("UBND phường Xuân Hương - Đà Lạt", "27/3/2026"),
    ("UBND xã Đức Trọng", "24/4/2026"),
    ("UBND phường 3 Bảo Lộc", "26/6/2026"),
    ("UBND phường Phan Thiết", "24/7/2026"),
    ("UBND phường Bắc Gia Nghĩa", "28/8/2026"),
    ("UBND đặc khu Phú Quý", "23/10/2026"),
)

_EVERYONE = "Các sở, ban, ngành; UBND các xã, phường, đặc khu"
_COMMUNES = "UBND các xã, phường, đặc khu"
_TASKS = (
    (
        "Phổ biến Kế hoạch CCHC năm 2026 đến cán bộ, công chức, viên chức",
        _EVERYONE,
        "Sở Nội vụ",
        "Hoàn thành trong quý I/2026",
        "Hội nghị hoặc văn bản phổ biến",
    ),
    (
        "Đăng tin, bài CCHC trên trang thông tin điện tử của địa phương, ít nhất 04 tin, bài/tháng",
        _COMMUNES,
        "Sở Nội vụ",
        "Hằng tháng",
        "Tin, bài đã đăng",
    ),
    (
        "Phát tin, bài CCHC trên hệ thống truyền thanh cơ sở, ít nhất 02 lượt/tuần",
        _COMMUNES,
        "Sở Văn hóa, Thể thao và Du lịch",
        "Hằng tuần",
        "Lượt phát thanh",
    ),
    (
        "Tổ chức Cuộc thi trực tuyến tìm hiểu CCHC",
        "Sở Nội vụ",
        "Sở Khoa học và Công nghệ",
        "Từ ngày 01/8/2026 đến ngày 30/9/2026",
        "Cuộc thi, báo cáo kết quả",
    ),
    (
        "Tổ chức các hoạt động hưởng ứng Ngày Chuyển đổi số quốc gia",
        "Sở Khoa học và Công nghệ",
        _EVERYONE,
        "Ngày 10/10/2026",
        "Hội nghị, triển lãm",
    ),
    (
        "Niêm yết, hướng dẫn sử dụng dịch vụ công trực tuyến tại Trung tâm Phục vụ hành chính công",
        f"Văn phòng UBND tỉnh; {_COMMUNES}",
        "",
        "Thường xuyên trong năm",
        "Bảng hướng dẫn, mã QR, tờ rơi",
    ),
)
_ORGANISATION = (
    "1. Các sở, ban, ngành; UBND các xã, phường, đặc khu:",
    "a) Xây dựng, ban hành kế hoạch tuyên truyền CCHC năm 2026 của cơ quan, địa phương. Thời gian hoàn thành ban hành "
    "kế hoạch chậm nhất là ngày 30/01/2026.",
    "b) Báo cáo UBND tỉnh (qua Sở Nội vụ) kết quả tuyên truyền CCHC, lồng ghép trong báo cáo CCHC định kỳ. Riêng báo "
    "cáo năm lập thành báo cáo riêng, gửi trước ngày 18/12/2026.",
    "2. Sở Nội vụ: Theo dõi, đôn đốc, tổng hợp kết quả, báo cáo UBND tỉnh trong báo cáo CCHC định kỳ.",
    "3. Báo và Phát thanh, Truyền hình Lâm Đồng: Chủ trì sản xuất, phát sóng chương trình tại Mục II.2; bố trí kinh "
    "phí trong dự toán được giao./.",
)


def document() -> bytes:
    """The .docx of the communication plan."""
    return plan(
        _FRAME,
        layout.part("I. MỤC ĐÍCH, YÊU CẦU, CHỈ TIÊU"),
        layout.item("1. Mục đích"),
        layout.body(*_PURPOSE),
        layout.item("2. Yêu cầu"),
        layout.body(*_TERMS),
        layout.item("3. Chỉ tiêu"),
        layout.body(*_TARGETS),
        layout.part("II. NỘI DUNG, NHIỆM VỤ"),
        layout.item("1. Nhiệm vụ cụ thể"),
        tasks(_TASKS),
        layout.item("2. Chương trình truyền hình “Đối thoại về cải cách hành chính”"),
        layout.body("a) Các sở, ngành trả lời người dân, doanh nghiệp:"),
        dated([_broadcast(*row) for row in _SPEAKERS]),
        layout.body("b) Các xã, phường, đặc khu trả lời người dân, doanh nghiệp:"),
        dated([_broadcast(*row) for row in _PLACES]),
        layout.part("III. TỔ CHỨC THỰC HIỆN"),
        layout.body(*_ORGANISATION),
    )


def _broadcast(unit: str, day: str) -> tuple[str, str, str]:
    content = f"Trả lời vướng mắc của người dân, doanh nghiệp thuộc thẩm quyền giải quyết của {unit}"
    return content, f"Lãnh đạo {unit}", f"Từ 20 giờ 15 phút đến 20 giờ 45 phút ngày {day}"
