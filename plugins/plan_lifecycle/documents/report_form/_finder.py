"""Which indicator a row is about: by code, else by name, else by a name that is nearly the same."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from plan_lifecycle.documents.report_form._writing import REQUIRED_MARK
from plan_lifecycle.domain.indicator import Indicator
from plan_lifecycle.domain.regex import regex
from plan_lifecycle.domain.text import normalise

_ORDINAL = regex(r"^(?:[-–+*•]\s*|(?:\d{1,3}(?:\.\d{1,3})*[.)]?|[a-zđ][.)]|[ivx]{1,5}[.)])\s+)+")
_WITHIN = regex(r"^(?:[-–+*•]\s*)?(?:trong đó|bao gồm|gồm|chia ra)\b\s*:?\s*")
_BRACKET = regex(r"(?<!\s)\s*\([^()]*\)$")
_NEARLY = 92


@dataclass(frozen=True, slots=True)
class Conflict:
    """A row whose code is one indicator's and whose name another's."""

    coded: Indicator
    named: Indicator


@dataclass(frozen=True, slots=True)
class Several:
    """A row whose name several indicators bear, and nothing above it tells which."""

    indicators: tuple[Indicator, ...]


Match = Indicator | Conflict | Several


class Finder:
    """Finds the indicators of one period by what stands in a row; ``form_rows`` are the names of all rows of the form,
    those for other units and its headings too."""

    def __init__(self, indicators: Sequence[Indicator], form_rows: Collection[str] = ()) -> None:
        self._form_rows = {plain_name(name) for name in form_rows}
        self.by_code = {indicator.code.lower(): indicator for indicator in indicators}
        self._by_name: dict[str, list[Indicator]] = defaultdict(list)
        self._wholes: dict[str, set[str]] = defaultdict(set)
        for indicator in indicators:
            self._by_name[plain_name(indicator.name)].append(indicator)
            for part in (*indicator.checks.parts, *(indicator.checks.share_of or ())):
                self._wholes[part].add(indicator.code)

    def find(self, name: str, code: str, above: Indicator | None = None, *, nearly: bool = True) -> Match | None:
        """The indicator of a row; a Conflict where code and name disagree. ``above`` is that of the row of which this
        one has the next number: of several of one name it tells which. Parts of another row are found only by their
        very name: then ``nearly`` is off."""
        coded, named = self.by_code.get(code.lower()), self._named(name)
        if coded and named:
            return coded if coded in named else Conflict(coded, named[0])
        if coded or not named:
            nearly = nearly and bool(name) and not self.is_of_form(name)
            return coded or (self._nearly(plain_name(name)) if nearly else None)
        below = [one for one in named if self.belongs(one, above)]
        found = named if len(named) == 1 else below
        return found[0] if len(found) == 1 else Several(tuple(named))

    def is_of_form(self, name: str) -> bool:
        """Whether the form has a row of this name, for whomever."""
        return plain_name(name) in self._form_rows

    def exactly(self, name: str) -> Indicator | None:
        """The one indicator of just this name."""
        named = self._named(name)
        return named[0] if len(named) == 1 else None

    def belongs(self, indicator: Indicator, above: Indicator | None) -> bool:
        """Whether an indicator is a part of another, or the share's part or whole."""
        return above is not None and above.code in self._wholes[indicator.code]

    def _named(self, name: str) -> list[Indicator]:
        """The indicators of just this name, a unit of measure in brackets behind it or not."""
        plain = plain_name(name)
        return self._by_name.get(plain) or self._by_name.get(_BRACKET.sub("", plain).rstrip(" .:;")) or []

    def _nearly(self, name: str) -> Indicator | None:
        from rapidfuzz import fuzz, process

        near = process.extract(name[:300], list(self._by_name), scorer=fuzz.ratio, score_cutoff=_NEARLY, limit=2)
        found = self._by_name[near[0][0]] if len(near) == 1 else []
        return found[0] if len(found) == 1 else None


def plain_name(name: str) -> str:
    """A row's name in the form in which it is compared: without number, dash, "Trong đó" and the mark of ours."""
    text = _ORDINAL.sub("", normalise(name.replace(REQUIRED_MARK, "")))
    return _WITHIN.sub("", text).rstrip(" .:;")


def opens_parts(name: str) -> bool:
    """Whether a row, or those below it, tell what the row above is made of: "Trong đó:"."""
    return _WITHIN.match(_ORDINAL.sub("", normalise(name))) is not None
