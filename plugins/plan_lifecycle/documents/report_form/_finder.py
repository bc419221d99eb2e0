"""Which indicator a row is about: by code, else by name, else by a name that is nearly the same."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from plan_lifecycle.documents.report_form._writing import REQUIRED_MARK
from plan_lifecycle.domain.indicator import Indicator
from plan_lifecycle.domain.text import normalise

_ORDINAL = re.compile(r"^(?:[-–+*•]\s*|(?:\d{1,3}(?:\.\d{1,3})*[.)]?|[a-zđ][.)]|[ivx]{1,5}[.)])\s+)+")
_WITHIN = re.compile(r"^(?:[-–+*•]\s*)?(?:trong đó|bao gồm|gồm|chia ra)\b\s*:?\s*")
_BRACKET = re.compile(r"\s*\([^()]*\)$")
_NEARLY = 92


@dataclass(frozen=True, slots=True)
class Conflict:
    """A row whose code is one indicator's and whose name another's."""

    coded: Indicator
    named: Indicator


class Finder:
    """Finds the indicators of one period by what stands in a row."""

    def __init__(self, indicators: Sequence[Indicator]) -> None:
        self.by_code = {indicator.code.lower(): indicator for indicator in indicators}
        self._by_name = {plain_name(indicator.name): indicator for indicator in indicators}

    def find(self, name: str, code: str, *, nearly: bool = True) -> Indicator | Conflict | None:
        """The indicator of a row; a Conflict where code and name disagree. Part of another row are found only by their
        very name: then ``nearly`` is off."""
        coded, named = self.by_code.get(code.lower()), self.exactly(name)
        if coded and named and coded is not named:
            return Conflict(coded, named)
        return coded or named or (self._nearly(plain_name(name)) if nearly and name else None)

    def exactly(self, name: str) -> Indicator | None:
        """The indicator of just this name, a unit of measure in brackets behind it or not."""
        plain = plain_name(name)
        return self._by_name.get(plain) or self._by_name.get(_BRACKET.sub("", plain).rstrip(" .:;"))

    def _nearly(self, name: str) -> Indicator | None:
        from rapidfuzz import fuzz, process

        near = process.extract(name[:300], list(self._by_name), scorer=fuzz.ratio, score_cutoff=_NEARLY, limit=2)
        return self._by_name[near[0][0]] if len(near) == 1 else None


def plain_name(name: str) -> str:
    """A row's name in the form in which it is compared: without number, dash, "Trong đó" and the mark of ours."""
    text = _ORDINAL.sub("", normalise(name.replace(REQUIRED_MARK, "")))
    return _WITHIN.sub("", text).rstrip(" .:;")


def opens_parts(name: str) -> bool:
    """Whether a row, or those below it, tell what the row above is made of: "Trong đó:"."""
    return _WITHIN.match(_ORDINAL.sub("", normalise(name))) is not None
