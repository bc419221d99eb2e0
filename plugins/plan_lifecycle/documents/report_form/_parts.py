"""The sheets of a form in Excel: one for each form of the profile of which the unit reports something.

A unit of one form, as xã Bình An has it in the report on communication, gets one sheet as ever.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from plan_lifecycle.domain.indicator import Indicator
from plan_lifecycle.domain.profile import Form
from plan_lifecycle.domain.regex import regex

_ONLY, _TITLE, _REST = "Biểu số liệu", "BIỂU SỐ LIỆU", "Số liệu khác"
_FORBIDDEN = regex(r"[\[\]:*?/\\']")
_LONGEST_NAME = 31
"""What Excel allows for the name of a sheet."""


class Part(NamedTuple):
    """A sheet: its name, the title above its table, its indicators in order."""

    sheet: str
    title: str
    indicators: tuple[Indicator, ...]


def parts_of(indicators: Sequence[Indicator], forms: Sequence[Form]) -> tuple[Part, ...]:
    """The sheets, each indicator on the first form that has it; what no form has comes last."""
    left = {indicator.code: indicator for indicator in indicators}
    parts = [(form.title, tuple(left.pop(row.code) for row in form.rows if row.code in left)) for form in forms]
    parts = [(title, of_part) for title, of_part in [*parts, (_REST, tuple(left.values()))] if of_part]
    if len(parts) < 2:
        return (Part(_ONLY, _TITLE, tuple(indicators)),)
    return tuple(
        Part(_sheet_name(f"{place}. {title}"), f"{_TITLE} {place}. {title}", of_part)
        for place, (title, of_part) in enumerate(parts, start=1)
    )


def _sheet_name(title: str) -> str:
    """The title as far as it fits, cut between words."""
    plain = " ".join(_FORBIDDEN.sub(" ", title).split())
    return plain if len(plain) <= _LONGEST_NAME else plain[: _LONGEST_NAME + 1].rpartition(" ")[0]
