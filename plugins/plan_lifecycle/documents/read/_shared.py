"""Cells of a column that holds several things ("Cơ quan chủ trì, phối hợp"): which words of a cell are which of them.

Labels tell ("Chủ trì: …; phối hợp: …"), or brackets ("Sở Nội vụ (chủ trì)"), or verbs ("Sở Nội vụ chủ trì, phối hợp
với Sở Tư pháp"); a day tells itself. A cell that names one agency names the lead. What none of these tells stays with
the first thing, and the row says that it was not told apart.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from plan_lifecycle.documents.read._agents import is_agency
from plan_lifecycle.documents.read._cells import unwrapped
from plan_lifecycle.documents.read._columns import Role
from plan_lifecycle.documents.read._guessed import is_time
from plan_lifecycle.documents.read._when import times_in
from plan_lifecycle.domain.regex import regex
from plan_lifecycle.domain.text import normalise

_TRIM = " \n;,.-–:"
_NOUN = r"(?:(?:các )?(?:cơ quan|đơn vị|bộ phận|tổ chức)(?:[ ,/]+(?:đơn vị|cá nhân))? )?"
_NAMES: dict[Role, str] = {
    Role.SUPPORT: rf"{_NOUN}phối hợp|{_NOUN}tham gia",
    Role.LEAD: rf"{_NOUN}(?:được giao )?chủ trì|{_NOUN}(?:thực hiện|đầu mối|phụ trách|tham mưu)"
    r"|(?:cơ quan|đơn vị) chính",
    Role.MONITOR: rf"{_NOUN}(?:theo dõi|giám sát|đôn đốc|kiểm tra)",
    Role.DEADLINE: r"thời (?:gian|hạn|điểm)|tiến độ|hạn|hoàn thành",
    Role.PRODUCT: r"sản phẩm|kết quả",
    Role.BUDGET: r"(?:nguồn )?kinh phí",
    Role.CONTENT: r"nội dung|nhiệm vụ",
    Role.TARGET: r"chỉ tiêu",
}
_ANY = "|".join(f"(?P<{role.name}>{names})" for role, names in _NAMES.items())
_LABEL = regex(
    rf"(?:^|[\n;.,(])[ \t]*[-–+*•]?[ \t]*(?:{_ANY})"
    r"(?:[ ,/]{1,2}(?:thực hiện|hoàn thành|triển khai|đầu ra|chính|dự kiến|tham mưu|kiểm tra|đôn đốc)){0,4}"
    r"(?:[ \t]*:|[ \t]+[-–][ \t])[ \t]*",
    re.I,
)
_BRACKET = regex(r"[ \t]*\([ \t]*(?:cơ quan |đơn vị )?(chủ trì|phối hợp|theo dõi|đôn đốc|giám sát)[^()]{0,30}\)", re.I)
_LEADS = regex(r"^(?P<lead>[^:\n]{2,200}?)[ ,]+(?:là (?:cơ quan|đơn vị) )?chủ trì\b", re.I)
_JOINS = regex(r"(?:^|[ ,;.\n])phối hợp(?: với| cùng)?[ :]", re.I)
_HELPS = regex(r"(?<![ ,])[ ,]+(?:cùng )?phối hợp(?: thực hiện)?$", re.I)
_ONE_BY_ONE = regex(r"[,/]\s*(?=[^\W\d_a-zđ])")  # before a capital: "Sở Nội vụ, Sở Tư pháp"
_BRACKETS = {"chủ trì": Role.LEAD, "phối hợp": Role.SUPPORT}
_LONGEST = 3_000  # a cell beyond names no agencies


@dataclass(frozen=True, slots=True)
class Divided:
    """The words of a cell by what they are; ``unsure`` where it names several that nothing tells apart."""

    texts: dict[Role, str]
    unsure: bool = False

    def get(self, role: Role) -> str:
        """The words that are that; empty where the cell has none."""
        return self.texts.get(role, "")


def divided(text: str, roles: tuple[Role, ...]) -> Divided:
    """The words of a cell of a column that holds ``roles``."""
    if not text.strip() or len(text) > _LONGEST:
        return Divided({roles[0]: text.strip()} if text.strip() else {}, unsure=bool(text.strip()))
    found = _by_labels(text, roles) or _by_brackets(text) or _by_verbs(text, roles)
    return Divided(found) if found else _by_kind(text, roles)


def names_parts(text: str) -> bool:
    """Whether a cell names lead or support under labels of its own, whatever its column is called."""
    found = {match.lastgroup for match in _LABEL.finditer(text[:_LONGEST])}
    return bool(found & {Role.LEAD.name, Role.SUPPORT.name})


def _by_labels(text: str, roles: tuple[Role, ...]) -> dict[Role, str]:
    matches = list(_LABEL.finditer(text))
    if not matches:
        return {}
    found: dict[Role, str] = {}
    before = text[: matches[0].start()].strip(_TRIM)
    named = [Role[str(match.lastgroup)] for match in matches]
    if before:
        found[next((role for role in roles if role not in named), roles[0])] = _tidy(before)
    ends = [match.start() for match in matches[1:]] + [len(text)]
    for match, role, end in zip(matches, named, ends, strict=True):
        words = _tidy(text[match.end() : end].strip(_TRIM))
        if words:
            found[role] = f"{found[role]}; {words}" if role in found else words
    return found


def _by_brackets(text: str) -> dict[Role, str]:
    """ "Sở Nội vụ (chủ trì), Sở Tài chính (phối hợp)"."""
    found: dict[Role, str] = {}
    begin = 0
    for match in _BRACKET.finditer(text):
        role = _BRACKETS.get(normalise(match[1]), Role.MONITOR)
        words = _tidy(text[begin : match.start()].strip(_TRIM))
        if words:
            found[role] = f"{found[role]}; {words}" if role in found else words
        begin = match.end()
    rest = _tidy(text[begin:].strip(_TRIM))
    if found and rest:
        role = Role.SUPPORT if Role.SUPPORT not in found else Role.LEAD
        found[role] = f"{found[role]}; {rest}" if role in found else rest
    return found


def _by_verbs(text: str, roles: tuple[Role, ...]) -> dict[Role, str]:
    """ "Sở Nội vụ chủ trì, phối hợp với các sở, ban, ngành"."""
    if Role.LEAD not in roles:
        return {}
    joins = _JOINS.search(text)
    first = text[: joins.start()] if joins else text
    leads = _LEADS.match(first)
    if leads is None and joins is None:
        return {}
    lead = leads["lead"] if leads else first
    after = text[joins.end() :] if joins else first[leads.end() :] if leads else ""
    after = _HELPS.sub("", after.strip(_TRIM))
    made = {Role.LEAD: _tidy(lead.strip(_TRIM)), Role.SUPPORT: _tidy(after.strip(_TRIM))}
    return {role: words for role, words in made.items() if words}


def _by_kind(text: str, roles: tuple[Role, ...]) -> Divided:
    """Days to the deadline, the rest to the first thing; several lines that nothing tells apart are unsure."""
    pieces = [piece for piece in re.split(r"\n|;", text) if piece.strip(_TRIM)]
    found: dict[Role, str] = {}
    rest = pieces
    if Role.DEADLINE in roles:
        dated = [piece for piece in pieces if times_in(piece) or is_time(piece.strip(_TRIM))]
        rest = [piece for piece in pieces if piece not in dated]
        if dated:
            found[Role.DEADLINE] = _joined(dated)
    others = [role for role in roles if role is not Role.DEADLINE]
    if rest and others:
        found[Role.LEAD if Role.LEAD in others else others[0]] = _joined(rest)
    elif rest:
        found[Role.DEADLINE] = _joined(pieces)
    return Divided(found, unsure=len(others) > 1 and _several(rest))


def _several(pieces: list[str]) -> bool:
    whole = unwrapped("\n".join(piece.strip() for piece in pieces), "; ").split(";")
    named = [name for piece in whole for name in _ONE_BY_ONE.split(piece) if is_agency(name.strip(_TRIM))]
    return len(whole) > 1 or len(named) > 1


def _joined(pieces: list[str]) -> str:
    return unwrapped("\n".join(piece.strip(" ;") for piece in pieces), "; ").strip(_TRIM)


def _tidy(text: str) -> str:
    return unwrapped(text, "; ").strip(_TRIM)
