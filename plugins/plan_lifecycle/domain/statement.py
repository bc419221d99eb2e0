"""What a unit states in words: "đã gửi qua trục, số 45/BC-UBND ngày 12/6/2023", "xin gia hạn đến ngày 20/6".

It is only what somebody says: a coordinator looks it up and records it, nothing is met by it. So it is read with care;
what is doubtful (a question, a condition, something to come, somebody else's paper) is not read at all.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from plan_lifecycle.domain.regex import regex
from plan_lifecycle.domain.spoken_date import DATE, REQUESTED, last_day, spoken_day
from plan_lifecycle.domain.text import nfc, normalise, without_accents

LONGEST = 20_000
"""Characters that are read of one message."""


class Way(StrEnum):
    """How a paper was sent, by what is said; the words of ``review record --via``."""

    AXIS = "axis"
    PAPER = "paper"
    HAND = "hand"


@dataclass(frozen=True, slots=True)
class Sent:
    """A paper is said to have been sent: its number, its own date, when and how; None is not said. ``words`` say so."""

    words: str
    reference: str | None = None
    issued_on: date | None = None
    sent_on: date | None = None
    way: Way | None = None


@dataclass(frozen=True, slots=True)
class Extension:
    """More time is asked for: until the end of ``until``, or ``days`` more; None is not said."""

    words: str
    until: date | None = None
    days: int | None = None


@dataclass(frozen=True, slots=True)
class Statement:
    """What was read of one message; at least one of the two."""

    sent: Sent | None = None
    extension: Extension | None = None


class _Sentence(NamedTuple):
    """One sentence as written, in normal form, and that without accents (of the same length)."""

    written: str
    form: str
    plain: str


class _Words:
    """Words to look for as they are spelt, and without accents only where a sentence has none: "đảng" is not "đang"."""

    def __init__(self, pattern: str) -> None:
        self._spelt, self._plain = re.compile(pattern), re.compile(without_accents(pattern))

    def in_(self, sentence: _Sentence, end: int | None = None) -> bool:
        """Whether they stand in the sentence, or in what is before ``end``."""
        words = self._plain if sentence.form == sentence.plain else self._spelt
        return bool(words.search(sentence.form[:end]))


_ENDS = regex(r"(?<=[.!?;])\s+|\n+")
_WRAPPED = 60
_DONE = r"(?:(?:ky|so|hoan thanh|hoan thien|lap|duoc|va|thuc hien|xay dung|tien hanh|bao cao|van thu) ){0,4}"
_SENT = regex(rf"\bda {_DONE}(?P<verb>gui|nop|chuyen|phat hanh|ban hanh)\b")
_SENDS = regex(r"(?<!kinh )\b(?P<verb>gui|nop|chuyen|phat hanh)\b(?! (?:cham|muon|tre|lai|sau)\b)")
_COMING = "chưa|sẽ|sắp|đang|nếu|trường hợp|đề nghị"
_NOT_YET = _Words(
    rf"\b(?:{_COMING}|không|khi|cần|phải|hãy|xem|kiểm tra|xin(?! báo cáo| thông| trả lời| phúc đáp))"
    r"(?: [\w/-]+){0,5} ?$"
)
_TO_COME = _Words(rf"\b(?:{_COMING}|yêu cầu|thời hạn)\b")
_ADDRESSEE = regex(r"(?<!\w)(?:sở|quý (?:sở|phòng|ban|cơ quan)|anh|chị|cấp trên|phòng nội vụ)(?!\w)[^,;]{0,30}$")
_TO_US = regex(r"\bcho (?:xa|phuong|thi tran|don vi|chung toi|cac|em|toi|minh)\b")
_NO_PAPER = regex(
    r"^ (?:(?:cau hoi|thong bao|giay moi|thu moi|yeu cau|de nghi|huong dan|mau|link|y kien|gop y|anh|hinh|loi)\b"
    r"|tin nhan\b"
    r"|tu (?!ngay\b|hom\b|sang\b|chieu\b|tuan\b|thang\b|\d)"  # "Đã gửi từ iPhone của tôi"
    r"|(?:nhung )?(?:khong|bi|chua|thieu|sai|nham)\b"
    r"|(?:cho |toi |den )?(?:lanh dao|dong chi|d/c|chu tich|bo phan|can bo|chuyen vien|cong chuc|phong(?! noi vu))\b)"
)
_SUBJECT = regex(
    r"\b(?:mau|link|duong dan|file|tep|(?<!van )thu|e-?mail|mail|tin nhan|thong bao|huong dan|giay moi)(?: \w+){0,2} $"
)
_ENCLOSED = regex(r"\b(?:dinh kem|kem theo|gui kem|kem thu|file|tep|(?:qua|bang) (?:thu|e-?mail|mail|zalo))\b")
_PAPER_NAMED = regex(r"\b(?:bao cao|ke hoach|van ban|so lieu|bieu|cong van|ho so)\b")
_UNCLEAR = ("ban hanh", "chuyen")
"""What is issued need not be sent, what is passed on may be so within the house: only with number, or way."""
_WAYS = (
    (Way.AXIS, regex(
        r"\btruc\b(?! (?:tiep|tuyen|ban|thuoc))|\blien thong\b|\b(?:he thong|phan mem) (?:quan ly )?(?:van ban|vb)\b|"
        r"\b(?:qlvb|qlvbdh|e-?office|i-?office|td ?office)\b"
    )),
    (Way.PAPER, regex(
        r"\bban (?:giay|cung|in)\b|\b(?:van ban|cong van|bao cao|ke hoach) giay\b|\bbuu (?:dien|chinh)\b|"
        r"\bchuyen phat\b"
    )),
    (Way.HAND, regex(r"\b(?:gui|nop|chuyen|giao) truc tiep\b|\btruc tiep tai\b|\btan tay\b")),
)  # fmt: skip
_TYPES = "bc|kh|cv|tb|qđ|qd|ttr|ct|hd|ubnd"
_AFTER = "|".join(
    f"(?<={each} )" for kind in ("báo cáo", "kế hoạch", "công văn", "văn bản") for each in (kind, without_accents(kind))
)
_REFERENCE = regex(
    rf"(?<![\w/.-])(?:(?P<named>(?:số|so)\s*:?\s*)(?P<one>\d{{1,5}}\s?[/-]\s?[a-zđ]{{2,8}}(?:\s?[-/&]\s?[a-zđ]{{1,10}})*)"
    rf"|(?P<two>\d{{1,5}}\s?[/-]\s?(?:{_TYPES})(?:\s?[-/&]\s?[a-zđ]{{1,10}})*)"
    rf"|(?:{_AFTER})(?:số|so)\s*:?\s*(?P<bare>\d{{1,5}}))(?![\w/])"
)
_CITED = regex(r"\b(?:thuc hien|theo|can cu|phuc dap|tra loi)\b[^,;]{0,40}$")
_ONLY = regex(r"^(?:(?:bao cao|ke hoach|cong van|van ban) )?(?:so\s*:?\s*)?$")
_SHORT = 25
_ASKS = regex(
    r"\b(?:xin(?! loi| cam on)|de nghi|mong|cho phep|de xuat)\b[^;]{0,80}?"
    r"(?:\bgia han\b|\blui (?:thoi|han|den|sang|lai)\b|\b(?:gui|nop|bao cao|duoc) (?:cham|muon|tre)\b)"
)
_GRANTED = regex(
    r"(?<!nghi )(?<!xin )(?<!mong )(?<!phep )\b(?:duoc|da) gia han\b|\bkhong (?:xin|de nghi|gia han)\b|"
    r"\bchua (?:xin|de nghi)\b"
)
_MORE_DAYS = regex(r"\bthem (?P<days>\d{1,3}) ngay\b(?! lam viec)")


def read_statement(words: str, today: date) -> Statement | None:
    """What the writer's own words state, written on ``today``; None where they state neither."""
    sentences = list(_sentences(words[:LONGEST]))
    sent = next(_sendings(sentences, today), None) or _only_a_number(sentences, today)
    extension = next(filter(None, (_extension(sentence, today) for sentence in sentences)), None)
    return Statement(sent, extension) if sent or extension else None


