"""Sở Ngoại vụ Tây Ninh 2020: a department's own plan, told by numbers of items, texts and services."""

from __future__ import annotations

from datetime import date

from scripts.cases.sheet import Frame, plan, tasks
from scripts.word import layout

FILE = "tay-ninh-so-ngoai-vu-2020/ke-hoach-so-ngoai-vu.docx"

_FRAME = Frame(
    superior=("UBND TỈNH TÂY NINH",),
    agency=("SỞ NGOẠI VỤ",),
    number="05",
    symbol="KH-SNgV",
    place="Tây Ninh",
    issued_on=date(2020, 1, 20),
    abstract="Tuyên truyền cải cách hành chính năm 2020 của Sở Ngoại vụ",
    bases=(
        "Căn cứ Nghị quyết số 30c/NQ-CP ngày 08 tháng 11 năm 2011 của Chính phủ ban hành Chương trình tổng thể cải "
        "cách "
        "hành chính nhà nước giai đoạn 2011 - 2020",
        "Căn cứ Kế hoạch tuyên truyền cải cách hành chính năm 2020 của Ủy ban nhân dân tỉnh Tây Ninh",
    ),
    opening="Sở Ngoại vụ ban hành Kế hoạch tuyên truyền cải cách hành chính năm 2020 như sau:",
    recipients=("Sở Nội vụ", "Ban Giám đốc Sở", "Các phòng, đơn vị thuộc Sở", "Lưu: VT, VP"),
    signature=("GIÁM ĐỐC",),
    signer="Phạm Thị Lan",
)

_ALL = "Các phòng, đơn vị thuộc Sở"
_TASKS = (
    (
        "Phổ biến văn bản quy phạm pháp luật, văn bản chỉ đạo về cải cách hành chính; lập danh mục văn bản đã phổ biến",
        "Văn phòng Sở",
        _ALL,
        "Hằng tháng",
        "Danh mục văn bản",
    ),
    (
        "Đăng tin, bài trên Trang thông tin điện tử Sở, ít nhất 02 tin, bài/tháng; đánh giá số lượng, chất lượng "
        "tin, bài",
        "Văn phòng Sở",
        _ALL,
        "Thường xuyên",
        "Tin, bài",
    ),
    (
        "Tuyên truyền, hướng dẫn sử dụng dịch vụ công trực tuyến mức độ 3, mức độ 4 thuộc lĩnh vực ngoại vụ",
        "Phòng Lãnh sự",
        "Văn phòng Sở",
        "Từ ngày 01/3/2020 đến ngày 30/11/2020",
        "Tờ gấp, bảng hướng dẫn",
    ),
    (
        "Tiếp nhận, trả lời phản ánh, kiến nghị của tổ chức, cá nhân về thủ tục hành chính",
        "Thanh tra Sở",
        "Phòng Lãnh sự",
        "Thường xuyên, định kỳ hằng quý báo cáo Giám đốc Sở",
        "Sổ theo dõi, văn bản trả lời",
    ),
    (
        "Báo cáo kết quả tuyên truyền tại Hội nghị sơ kết 6 tháng đầu năm",
        "Văn phòng Sở",
        _ALL,
        "Chậm nhất ngày 30/6/2020",
        "Báo cáo",
    ),
)


def document() -> bytes:
    """The .docx of the department's plan."""
    return plan(
        _FRAME,
        layout.part("I. MỤC ĐÍCH, YÊU CẦU"),
        layout.body(
            "1. Nâng cao nhận thức của công chức, người lao động; giúp tổ chức, cá nhân tiếp cận thông tin, thủ tục "
            "hành "
            "chính thuận lợi.",
            "2. Nội dung tuyên truyền chính xác, kịp thời, gắn với nhiệm vụ chuyên môn của Sở.",
        ),
        layout.part("II. NỘI DUNG, NHIỆM VỤ"),
        tasks(_TASKS),
        layout.part("III. KINH PHÍ"),
        layout.body("Sử dụng kinh phí được giao trong dự toán năm 2020 của Sở Ngoại vụ."),
        layout.part("IV. TỔ CHỨC THỰC HIỆN"),
        layout.body(
            "1. Các phòng, đơn vị thuộc Sở gửi báo cáo 6 tháng đầu năm trước ngày 17/6/2020, báo cáo năm trước ngày "
            "17/12/2020 về Văn phòng Sở.",
            "2. Văn phòng Sở tổng hợp, tham mưu Giám đốc Sở gửi báo cáo về Sở Nội vụ trước ngày 20/6/2020 và trước "
            "ngày "
            "19/12/2020./.",
        ),
    )
