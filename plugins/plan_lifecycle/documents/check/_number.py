"""Number and symbol, place and date (Phụ lục I, Phần I, mục II, khoản 3 and 4)."""

from __future__ import annotations

import re
from datetime import date

from plan_lifecycle.documents.check._elements import Elements
from plan_lifecycle.documents.check._findings import Report, quoted
from plan_lifecycle.documents.check._kinds import CODES, KNOWN_CODES, LETTER
from plan_lifecycle.documents.check._spots import RIGHT, Spot
from plan_lifecycle.documents.check._style import Type, check_type

_NUMBER_TYPE = Type(13, 13, bold=False, italic=False)
_DATE_TYPE = Type(13, 14, bold=False, italic=True)
_FORM = "Số: 05/KH-UBND"
_LETTER_FORM = "Số: 05/UBND-VX"
# Abbreviations are capitals, with a small letter or two inside: TTr, QyĐ, TTg.
_CODE = r"[A-ZĐĂÂÊÔƠƯ](?:[A-ZĐĂÂÊÔƠƯ0-9&]|[a-zđ](?![a-zđ]{2}))*"
_SYMBOL = re.compile(rf"^{_CODE}(-{_CODE})+$")
_OPEN = re.compile(r"^[\s.…_]*$")
_PARTS = re.compile(
    r"^(?P<word>[^\W\d_]+)\s*(?P<colon>[:;.]?)(?P<gap>\s*)(?P<number>[\d\s.…_]*)(?P<rest>.*)$", re.DOTALL
)
_PARTY = re.compile(rf"^\s*-\s*({_CODE})\s*/\s*({_CODE})$")
_DATE = re.compile(
    r"^(?P<place>[^,]*?)(?P<comma>\s*,?\s*)(?P<words>ngày|Ngày)\s*(?P<day>[\d.…_]*)\s*tháng\s*(?P<month>[\d.…_]*)\s*năm"
    r"\s*(?P<year>[\d.…_]*)$"
)
_NUMBER_ALONE = re.compile(r"(?<![\d\s.…_])(?P<gap>)(?P<number>[\d\s.…_]*+)(?P<rest>[/-].*)$", re.DOTALL)
_LONGEST = 200  # a line beyond is no date
_TIGHT = re.compile(r"ngày\d|\dtháng|tháng\d|\dnăm|năm\d")
_DATE_FORM = "Địa danh, ngày … tháng … năm …"


def check_number_and_date(report: Report, elements: Elements) -> None:
    """Check both, and that they stand on one line."""
    top = elements.top
    if top.number:
        _check_number(report, elements, top.number)
    elif not elements.title.attached:
        report.note("number", "không có số, ký hiệu", _LETTER_FORM if elements.kind == LETTER else _FORM, "trang 1")
    if top.date:
        _check_date(report, top.date)
    elif elements.kind != "BIÊN BẢN" and not elements.title.attached:
        report.note("date", "không có địa danh và thời gian ban hành", _DATE_FORM, "trang 1")
    if top.number and top.date:
        _check_same_line(report, top.number, top.date)


def _check_same_line(report: Report, number: Spot, day: Spot) -> None:
    place = day.paragraph.place
    if (number.block, number.row) != (day.block, day.row):
        report.note(
            "date.line", "khác dòng với số, ký hiệu", "cùng một dòng với số, ký hiệu văn bản", place, warning=True
        )
    elif day.side != RIGHT and number.paragraph is not day.paragraph:
        report.note("date.side", "ở bên trái", "canh giữa dưới Quốc hiệu và Tiêu ngữ", place)


def _check_number(report: Report, elements: Elements, spot: Spot) -> None:
    place = spot.paragraph.place
    check_type(report, "number", spot.line, place, _NUMBER_TYPE)
    expected = _LETTER_FORM if elements.kind == LETTER else _FORM
    parts = _PARTS.match(spot.text)
    if parts is None or parts["word"] != "Số" or parts["colon"] != ":":
        report.note("number.format", quoted(spot.text), f"“Số:” rồi số và ký hiệu, như “{expected}”", place)
        parts = _NUMBER_ALONE.search(spot.text)
        if parts is None or any(sign.isdecimal() for sign in spot.text[: parts.start()]):
            return
    elif (not parts["gap"] and parts["number"].strip()) or not spot.text.startswith("Số:"):
        report.note(
            "number.spacing",
            quoted(spot.text),
            f"dấu hai chấm liền sau “Số”, rồi cách chữ, như “{expected}”",
            place,
            warning=True,
        )
    _check_digits(report, spot, parts["number"])
    spaced = bool(parts["number"].strip(" .…_")) and parts["number"][-1:].isspace()
    _check_symbol(report, elements, spot, parts["rest"], spaced=spaced)


