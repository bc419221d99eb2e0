"""How a number binds: ít nhất and không dưới are >=, trên is >, không quá <=, dưới <; phấn đấu đạt 20% is >= 20.

A bare number is "=" ("02 đợt/tháng"), and so is 100 % ("Hoàn thành 100% kế hoạch"): nothing lies beyond a whole.
"""

from __future__ import annotations

import re

from plan_lifecycle.domain.phrase import any_of
from plan_lifecycle.domain.regex import regex

_WORDS = {
    ">=": any_of("ít nhất, tối thiểu, chí ít, thấp nhất")
    + r"|không (?:được )?(?:dưới|(?:thấp|ít|nhỏ|kém) hơn|kém)|≥|>\s?=|=\s?>"
    + r"|(?:lớn|cao|nhiều) hơn hoặc bằng|bằng hoặc (?:lớn|cao|nhiều) hơn",
    "<=": any_of("tối đa, nhiều nhất, cao nhất")
    + r"|không (?:được |để )?(?:vượt quá|vượt|quá|trên|(?:cao|lớn|nhiều) hơn)|≤|<\s?=|=\s?<"
    + r"|(?:nhỏ|thấp|ít) hơn hoặc bằng",
    "=": r"\bđúng|\bđủ|(?<![<>])=",
}
# These words have other uses ("dưới sự chỉ đạo", "trên địa bàn"): they compare only right before their number.
_TIGHT_WORDS = {
    ">": r"\btrên|(?:lớn |cao |nhiều )?\bhơn|vượt (?:mức|quá|trên)|\bquá|>",
    "<": r"\bdưới|(?:nhỏ|thấp|ít|kém) hơn|(?:chưa|không) (?:đến|đạt|tới)|<",
}
_VERBS = any_of(
    "là, phải, đạt, đạt được, có, được, bằng, từ, khoảng, mức, cho, số, các, tổng số, toàn bộ, bình quân, "
    "trung bình, lên, thêm, còn, tăng, giảm, gấp, chiếm, tổ chức, xây dựng, đăng, đăng tải, đăng phát, viết, "
    "gửi, thực hiện, hoàn thành, triển khai, tuyên truyền, phát, phát sóng, phát hành, phát triển, phát động, "
    "biên soạn, cung cấp, treo, in, in ấn, cấp, mở, duy trì, kiểm tra, giải quyết, thành lập, hình thành, "
    "đề xuất, đề nghị, đào tạo, tập huấn, bồi dưỡng, bố trí, thu hút, tham gia, khen thưởng, lắp đặt, xuất bản, "
    "sản xuất, nhân rộng, lựa chọn, công nhận"
)
_PERIODS = r"(?:mỗi|hằng|một|trong|/)\s*(?:một |mỗi )?" + any_of(
    "h tháng, q tháng, y tháng, tháng, quý, năm, tuần, ngày, đơn vị, xã, phường, huyện, cơ quan"
)
_BETWEEN = rf"(?:[\s:]*(?:{_VERBS}|{_PERIODS}))*[\s:(]*$"
_EXPLICIT = regex(
    "|".join(f"(?:{words}){_BETWEEN}" for words in _WORDS.values())
    + "|"
    + "|".join(rf"(?:{words})\s*(?:mức|khoảng)?\s*$" for words in _TIGHT_WORDS.values())
)
_SIGN_OF = tuple((sign, regex(words)) for sign, words in (_WORDS | _TIGHT_WORDS).items())
_FROM = regex(r"\btừ\s*$")
_AFTER = regex(r"^\s*(?:trở (?P<up>lên)|trở (?:xuống|lại)|(?P<more>hoặc (?:hơn|cao hơn)))|^(?P<plus>\+)")
_AIMS = regex(r"\b(?:phấn đấu|bảo đảm|đảm bảo)\b|\b(?:đạt|lên|vượt|nâng)(?: (?:được|mức|tỷ lệ|khoảng))*[\s:]*$")
_SHRINKS = regex(r"\b(?:xuống(?: (?:còn|mức|đến))?|giảm còn|chỉ còn|còn)\s*$")
# "đăng trên 04 kênh": the word says where, not how many.
_PLACES = regex(
    r"\s*" + any_of("loại hình, kênh, nền tảng, trang, phương tiện, hệ thống, địa bàn, cổng, báo, tuyến, lĩnh vực, mặt")
)
_ACTS = regex(rf"\b(?:{_VERBS})[\s:]*$")


def explicit_comparison(left: str, right: str) -> str | None:
    """The comparison that words or signs beside a number state; ``right`` begins after the number and its unit.

    Texts are in normal form. None where nothing is stated.
    """
    after = _AFTER.search(right)
    if after:
        return ">=" if after["up"] or after["more"] or after["plus"] else "<="
    match = _EXPLICIT.search(left)
    if match:
        return next(sign for sign, words in _SIGN_OF if words.match(match[0]))
    return ">=" if _FROM.search(left) else None


def says_where(left: str, right: str) -> bool:
    """Whether the word before the number names a place: "trên 04 loại hình báo chí"."""
    return bool(re.search(r"\b(?:trên|dưới)\s*$", left) and (_PLACES.match(right) or re.match(r"^\s*hình thức", right)))


def implied_comparison(left: str, value: float, *, is_ratio: bool) -> str | None:
    """The comparison that an aim implies: "phấn đấu đạt 20%" is >=, "giảm xuống còn 5%" is <=; None for none."""
    if _SHRINKS.search(left):
        return "<="
    if is_ratio and value == 100:
        return "="
    return ">=" if _AIMS.search(left) else None


def is_act(left: str) -> bool:
    """Whether a verb leads to the number ("tổ chức 02 lớp"), so that it is something to do and not a description."""
    return bool(_ACTS.search(left))
