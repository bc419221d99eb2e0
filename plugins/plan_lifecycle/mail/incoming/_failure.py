"""One recipient's failure, and what a status, a reply code or an action says about its being for good."""

from __future__ import annotations

import re
from dataclasses import dataclass

from plan_lifecycle.domain.regex import regex

ENHANCED = regex(r"(?<![\d.])([245]\.\d{1,3}\.\d{1,3})(?![\d]|\.\d)")
REPLY_CODE = regex(r"(?<![\w./#=-])(?<!\d:)([45]\d\d)(?=[ \t,;:-]|$)", re.MULTILINE)
# Bounded everywhere: hostile mail holds very long words.
_LOCAL_PART = r"[\w!#$%&'*+/=?^`{|}~.-]{1,128}"
ADDRESS = regex(
    rf"{_LOCAL_PART}@(?:[\w-]{{1,63}}\.){{1,9}}[\w-]{{0,62}}\w|\"[^\"\s]{{1,64}}\"@(?:[\w-]{{1,63}}\.){{1,9}}\w{{1,63}}"
)
_LOCAL_ADDRESS = regex(rf"{_LOCAL_PART}@[\w.-]{{0,250}}\w")


@dataclass(frozen=True, slots=True)
class Failure:
    """A recipient as the reporting server names it, its status ``x.y.z``, whether it is for good; None: not said."""

    recipient: str | None
    status: str | None = None
    permanent: bool | None = None


def address_in(text: str) -> str | None:
    """The first mail address in a field ("rfc822; <ubnd@binhan.example.vn>")."""
    found = ADDRESS.search(text) or _LOCAL_ADDRESS.search(text)
    return found.group().strip(".'") if found else None


def status_in(text: str) -> str | None:
    """The first enhanced status: failures before delays before successes."""
    found = ENHANCED.findall(text)
    return next((status for digit in "542" for status in found if status.startswith(digit)), None)


def reply_code_in(text: str) -> int | None:
    """The first SMTP reply code of a failure or delay."""
    found = REPLY_CODE.findall(text)
    return next((int(code) for digit in "54" for code in found if code.startswith(digit)), None)


def for_good(status: str | None, code: int | None, action: str = "") -> bool | None:
    """5.x.x and 5xx are for good, 4.x.x, 4xx and a delay are not, a success is neither."""
    if action.startswith("delay"):
        return False
    for digit in (status or "")[:1], str(code or "")[:1]:
        if digit in ("4", "5"):
            return digit == "5"
    return True if action.startswith("fail") else None
