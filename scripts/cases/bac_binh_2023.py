"""Bắc Bình 2023: the provincial plan 36/KH-UBND that the district and its communes carry out."""

from __future__ import annotations

from datetime import date

from scripts.cases.sheet import Frame, plan, tasks
from scripts.word import layout

FILE = "bac-binh-2023/ke-hoach-tinh-36.docx"

_FRAME = Frame(
    agency=("ỦY BAN NHÂN DÂN", "TỈNH BÌNH THUẬN"),
    number="36",
    symbol="KH-UBND",
    place="Bình Thuận",
    issued_on=date(2023, 1, 5),
    abstract="Thông tin, tuyên truyền cải cách hành chính năm 2023",
    bases=(
        "Căn cứ Nghị quyết số 76/NQ-CP ngày 15 tháng 7 năm 2021 của Chính phủ ban hành Chương trình tổng thể cải cách "
        "hành chính nhà nước giai đoạn 2021 - 2030",
        "Căn cứ Kế hoạch cải cách hành chính năm 2023 của Ủy ban nhân dân tỉnh",
    ),
    opening="Ủy ban nhân dân tỉnh Bình Thuận ban hành Kế hoạch thông tin, tuyên truyền cải cách hành chính năm 2023 "
    "trên địa bàn tỉnh như sau:",
    recipients=(
        "Bộ Nội vụ",
        "Thường trực Tỉnh ủy, HĐND tỉnh",
        "Chủ tịch, các Phó Chủ tịch UBND tỉnh",
        "Các sở, ban, ngành tỉnh",
        "UBND các huyện, thị xã, thành phố",
        "Báo Bình Thuận, Đài Phát thanh và Truyền hình tỉnh",
        "Lưu: VT, NC",
    ),
    signature=("TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"),
    signer="Nguyễn Văn Minh",
)

_AIMS = (
    "- Nâng cao nhận thức, trách nhiệm của cán bộ, công chức, viên chức và người dân, tổ chức về ý nghĩa, nội dung của "
    "công tác cải cách hành chính.",
    "- Cung cấp thông tin kịp thời về kết quả Chỉ số cải cách hành chính (PAR Index), Chỉ số hài lòng về sự phục vụ "
    "hành chính (SIPAS), Chỉ số hiệu quả quản trị và hành chính công (PAPI), Chỉ số năng lực cạnh tranh cấp tỉnh (PCI) "
    "và kết quả khảo sát mức độ hài lòng của người dân, tổ chức.",
)
_TERMS = (
    "- Tuyên truyền thường xuyên, liên tục, có trọng tâm, phù hợp với từng nhóm đối tượng và từng địa bàn.",
    "- Phát huy trách nhiệm của người đứng đầu cơ quan, đơn vị; sử dụng tiết kiệm, hiệu quả các nguồn lực.",
)
_TARGETS = (
    "- 100% sở, ban, ngành, UBND các huyện, thị xã, thành phố và UBND các xã, phường, thị trấn ban hành kế hoạch thông "
    "tin, tuyên truyền cải cách hành chính năm 2023.",
    "- UBND các huyện, thị xã, thành phố đăng tải ít nhất 05 tin, bài/tháng về cải cách hành chính trên cổng, trang "
    "thông tin điện tử của địa phương.",
    "- Ít nhất 90% nhiệm vụ của Kế hoạch hoàn thành đúng thời hạn.",
)

