"""A chart of a report: what it shows as numbers and as words, whatever draws it.

UBND huyện Bắc Bình's report shows how its communes reported, by group: so many in time, late, not at all.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from plan_lifecycle.domain.writing import number_text


class ChartAbout(StrEnum):
    """What a chart of a profile shows."""

    RECEIVED = "received"
    LAST_YEAR = "last_year"
    MONTHS = "months"
    PERIODS = "periods"


@dataclass(frozen=True, slots=True)
class ChartOrder:
    """A chart that a section of a profile asks for. ``of`` are indicators, each with what it is called in the chart;
    charts of what the store knows by itself have none."""

    about: ChartAbout
    title: str
    of: tuple[tuple[str, str], ...] = ()


class ChartForm(StrEnum):
    """How it is drawn: ``COLUMNS`` stand side by side, ``STACKED`` bars lie and add up to a whole."""

    COLUMNS = "columns"
    STACKED = "stacked"


@dataclass(frozen=True, slots=True)
class Series:
    """One colour of a chart: a value for each category, None where there is none."""

    name: str
    values: tuple[float | None, ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart that can be drawn. ``measure`` is the unit of its values ("hồ sơ"), empty where it has none."""

    title: str
    form: ChartForm
    categories: tuple[str, ...]
    series: tuple[Series, ...]
    measure: str = ""

    @property
    def alternative(self) -> str:
        """All that it shows, in words, for whoever does not see it."""
        rows = (
            f"{category}: {', '.join(_told(one, place) for one in self.series)}"
            for place, category in enumerate(self.categories)
        )
        unit = f" ({self.measure})" if self.measure else ""
        return f"{self.title}{unit}. {'; '.join(rows)}."


def _told(series: Series, place: int) -> str:
    value = series.values[place] if place < len(series.values) else None
    return f"{series.name} {'không có số liệu' if value is None else number_text(value)}"