def _sentences(words: str) -> Iterator[_Sentence]:
    """Sentences and short lines; a line that fills its width goes on in the next."""
    lines = [" ".join(line.split()) for line in nfc(words).splitlines()]
    joined = "".join(f"{line} " if len(line) >= _WRAPPED else f"{line}\n" for line in lines)
    for written in _ENDS.split(joined):
        form = normalise(written)
        plain = without_accents(form)
        if form:
            yield _Sentence(written.strip(), form if len(form) == len(plain) else plain, plain)


def _sendings(sentences: list[_Sentence], today: date) -> Iterator[Sent]:
    for place, sentence in enumerate(sentences):
        found = _sending(sentence, today)
        if found is None:
            continue
        beside = sentences[place + 1 : place + 2] + sentences[max(0, place - 1) : place]
        for other in beside if found.reference is None else ():
            number = _REFERENCE.search(other.form)
            if number is not None and _ONLY.match(other.plain[: number.start()]) and not _TO_COME.in_(other):
                found = replace(found, reference=_reference(number), issued_on=_issued_on(other, number, today))
                found = replace(found, words=f"{found.words} {other.written}")
                break
        yield found


def _sending(sentence: _Sentence, today: date) -> Sent | None:
    """A sentence that says that its writer's paper was sent."""
    plain = sentence.plain
    way = next((way for way, words in _WAYS if words.search(plain)), None)
    numbers = [match for match in _REFERENCE.finditer(sentence.form) if not _CITED.search(plain[: match.start()])]
    verb = _SENT.search(plain)
    if verb is None:
        verb = _SENDS.search(plain) if numbers and way and not _TO_COME.in_(sentence) else None
    if verb is None or _ASKS.search(plain):
        return None
    after = [match for match in numbers if match.start() > verb.start()]
    number = after[0] if after else numbers[-1] if numbers else None
    if _somebody_elses(sentence, verb, number, way):
        return None
    if verb["verb"] in _UNCLEAR and not (after or (way and verb["verb"] == "chuyen")):
        return None
    if way is None and (_ENCLOSED.search(plain) or _NO_PAPER.search(plain[verb.end() :])):
        return None
    if not (way or after) and _SUBJECT.search(plain[: verb.start()]):
        return None
    sent_on = _sent_on(plain, verb, number, today)
    said = number or way or sent_on or _PAPER_NAMED.search(plain) or len(plain.split()) <= 7
    if not said or ("?" in plain and not (number or way)):
        return None
    return Sent(
        sentence.written,
        _reference(number) if number else None,
        _issued_on(sentence, number, today) if number else None,
        sent_on,
        way,
    )


