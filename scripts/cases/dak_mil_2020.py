"""Đắk Mil 2020: a district's plan carried by loudspeakers, classes, dialogues and contests."""

from __future__ import annotations

from datetime import date

from scripts.cases.sheet import Frame, plan, tasks
from scripts.word import layout

FILE = "dak-mil-2020/ke-hoach-huyen-04.docx"

_FRAME = Frame(
    agency=("ỦY BAN NHÂN DÂN", "HUYỆN ĐẮK MIL"),
    number="04",
    symbol="KH-UBND",
    place="Đắk Mil",
    issued_on=date(2020, 1, 7),
    abstract="Tuyên truyền công tác cải cách hành chính năm 2020 trên địa bàn huyện Đắk Mil",
    bases=(
        "Căn cứ Luật Tổ chức chính quyền địa phương ngày 19 tháng 6 năm 2015",
        "Căn cứ Nghị quyết số 30c/NQ-CP ngày 08 tháng 11 năm 2011 của Chính phủ ban hành Chương trình tổng thể cải "
        "cách "
        "hành chính nhà nước giai đoạn 2011 - 2020",
    ),
    opening="Ủy ban nhân dân huyện Đắk Mil ban hành Kế hoạch tuyên truyền công tác cải cách hành chính năm 2020 như "
    "sau:",
    recipients=(
        "UBND tỉnh Đắk Nông",
        "Sở Nội vụ tỉnh Đắk Nông",
        "Thường trực Huyện ủy, HĐND huyện",
        "Các cơ quan chuyên môn thuộc huyện",
        "UBND các xã, thị trấn",
        "Lưu: VT, NV",
    ),
    signature=("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"),
    signer="Trần Văn Bình",
)

_DIVISIONS = "Các phòng, ban chuyên môn thuộc huyện"
_COMMUNES = "UBND các xã, thị trấn"
_TASKS = (
    (
        "Phát thanh nội dung cải cách hành chính trên đài truyền thanh xã, thị trấn, ít nhất 04 buổi/tháng",
        _COMMUNES,
        "Trung tâm Văn hóa, Thể thao và Truyền thông huyện",
        "Hàng tháng",
        "Chương trình phát thanh",
    ),
    (
        "Đăng tải tin, bài, thủ tục hành chính, dịch vụ công trực tuyến mức độ 3, 4 trên Trang thông tin điện tử huyện",
        "Phòng Văn hóa và Thông tin",
        _DIVISIONS,
        "Thường xuyên",
        "Tin, bài",
    ),
    (
        "Mở lớp tập huấn kiến thức, kỹ năng cải cách hành chính cho cán bộ, công chức cấp xã",
        "Phòng Nội vụ",
        _COMMUNES,
        "Quý II/2020",
        "01 lớp tập huấn",
    ),
    (
        "Tổ chức hội nghị đối thoại giữa lãnh đạo xã, thị trấn với người dân về giải quyết thủ tục hành chính",
        _COMMUNES,
        "Đề nghị Ủy ban Mặt trận Tổ quốc Việt Nam huyện",
        "Từ tháng 4 đến tháng 9",
        "Biên bản, báo cáo hội nghị",
    ),
    (
        "Lắp đặt pano, áp phích, băng rôn tại trụ sở và các tuyến đường chính",
        f"Phòng Văn hóa và Thông tin; {_COMMUNES}",
        _DIVISIONS,
        "Trước ngày 30/6/2020",
        "Pano, áp phích, băng rôn",
    ),
    (
        "Tổ chức cuộc thi tìm hiểu cải cách hành chính",
        "Phòng Nội vụ",
        "Huyện đoàn; Liên đoàn Lao động huyện",
        "Hoàn thành trong tháng 10/2020",
        "Cuộc thi, báo cáo kết quả",
    ),
    (
        "Phát động sáng kiến cải cách hành chính trong cán bộ, công chức, viên chức",
        f"{_DIVISIONS}; {_COMMUNES}",
        "Phòng Nội vụ",
        "Chậm nhất ngày 30/9/2020",
        "Sáng kiến được công nhận",
    ),
    (
        "Kiểm tra việc thực hiện Kế hoạch tại ít nhất 50% xã, thị trấn",
        "Phòng Nội vụ",
        "Văn phòng HĐND và UBND huyện",
        "Quý III/2020",
        "Báo cáo kiểm tra",
    ),
)


def document() -> bytes:
    """The .docx of the district's plan."""
    return plan(
        _FRAME,
        layout.part("I. MỤC ĐÍCH, YÊU CẦU"),
        layout.body(
            "1. Tạo chuyển biến trong nhận thức và hành động của cán bộ, công chức, viên chức; vận động người dân, "
            "doanh "
            "nghiệp tham gia, giám sát công tác cải cách hành chính.",
            "2. Hình thức tuyên truyền đa dạng, phù hợp với đồng bào các dân tộc trên địa bàn huyện; lồng ghép với các "
            "hoạt động sẵn có để tiết kiệm kinh phí.",
        ),
        layout.part("II. NỘI DUNG, NHIỆM VỤ"),
        tasks(_TASKS),
        layout.part("III. KINH PHÍ"),
        layout.body("Kinh phí thực hiện bố trí trong dự toán ngân sách năm 2020 của các cơ quan, đơn vị."),
        layout.part("IV. TỔ CHỨC THỰC HIỆN"),
        layout.body(
            "1. Các phòng, ban chuyên môn thuộc huyện và UBND các xã, thị trấn xây dựng kế hoạch tuyên truyền cải cách "
            "hành chính năm 2020, gửi về UBND huyện (qua Phòng Nội vụ) trước ngày 15/02/2020.",
            "2. Các phòng, ban chuyên môn thuộc huyện và UBND các xã, thị trấn gửi báo cáo 6 tháng đầu năm trước ngày "
            "17/6/2020, báo cáo năm trước ngày 17/12/2020 về UBND huyện (qua Phòng Nội vụ).",
            "3. Giao Phòng Nội vụ theo dõi, đôn đốc, tổng hợp kết quả, tham mưu UBND huyện báo cáo UBND tỉnh./.",
        ),
    )
