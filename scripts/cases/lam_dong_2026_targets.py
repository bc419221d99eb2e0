"""The reform plan of Lâm Đồng 2026, field by field: targets, and what is to be done for them in general."""

from __future__ import annotations

TARGETS: tuple[tuple[str, tuple[str, ...], tuple[str, ...]], ...] = (
    (
        "Cải cách thể chế",
        (
            "100% văn bản quy phạm pháp luật được cập nhật kịp thời trên cơ sở dữ liệu quốc gia về pháp luật.",
            "100% văn bản có nội dung trái pháp luật được xử lý sau kiểm tra.",
        ),
        (
            "Rà soát, sửa đổi văn bản của ba tỉnh trước sắp xếp để áp dụng thống nhất trên địa bàn tỉnh.",
            "Ứng dụng trí tuệ nhân tạo trong phổ biến, giáo dục pháp luật.",
        ),
    ),
    (
        "Cải cách thủ tục hành chính",
        (
            "Tối thiểu 98% hồ sơ thủ tục hành chính được giải quyết trước và đúng hạn.",
            "100% hồ sơ trễ hẹn có văn bản xin lỗi người dân, tổ chức.",
            "100% phản ánh, kiến nghị về quy định hành chính được xử lý, công khai kết quả.",
            "100% thủ tục hành chính được tiếp nhận, trả kết quả tại bộ phận một cửa.",
        ),
        (
            "Cắt giảm thành phần hồ sơ, thời gian giải quyết; công bố, công khai thủ tục hành chính kịp thời.",
            "Lãnh đạo cơ quan, địa phương kiểm tra tình hình hồ sơ hằng tuần, đối thoại với người dân hằng quý.",
        ),
    ),
    (
        "Cải cách tổ chức bộ máy",
        (
            "100% cơ quan chuyên môn cấp tỉnh, phòng chuyên môn cấp xã có quy định chức năng, nhiệm vụ.",
            "Số biên chế sử dụng không vượt quá số được giao.",
        ),
        ("Sắp xếp đơn vị sự nghiệp công lập; kiểm tra việc thực hiện nhiệm vụ phân cấp, phân quyền cho cấp xã.",),
    ),
    (
        "Cải cách chế độ công vụ",
        (
            "100% công chức được bố trí theo vị trí việc làm đã phê duyệt.",
            "100% chỉ tiêu đào tạo, bồi dưỡng được hoàn thành.",
        ),
        ("Bồi dưỡng công chức cấp xã; kiểm tra đột xuất việc chấp hành kỷ luật, kỷ cương hành chính.",),
    ),
    (
        "Cải cách tài chính công",
        (
            "Giải ngân trên 90% kế hoạch vốn đầu tư công năm 2026.",
            "100% kiến nghị của thanh tra, kiểm toán về tài chính, ngân sách được thực hiện.",
        ),
        ("Giao vốn, giải ngân đúng tiến độ; sử dụng có hiệu quả trụ sở dôi dư.",),
    ),
    (
        "Xây dựng và phát triển chính quyền điện tử, chính quyền số",
        (
            "Tối thiểu 80% hồ sơ được nộp trực tuyến toàn trình.",
            "Tối thiểu 80% kết quả giải quyết thủ tục hành chính được số hóa.",
            "100% thủ tục hành chính có yêu cầu nghĩa vụ tài chính được thanh toán trực tuyến.",
            "Trên 95% văn bản điện tử được ký số.",
        ),
        ("Kết nối, chia sẻ dữ liệu; phát huy Tổ công nghệ số cộng đồng tại thôn, tổ dân phố.",),
    ),
)
