"""The agency that a letterhead names, in the spelling of a sentence rather than of a letterhead."""

from __future__ import annotations

import re

from plan_lifecycle.documents.read._blocks import Block, Paragraph
from plan_lifecycle.domain.regex import regex
from plan_lifecycle.domain.text import normalise

_HEADS = regex(
    r"(?:ủy ban|ubnd|mặt trận tổ quốc|ubmttq|hội đồng|hđnd|sở|phòng|ban(?! nhân dân)|bộ|văn phòng"
    r"|chi cục|cục|tổng cục|trung tâm|công an|hội|liên đoàn|liên minh|đoàn|tỉnh ủy|thành ủy|huyện ủy|quận ủy"
    r"|thị ủy|đảng ủy|đảng bộ"
    r"|trường|bệnh viện|viện|đài|báo|kho bạc|bảo hiểm|tòa án|thanh tra|thuế|hải quan|ngân hàng|tổng công ty"
    r"|công ty|chính phủ|học viện|công chức(?!,)|bộ phận|tổ dân phố|tổ công tác|tổ công nghệ|khu phố|khóm|buôn"
    r"|thôn(?=\s+(?!mới\b|tỉnh\b|huyện\b|thành\b|và\b)\S))(?!\w)"
)
_UY = regex(r"Uỷ(?= ban)")
_SHORT = regex(r"(?<!\w)(?:ubnd|hđnd|ubmttq|mttq|cchc|bcđ|cđs|qlnn)(?!\w)")
_PLACES = regex(
    r"(?<!\w)(tỉnh|thành phố|tp\.?|huyện|quận|thị xã|xã(?!\s+hội\b)|phường|thị trấn|đặc khu|(?<!nông )thôn"
    r"|(?:tỉnh|thành|huyện|quận|thị|đảng) ủy)"
    r"(\s+)(?!ủy)(\S.*)$",
    re.I,
)


def agencies_of(lines: list[str], blocks: list[Block]) -> tuple[str, ...]:
    """The agencies of a letterhead, the superior first: UBND TỈNH X / SỞ NỘI VỤ; none where it names none."""
    groups: list[str] = []
    for line in lines:
        form = normalise(line)
        if _HEADS.match(form):
            groups.append(line)
        elif groups:
            groups[-1] += f" {line}"
    return tuple(in_sentence_case(" ".join(group.split()), blocks) for group in groups)


def in_sentence_case(name: str, blocks: list[Block]) -> str:
    """An agency's name in capitals as a sentence writes it: as the document itself does, else by rule."""
    return _UY.sub("Ủy", name if not name.isupper() else _in_the_text(name, blocks) or _by_rule(name))


def _in_the_text(name: str, blocks: list[Block]) -> str | None:
    words = re.compile(r"\s+".join(map(re.escape, name.split())) + r"(?!\w)", re.I)
    for block in blocks:
        if isinstance(block, Paragraph):
            match = words.search(block.text)
            if match and not match[0].isupper():
                found = " ".join(match[0].split())
                return found[:1].upper() + found[1:]
    return None


def _by_rule(name: str) -> str:
    return " - ".join(_one_by_rule(part) for part in name.split(" - ")) if " - SỞ" in name else _one_by_rule(name)


def _one_by_rule(name: str) -> str:
    short = re.match(r"(UBND|HĐND|UBMTTQ)\b\s*", name)
    lead, rest = (short[0], name[short.end() :]) if short else ("", name)
    text = rest.lower()
    place = _PLACES.search(text)
    if place:
        text = text[: place.start(3)] + " ".join(word[:1].upper() + word[1:] for word in place[3].split())
    head = re.match(r"(?:sở|phòng|ban|văn phòng|chi cục|cục|trung tâm)\s+", text)
    if head:
        text = text[: head.end()] + text[head.end() : head.end() + 1].upper() + text[head.end() + 1 :]
        text = re.sub(r"((?: và|,| -) )(\w)", lambda match: match[1] + match[2].upper(), text)
    text = _SHORT.sub(lambda match: match[0].upper(), text)
    return lead + (text if lead else text[:1].upper() + text[1:])
