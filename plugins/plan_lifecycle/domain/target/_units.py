"""What is counted, as written ("tin, bài"), and per what: a period, or each unit."""

from __future__ import annotations

import re

from plan_lifecycle.domain.phrase import Text, any_of
from plan_lifecycle.domain.regex import regex
from plan_lifecycle.domain.target._periods import PERIOD, period_of

_UNITS = any_of(
    "cơ quan, đơn vị, địa phương, xã, phường, thị trấn, đặc khu, huyện, thị xã, quận, tỉnh, sở, phòng, ban, "
    "thôn, bản, ấp, khu phố, tổ dân phố, trường, khối, cụm, tổ chức, doanh nghiệp, chi bộ, chi hội"
)
_ONE = r"(?:(?:0?1|một) )?"
_LEAD = (
    rf"(?:\b(?:mỗi|hằng|từng|bình quân) {_ONE}|\btrong (?:mỗi|một|0?1) |\b(?:một|z|0?1) |"
    r"\bđịnh kỳ )"
)
_PER_PERIOD = regex(rf"{_LEAD}{PERIOD}\b")
_PER_UNIT = regex(rf"\b(?:mỗi|từng) (?:một )?{_UNITS}\b")
_SLASHED_PERIOD = regex(rf"\s*/\s*(?:[^\d\s/,;.()]+(?:\s[^\d\s/,;.()]+)?\s*/\s*)?{_ONE}{PERIOD}\b")
_SLASHED_UNIT = regex(rf"\s*/\s*{_ONE}{_UNITS}\b")

_NOUN = regex(
    any_of(
        "tin, bài, ảnh, phóng sự, video, clip, bản tin, chuyên mục, chuyên trang, chương trình, pa nô, panô, "
        "pa-nô, áp phích, băng rôn, khẩu hiệu, tờ rơi, tờ gấp, hội nghị, hội thảo, tọa đàm, lớp, cuộc, buổi, xã, "
        "phường, thị trấn, đặc khu, huyện, thị xã, thành phố, tỉnh, sở, ban, ngành, phòng, đơn vị, cơ quan, "
        "địa phương, tổ chức, đoàn thể, cá nhân, tập thể, gia đình, cán bộ, công chức, viên chức, "
        "người lao động, phóng viên, doanh nghiệp, hợp tác xã, htx, hkd, dnnvv, hộ, thôn, bản, ấp, khu phố, "
        "tổ dân phố, cụm công nghiệp, trường"
    )
)
_STOP = regex(
    any_of(
        "một, trên, tại, ở, của, trong, ngoài, được, có, phải, đạt, cho, về, để, theo, từ, với, so, khi, nếu, thì, "
        "là, do, bởi, như, vào, qua, sau, trước, mỗi, hằng, từng, trở, không, chưa, đã, đang, sẽ, nhằm, gồm, "
        "nên, bị, đều, cùng, hoặc, năm, quý, tối, ít, lên, xuống, hưởng, đóng, nộp, biết, hiểu, nắm, đăng, "
        "tuyên truyền, bố trí, triển khai, thực hiện, ứng dụng, sử dụng, áp dụng, hoàn thành, hoàn thiện, "
        "xây dựng, ban hành, tổ chức, tham gia, cung cấp, tiếp cận, tiếp nhận, giải quyết, nghiêm túc, kết nối, "
        "công khai, cập nhật, số hóa, hài lòng, phát sinh, khai thác, vận hành, trực tiếp, đáp ứng, bảo đảm, "
        "đảm bảo, giai đoạn, dẫn đầu, đứng đầu"
    )
    + r"|(?:(?<!điểm )đến|(?<!trực )thuộc|bằng(?! sông)|và(?! (?:vừa|nhỏ|đào tạo|công nghệ)\b))\b"
)
_COUNTED = regex(r"\s*(?:(?:trong )?(?:tổng số|số lượng|toàn bộ)|(?:số|các|những)(?! (?:lượng|hóa)))(?=\s)")
_WORD = regex(r"\s*([^\W\d_][\w&]*(?:-[^\W\d_][\w&]*)*)")
_SEPARATOR = regex(r"\s*(?:,|/|\s-\s|\bvà\b)\s*")
_RATE = regex(
    r"\s*/\s*(?:\d+ )?(?:(?:0?[2-9]|1[01]) tháng\b|"
    + any_of("tuần, ngày, giờ, buổi, kỳ, người, hộ, lớp, cuộc, lần, năm học, học kỳ, km2, ha")
    + ")"
)
_DURATION = regex(r"\s*(?P<long>năm|tháng|quý|tuần|tuổi)?(?P<short>ngày|giờ|phút|giây)?\b")
_WEEKLY = regex(r"\b(?:mỗi|hằng|từng|một|z) (tuần|ngày)\b|^(tuần)\s*$")
_LONGEST = 7


def find_per(tail: str, left: str) -> str | None:
    """Per what a quantity counts: ``tail`` follows its unit, ``left`` leads to it; a period goes before "unit"."""
    match = _SLASHED_PERIOD.match(tail) or _PER_PERIOD.search(tail) or _PER_PERIOD.search(left)
    if match:
        return period_of(match)
    return "unit" if _SLASHED_UNIT.match(tail) or _PER_UNIT.search(tail) or _PER_UNIT.search(left) else None


def with_rate(unit: str | None, *contexts: str) -> str | None:
    """The unit with a rate that is no period of ours: "mỗi tuần 02 buổi" counts "buổi/tuần"."""
    rate = next((match[1] for context in contexts if (match := _WEEKLY.search(context))), None)
    return f"{unit}/{rate}" if unit and rate else unit


def duration_after(right: str) -> str | None:
    """``long`` (năm, tháng, tuần: never a target), ``short`` (ngày, giờ, phút: only if compared), or None."""
    match = _DURATION.match(right)
    return match.lastgroup if match else None


def read_unit(right: Text) -> tuple[str | None, int]:
    """The unit at the start of ``right``, as written, and where it ends; (None, 0) where none is named."""
    plain = right.plain
    start = _skip(plain)
    end, words, at = start, 0, start
    while words < _LONGEST:
        word = _WORD.match(plain, at)
        if word is None or (_STOP.match(plain, word.start(1)) and not (words == 0 and word[1] in ("tổ", "quý"))):
            break
        end, words, at = word.end(), words + 1, word.end()
        separator = _SEPARATOR.match(plain, at)
        if separator and _goes_on(plain, separator):
            at, words = separator.end(), 0
    if end > start:
        rate = _RATE.match(plain, end)
        end = rate.end() if rate else end
    return (right.written[start:end].strip() or None), end if end > start else 0


def _skip(plain: str) -> int:
    at = 0
    while match := _COUNTED.match(plain, at):
        at = match.end()
    return at


def _goes_on(plain: str, separator: re.Match[str]) -> bool:
    """Whether a list of units goes on behind the separator: "tin, bài", "tin/bài", but not "tin/tháng"."""
    if "/" in separator[0]:
        rest = plain[separator.end() :]
        return bool(re.match(r"(?:bài|tin|ảnh|video|clip|phóng|áp|cuộc|lớp)\b", rest))
    return bool(_NOUN.match(plain, separator.end()))