def _somebody_elses(sentence: _Sentence, verb: re.Match[str], number: re.Match[str] | None, way: Way | None) -> bool:
    """Whether nothing was sent yet, or it was sent by whom the message is written to."""
    if _NOT_YET.in_(sentence, verb.start()) or _TO_US.search(sentence.plain[verb.end() :]):
        return True
    after = number is not None and number.start() > verb.start()
    return bool(_ADDRESSEE.search(sentence.form[: verb.start()])) and not (after or way)


def _only_a_number(sentences: list[_Sentence], today: date) -> Sent | None:
    """A short answer that is nothing but number and date, which our letters ask for."""
    if sum(len(sentence.plain.split()) for sentence in sentences) > _SHORT:
        return None
    for sentence in sentences:
        number = _REFERENCE.search(sentence.form)
        if number is None or number["bare"] or not _ONLY.match(sentence.plain[: number.start()]):
            continue
        rest = DATE.sub("", sentence.plain[number.end() :]).strip(" ,.;()")
        if not rest:
            return Sent(sentence.written, _reference(number), _issued_on(sentence, number, today))
    return None


def _reference(number: re.Match[str]) -> str:
    found = number["one"] or number["two"] or number["bare"]
    return re.sub(r"\s+", "", found).upper()


def _issued_on(sentence: _Sentence, number: re.Match[str], today: date) -> date | None:
    """The date that follows the number."""
    after = sentence.plain[number.end() :]
    found = DATE.search(after)
    if found is None or not re.fullmatch(r"[\s,(]*(?:(?:ky|ban hanh|de) )?", after[: found.start()]):
        return None
    return spoken_day(found, today)


def _sent_on(plain: str, verb: re.Match[str], number: re.Match[str] | None, today: date) -> date | None:
    """A date after the verb that is not the paper's own."""
    for found in DATE.finditer(plain, verb.end()):
        of_paper = number is not None and number.end() <= found.start() <= number.end() + 15
        if not of_paper:
            return spoken_day(found, today)
    return None


def _extension(sentence: _Sentence, today: date) -> Extension | None:
    plain = sentence.plain
    asks = _ASKS.search(plain)
    if asks is None or _GRANTED.search(plain) or "?" in plain:
        return None
    requested = REQUESTED.search(plain, asks.end())
    until = last_day(requested, today) if requested else None
    more = _MORE_DAYS.search(plain, asks.end())
    if until is None and more is None and "gia han" not in asks[0] and "lui" not in asks[0]:
        return None
    return Extension(sentence.written, until, int(more["days"]) if more and until is None else None)
