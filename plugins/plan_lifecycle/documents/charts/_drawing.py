"""Draw one chart over the cells that hold its numbers, in the fonts of an administrative document."""

from __future__ import annotations

from typing import Any

from plan_lifecycle.domain.chart import Chart, ChartForm

_FONT = {"name": "Times New Roman", "size": 11}
_COLOURS = ("#2F5597", "#F4B183", "#A6A6A6", "#70AD47")
"""Dark, middle, light: told apart in black and white too."""
_ON_DARK = "#FFFFFF"
_NUMBERS = "[$-42A]#,##0.##"
_WHOLE = "[$-42A]#,##0"
"""Vietnamese separators where a program writes numbers in the language of their format: 1.250."""


def write_numbers(sheet: Any, chart: Chart, row: int = 0, look: Any = None) -> None:
    """The numbers of a chart as a table from ``row`` on: a line of series, then one for each category."""
    for column, one in enumerate(chart.series, start=1):
        sheet.write_string(row, column, one.name, look)
    for place, category in enumerate(chart.categories):
        sheet.write_string(row + 1 + place, 0, category, look)
        for column, one in enumerate(chart.series, start=1):
            value = one.values[place]
            if value is not None:
                sheet.write_number(row + 1 + place, column, value, look)


def draw(book: Any, sheet_name: str, chart: Chart, row: int = 0) -> Any:
    """The chart over what ``write_numbers`` wrote; whoever calls it puts it into a sheet."""
    stacked = chart.form is ChartForm.STACKED
    drawn = book.add_chart({"type": "bar", "subtype": "stacked"} if stacked else {"type": "column"})
    first, last = row + 1, row + len(chart.categories)
    for place, one in enumerate(chart.series):
        colour = _COLOURS[place % len(_COLOURS)]
        drawn.add_series(
            {
                "name": [sheet_name, row, place + 1],
                "categories": [sheet_name, first, 0, last, 0],
                "values": [sheet_name, first, place + 1, last, place + 1],
                "name_data": [one.name],
                "categories_data": list(chart.categories),
                "values_data": list(one.values),
                "fill": {"color": colour},
                "gap": 60,
                "data_labels": _labels(one.values, _ON_DARK if stacked and not place else None),
            }
        )
    _settle(drawn, chart)
    return drawn


def _labels(values: tuple[float | None, ...], colour: str | None) -> dict[str, Any]:
    """A number beside each column; of a bar of nothing, none."""
    whole = all(float(value).is_integer() for value in values if value is not None)
    font = {**_FONT, "color": colour} if colour else _FONT
    labels: dict[str, Any] = {"value": True, "font": font, "num_format": _WHOLE if whole else _NUMBERS}
    if not all(values):
        labels["custom"] = [None if value else {"delete": True} for value in values]
    return labels


def _settle(drawn: Any, chart: Chart) -> None:
    """Axes and legend. The value axis of stacked bars says nothing that their labels do not."""
    drawn.set_title({"none": True})
    drawn.set_legend({"position": "bottom", "font": _FONT})
    drawn.set_chartarea({"border": {"none": True}})
    drawn.show_blanks_as("gap")
    if chart.form is ChartForm.STACKED:
        drawn.set_y_axis({"num_font": _FONT, "reverse": True})  # of bars that lie this is the axis of the categories
        drawn.set_x_axis({"visible": False, "major_gridlines": {"visible": False}})
        return
    name = {"name": chart.measure, "name_font": {**_FONT, "bold": False}} if chart.measure else {}
    grid = {"visible": True, "line": {"color": "#D9D9D9", "width": 0.75}}
    drawn.set_x_axis({"num_font": _FONT})
    drawn.set_y_axis({"num_font": _FONT, "num_format": _WHOLE, "min": 0, "major_gridlines": grid, **name})
