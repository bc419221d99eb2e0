"""How long a line of text is when printed in Times New Roman: enough to compare a drawn line with it."""

from __future__ import annotations

from plan_lifecycle.documents.check._findings import Report
from plan_lifecycle.documents.check._style import lettered
from plan_lifecycle.documents.formatting import Line
from plan_lifecycle.domain.text import without_accents

# Advance widths of the bold face in thousandths of the size; the regular face is a twentieth narrower.
_WIDTHS = {
    250: " ,.", 278: "'/il", 333: "!()-:;[]fjt", 389: "Is", 444: "cerz", 500: "0123456789?J_agovxy", 556: "Sbdhknpqu",
    611: "FP", 667: "BELTZ", 722: "ACDNRUVXYw", 778: "GHKOQ", 833: "&m", 944: "M", 1000: "%W–—",
}  # fmt: skip
_WIDTH = {sign: width for width, signs in _WIDTHS.items() for sign in signs}


def text_width(line: Line) -> float:
    """The length of a line in points."""
    return sum(
        _WIDTH.get(sign, 500) * run.look.size * run.look.scale / 1000
        for run in line.runs
        for sign in without_accents(run.text)
    )


def underlined_share(line: Line) -> float:
    """Which part of a line is underlined, 0 to 1."""
    whole = text_width(line)
    underlined = Line(tuple(run for run in line.runs if run.look.underline))
    return text_width(underlined) / whole if whole and lettered(underlined) else 0.0


def check_length(
    report: Report, rule: str, widths: list[float | None], longest: float, share: tuple[float, float], expected: str,
    where: object,
) -> None:  # fmt: skip
    """Note ``rule.length`` where no drawn line has its share of the text; lengths that are not told are let pass.

    The text's length is an estimate: what is not plainly too short or too long is a warning.
    """
    shares = [width / longest for width in widths if width and longest]
    if not shares or len(shares) < len(widths) or any(share[0] <= one <= share[1] for one in shares):
        return
    near = any(share[0] * 0.6 <= one <= share[1] * 1.6 for one in shares)
    found = f"dài khoảng {round(shares[0] * 100)}% dòng chữ"
    report.note(f"{rule}.length", found, expected, where, warning=near)