def _check_digits(report: Report, spot: Spot, number: str) -> None:
    place, digits = spot.paragraph.place, number.strip()
    if _OPEN.match(number):
        if not report.draft:
            report.note("number.open", quoted(spot.text), "số văn bản đã đăng ký", place)
        return
    if not digits.isdecimal():
        report.note("number.format", quoted(spot.text), "số bằng chữ số Ả Rập", place)
        return
    padded = f"{int(digits):02d}" if len(digits) < 12 else digits
    if digits != padded:
        rule = "số nhỏ hơn 10 ghi thêm số 0 phía trước" if int(digits) < 10 else "không ghi thêm số 0"
        report.note("number.padding", digits, f"{padded} ({rule})", place, warning=True)


def _check_symbol(report: Report, elements: Elements, spot: Spot, rest: str, *, spaced: bool) -> None:
    place = spot.paragraph.place
    expected = "dấu gạch chéo (/) giữa số và ký hiệu, gạch nối (-) giữa các chữ viết tắt, không cách chữ"
    if party := _PARTY.match(rest):
        report.note("number.format", quoted(spot.text), f"…/{party[1]}-{party[2]}", place, warning=True)
        return
    symbol = re.sub(r"(?<!\s)\s*([/-])\s*", r"\1", re.sub(r"[–—−‐‑]", "-", rest)).strip()
    if spaced or symbol != rest.strip():
        report.note("number.symbol", quoted(spot.text), expected, place)
    year = re.match(r"^/(\d{4})/(.*)$", symbol)
    if year:
        report.note("number.format", quoted(spot.text), "số, ký hiệu không ghi năm", place, warning=True)
        symbol = "/" + year[2]
    if not symbol.startswith("/"):
        report.note("number.symbol", quoted(spot.text), expected, place)
        return
    if not _SYMBOL.match(symbol[1:]):
        if not (report.draft and re.search(r"[.…]", symbol)):
            report.note("number.symbol", quoted(spot.text), "ký hiệu bằng chữ in hoa, như KH-UBND", place)
        return
    _check_code(report, elements, symbol[1:], place)


def _check_code(report: Report, elements: Elements, symbol: str, place: object) -> None:
    code = symbol.partition("-")[0]
    kind = elements.title.kind
    if kind and code != CODES[kind]:
        report.note("number.type", symbol, f"ký hiệu của {kind.lower()} bắt đầu bằng {CODES[kind]}", place)
    elif not kind and code in KNOWN_CODES and elements.top.subject:
        report.note("number.type", symbol, "ký hiệu công văn không có tên loại, như UBND-VX", place)


def _check_date(report: Report, spot: Spot) -> None:
    place = spot.paragraph.place
    check_type(report, "date", spot.line, place, _DATE_TYPE)
    parts = _DATE.match(spot.text) if len(spot.text) <= _LONGEST else None
    if parts is None:
        report.note("date.format", quoted(spot.text), _DATE_FORM, place)
        return
    if parts["comma"].strip() != "," or parts["comma"].startswith(" ") or parts["words"] != "ngày":
        report.note("date.format", quoted(spot.text), "sau địa danh có dấu phẩy (,) rồi “ngày”", place)
    elif _TIGHT.search(spot.text):
        report.note("date.format", quoted(spot.text), _DATE_FORM, place, warning=True)
    _check_place(report, parts["place"].strip(), place)
    _check_day(report, parts["day"], parts["month"], parts["year"], spot)


def _check_place(report: Report, name: str, place: object) -> None:
    words = [word for word in re.split(r"[\s-]+", name) if word[:1].isalpha()]
    if not words:
        if not report.draft:
            report.note("date.place", "không có địa danh", "tên gọi chính thức của địa phương", place)
        return
    # Common nouns inside a name (thành phố, tỉnh) follow the name's own first capital.
    lower = [word for word in words[1:] if word.islower() and word not in ("phố", "xã", "trấn", "khu")]
    if words[0].islower() or lower:
        report.note("date.place", quoted(name), "viết hoa các chữ cái đầu của địa danh", place)
    elif re.match(r"^(TP|TX|TT|T)\.?$", words[0]):
        report.note("date.place", quoted(name), "tên gọi đầy đủ, không viết tắt", place, warning=True)


def _check_day(report: Report, day: str, month: str, year: str, spot: Spot) -> None:
    place = spot.paragraph.place
    if _OPEN.match(day) or _OPEN.match(month) or _OPEN.match(year):
        if not report.draft:
            report.note("date.open", quoted(spot.text), "ngày, tháng, năm ban hành", place)
        numbers = [text for text in (day, month) if text.isdecimal()]
        if len(numbers) < 2:
            return
    if not (day.isdecimal() and month.isdecimal() and len(day) < 4 and len(month) < 4):
        report.note("date.format", quoted(spot.text), _DATE_FORM, place)
        return
    for word, text, padded in (("ngày", day, int(day) < 10), ("tháng", month, int(month) < 3)):
        right = f"{int(text):02d}" if padded else str(int(text))
        if text != right:
            report.note("date.padding", f"{word} {text}", f"{word} {right}", place, warning=True)
    if year.isdecimal() and not _exists(day, month, year):
        report.note("date.format", quoted(spot.text), "ngày có thật, năm bốn chữ số", place)


def _exists(day: str, month: str, year: str) -> bool:
    if len(year) != 4:
        return False
    try:
        date(int(year), int(month), int(day))
    except ValueError:
        return False
    return True
