"""The form in which names of units are compared: "Sở KH&CN" and "Sở Khoa học và Công nghệ" are one."""

from __future__ import annotations

import re
from functools import lru_cache

from plan_lifecycle.domain.regex import regex
from plan_lifecycle.domain.text import normalise

# Abbreviations, by their letters alone ("kh&đt", "KH-ĐT" and "KHĐT" are "khđt").
_FIELDS = {
    "tttt": "thông tin truyền thông",
    "khđt": "kế hoạch đầu tư",
    "nnptnt": "nông nghiệp phát triển nông thôn",
    "nnmt": "nông nghiệp môi trường",
    "tnmt": "tài nguyên môi trường",
    "vhttdl": "văn hóa thể thao du lịch",
    "vhtt": "văn hóa thể thao",
    "vhxh": "văn hóa xã hội",
    "lđtbxh": "lao động thương binh xã hội",
    "gdđt": "giáo dục đào tạo",
    "gtvt": "giao thông vận tải",
    "khcn": "khoa học công nghệ",
    "tckh": "tài chính kế hoạch",
    "ktht": "kinh tế hạ tầng",
    "qlđt": "quản lý đô thị",
    "qhkt": "quy hoạch kiến trúc",
    "dttg": "dân tộc tôn giáo",
    "nv": "nội vụ",
    "tc": "tài chính",
    "tp": "tư pháp",
    "ct": "công thương",
    "xd": "xây dựng",
    "yt": "y tế",
    "ngv": "ngoại vụ",
}
_LEADING = (
    (regex(r"^(?:tp\.?|thành phố) ?(?=\w)"), "thành phố "),
    (regex(r"^tx\.? ?(?=\w)"), "thị xã "),
    (regex(r"^tt\. ?(?=\w)"), "thị trấn "),
    (regex(r"^h\. ?(?=\w)"), "huyện "),
    (regex(r"^q\. ?(?=\w)"), "quận "),
    (regex(r"^p\. ?(?=\w)"), "phường "),
    (regex(r"^x\. ?(?=\w)"), "xã "),
    (regex(r"^t\. ?(?=\w)"), "tỉnh "),
    (regex(r"^đk\. ?(?=\w)"), "đặc khu "),
)
_SPELLED = (
    (regex(r"(?:\bhđnd|hội đồng nhân dân)(?: và|,| ?&| ?-| ?/)? ?(?=ubnd|ủy ban)"), "hđnd "),
    (regex(r"\bủy ban nhân dân\b|\bub nhân dân\b"), "ubnd"),
    (regex(r"\bvpub\b"), "văn phòng ubnd"),
    (regex(r"\bvp\.? ?(?=\w)"), "văn phòng "),
    (regex(r"\b(?:ubmttq|(?:ủy ban|ub) (?:mttq|mặt trận tổ quốc))(?: ?(?:vn|việt nam))?"), "mặt trận tổ quốc"),
    (regex(r"\bmttq\b(?: ?(?:vn|việt nam))?|\bmặt trận tổ quốc việt nam\b"), "mặt trận tổ quốc"),
    (regex(r"\bban thường trực (?=mặt trận)"), ""),
    (regex(r"\b(?:hội )?(?:lhpn|liên hiệp phụ nữ|phụ nữ)\b(?: (?:vn|việt nam))?"), "hội liên hiệp phụ nữ"),
    (
        regex(r"\bđoàn (?:tncs|tn|thanh niên)(?: cộng sản)?(?: (?:hcm|hồ chí minh))?\b|\b(?:tỉnh|thành) ?đoàn\b"),
        "đoàn thanh niên",
    ),
    (regex(r"\b(?:hội )?(?:ccb|cựu chiến binh)\b(?: (?:vn|việt nam))?"), "hội cựu chiến binh"),
    (regex(r"\bhnd\b"), "hội nông dân"),
    (regex(r"\blđlđ\b"), "liên đoàn lao động"),
    (regex(r"\bbhxh\b"), "bảo hiểm xã hội"),
    (regex(r"\bkbnn\b|\bkho bạc\b(?! nhà nước)"), "kho bạc nhà nước"),
    (regex(r"\bnhnn\b"), "ngân hàng nhà nước"),
    (regex(r"\b(bộ|ban) chqs\b|\bbch ?qs\b"), "bộ chỉ huy quân sự"),
    (regex(r"\bttpvhcc\b|\btrung tâm pvhcc\b"), "trung tâm phục vụ hành chính công"),
    (regex(r"\bbql\b|\bban ql\b"), "ban quản lý"),
    (regex(r"\bkcn\b"), "khu công nghiệp"),
    (regex(r"\bpt ?[&-]? ?th\b"), "phát thanh truyền hình"),
    (regex(r"\bttđt\b"), "thông tin điện tử"),
    (regex(r"\b(?:tp\.? ?)?hcm\b"), "hồ chí minh"),
)
_AGENCY = regex(r"^(?:hđnd )?ubnd (?=(?:tỉnh|thành phố|huyện|quận|thị xã|xã|phường|thị trấn|đặc khu)\b)")
_SHORT = regex(r"^(sở|phòng) ([a-zđ][a-zđ&,/ -]*)$")
_LINKS = regex(r"\b(?:và|các)\b|[,&./:()“”\"'-]")
_LEVEL_AT_END = regex(r"(?<=.) (?:tỉnh|thành phố|huyện|quận|thị xã|xã|phường|thị trấn|đặc khu)$")


@lru_cache(maxsize=8192)
def name_key(name: str) -> str:
    """The form in which a unit's name is compared: abbreviations written out, without links and marks."""
    key = normalise(name)
    for pattern, spelled in (*_LEADING, *_SPELLED):
        key = pattern.sub(spelled, key)
    key = _AGENCY.sub("", " ".join(key.split()))
    short = _SHORT.match(key)
    if short:
        letters = re.sub(r"và|[^a-zđ]", "", short[2])
        key = f"{short[1]} {_FIELDS[letters]}" if letters in _FIELDS else key
    return " ".join(_LINKS.sub(" ", key).split())


def agency_key(name: str, *territories: str) -> str:
    """The key of an agency without the territory it stands in: "Công an tỉnh", "Sở Nội vụ tỉnh Bình Thuận"."""
    key = name_key(name)
    for territory in territories:
        own = name_key(territory)
        proper = proper_name(own)
        for ending in (f" {own}", f" {proper}"):
            if proper and key.endswith(ending) and key != own:
                key = key.removesuffix(ending)
    return _LEVEL_AT_END.sub("", key)


def proper_name(key: str) -> str:
    """A territory's name without its level: "bắc bình" of "huyện bắc bình"."""
    for level in ("thành phố ", "thị xã ", "thị trấn ", "đặc khu ", "tỉnh ", "huyện ", "quận ", "phường ", "xã "):
        if key.startswith(level):
            return key.removeprefix(level)
    return key
