"""Telephone numbers of Vietnam as people write them, and the one spelling in which they are kept.

"(0252) 3.822.999, máy lẻ 12" is kept as "02523822999;12" and shown as "0252 3822 999, máy lẻ 12"; "+84 912 345 678" and
what Excel makes of a number in a cell, "912345678", are both "0912345678". Area codes are those since 2017, beginnings
of mobile numbers those since 2018: an older one is asked about, for nobody can be called there any more.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from plan_lifecycle.domain.regex import regex

LONGEST = 128
"""Characters of all numbers of one person, as they are kept."""
_FIXED = regex(r"02(?:[48]\d|0[3-9]|1[0-689]|2[0-25-9]|3[2-9]|5[124-9]|6[0-39]|7[0-7]|9[0-4679])\d{7}")
_MOBILE = regex(r"0(?:3[2-9]|5[25689]|7[06-9]|8[1-9]|9[0-9])\d{7}")
_SERVICE = regex(r"1[89]00(?:\d{4}|\d{6})")
_OLD_MOBILE = regex(r"01[2689]\d{8}")
_OLD_AREA = regex(r"0[2-7]\d{8}")
_EXTENSION = regex(r"(?:máy lẻ|máy nhánh|số lẻ|số nội bộ|nội bộ|ext|lẻ|nhánh|x)[\s.:]*(\d{1,6})\)?\s*$", re.IGNORECASE)
_LABEL = regex(
    r"^(?:điện thoại|số điện thoại|di động|cố định|cơ quan|đt|đtdđ|sđt|dđ|tel|mobile|cq)[\s.:]+", re.IGNORECASE
)
_ALLOWED = regex(r"[+\d\s().\-]+")
_BETWEEN = regex(r"[;,\n/]|\s+(?:và|hoặc|-|–)\s+")


class Telephone(NamedTuple):
    """One number as it is dialled within the country, and the extension behind it."""

    number: str
    extension: str = ""

    @property
    def kept(self) -> str:
        """As the store keeps it: "02523822999;12"."""
        return f"{self.number};{self.extension}" if self.extension else self.number

    @property
    def words(self) -> str:
        """As people read it: "0252 3822 999, máy lẻ 12"."""
        return _spaced(self.number) + (f", máy lẻ {self.extension}" if self.extension else "")

    @property
    def link(self) -> str:
        """What a telephone dials (RFC 3966): "tel:+842523822999;ext=12"."""
        number = f"+84{self.number[1:]}" if self.number.startswith("0") else self.number
        return f"tel:{number}" + (f";ext={self.extension}" if self.extension else "")


class Doubt(NamedTuple):
    """A number that may not be what was meant: the text, and what an official is asked."""

    text: str
    vi: str


def read_telephones(text: str) -> tuple[tuple[Telephone, ...], tuple[Doubt, ...]]:
    """Every number of a cell, each once, and what is doubtful in it."""
    found: dict[Telephone, None] = {}
    doubts = []
    for part in _parts(text):
        number = _read(part)
        if isinstance(number, Doubt):
            doubts.append(number)
        else:
            found[number] = None
    if len(kept_telephones(tuple(found))) > LONGEST:
        doubts.append(Doubt(text, "nhiều số quá; đề nghị chỉ ghi các số cần gọi"))
    return tuple(found), tuple(doubts)


def kept_telephones(numbers: tuple[Telephone, ...]) -> str:
    """Numbers as the store keeps them, in one text."""
    return " ".join(number.kept for number in numbers)


def telephones_of(kept: str | None) -> tuple[Telephone, ...]:
    """The numbers that ``kept_telephones`` wrote."""
    return tuple(Telephone(*each.split(";", 1)) for each in (kept or "").split())


def _parts(text: str) -> list[str]:
    """The numbers of a cell apart; an extension stays with the number before it."""
    parts: list[str] = []
    for part in filter(None, (each.strip() for each in _BETWEEN.split(text))):
        belongs = parts and _EXTENSION.fullmatch(part)
        parts[-1:] = [f"{parts[-1]} {part}"] if belongs else [*parts[-1:], part]
    return parts


def _read(part: str) -> Telephone | Doubt:
    bare = _LABEL.sub("", part)
    extension = _EXTENSION.search(bare)
    written = bare[: extension.start()].rstrip(" (,") if extension else bare
    if not _ALLOWED.fullmatch(written):
        return Doubt(part, "cần số điện thoại, ví dụ 0252 3822 999 hoặc 0912 345 678")
    number = _national(written)
    if _is_dialled(number):
        return Telephone(number, extension[1] if extension else "")
    return Doubt(part, _asked(written, number))


def _national(written: str) -> str:
    """The digits as they are dialled within the country; the zero that Excel left out is put back."""
    digits = re.sub(r"\D", "", written)
    abroad = written.lstrip(" (").startswith("+") or digits.startswith("00")
    digits = digits.removeprefix("00") if digits.startswith("00") else digits
    if digits.startswith("84") and (abroad or len(digits) > 10):
        return f"0{digits[2:].removeprefix('0')}"
    if abroad:
        return f"+{digits}"
    lost = len(digits) == 9 or (len(digits) == 10 and digits.startswith("2"))
    return f"0{digits}" if lost and not digits.startswith("0") and _is_dialled(f"0{digits}") else digits


def _is_dialled(number: str) -> bool:
    return any(pattern.fullmatch(number) for pattern in (_FIXED, _MOBILE, _SERVICE))


def _asked(written: str, number: str) -> str:
    if number.startswith("+"):
        return "cần số điện thoại trong nước"
    if _OLD_MOBILE.fullmatch(number):
        return "số di động 11 chữ số đã đổi đầu số từ năm 2018; đề nghị ghi số hiện nay"
    if len(number) in (7, 8) and not number.startswith("0"):
        return "thiếu mã vùng, ví dụ 0252 3822 999"
    if _OLD_AREA.fullmatch(number):
        return "mã vùng cũ, hoặc thừa, thiếu chữ số; mã vùng đã đổi từ năm 2017, đề nghị ghi số hiện nay"
    return f"có {len(re.sub(r'[^0-9]', '', written)):02} chữ số hoặc đầu số chưa đúng; đề nghị kiểm tra lại"


def _spaced(number: str) -> str:
    if number.startswith("02"):
        area = 3 if number[2] in "48" else 4  # Hà Nội and thành phố Hồ Chí Minh have the short ones
        return f"{number[:area]} {number[area : area + 4]} {number[area + 4 :]}"
    if number.startswith("0"):
        return f"{number[:4]} {number[4:7]} {number[7:]}"
    return f"{number[:4]} {number[4:]}"
