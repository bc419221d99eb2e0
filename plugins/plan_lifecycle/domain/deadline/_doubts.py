"""Phrases whose days do not all hold: one for each kind of unit, an old one beside the new."""

from __future__ import annotations

from plan_lifecycle.domain.regex import regex

_KIND = (
    r"(?:các |đối với |cấp |khối |ubnd |ủy ban nhân dân |phòng |thủ trưởng )*"
    r"(?:sở|ban|ngành|huyện|xã|phường|thị trấn|thành phố|tỉnh|đặc khu|đơn vị|cơ quan|phòng|nội vụ)"
)
_WITH_DAY = regex(
    rf"(?:(?<![\s\S])|(?<=[,;.(+-] )|(?<=[(;])|(?<=và )){_KIND}\b[^,;.()\d]{{0,60}}?"
    r"(?:\(|:|trước|chậm nhất|muộn nhất|xong|hoàn thành)[^,;.()\d]{0,30}\d"
)
_DAY_WITH = regex(rf"\d(?:/\d{{2,4}})?,? ?(?:\((?:đối với )?|đối với ){_KIND}\b")
_MOVED = regex(r"\b(?:lùi|dời|thay vì|thay cho|thay thế|gia hạn|đẩy sớm|điều chỉnh (?:thời hạn |thời gian )?từ)\b")


def doubts(text: str, days: int) -> list[str]:
    """What a coordinator must settle about a phrase (in normal form) in which ``days`` different days were read."""
    if days < 2:
        return []
    found = []
    if len(_WITH_DAY.findall(text)) > 1 or len(_DAY_WITH.findall(text)) > 1:
        found.append("Nêu ngày riêng cho từng loại đơn vị; đề nghị xác định ngày áp dụng cho mỗi loại.")
    if _MOVED.search(text):
        found.append("Thời hạn được điều chỉnh, còn nêu cả ngày cũ; đề nghị xác định ngày áp dụng.")
    return found
