"""Numbers that are no targets: document numbers, dates, articles, ordinals, hours, standards, slogans."""

from __future__ import annotations

import re

from plan_lifecycle.domain.regex import regex
from plan_lifecycle.domain.target._dates import When

# What fills the place of a trap: no letter, no digit, no separator, so that the words around it keep their places.
FILL = "·"
_NO_SHARE = r"(?!\d|[.,]\d|\s*(?:%|phần trăm))"
_EACH = r"(?<!mỗi\s)(?<!từng\s)(?<!hằng\s)(?<!một\s)(?<!z\s)(?<!/)(?<!/\s)"

_TRAPS = regex(
    "|".join(
        (
            # Documents: 36/KH-UBND, 14-KH/TU, 197/2025/QH15, 66-NQ/TW, số 36, số: 05
            r"(?<![\w.,])\d+\s*/\s*\d{4}\s*/\s*[^\W\d_][\w&-]*",
            r"(?<![\w.,])\d+\s*[/-]\s*(?:kh|nq|qđ|ct|ctr|tb|bc|hd|ttr|nđ|tt|ttlt|kl|cv|qh|ubnd|hđnd|snv|đa|pl|tw|tu)"
            r"(?:[\w&/-])*",
            r"(?<!tổng\s)(?<!một\s)(?<!trong\s)\bsố\s*:?\s*\d[\d./]*(?![\d.,]|\s*(?:%|phần trăm))",
            # Articles, headings, ordinals
            r"\b(?:điều|khoản|mục|chương|phần|phụ lục|biểu|mẫu|bảng|tiết|trang|dòng|cột|bước|mức độ|cấp độ|khóa|thứ|"
            r"lần thứ|kỳ|đợt|lần|nhóm|loại|hạng|vùng|khu vực|khu phố|tiểu khu|đường|quốc lộ|tổng đài|nghị định|"
            rf"thông tư|nghị quyết|quyết định|chỉ thị|kết luận|công văn|luật)\s+\d+{_NO_SHARE}"
            r"(?:\s*(?:,|và|-)\s*\d+(?![\d%]|[.,]\d|\s*\w))*",
            rf"{_EACH}\b(?:phường|quận|thôn|ấp|tổ|xóm|đội)\s+\d+{_NO_SHARE}(?=\s*(?:[,;.)]|$))",
            r"(?:^|(?<=[;:]\s))\(?\d{1,2}(?:\.\d{1,2})*[.)](?=\s)",
            r"\(\d{1,2}\)",
            # Days, months and hours
            r"\b(?:mùng|ngày)\s+\d{1,2}(?:\s*[/-]\s*\d{1,2})?(?!\d|\s*%)(?:\s*(?:,|và|-|đến)\s*(?:ngày\s+)?\d{1,2}/\d{1,2})*(?:\s+(?:của\s+)?tháng(?:\s+\d{1,2})?)?",
            r"(?<![\w.,/])\d{1,2}/\d{1,2}(?=\s+(?:hằng|mỗi|của)?\s*năm\b)",
            r"(?<=\()\d{1,2}/\d{1,2}(?=\))",
            rf"{_EACH}\b(?:tháng|quý)\s+\d{{1,2}}(?:\s*(?:-|,|và|đến(?:\s+tháng)?)\s*\d{{1,2}})?{_NO_SHARE}",
            r"\b(?:năm|giai đoạn|nhiệm kỳ|niên khóa)\s+(?:19|20)\d\d(?:\s*-\s*\d{2,4})?",
            r"(?<![\w.,])(?:19|20)\d\d\s*-\s*(?:19|20)\d\d(?!\d)",
            r"\b0?(?:6|9)\s+tháng(?=\s+(?:đầu|cuối)\b)",
            r"(?<![\w.,])\d{1,2}\s?h\s?\d{0,2}(?!\w)",
            r"\b(?:lúc|trước|vào)\s+\d{1,2}\s+giờ(?:\s+\d{1,2}(?:\s+phút)?)?",
            r"(?<![\w.,/])(?:24/7|24/24|7/7)(?![\w/])",
            r"\b(?:trước|đến|từ|và|hết)\s+\d{1,2}/(?:0?[1-9]|1[0-2])(?![\d/.,%]|\s+[^\W\d_])",
            # Standards, generations, slogans, telephones, ages
            r"\b(?:iso|tcvn|qcvn|covid|ipv)[\s/:.-]*+\d(?:[\d:./-]*\d)?(?:\s*:\s*\d{4})?",
            r"\b(?:công nghiệp|công nghệ|cách mạng|phiên bản|web|chính quyền)\s+(?:lần thứ\s+)?\d\.\d(?!\d|%)",
            r"(?<![\w.,])\d{1,2}\s?[tkdsg](?![\w&])",
            r"(?<![\w.,])0\d{2,3}[.\s]?\d{3}[.\s]?\d{3,4}(?!\d)",
            r"(?:\btừ\s+|\btrên\s+|\bdưới\s+|\bđủ\s+)?(?<![\w.,])\d{1,3}(?:\s*-\s*\d{1,3})?\s+tuổi(?:\s+trở lên)?",
        )
    )
)
# A bare year at the end of a phrase ("CCHC 2025"), and government in so many tiers.
_LATE = regex(r"(?<![\w.,/-])(?:19|20)\d\d(?=\s*(?:[,;.)]|$))|(?<![\w.,])0?[23]\s+cấp\b")


def blank_traps(plain: str, dates: list[When]) -> str:
    """``plain`` with dates and other numbers that are no targets filled over; its length is kept."""
    for when in dates:
        plain = plain[: when.start] + FILL * (when.end - when.start) + plain[when.end :]
    return _LATE.sub(_fill, _TRAPS.sub(_fill, plain))


def _fill(match: re.Match[str]) -> str:
    return FILL * len(match[0])
