"""Words of dates as they are mistyped: without a tone or a horn, fused, or without accents at all."""

from __future__ import annotations

import re

_U, _O = "uưùúủũụừứửữự", "oôơòóỏõọốồổỗộớờởỡợ"
_DATE_FOLLOWS = r"(?= ?(?:ng\w{1,3} ?)?\d{1,2}(?:[/.-]\d| ?tháng| (?:hằng|mỗi|của)))"
_BEFORE = re.compile(
    rf"\b(?:tr[{_U}][{_O}]c|trướt)(?!\w)|\b(?:trưc|trớc|tước|trứcc|trướs|trướcc|trưởi|trướ)(?!\w){_DATE_FOLLOWS}"
)
_DAY = re.compile(
    r"\b(?:ng[aáảãạăằắâầấ]y|nagỳ|nàgy|ngyà|nggày|ngàyy|nghày|ngàu|ngỳ|gày)"
    r"(?= ?\d{1,2}(?:[/.-]\d| ?tháng| (?:hằng|mỗi|của)))"
)
_QUARTER = re.compile(r"\b(?:quy|qui|qúi|qúy|quyý|quý)(?= ?(?:i{1,3}|iv)\b| ?[1-4](?:/| năm|$))")
_FUSED_BEFORE = re.compile(r"\b(trước|nhất|hết)(?=(?:ngày|tháng|quý)(?!\w))")
_FUSED = re.compile(r"(?<=\d)(?=(?:năm|tháng|ngày|quý)(?!\w))|(?<=\bnăm)(?=\d{4})")
_LETTERS = re.compile(r"[a-z]+(?: (?=thanh\b|nhat\b|ky\b|xuyen\b|cao\b|viec\b|hoach\b)[a-z]+)?")
_UNACCENTED = re.compile(r"\b(?:truoc|ngay|thang|quy|hang|tuan|cham nhat|hoan thanh)\b")
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
    text = _FUSED_BEFORE.sub(r"\1 ", _BEFORE.sub("trước", text))
    return _QUARTER.sub("quý", _DAY.sub("ngày", text))
