"""The three columns of the decree's table of type (Phụ lục I, Phần I, mục V): letters, size, weight and slant."""

from __future__ import annotations

from dataclasses import dataclass

from plan_lifecycle.documents.check._findings import Report, measure, quoted
from plan_lifecycle.documents.formatting import Line, Run

_ENOUGH_LETTERS = 4


@dataclass(frozen=True, slots=True)
class Type:
    """How an element is set: sizes in points from ``low`` to ``high``; None where the decree leaves it open."""

    low: float
    high: float
    bold: bool | None = False
    italic: bool | None = False
    capitals: bool | None = None

    @property
    def sizes(self) -> str:
        """The sizes in words."""
        return f"cỡ chữ {measure(self.low)}" + (f"–{measure(self.high)}" if self.high > self.low else "")


def lettered(line: Line) -> tuple[Run, ...]:
    """The runs of a line that hold letters or digits; raised marks such as footnote numbers are left out."""
    return tuple(run for run in line.runs if run.look.scale == 1.0 and any(sign.isalnum() for sign in run.text))


def check_type(report: Report, rule: str, line: Line, where: object, kind: Type) -> None:
    """Note ``rule.size``, ``rule.bold``, ``rule.italic`` and ``rule.capitals`` where a line is set otherwise."""
    runs = lettered(line)
    if not runs:
        return
    check_size(report, rule, runs, where, kind)
    _check_weight(report, rule, runs, where, kind)
    text = line.text.strip()
    if kind.capitals and text != text.upper():
        report.note(f"{rule}.capitals", quoted(text), "chữ in hoa", where)
    elif kind.capitals is False and is_capitals(text):
        report.note(f"{rule}.capitals", quoted(text), "chữ in thường", where)


def check_size(report: Report, rule: str, runs: tuple[Run, ...], where: object, kind: Type) -> None:
    """Note ``rule.size`` for the first run outside the sizes allowed."""
    for run in runs:
        if not kind.low - 0.01 <= run.look.size <= kind.high + 0.01:
            report.note(f"{rule}.size", f"cỡ chữ {measure(run.look.size)}", kind.sizes, where)
            return


def _check_weight(report: Report, rule: str, runs: tuple[Run, ...], where: object, kind: Type) -> None:
    if kind.bold is not None and any(run.look.bold is not kind.bold for run in runs):
        found, expected = ("chữ không đậm", "chữ đậm") if kind.bold else ("chữ đậm", "chữ không đậm")
        report.note(f"{rule}.bold", found, expected, where)
    if kind.italic is not None and any(run.look.italic is not kind.italic for run in runs):
        found, expected = ("chữ đứng", "chữ nghiêng") if kind.italic else ("chữ nghiêng", "chữ đứng")
        report.note(f"{rule}.italic", found, expected, where)


def is_capitals(text: str) -> bool:
    """Whether a text is written in capitals throughout; abbreviations of under four letters do not tell."""
    letters = [sign for sign in text if sign.isalpha()]
    return len(letters) >= _ENOUGH_LETTERS and not any(sign.islower() for sign in letters)


def check_centred(report: Report, rule: str, alignment: str, where: object) -> None:
    """Note ``rule.alignment`` where a line is not centred."""
    if alignment != "center":
        report.note(f"{rule}.alignment", ALIGNMENTS.get(alignment, alignment), "canh giữa", where)


ALIGNMENTS = {"left": "canh trái", "right": "canh phải", "both": "canh đều hai lề", "center": "canh giữa"}
