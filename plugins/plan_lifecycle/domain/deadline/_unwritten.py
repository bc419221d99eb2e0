"""What a date leaves unsaid or garbles: blanks of a form, letters among its digits, a year of three digits.

Each is cut out of the text, or read as it must have been meant, and put to a person: a reader that passes it over would
take the year that stands beside it for the date.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from plan_lifecycle.domain.regex import regex

_GAP = r"(?:(?<!\.)\.{2,}|(?<!…)…+|(?<!_)_{2,}|\bx{2,4}\b|(?<!-)-{2,}|(?<=[/ ])(?:dd|mm|nn|yyyy)\b)"
_PART = rf"(?:{_GAP}|\d{{1,4}})"
_BLANK = regex(
    rf"(?:ngày|quý) ?{_GAP}(?: ?(?:/|-|,? ?tháng|,? ?năm) ?{_PART}){{0,2}}"
    rf"|(?:ngày ?)?\b\d{{1,2}} ?(?:/|,? ?tháng) ?{_GAP}(?: ?(?:/|,? ?năm) ?{_PART})?"
    rf"|{_GAP} ?(?:/|tháng) ?{_PART}(?: ?(?:/|năm) ?{_PART})?"
    rf"|\btháng ?{_GAP}(?: ?(?:/|,? ?năm) ?{_PART})?"
    r"|(?<!hằng )(?<!mỗi )\bngày tháng(?= ?(?:\d|năm))(?: ?\d{1,2}(?!\d))?(?: năm(?: ?\d{4})?)?"
)
_OPEN_YEAR = regex(
    rf"(?:/|năm ?)(?:(?:20|202)? ?(?:{_GAP}|xx?\b)|(?<=năm )20(?=$|[ ,.;)])|n(?: ?[+-] ?\d)?(?=$|[ ,.;)])|20xx\b)"
)
_BROKEN = regex(
    r"((?:\btrước )?(?:\bngày )?)(?<![\d/])(\d{1,3}/{1,3}\d{1,3}/{1,3}\d{1,6}|\d{1,2}/{2,3}\d{1,2})(?![\d/])"
)
_SOUND = regex(r"\d{1,2}/\d{1,2}(?:/(?:\d\d|(?:19|20)\d\d))?")
_LETTERED = regex(
    r"(?<![\w/])(?=l/|[lio]?\d)[\dlio]{1,2}[/.-][\dlio]{1,2}(?:[/.-][\dlo]{2,4})?(?![\w/])"
    r"|(?<=ngày )[\dlo]{2}(?= tháng)"
)
_SLASHES = regex(r" ?/ ?|(?<=\d)\\(?=\d)")
_DIGITS = str.maketrans("lio", "110")
_ROMAN_MISREAD = regex(r"\bquý ((?:[i1l|] ?){1,3}v?|v)(?=$|[ /,;.)-])")


@dataclass(frozen=True, slots=True)
class Garbled:
    """A text without what nobody can read, and the ``questions`` about that, in Vietnamese."""

    text: str
    questions: tuple[str, ...] = ()


def ungarbled(text: str) -> Garbled:
    """Take blanks and broken dates out of ``text`` (in normal form), read letters among digits, and ask about each.

    No blanks stand around slashes afterwards.
    """
    questions: list[str] = []
    if "/" in text or "\\" in text:
        text = _SLASHES.sub("/", text)
    text = _ROMAN_MISREAD.sub(_in_roman, text)
    text = _LETTERED.sub(lambda match: _digits(match, questions), text)
    text = _BROKEN.sub(lambda match: _sound(match, questions), text)
    for pattern in (_BLANK, _OPEN_YEAR):
        text = pattern.sub(lambda match: _left_open(match, questions), text)
    return Garbled(text, tuple(dict.fromkeys(questions)))


def _in_roman(match: re.Match[str]) -> str:
    """ "quý ll" and "quý 1V" of a scan are II and IV; "quý 1" is a number."""
    name = match[1].rstrip()
    if name.isdigit():
        return match[0]
    letters = re.sub(r"[1l| ]", lambda letter: "" if letter[0] == " " else "i", name)
    return f"quý {letters}{match[1][len(name) :]}"


def _digits(match: re.Match[str], questions: list[str]) -> str:
    written = match[0]
    if not re.search(r"[lio]", written):
        return written
    meant = written.translate(_DIGITS)
    questions.append(f"Chữ cái lẫn trong ngày (“{written}”), tạm đọc là {meant}; đề nghị xác nhận.")
    return meant


def _sound(match: re.Match[str], questions: list[str]) -> str:
    written = match[2]
    single = re.sub("/+", "/", written)
    if _SOUND.fullmatch(single):
        return f"{match[1]}{single}"
    questions.append(f"Ngày viết chưa đúng (“{written}”); đề nghị xác định ngày cụ thể.")
    return " "


def _left_open(match: re.Match[str], questions: list[str]) -> str:
    questions.append(f"Ngày, tháng, năm còn để trống (“{match[0].strip()}”); đề nghị xác định ngày cụ thể.")
    return " "
