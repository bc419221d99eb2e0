"""An emulation movement 2022–2025: one plan over several years, with scores, reviews and rewards."""

from __future__ import annotations

from datetime import date

from scripts.cases.sheet import Frame, plan, tasks
from scripts.word import layout

FILE = "emulation-2022-2025/ke-hoach-huyen-111.docx"

_FRAME = Frame(
    agency=("ỦY BAN NHÂN DÂN", "HUYỆN BẮC BÌNH"),
    number="111",
    symbol="KH-UBND",
    place="Bắc Bình",
    issued_on=date(2022, 8, 2),
    abstract="Tổ chức phong trào thi đua đẩy mạnh cải cách hành chính giai đoạn 2022 - 2025",
    bases=(
        "Căn cứ Luật Thi đua, khen thưởng ngày 26 tháng 11 năm 2003 và các Luật sửa đổi, bổ sung",
        "Căn cứ Nghị quyết số 76/NQ-CP ngày 15 tháng 7 năm 2021 của Chính phủ ban hành Chương trình tổng thể cải cách "
        "hành chính nhà nước giai đoạn 2021 - 2030",
    ),
    opening="Ủy ban nhân dân huyện ban hành Kế hoạch tổ chức phong trào thi đua đẩy mạnh cải cách hành chính giai đoạn "
    "2022 - 2025 như sau:",
    recipients=(
        "Thường trực Huyện ủy, HĐND huyện",
        "Chủ tịch, các Phó Chủ tịch UBND huyện",
        "Các phòng, ban chuyên môn thuộc huyện",
        "UBND các xã, thị trấn",
        "Lưu: VT, NV",
    ),
    signature=("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"),
    signer="Lê Thị Hòa",
)

_FIELDS = (
    "a) Cải cách thể chế;",
    "b) Cải cách thủ tục hành chính;",
    "c) Cải cách tổ chức bộ máy hành chính nhà nước;",
    "d) Cải cách chế độ công vụ;",
    "đ) Cải cách tài chính công;",
    "e) Xây dựng và phát triển chính quyền điện tử, chính quyền số;",
    "g) Công tác chỉ đạo, điều hành và thông tin, tuyên truyền cải cách hành chính.",
)
_ALL = "Các phòng, ban chuyên môn thuộc huyện; UBND các xã, thị trấn"
_TASKS = (
    (
        "Ban hành kế hoạch phát động phong trào thi đua của cơ quan, đơn vị",
        _ALL,
        "Phòng Nội vụ",
        "Trước ngày 15/9/2022",
        "Kế hoạch",
    ),
    (
        "Xây dựng tiêu chí thi đua, bảng điểm của cơ quan, đơn vị",
        _ALL,
        "Phòng Nội vụ",
        "Hoàn thành trong quý IV/2022",
        "Bộ tiêu chí",
    ),
    (
        "Tuyên truyền mục đích, nội dung phong trào; thực hiện nội dung “05 T”, “05 K” trong giao tiếp, giải quyết "
        "công việc",
        _ALL,
        "Phòng Văn hóa và Thông tin",
        "Thường xuyên",
        "Tin, bài; bảng niêm yết",
    ),
    ("Đăng ký nội dung thi đua của năm", _ALL, "Phòng Nội vụ", "Trước ngày 31/01 hằng năm", "Bản đăng ký"),
    (
        "Tự chấm điểm, gửi kết quả chấm điểm của năm",
        _ALL,
        "Phòng Nội vụ",
        "Trước ngày 15/11 hằng năm",
        "Bảng tự chấm điểm",
    ),
    (
        "Thẩm định, xếp hạng kết quả thi đua của năm",
        "Phòng Nội vụ",
        "Văn phòng HĐND và UBND huyện",
        "Trước ngày 15/12 hằng năm",
        "Bảng xếp hạng",
    ),
    ("Sơ kết phong trào thi đua", "Phòng Nội vụ", _ALL, "Quý IV/2023", "Báo cáo sơ kết"),
    (
        "Tổng kết phong trào thi đua, đề nghị khen thưởng",
        "Phòng Nội vụ",
        _ALL,
        "Quý III/2025",
        "Báo cáo tổng kết; hồ sơ khen thưởng",
    ),
)


def document() -> bytes:
    """The .docx of the emulation plan."""
    return plan(
        _FRAME,
        layout.part("I. MỤC ĐÍCH, YÊU CẦU"),
        layout.body(
            "1. Khơi dậy tinh thần thi đua, sáng tạo của tập thể, cá nhân trong thực hiện nhiệm vụ cải cách hành "
            "chính.",
            "2. Phong trào được tổ chức thiết thực, gắn với nhiệm vụ chính trị; việc xét khen thưởng công khai, đúng "
            "đối "
            "tượng.",
        ),
        layout.part("II. NỘI DUNG THI ĐUA"),
        layout.body("1. Thi đua trên bảy lĩnh vực:", *_FIELDS),
        layout.body("2. Nhiệm vụ cụ thể:"),
        tasks(_TASKS),
        layout.part("III. CHẤM ĐIỂM, KHEN THƯỞNG"),
        layout.body(
            "1. Hoàn thành 100% nhiệm vụ đăng ký: đạt điểm tối đa; từ 90% đến dưới 100%: tính theo tỷ lệ; dưới 90%: "
            "không "
            "chấm điểm.",
            "2. Mỗi đơn vị đề nghị khen thưởng không quá 01 tập thể, 03 cá nhân.",
        ),
        layout.part("IV. THỜI GIAN TỔ CHỨC PHONG TRÀO"),
        layout.body("Từ tháng 8/2022 đến tháng 12/2025; sơ kết năm 2023, tổng kết năm 2025."),
        layout.part("V. TỔ CHỨC THỰC HIỆN"),
        layout.body(
            "1. Các phòng, ban chuyên môn thuộc huyện và UBND các xã, thị trấn gửi báo cáo kết quả thực hiện phong "
            "trào về "
            "UBND huyện (qua Phòng Nội vụ) trước ngày 15/11 hằng năm.",
            "2. Giao Phòng Nội vụ theo dõi, đôn đốc, tổng hợp, báo cáo UBND huyện./.",
        ),
    )
