"""Words of dates as they are mistyped: without a tone or a horn, fused, or without accents at all."""

from __future__ import annotations

import re

from plan_lifecycle.domain.regex import regex

_U, _O = "uưùúủũụừứửữự", "oôơòóỏõọốồổỗộớờởỡợ"
_DAY_FOLLOWS = r"(?= ?\d{1,2}(?:[/.-]\d| ?tháng| (?:hằng|hàng|mỗi|của)))"
_DATE_FOLLOWS = r"(?= ?(?:ng\w{1,3} ?)?\d{1,2}(?:[/.-]\d| ?tháng| (?:hằng|hàng|mỗi|của)))"
_BEFORE = regex(
    rf"\b(?:tr[{_U}][{_O}]c|trướt)(?!\w)|\b(?:trưc|trớc|tước|trứcc|trướs|trướcc|trưởi|trướ)(?!\w){_DATE_FOLLOWS}", re.I
)
_DAY = regex(r"\b(?:ng[aáảãạăằắâầấ]y|nagỳ|nàgy|ngyà|nggày|ngàyy|nghày|ngàu|ngỳ|gày)" + _DAY_FOLLOWS, re.I)
_QUARTER = regex(r"\b(?:quy|qui|qúi|qúy|quyý)(?= ?(?:i{1,3}|iv)\b| ?[1-4](?:/| năm|$))", re.I)
_FUSED_BEFORE = regex(r"\b(trước|nhất|hết)(?=(?:ngày|tháng|quý)(?!\w))", re.I)
_FUSED = regex(r"(?<=\d)(?=(?:năm|tháng|ngày|quý)(?!\w))|(?<=\bnăm)(?=\d{4})|(?<=\bngày)(?=\d{1,2}[/ ])", re.I)
WRAPPED = regex(r"\b(ngày|trước|nhất) ?[:(\[“\"'«] ?(?=\d)", re.I)
_STROKES = regex(r"(?<=\d)(?:\\|/{2,3})(?=\d)")
_DOTTED = regex(r"(?<![\d.])(\d{1,2})\.(\d{1,2})\.((?:19|20)\d\d)(?![\d.]\d)")
_FIRST_DAYS = regex(r"\b(?:ngày )?(?:mùng|mồng) (?=\d)", re.I)
_TWICE = regex(r"(?<=\d) \([^\d()]{2,20}\)(?= tháng \d)")
_COMMA_YEAR = regex(r"(?<=tháng)( \d{1,2}), (?=(?:19|20)\d\d(?!\d))", re.I)
_SHORT_YEAR = regex(r"(?<![\d/])(\d{1,2}/\d{1,2}/)(?=\d\d(?![\d/]))")
_BARE_DAY = regex(
    r"\b(trước|nhất|vào|hết) (?=\d{1,2} (?:(?:hằng|hàng|mỗi) tháng|tháng cuối (?:của |mỗi )?(?:quý|kỳ)))", re.I
)
_ARROWS = regex(r"(?<=\d) ?(?:÷|→|->|=>|~) ?(?=\d)")
_LETTERS = regex(r"[a-z]+(?: (?=thanh\b|nhat\b|ky\b|xuyen\b|cao\b|viec\b|hoach\b)[a-z]+)?")
_UNACCENTED = regex(r"\b(?:truoc|ngay|thang|quy|hang|tuan|cham nhat|hoan thanh)\b")
_WORDS = {
    "truoc": "trước", "ngay": "ngày", "thang": "tháng", "nam": "năm", "quy": "quý", "tuan": "tuần", "hang": "hằng",
    "moi": "mỗi", "hoan thanh": "hoàn thành", "cham nhat": "chậm nhất", "muon nhat": "muộn nhất", "den": "đến",
    "tu": "từ", "het": "hết", "cuoi": "cuối", "dau": "đầu", "dinh ky": "định kỳ", "thuong xuyen": "thường xuyên",
    "lan": "lần", "va": "và", "hoac": "hoặc", "bao cao": "báo cáo", "cua": "của", "gio": "giờ", "thu": "thứ",
    "lam viec": "làm việc", "ke": "kể", "ke hoach": "kế hoạch", "vao": "vào", "tiep": "tiếp", "lien": "liền",
    "dot": "đột", "xuat": "xuất", "ky": "ký", "nhan": "nhận", "du kien": "dự kiến", "giua": "giữa", "tru": "trừ",
    "rieng": "riêng", "hanh": "hành",
}  # fmt: skip


def mistyped_words(text: str) -> str:
    """``text`` (in normal form) with *trước*, *ngày*, *quý* as they were meant, and blanks where words were fused."""
    if text.isascii() and _UNACCENTED.search(text):
        text = _LETTERS.sub(lambda match: _WORDS.get(match[0], match[0]), text)
    text = _FUSED.sub(" ", text)
    text = _FUSED_BEFORE.sub(r"\1 ", _BEFORE.sub(_before, text))
    return _QUARTER.sub("quý", _DAY.sub("ngày", text))


def _before(match: re.Match[str]) -> str:
    return match[0] if match[0].lower() == "trước" else "trước"


def plainly_dated(text: str) -> str:
    """A sentence as written with its dates as they are mostly typed, so that they are found in it.

    Words that lead to a day are mended (``mistyped_words``); strokes, dots, brackets and quotation marks around a date
    are those of "15/02/2023". All else stays, letter by letter.
    """
    text = WRAPPED.sub(r"\1 ", mistyped_words(" ".join(text.split(" "))))
    text = _ARROWS.sub(" đến ", _DOTTED.sub(r"\1/\2/\3", _STROKES.sub("/", text)))
    text = _COMMA_YEAR.sub(r"\1 năm ", _TWICE.sub("", _FIRST_DAYS.sub("ngày ", text)))
    return _BARE_DAY.sub(r"\1 ngày ", _SHORT_YEAR.sub(r"\g<1>20", text))
