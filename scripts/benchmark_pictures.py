"""Draw pictures of build/bench.json and put them with their figures into docs/benchmarks.md (``make bench-pictures``).

A bar is a ratio on a scale of tens, the line across is its goal; what falls short of it is drawn in another colour and
marked in the table. What was not measured this time stays on the page as it was.
"""

from __future__ import annotations

import json
import math
import re
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple
from xml.sax.saxutils import escape

ROOT = Path(__file__).resolve().parents[1]
MEASURED = ROOT / "build/bench.json"
PAGE = ROOT / "docs/benchmarks.md"
PICTURES = ROOT / "docs/pictures"
WIDTH, ROW, LABEL, BARS = 760, 22, 250, 400
GROUPS = {
    "start": "Starts of commands: the limit, divided by what they take",
    "airflow": "Airflow: the limit, or one mapped task a unit, divided by ours",
    "portal": "Portal: against gate and store alone, and against its limits",
    "mailbox": "Mailbox: against bare imaplib, gate and readers, and its limit",
    "filing": "Filing a plan: gate and reader alone, divided by ours",
    "morning": "A morning of 168 units",
    "due": "Which obligations are due: the limit, divided by what the query takes",
    "deadline": "Deadlines: phrases a second, divided by those of dateparser",
    "plan": "Reading a plan: python-docx, divided by ours",
    "mail": "Letters: ours, divided by the peer",
    "render": "Word drafts: the peer, divided by ours",
    "gate": "Gate: the limit, divided by the slowest file",
    "compile": "Compiling: the limit, divided by what it takes",
    "board": "The board: the limit, divided by what a page takes",
    "country": "The country's year: n log n, divided by how its cost has grown",
}

HEAD = "| figure | ours | peer or limit | ratio | goal | what it is | load |\n|---|---|---|---|---|---|---|"


class Bar(NamedTuple):
    """One ratio and its goal; None where it has none."""

    name: str
    ratio: float
    goal: float | None

    @property
    def short(self) -> bool:
        """Whether it falls short of its goal."""
        return self.goal is not None and self.ratio < self.goal


def bars_of(measured: Mapping[str, Mapping[str, Any]], group: str) -> list[Bar]:
    """The ratios whose names begin with the group."""
    found = ((name, row["ratio"], row["goal"]) for name, row in measured.items() if _in(name, group))
    return [Bar(name, ratio, goal) for name, ratio, goal in found if ratio]


def drawn(title: str, bars: Sequence[Bar]) -> str:
    """The picture of some bars, each beginning at a hundredth or at the least power of ten that shows all."""
    low = math.floor(min(0.0, *(math.log10(bar.ratio) for bar in bars)))
    high = max(1.0, *(math.log10(max(bar.ratio, bar.goal or bar.ratio)) for bar in bars))
    height = ROW * (len(bars) + 2)
    rows = "\n".join(_row(bar, 44 + ROW * number, low, high) for number, bar in enumerate(bars))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{height}" viewBox="0 0 {WIDTH} {height}" '
        f'role="img" aria-label="{escape(title)}" font-family="sans-serif" font-size="12">\n'
        f'<rect width="{WIDTH}" height="{height}" fill="#ffffff"/>\n'
        f'<text x="8" y="20" font-size="14" fill="#1f2933">{escape(title)}</text>\n{rows}\n</svg>\n'
    )


def _row(bar: Bar, y: int, low: float, high: float) -> str:
    def at(ratio: float) -> float:
        return LABEL + BARS * (math.log10(ratio) - low) / (high - low)

    colour = "#b45309" if bar.short else "#1d6fa5"
    parts = [
        f'<text x="{LABEL - 8}" y="{y + 10}" text-anchor="end" fill="#1f2933">{escape(bar.name)}</text>',
        f'<rect x="{LABEL}" y="{y}" width="{max(1.0, at(bar.ratio) - LABEL):.1f}" height="13" fill="{colour}"/>',
        f'<text x="{at(bar.ratio) + 6:.1f}" y="{y + 10}" fill="#1f2933">{_number(bar.ratio)} ×</text>',
    ]
    if bar.goal:
        x = at(bar.goal)
        parts.append(f'<line x1="{x:.1f}" x2="{x:.1f}" y1="{y - 3}" y2="{y + 16}" stroke="#111827" stroke-width="2"/>')
    return "\n".join(parts)


def with_figures(page: str, measured: Mapping[str, Mapping[str, Any]]) -> str:
    """The page with the table and the picture of each group that was measured, between the marks that name it."""
    for group, title in GROUPS.items():
        rows = {name: row for name, row in measured.items() if _in(name, group)}
        if rows:
            table = "\n".join(_line(name, row) for name, row in rows.items())
            picture = f"\n\n![{title}](pictures/bench-{group}.svg)" if bars_of(rows, group) else ""
            told = f"{HEAD}\n{table}{picture}"
            page = re.sub(
                rf"(?s)(<!-- figures of {group} -->\n).*?(\n<!-- end -->)",
                lambda mark, told=told: mark[1] + told + mark[2],
                page,
            )
    return page


def _line(name: str, row: Mapping[str, Any]) -> str:
    short = row["ratio"] is not None and row["goal"] is not None and row["ratio"] < row["goal"]
    ratio = "" if row["ratio"] is None else f"**{_number(row['ratio'])}, short**" if short else _number(row["ratio"])
    cells = (
        name,
        _number(row["ours"]),
        _number(row["peer"]),
        ratio,
        _number(row["goal"]),
        row["note"],
        row.get("load", ""),
    )
    return "| " + " | ".join(str(cell).replace("|", "/") for cell in cells) + " |"


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:,.0f}" if abs(value) >= 1000 else f"{value:,.3g}"


def _in(name: str, group: str) -> bool:
    return name.startswith(group) and not name[len(group) : len(group) + 1].isalpha()


def main() -> int:
    """Write a picture for each group that was measured; exit code 2 where nothing was."""
    if not MEASURED.exists():
        print(f"found no {MEASURED.relative_to(ROOT)}; run make bench first", file=sys.stderr)
        return 2
    measured = json.loads(MEASURED.read_text(encoding="utf-8"))
    for group, title in GROUPS.items():
        if bars := bars_of(measured, group):
            path = PICTURES / f"bench-{group}.svg"
            path.write_text(drawn(title, bars), encoding="utf-8")
            print(path.relative_to(ROOT))
    PAGE.write_text(with_figures(PAGE.read_text(encoding="utf-8"), measured), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