_EVERYONE = "Các sở, ban, ngành; UBND các huyện, thị xã, thành phố"
_DISTRICTS = "UBND các huyện, thị xã, thành phố"
_COMMUNES = "UBND các xã, phường, thị trấn"
_TASKS = (
    (
        "Phổ biến, quán triệt Kế hoạch cải cách hành chính năm 2023 đến cán bộ, công chức, viên chức",
        _EVERYONE,
        _COMMUNES,
        "Hoàn thành trong quý I/2023",
        "Hội nghị hoặc văn bản phổ biến",
    ),
    (
        "Duy trì chuyên mục cải cách hành chính; đăng tải ít nhất 05 tin, bài/tháng trên cổng, trang thông tin điện tử",
        _DISTRICTS,
        "Phòng Nội vụ, Phòng Văn hóa và Thông tin cấp huyện",
        "Hằng tháng",
        "Tin, bài đã đăng",
    ),
    (
        "Mở chuyên mục cải cách hành chính trên Cổng thông tin điện tử tỉnh, đăng tải văn bản, kết quả các chỉ số",
        "Sở Thông tin và Truyền thông",
        "Văn phòng UBND tỉnh; Sở Nội vụ",
        "Thường xuyên",
        "Chuyên mục, tin, bài",
    ),
    (
        "Xây dựng phóng sự, chuyên đề truyền hình về cải cách hành chính, mỗi quý ít nhất 01 chuyên đề",
        "Đài Phát thanh và Truyền hình tỉnh",
        "Sở Nội vụ",
        "Hằng quý",
        "Phóng sự, chuyên đề",
    ),
    (
        "Đăng tin, bài, bản tin cải cách hành chính trên báo in và báo điện tử",
        "Báo Bình Thuận",
        "Các sở, ban, ngành",
        "Thường xuyên",
        "Tin, bài",
    ),
    (
        "Công bố, tuyên truyền kết quả PAR Index, SIPAS, PAPI, PCI năm 2022",
        "Sở Nội vụ",
        "Sở Kế hoạch và Đầu tư; Báo Bình Thuận",
        "Chậm nhất ngày 31/5/2023",
        "Báo cáo công bố; tin, bài",
    ),
    (
        "Tập huấn nghiệp vụ tuyên truyền cải cách hành chính cho công chức đầu mối",
        "Sở Nội vụ",
        "Các sở, ban, ngành; UBND các huyện, thị xã, thành phố",
        "Trong tháng 5/2023",
        "02 lớp tập huấn",
    ),
    (
        "Tuyên truyền dịch vụ công trực tuyến, thanh toán trực tuyến tại bộ phận tiếp nhận và trả kết quả",
        _EVERYONE,
        _COMMUNES,
        "Từ ngày 15/3/2023 đến ngày 30/11/2023",
        "Tờ rơi, bảng hướng dẫn, video clip",
    ),
    (
        "Lắp đặt băng rôn, áp phích, pano tuyên truyền tại trụ sở và nơi công cộng",
        f"{_DISTRICTS}; {_COMMUNES}",
        "Phòng Văn hóa và Thông tin cấp huyện",
        "Trước ngày 30/4/2023",
        "Băng rôn, áp phích, pano",
    ),
    (
        "Phát thanh nội dung cải cách hành chính trên hệ thống truyền thanh cơ sở, ít nhất 02 lượt/tuần",
        _COMMUNES,
        "Trung tâm Văn hóa, Thông tin và Thể thao cấp huyện",
        "Hằng tuần",
        "Lượt phát thanh",
    ),
    (
        "Khảo sát mức độ hài lòng của người dân, tổ chức; công khai kết quả khảo sát",
        "Sở Nội vụ",
        "Đề nghị Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh; UBND các huyện, thị xã, thành phố",
        "Hoàn thành trước ngày 15/11/2023",
        "Báo cáo kết quả khảo sát",
    ),
    (
        "Giới thiệu sáng kiến, mô hình hay về cải cách hành chính",
        "Sở Nội vụ",
        _EVERYONE,
        "Quý III/2023",
        "Tài liệu giới thiệu; tin, bài",
    ),
    (
        "Thẩm định, bố trí kinh phí thông tin, tuyên truyền cải cách hành chính",
        "Sở Tài chính",
        "Sở Nội vụ",
        "Khi có yêu cầu",
        "Văn bản thẩm định",
    ),
)

_ORGANISATION = (
    "1. Các sở, ban, ngành và UBND các huyện, thị xã, thành phố ban hành kế hoạch thông tin, tuyên truyền cải cách "
    "hành chính năm 2023 của cơ quan, địa phương, có bố trí kinh phí thực hiện, gửi về UBND tỉnh (qua Sở Nội vụ) trước "
    "ngày 15/02/2023.",
    "2. UBND các huyện, thị xã, thành phố chỉ đạo các phòng, ban chuyên môn thuộc huyện và UBND các xã, phường, thị "
    "trấn xây dựng kế hoạch của đơn vị. Thời gian hoàn thành xây dựng kế hoạch: Trước ngày 01/3/2023.",
    "3. Chế độ báo cáo:",
    "a) Các phòng, ban chuyên môn thuộc huyện và UBND các xã, phường, thị trấn gửi báo cáo 6 tháng đầu năm về UBND cấp "
    "huyện (qua Phòng Nội vụ) trước ngày 17/6/2023, báo cáo năm trước ngày 19/12/2023;",
    "b) Các sở, ban, ngành và UBND các huyện, thị xã, thành phố gửi báo cáo 6 tháng đầu năm về UBND tỉnh (qua Sở Nội "
    "vụ) trước ngày 20/6/2023, báo cáo năm trước ngày 20/12/2023;",
    "c) Giao Sở Nội vụ tổng hợp, báo cáo UBND tỉnh kết quả 6 tháng đầu năm trước ngày 21/6/2023, kết quả năm trước "
    "ngày "
    "22/12/2023.",
    "4. Giao Sở Nội vụ theo dõi, đôn đốc, kiểm tra việc thực hiện Kế hoạch này; kịp thời báo cáo UBND tỉnh những khó "
    "khăn, vướng mắc./.",
)


def document() -> bytes:
    """The .docx of the provincial plan."""
    return plan(
        _FRAME,
        layout.part("I. MỤC ĐÍCH, YÊU CẦU"),
        layout.item("1. Mục đích"),
        layout.body(*_AIMS),
        layout.item("2. Yêu cầu"),
        layout.body(*_TERMS),
        layout.part("II. CHỈ TIÊU"),
        layout.body(*_TARGETS),
        layout.part("III. NỘI DUNG, NHIỆM VỤ"),
        tasks(_TASKS),
        layout.part("IV. KINH PHÍ"),
        layout.body(
            "Kinh phí thực hiện do ngân sách nhà nước bảo đảm theo phân cấp, bố trí trong dự toán năm 2023 của các cơ "
            "quan, đơn vị, địa phương và các nguồn kinh phí hợp pháp khác."
        ),
        layout.part("V. TỔ CHỨC THỰC HIỆN"),
        layout.body(*_ORGANISATION),
    )
