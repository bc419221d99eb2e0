"""What was typed into the form's fields, read as the same cell of a workbook is: "ước 12" is 12, and an estimate."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from plan_lifecycle.documents.report_form import Written, read_figure
from plan_lifecycle.domain.errors import InputError
from plan_lifecycle.domain.figure import NOT_KNOWN, Figure, note_of
from plan_lifecycle.domain.figure_check import NOTHING_KNOWN, Background, check_figures
from plan_lifecycle.domain.figure_text import is_blank, not_known
from plan_lifecycle.domain.indicator import NUMERIC, Indicator

_WHY_NOT_KNOWN = "Chưa có số liệu: đề nghị ghi rõ lý do ở ô Minh chứng; chưa phát sinh thì ghi 0."


@dataclass(frozen=True, slots=True)
class Filled:
    """What was read of a form, by indicator: figures, and the notes that stand beside them or beside an empty field;
    ``findings`` says beside which field what is amiss, ``doubts`` what is only to be looked at again. ``unknown`` are
    the figures of which the unit says why there are none yet, ``unread`` what was typed and cannot be read."""

    figures: Mapping[str, Figure]
    notes: Mapping[str, str]
    findings: Mapping[str, str]
    doubts: Mapping[str, str]
    unknown: frozenset[str] = frozenset()
    unread: Mapping[str, str] = field(default_factory=dict)


class _Read(NamedTuple):
    """What one indicator's fields say: its figure, or that there is none yet, or what is amiss."""

    note: str
    figure: Figure | None = None
    finding: str = ""
    unknown: bool = False
    unread: str = ""


def read_fields(
    indicators: Sequence[Indicator], fields: Mapping[str, str], background: Background = NOTHING_KNOWN
) -> Filled:
    """Read the fields ``v_<code>`` (value), ``e_<code>`` (evidence), ``u_<code>`` (estimate) and ``k_<code>`` (no
    figure yet), and hold the values against each other and ``background``."""
    read = {indicator.code: _read(indicator, fields) for indicator in indicators}
    figures = {code: one.figure for code, one in read.items() if one.figure is not None}
    findings = {code: one.finding for code, one in read.items() if one.finding}
    doubts: dict[str, str] = {}
    for amiss in check_figures(indicators, figures, background):
        beside = findings if amiss.blocks else doubts
        code = amiss.indicator.code
        beside[code] = f"{beside[code]} {amiss.beside}" if code in beside else amiss.beside
    return Filled(
        figures,
        {code: one.note for code, one in read.items()},
        findings,
        doubts,
        frozenset(code for code, one in read.items() if one.unknown),
        {code: one.unread for code, one in read.items() if one.unread},
    )


def _read(indicator: Indicator, fields: Mapping[str, str]) -> _Read:
    code = indicator.code
    typed, evidence = (fields.get(f"{kind}_{code}", "").strip() for kind in "ve")
    if fields.get(f"k_{code}") and is_blank(typed):
        typed = NOT_KNOWN
    note = note_of(evidence, estimate=bool(fields.get(f"u_{code}")))
    if not_known(typed, evidence, indicator) is not None:
        return _Read(note, finding="" if evidence else _WHY_NOT_KNOWN, unknown=True)
    if is_blank(typed):
        return _Read(note, finding=_left_open(indicator))
    try:
        figure, _said = read_figure(Written(typed, note), indicator)
    except InputError as error:
        return _Read(note, finding=error.for_user.removeprefix(f"{indicator.name}: "), unread=typed)
    return _Read(figure.note, figure)


def _left_open(indicator: Indicator) -> str:
    if not indicator.required:
        return ""
    return "Chưa có số liệu; chưa phát sinh thì ghi 0." if indicator.type in NUMERIC else "Chưa có nội dung."
